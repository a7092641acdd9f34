"""Savings against plan: what the dashboard, its charts, the exports and the API all show."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis, Measure
from benefits.queries.agreed_keys import read_keys
from benefits.queries.by_line import LineFigures, figures_by_line
from benefits.queries.by_month import MonthPoint, council_months, programme_months
from benefits.queries.by_year import MeasureFigures, measures_by_year
from benefits.queries.equity import EquityComparison, equity, whole
from benefits.queries.figures import Figures
from benefits.queries.ledgers import Ledgers, PartnerCouncil, PlanFacts, read_ledgers
from benefits.queries.like_for_like import LikeForLike, like_for_like
from benefits.queries.returns import CouncilReturn, headline_of, return_of
from benefits.queries.scope import NO_AMOUNT, NO_PLAN, NO_SERVICE, Choice, Scope, scope_of
from benefits.queries.worth import PaybackFigure, paybacks
from benefits.rules.headline import Headline
from core.rules.assessment import NotAssessable
from core.rules.calendar import financial_year
from core.rules.words import listed
from programme.models import Programme


@dataclass(frozen=True, slots=True)
class SavingsAgainstPlan:
    """Everything the dashboard shows, as it was recorded on `as_of`. Councils are in their fixed order.

    `councils` and `fys` are those chosen, `all_councils` and `all_fys` those to choose from. `like_for_like`
    is None where all were partners throughout. `not_assessable` pairs what cannot be worked out with the
    reason.
    """

    programme: Programme
    as_of: date
    cut_off: date | None
    choice: Choice
    all_councils: tuple[PartnerCouncil, ...]
    all_services: tuple[tuple[str, str], ...]
    all_fys: tuple[int, ...]
    councils: tuple[PartnerCouncil, ...]
    fys: tuple[int, ...]
    original: PlanFacts | None
    current: PlanFacts | None
    forecast_as_at: date | None
    has_ledgers: bool
    has_successions: bool
    measures: tuple[MeasureFigures, ...]
    like_for_like: LikeForLike | None
    headline: Headline
    council_headlines: tuple[tuple[PartnerCouncil, Headline], ...]
    months: tuple[MonthPoint, ...]
    council_months: tuple[tuple[PartnerCouncil, tuple[MonthPoint, ...]], ...]
    lines: tuple[LineFigures, ...]
    returns: tuple[CouncilReturn, ...]
    paybacks: tuple[PaybackFigure, ...]
    equity: tuple[EquityComparison, ...]
    not_assessable: tuple[tuple[str, str], ...]

    @property
    def this_fy(self) -> int:
        """The financial year of `as_of`."""
        return financial_year(self.as_of)

    def of(self, measure: Measure, council: PartnerCouncil | None = None) -> MeasureFigures | None:
        """One measure for one council, or for all; None where no line counts in it."""
        return next((row for row in self.measures if (row.measure, row.council) == (measure, council)), None)

    def total_of(self, measure: Measure, council: PartnerCouncil | None = None) -> Figures | None:
        """A measure's figures over all years shown; None where no line counts in it."""
        row = self.of(measure, council)
        return row.total if row else None


def savings_against_plan(
    programme: Programme,
    *,
    as_of: date,
    council: str | None = None,
    service: str | None = None,
    fy: int | None = None,
    kind: str | None = None,
) -> SavingsAgainstPlan:
    """Savings and costs of `programme` as recorded on `as_of`, for all councils or as narrowed.

    `council` is a council's key, `service` a service's reference, `kind` a plain measure. Eight queries,
    whatever the size.
    """
    ledgers = read_ledgers(programme, as_of=as_of)
    choice = Choice(council or "", service or "", fy, kind or "")
    return summarise(programme, scope_of(programme, ledgers, choice, as_of))


def summarise(programme: Programme, scope: Scope) -> SavingsAgainstPlan:
    """The same of ledgers already read. Four queries for agreed keys, one for populations without."""
    ledgers, choice, as_of = scope.ledgers, scope.choice, scope.as_of
    widened = whole(choice)
    everything = scope if widened == choice else scope_of(programme, ledgers, widened, as_of)
    measures = measures_by_year(scope)
    return SavingsAgainstPlan(
        programme=programme,
        as_of=as_of,
        cut_off=ledgers.cut_off,
        choice=choice,
        all_councils=ledgers.councils,
        all_services=services_of(ledgers),
        all_fys=scope.fys,
        councils=scope.councils,
        fys=scope.chosen_fys,
        original=ledgers.original,
        current=ledgers.current,
        forecast_as_at=ledgers.forecast_as_at,
        has_ledgers=not ledgers.is_empty,
        has_successions=bool(ledgers.successions),
        measures=measures,
        like_for_like=like_for_like(scope),
        headline=headline_of(scope),
        council_headlines=tuple((council, headline_of(scope, council)) for council in scope.councils),
        months=programme_months(scope),
        council_months=council_months(scope),
        lines=figures_by_line(scope),
        returns=tuple(return_of(scope, council) for council in scope.councils),
        paybacks=paybacks(scope),
        equity=equity(everything, read_keys(programme, everything)),
        not_assessable=_not_assessable(measures, is_empty=ledgers.is_empty),
    )


def services_of(ledgers: Ledgers) -> tuple[tuple[str, str], ...]:
    """References and names of the services that lines belong to, by name; last, that they belong to none."""
    named = {line.service_ref: line.service_name for line in ledgers.lines if line.service_ref}
    shared = [(NO_SERVICE, "No one service")] if any(not line.service_ref for line in ledgers.lines) else []
    return (*sorted(named.items(), key=lambda pair: pair[1]), *shared)


def kinds_of(ledgers: Ledgers) -> tuple[Measure, ...]:
    """Kinds of the lines there are, as the measures they count in."""
    used = {line.measure for line in ledgers.lines if line.is_counted}
    return tuple(measure for measure in Measure if measure in used)


def _not_assessable(measures: Sequence[MeasureFigures], *, is_empty: bool) -> tuple[tuple[str, str], ...]:
    if not measures:
        return (("Savings and costs against plan", (NO_PLAN if is_empty else NO_AMOUNT).reason),)
    found: dict[str, list[str]] = defaultdict(list)
    for row in measures:
        for basis in Basis:
            figure = getattr(row.total, basis.value)
            if row.council is None and isinstance(figure, NotAssessable):
                found[figure.reason].append(f"{basis.label}: {row.measure.label.lower()}")
    return tuple((listed(what), reason) for reason, what in found.items())
