"""How complete the returns are, and what they add up to in the headline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from benefits.enums import Basis, Measure
from benefits.queries.ledgers import PartnerCouncil
from benefits.queries.scope import Scope
from benefits.rules.headline import ActualLine, Headline, headline
from benefits.rules.measures import COST_MEASURES
from services.enums import LineKind

_INCOME = (Measure.INCOME_BUDGETED, Measure.INCOME_UNBUDGETED)


@dataclass(frozen=True, slots=True)
class CouncilReturn:
    """How far a council's returns have come, and what its amounts of the cut-off month are.

    A basis is None where nothing was returned for that month.
    """

    council: PartnerCouncil
    latest_returned_on: date | None
    latest_verified_on: date | None
    savings_basis: Basis | None
    costs_basis: Basis | None


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
    """One council's returns."""
    own = [entry for entry in scope.returned if entry.council_pk == council.pk]
    verified = [entry.month_end for entry in own if entry.basis == Basis.VERIFIED]
    return CouncilReturn(
        council,
        latest_returned_on=max((entry.month_end for entry in own), default=None),
        latest_verified_on=max(verified, default=None),
        savings_basis=_latest_basis(scope, council, are_costs=False),
        costs_basis=_latest_basis(scope, council, are_costs=True),
    )


def _latest_basis(scope: Scope, council: PartnerCouncil, *, are_costs: bool) -> Basis | None:
    """Claimed while any amount of the cut-off month is, verified once all are."""
    measures = {line.pk: line.measure for line in scope.lines}
    latest = {
        entry.basis
        for entry in scope.returned
        if entry.council_pk == council.pk
        and entry.month_end == scope.cut_off
        and (measures[entry.line_pk] in COST_MEASURES) == are_costs
    }
    if not latest:
        return None
    return Basis.CLAIMED if Basis.CLAIMED in latest else Basis.VERIFIED


def _kind_of(measure: Measure) -> LineKind:
    return LineKind.INCOME if measure in _INCOME else LineKind(measure.value)
