"""Whether it is worth it: when the outlay comes back (F-08)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis, Measure
from benefits.queries.figures import Figure, Figures, pence_or_none, total
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import NO_PLAN, Scope
from benefits.rules.measures import COST_MEASURES
from core.rules.assessment import NotAssessable
from core.rules.calendar import fy_start
from services.rules.payback import NoPayback, Origin, Payback, payback

NOT_SPLIT = NotAssessable("Some costs are not split between services")
PAYBACK_BASES = (Basis.ORIGINAL, Basis.CURRENT, Basis.FORECAST)


@dataclass(frozen=True, slots=True)
class PaybackFigure:
    """Simple payback on one basis, for one council or for all, counted from `origin_on`."""

    basis: Basis
    council: PartnerCouncil | None
    origin: Origin
    origin_on: date | None
    result: Payback | NoPayback | NotAssessable
    paid_back_by: date | None


def paybacks(scope: Scope) -> tuple[PaybackFigure, ...]:
    """Payback on the original plan, the current plan and the forecast, whatever year is chosen."""
    by_council = {
        council: [scope.figures(Measure.NET, council, fy) for fy in scope.fys] for council in scope.councils
    }
    sums = [total(years[index] for years in by_council.values()) for index in range(len(scope.fys))]
    groups: list[tuple[PartnerCouncil | None, list[Figures]]] = [(None, sums), *by_council.items()]
    return tuple(
        _payback(scope, basis, council, [getattr(year, basis.value) for year in years])
        for basis in PAYBACK_BASES
        for council, years in groups
    )


def _payback(
    scope: Scope, basis: Basis, council: PartnerCouncil | None, nets: Sequence[Figure]
) -> PaybackFigure:
    origin_on = fy_start(scope.fys[0]) if scope.fys else None
    missing = _missing(scope, nets)
    if missing or origin_on is None:
        return PaybackFigure(basis, council, Origin.PROFILE_START, origin_on, missing or NO_PLAN, None)
    result = payback([pence_or_none(net) or 0 for net in nets], origin=Origin.PROFILE_START)
    by = result.paid_back_by(origin_on) if isinstance(result, Payback) else None
    return PaybackFigure(basis, council, Origin.PROFILE_START, origin_on, result, by)


def _missing(scope: Scope, nets: Sequence[Figure]) -> NotAssessable | None:
    if not nets:
        return NO_PLAN
    if scope.choice.kind:
        return NotAssessable("Payback is worked out from every kind of saving and cost")
    if scope.choice.service and has_shared_costs(scope):
        return NOT_SPLIT
    return next((net for net in nets if isinstance(net, NotAssessable)), None)


def has_shared_costs(scope: Scope) -> bool:
    """Whether any cost of the programme belongs to no one service."""
    return any(line.measure in COST_MEASURES and not line.service_ref for line in scope.ledgers.lines)
