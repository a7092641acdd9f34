"""How complete the returns are, and what they add up to in the headline."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis, Measure
from benefits.queries.ledgers import PartnerCouncil, Returned
from benefits.queries.scope import Scope
from benefits.rules.headline import ActualLine, Headline, headline
from benefits.rules.measures import COST_MEASURES
from services.enums import LineKind

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
    measures = {line.pk: line.measure for line in scope.lines}
    return headline(
        ActualLine(
            _kind_of(measures[entry.line_pk]),
            entry.pence,
            is_verified=entry.basis == Basis.VERIFIED,
            is_budgeted=measures[entry.line_pk] == Measure.INCOME_BUDGETED,
        )
        for entry in scope.returned
        if (council is None or entry.council_pk == council.pk) and scope.choice.fy in {None, entry.fy}
    )


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
    latest = {entry.basis for entry in entries if entry.month_end == cut_off}
    verified = [entry.month_end for entry in entries if entry.basis == Basis.VERIFIED]
    return ReturnState(
        latest_returned_on=max((entry.month_end for entry in entries), default=None),
        latest_verified_on=max(verified, default=None),
        basis=Basis.CLAIMED if Basis.CLAIMED in latest else Basis.VERIFIED if latest else None,
    )


def _kind_of(measure: Measure) -> LineKind:
    return LineKind.INCOME if measure in _INCOME else LineKind(measure.value)
