"""Whether it is fair: each council's share of what is gained and of what it costs (F-35)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from benefits.enums import Basis, EquitySubject, Measure
from benefits.queries.agreed_keys import AgreedShares, agreed_shares
from benefits.queries.figures import pence_or_none, total
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import Choice, Scope
from benefits.rules.equity import EquityRow, compare_shares, shared_by_year
from core.rules.apportionment import Weight
from core.rules.assessment import NotApplicable, NotAssessable, Withheld
from core.rules.words import listed
from programme.enums import SeriesName
from programme.models import CouncilFigure
from services.queries.shares import PoolKeys

COST_NOUN, KEYS_NOUN, POPULATION_NOUN = "One-off cost", "Agreed keys", "Population"
NO_KEY = "No key is agreed for it, so population stands in for one."
MEASURES = {
    EquitySubject.NET: Measure.NET,
    EquitySubject.COST: Measure.ONE_OFF_COST,
    EquitySubject.GROSS: Measure.GROSS,
}
_BY_KEY = (EquitySubject.NET, EquitySubject.COST)
Amounts = Mapping[str, Weight | None]


@dataclass(frozen=True, slots=True)
class EquityComparison:
    """Shares of one measure beside shares of another, over the whole appraisal period.

    `note` says which keys were agreed, or that population stands in for them.
    """

    measured: str
    compared_with: str
    basis: Basis
    rows: tuple[EquityRow, ...] | NotAssessable | NotApplicable | Withheld
    subject: EquitySubject = EquitySubject.NET
    note: str = ""

    @property
    def flagged(self) -> tuple[EquityRow, ...]:
        """Councils whose share differs by more than the limit."""
        return tuple(row for row in self.rows if row.is_flagged) if isinstance(self.rows, tuple) else ()

    @property
    def is_by_key(self) -> bool:
        """Whether it is compared with keys that councils agreed."""
        return self.compared_with == KEYS_NOUN

    @property
    def other_share(self) -> str:
        """What the other share is called: share by agreed keys, or share of population."""
        return f"share {'by' if self.is_by_key else 'of'} {self.compared_with.lower()}"


def equity(
    scope: Scope, keys: PoolKeys | None, people: Amounts | None = None
) -> tuple[EquityComparison, ...]:
    """Net saving and cost beside the agreed keys, and gross saving beside cost, on the current plan.

    `scope` must hold all councils and all years: a share of a part says nothing. `keys` are those of its
    pools, `people` the councils' populations where they are read already. At most one query, for those.
    """
    known = _people_if_needed(scope, keys) if people is None else people
    found = equity_on(scope, keys, Basis.CURRENT, known)
    gross, cost = (
        _by_council(scope, measure, Basis.CURRENT) for measure in (Measure.GROSS, Measure.ONE_OFF_COST)
    )
    beside_cost = compare(EquitySubject.GROSS, gross, COST_NOUN, cost, basis=Basis.CURRENT)
    return (*found, beside_cost)


def equity_on(
    scope: Scope, keys: PoolKeys | None, basis: Basis, people: Amounts
) -> tuple[EquityComparison, ...]:
    """Net saving and one-off cost on one basis beside the agreed keys, or beside `people`. No queries."""
    return tuple(
        _beside_keys(scope, subject, basis, agreed_shares(scope, keys, MEASURES[subject], basis), people)
        for subject in _BY_KEY
    )


def whole(choice: Choice) -> Choice:
    """The same choice without its council, kind and year: shares of net saving and cost want every kind."""
    return Choice(service=choice.service)


def compare(
    subject: EquitySubject, amounts: Amounts, other: str, others: Amounts, *, basis: Basis, note: str = ""
) -> EquityComparison:
    """Shares of one amount a council beside shares of another (F-35)."""
    measured = str(subject.label)
    rows = compare_shares(amounts, others, measured_noun=measured, other_noun=other)
    shown = tuple(rows) if isinstance(rows, list) else rows
    return EquityComparison(measured, other, basis, shown, subject, note)


def by_population(scope: Scope, measure: Measure, basis: Basis, people: Amounts) -> Amounts:
    """What each council would have if the amount of each year were shared by `people` of its partners.

    A council that ends and those that take over from it so stand for one area, each in its own years; where
    nobody is a partner in a year, all councils are taken. No queries.
    """
    by_year = {fy: _pence(scope, measure, basis, scope.councils, [fy]) for fy in scope.fys}
    known = {fy: pence for fy, pence in by_year.items() if pence is not None}
    if len(known) < len(by_year) or not scope.parts(measure):
        return people
    weights = {}
    for fy in known:
        partners = scope.partners_in(fy) or {council.pk for council in scope.councils}
        weights[fy] = {
            council.name: people[council.name] for council in scope.councils if council.pk in partners
        }
    shared = shared_by_year(known, weights)
    return {council.name: shared.get(council.name, 0) for council in scope.councils}


def population(scope: Scope) -> dict[str, Weight | None]:
    """Each council's latest population, up to the year of the day asked about. One query."""
    figures = (
        CouncilFigure.objects.filter(
            council__in=[council.pk for council in scope.councils],
            series=SeriesName.POPULATION,
            year__lte=scope.as_of.year,
        )
        .order_by("year")
        .values_list("council", "quantity")
    )
    latest = dict(figures)
    return {council.name: latest.get(council.pk) for council in scope.councils}


def _people_if_needed(scope: Scope, keys: PoolKeys | None) -> Amounts:
    """Populations, where they stand in for a key that is not agreed and there is anything to share."""
    agreed = [agreed_shares(scope, keys, MEASURES[subject], Basis.CURRENT) for subject in _BY_KEY]
    is_needed = scope.fys and any(shares is None for shares in agreed)
    return population(scope) if is_needed else dict.fromkeys(map(str, scope.councils))


def _beside_keys(
    scope: Scope, subject: EquitySubject, basis: Basis, agreed: AgreedShares | None, people: Amounts
) -> EquityComparison:
    amounts = _by_council(scope, MEASURES[subject], basis)
    if agreed is None:
        others = by_population(scope, MEASURES[subject], basis, people)
        return compare(subject, amounts, POPULATION_NOUN, others, basis=basis, note=NO_KEY)
    note = f"{agreed.keys}."
    if agreed.unshared:
        note += (
            f" No key shares {listed(list(agreed.unshared))}: each council bears its own, "
            "which counts in both shares."
        )
    if isinstance(agreed.pence, NotAssessable):
        return EquityComparison(str(subject.label), KEYS_NOUN, basis, agreed.pence, subject, note)
    by_name = {council.name: agreed.pence[council.pk] for council in scope.councils}
    return compare(subject, amounts, KEYS_NOUN, by_name, basis=basis, note=note)


def _by_council(scope: Scope, measure: Measure, basis: Basis) -> dict[str, Weight | None]:
    """Each council's pence over the whole period; None where it cannot be worked out."""
    return {council.name: _whole_period(scope, measure, basis, council) for council in scope.councils}


def _whole_period(scope: Scope, measure: Measure, basis: Basis, council: PartnerCouncil) -> int | None:
    if not scope.parts(measure) or not scope.fys:
        return None
    return _pence(scope, measure, basis, [council], scope.fys)


def _pence(
    scope: Scope, measure: Measure, basis: Basis, councils: Iterable[PartnerCouncil], fys: Iterable[int]
) -> int | None:
    figures = total(scope.figures(measure, council, fy) for fy in fys for council in councils)
    return pence_or_none(getattr(figures, basis.value))
