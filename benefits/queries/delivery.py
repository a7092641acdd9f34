"""How sure the savings are: what is delivered, what is on track and what is at risk, in pounds."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from benefits.enums import Basis
from benefits.models import Benefit
from benefits.queries.at_risk import reasons_by_benefit
from benefits.queries.by_year import EXPECTED, Months, months_by_line
from benefits.queries.ledgers import LineFacts, PartnerCouncil, YearAmount
from benefits.queries.register import held_by_benefit
from benefits.queries.scope import Scope
from benefits.rules.confidence import FACTORS, confidence_weighted
from benefits.rules.delivery import Delivery, delivery_of, doubts_of
from benefits.rules.measures import COST_MEASURES
from benefits.rules.outturn import Outturn, expected_outturn
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import financial_year, month_number, period
from core.rules.words import listed
from programme.models import Programme
from programme.rules.rag import RatingWord, rate_savings
from services.enums import Confidence

NO_SAVING = NotApplicable("A cost is spent, not delivered: choose a kind of saving")
NO_BENEFIT = "Lines of no benefit"
_POOR = frozenset({RatingWord.AMBER, RatingWord.RED})
_LATE = "Nothing was returned for months that are over"


@dataclass(frozen=True, slots=True)
class BenefitDelivery:
    """What one benefit gives, by how sure it is; `benefit` is None for lines that belong to none.

    `forecast_pence` is the forecast alone, `claimed_pence` part of what is on track or at risk.
    """

    benefit: Benefit | None
    delivery: Delivery
    claimed_pence: int
    forecast_pence: int
    doubts: tuple[str, ...]

    @property
    def title(self) -> str:
        """What the row is called."""
        return self.benefit.title if self.benefit else NO_BENEFIT

    @property
    def confidence(self) -> str:
        """How sure its owner is: high, medium, low or empty."""
        return self.benefit.confidence if self.benefit else ""

    @property
    def why(self) -> str:
        """Why it is at risk, in one sentence or more; empty where it is not."""
        return ". ".join(self.doubts) + ("." if self.doubts else "")


@dataclass(frozen=True, slots=True)
class ConfidenceRow:
    """What is forecast with one confidence, as it is and as it is weighed (F-18)."""

    confidence: str
    forecast_pence: int

    @property
    def words(self) -> str:
        """High; Not stated."""
        return str(Confidence(self.confidence).label) if self.confidence else "Not stated"

    @property
    def weighted(self) -> int | NotAssessable:
        """The forecast times its factor."""
        if not self.confidence:
            return NotAssessable("No confidence is stated")
        return confidence_weighted([(self.confidence, self.forecast_pence)])


@dataclass(frozen=True, slots=True)
class DeliverySplit:
    """The measure shown by how sure it is: of each council, in all, and benefit by benefit."""

    scope: Scope
    by_council: tuple[tuple[PartnerCouncil, Delivery], ...]
    benefits: tuple[BenefitDelivery, ...]
    no_forecast: NotAssessable | None

    @property
    def total(self) -> Delivery:
        """The sum of the councils' (INV-01)."""
        return sum((delivery for _, delivery in self.by_council), Delivery())

    @property
    def by_confidence(self) -> tuple[ConfidenceRow, ...]:
        """The forecast by the confidence of its benefits, the surest first."""
        held: dict[str, int] = defaultdict(int)
        for row in self.benefits:
            held[row.confidence] += row.forecast_pence
        return tuple(ConfidenceRow(one, held[one]) for one in (*FACTORS, "") if held.get(one))

    @property
    def forecast(self) -> int | NotAssessable:
        """The forecast, unweighted."""
        return self.no_forecast or sum(row.forecast_pence for row in self.benefits)

    @property
    def weighted(self) -> int | NotAssessable:
        """The whole forecast weighed by confidence, which stands beside the plain one (F-18)."""
        if self.no_forecast:
            return self.no_forecast
        unstated = [row.title for row in self.benefits if not row.confidence and row.forecast_pence]
        if unstated:
            return NotAssessable(f"No confidence is stated for {listed(unstated)}")
        return confidence_weighted((row.confidence, row.forecast_pence) for row in self.benefits)


@dataclass(frozen=True, slots=True)
class _LineDelivery:
    line: LineFacts
    council_pk: int
    found: Outturn
    forecast_pence: int


def delivery_split(
    programme: Programme, scope: Scope, known: Iterable[Benefit]
) -> DeliverySplit | NotApplicable:
    """The measure shown by how sure it is; `known` are the programme's benefits with MEASURED.

    No query; one where a benefit runs, seven with a map.
    """
    if scope.choice.measure in COST_MEASURES:
        return NO_SAVING
    pks = {line.benefit_pk for line in scope.lines if line.benefit_pk is not None}
    benefits = {one.pk: one for one in known if one.pk in pks}
    parts = list(_lines(scope))
    doubts = _doubts(programme, scope, benefits)
    rows = tuple(_benefit_rows(parts, benefits, doubts))
    return DeliverySplit(
        scope,
        tuple((council, _of_council(council, parts, doubts)) for council in scope.councils),
        rows,
        scope.no_forecast(scope.choice.measure, scope.councils),
    )


