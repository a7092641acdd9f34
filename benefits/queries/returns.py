"""How complete the returns are, and what they add up to in the headline."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis, Measure
from benefits.queries.ledgers import PartnerCouncil, Returned
from benefits.queries.scope import Scope
from benefits.rules.headline import ActualLine, Headline, headline
from benefits.rules.measures import COST_MEASURES
from core.rules.calendar import period_end
from services.enums import LineKind

_RETURNED = (Basis.CLAIMED, Basis.VERIFIED)
_SUMMED = (*_RETURNED, Basis.BANKED)
_INCOME = (Measure.INCOME_BUDGETED, Measure.INCOME_UNBUDGETED)


@dataclass(frozen=True, slots=True)
class ReturnState:
    """How far a council's returns of savings, or of costs, have come.

    `basis` is what its amounts of the cut-off month are: claimed while any is, verified once all are, None
    where nothing was returned for that month.
    """

    latest_returned_on: date | None
    latest_verified_on: date | None
    basis: Basis | None


@dataclass(frozen=True, slots=True)
class CouncilReturn:
    """One council's returns."""

    council: PartnerCouncil
    savings: ReturnState
    costs: ReturnState


def headline_of(scope: Scope, council: PartnerCouncil | None = None) -> Headline:
    """Net cash saving that is verified, with its parts, for one council or for all (INV-17)."""
    sums: dict[tuple[Measure, Basis], int] = defaultdict(int)
    for (measure, council_pk, basis, fy), amounts in scope.by_cell.items():
        is_chosen = (council is None or council_pk == council.pk) and scope.choice.fy in {None, fy}
        if is_chosen and basis in _SUMMED:
            sums[measure, basis] += sum([amount.pence for amount in amounts])
    lines = [
        ActualLine(
            _kind_of(measure),
            pence,
            is_verified=basis == Basis.VERIFIED,
            is_budgeted=measure == Measure.INCOME_BUDGETED,
        )
        for (measure, basis), pence in sums.items()
        if basis in _RETURNED
    ]
    return headline(lines, banked_cashable_pence=sums[Measure.CASHABLE, Basis.BANKED])


def return_of(scope: Scope, council: PartnerCouncil) -> CouncilReturn:
    """How far one council's returns have come."""
    costs = {line.pk for line in scope.lines if line.measure in COST_MEASURES}
    own = [entry for entry in scope.returned if entry.council_pk == council.pk]
    return CouncilReturn(
        council,
        savings=_state([entry for entry in own if entry.line_pk not in costs], scope.cut_off),
        costs=_state([entry for entry in own if entry.line_pk in costs], scope.cut_off),
    )


def _state(entries: Sequence[Returned], cut_off: date | None) -> ReturnState:
    month_ends = {month: period_end(*month) for month in {entry.month for entry in entries}}
    latest = {entry.basis for entry in entries if month_ends[entry.month] == cut_off}
    verified = {entry.month for entry in entries if entry.basis == Basis.VERIFIED}
    return ReturnState(
        latest_returned_on=max(month_ends.values(), default=None),
        latest_verified_on=max((month_ends[month] for month in verified), default=None),
        basis=Basis.CLAIMED if Basis.CLAIMED in latest else Basis.VERIFIED if latest else None,
    )


def _kind_of(measure: Measure) -> LineKind:
    return LineKind.INCOME if measure in _INCOME else LineKind(measure.value)
