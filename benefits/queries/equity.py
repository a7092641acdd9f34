"""Whether it is fair: each council's share of what is gained and of what it costs (F-35)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from benefits.enums import Basis, Measure
from benefits.queries.figures import pence_or_none, total
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import Choice, Scope
from benefits.rules.equity import EquityRow, compare_shares
from core.rules.assessment import NotApplicable, NotAssessable
from programme.enums import SeriesName
from programme.models import CouncilFigure

NET_NOUN, COST_NOUN, GROSS_NOUN = "Net saving", "One-off cost", "Gross cashable saving"
POPULATION_NOUN = "Population"
_Amounts = Mapping[str, int | Decimal | None]


@dataclass(frozen=True, slots=True)
class EquityComparison:
    """Shares of one measure beside shares of another, on one plan over the whole appraisal period."""

    measured: str
    compared_with: str
    basis: Basis
    rows: tuple[EquityRow, ...] | NotAssessable | NotApplicable

    @property
    def flagged(self) -> tuple[EquityRow, ...]:
        """Councils whose share differs by more than the limit."""
        return tuple(row for row in self.rows if row.is_flagged) if isinstance(self.rows, tuple) else ()


def equity(scope: Scope) -> tuple[EquityComparison, ...]:
    """Net saving and cost against population, and gross saving against cost, on the current plan.

    `scope` must hold all councils and all years: a share of a part says nothing. One query at most.
    """
    population = _population(scope) if scope.fys else dict.fromkeys(map(str, scope.councils))
    net, cost, gross = (
        _by_council(scope, measure) for measure in (Measure.NET, Measure.ONE_OFF_COST, Measure.GROSS)
    )
    return (
        _compare(NET_NOUN, net, POPULATION_NOUN, population),
        _compare(COST_NOUN, cost, POPULATION_NOUN, population),
        _compare(GROSS_NOUN, gross, COST_NOUN, cost),
    )


def whole(choice: Choice) -> Choice:
    """The same choice without its council, kind and year: shares of net saving and cost want every kind."""
    return Choice(service=choice.service)


def _compare(measured: str, amounts: _Amounts, other: str, others: _Amounts) -> EquityComparison:
    rows = compare_shares(amounts, others, measured_noun=measured, other_noun=other)
    return EquityComparison(measured, other, Basis.CURRENT, tuple(rows) if isinstance(rows, list) else rows)


def _by_council(scope: Scope, measure: Measure) -> dict[str, int | Decimal | None]:
    """Each council's pence over the whole period; None where it cannot be worked out."""
    return {council.name: _whole_period(scope, measure, council) for council in scope.councils}


def _whole_period(scope: Scope, measure: Measure, council: PartnerCouncil) -> int | None:
    if not scope.parts(measure) or not scope.fys:
        return None
    return pence_or_none(total(scope.figures(measure, council, fy) for fy in scope.fys).current)


def _population(scope: Scope) -> dict[str, int | Decimal | None]:
    """Each council's latest population, up to the year of the day asked about."""
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