def _of_council(
    council: PartnerCouncil, parts: Iterable[_LineDelivery], doubts: Mapping[int, tuple[str, ...]]
) -> Delivery:
    own = (part for part in parts if part.council_pk == council.pk)
    return sum((_delivery(part, doubts) for part in own), Delivery())


def _delivery(part: _LineDelivery, doubts: Mapping[int, tuple[str, ...]]) -> Delivery:
    return delivery_of(part.found, is_at_risk=bool(doubts.get(part.line.pk)))


def _benefit_rows(
    parts: Sequence[_LineDelivery], benefits: Mapping[int, Benefit], doubts: Mapping[int, tuple[str, ...]]
) -> Iterable[BenefitDelivery]:
    """A row for each benefit that gives or may give something, in the order of its lines."""
    by_benefit: dict[int | None, list[_LineDelivery]] = defaultdict(list)
    for part in parts:
        by_benefit[part.line.benefit_pk].append(part)
    for pk, own in by_benefit.items():
        said = dict.fromkeys(reason for part in own for reason in doubts.get(part.line.pk, ()))
        if any(part.found.late_pence for part in own):
            said[_LATE] = None
        yield BenefitDelivery(
            benefits[pk] if pk is not None else None,
            sum((_delivery(part, doubts) for part in own), Delivery()),
            sum(part.found.claimed_pence for part in own),
            sum(part.forecast_pence for part in own),
            tuple(said),
        )


def _lines(scope: Scope) -> Iterable[_LineDelivery]:
    """What is expected of each line for each council in the years chosen."""
    months = _months_of(scope)
    chosen = _months_chosen(scope)
    for line in scope.lines:
        for council in scope.councils:
            held = months.get(council.pk, {}).get(line.pk)
            if held:
                yield _LineDelivery(
                    line,
                    council.pk,
                    _outturn(scope, held, chosen),
                    sum(pence for month, pence in held[Basis.FORECAST].items() if month in chosen),
                )


def _months_of(scope: Scope) -> dict[int, dict[int, Months]]:
    """What is returned and forecast in each month, by council and line."""
    measured = scope.parts(scope.choice.measure)
    amounts: dict[int, list[YearAmount]] = defaultdict(list)
    for (measure, council_pk, basis, _), held in scope.by_cell.items():
        if measure in measured and basis in EXPECTED:
            amounts[council_pk] += held
    return {council_pk: months_by_line(own) for council_pk, own in amounts.items()}


def _outturn(scope: Scope, held: Months, chosen: range) -> Outturn:
    over_by = month_number(financial_year(scope.cut_off), period(scope.cut_off)) if scope.cut_off else 0
    return expected_outturn(
        held[Basis.VERIFIED], held[Basis.CLAIMED], held[Basis.FORECAST], over_by=over_by, months=chosen
    )


def _months_chosen(scope: Scope) -> range:
    fys = scope.chosen_fys
    return range(month_number(fys[0], 1), month_number(fys[-1]) + 1) if fys else range(0)


def _doubts(
    programme: Programme, scope: Scope, benefits: Mapping[int, Benefit]
) -> dict[int, tuple[str, ...]]:
    """Why each line is at risk, by its key: as its benefit is, or as its own forecast says."""
    held = held_by_benefit(scope.ledgers, {pk for pk, one in benefits.items() if one.is_disbenefit})
    pounds = {pk: (held.get((pk, Basis.CURRENT)), held.get((pk, Basis.FORECAST)) or None) for pk in benefits}
    reasons = reasons_by_benefit(programme, list(benefits.values()), pounds)
    found = {pk: doubts_of(one.state, reasons[pk]) for pk, one in benefits.items()}
    own = _own_doubts(scope)
    return {
        line.pk: own.get(line.pk, ()) if line.benefit_pk is None else found[line.benefit_pk]
        for line in scope.lines
    }


def _own_doubts(scope: Scope) -> dict[int, tuple[str, ...]]:
    """What the forecasts of lines that belong to no benefit say, by the keys of those that fall behind."""
    measured = scope.parts(scope.choice.measure)
    sums: dict[int, dict[Basis, int]] = defaultdict(lambda: defaultdict(int))
    for amount in scope.ledgers.amounts:
        if amount.line.benefit_pk is None and amount.line.measure in measured:
            sums[amount.line.pk][amount.basis] += amount.pence
    limits = scope.ledgers.thresholds
    ratings = {
        pk: rate_savings(held[Basis.CURRENT], held[Basis.FORECAST], thresholds=limits)
        for pk, held in sums.items()
    }
    return {
        pk: (f"Its forecast is {rating.word.value}",)
        for pk, rating in ratings.items()
        if rating.word in _POOR
    }
