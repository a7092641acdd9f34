"""What a programme is worth now: returns and the forecast that remains, appraised as a business case is."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from benefits.enums import Measure
from benefits.queries.by_year import outturn_pence
from benefits.queries.scope import Scope
from benefits.queries.worth import NOT_SPLIT, has_shared_costs
from benefits.rules.measures import SAVING_MEASURES
from benefits.rules.plan_change import Prices
from core.errors import Refusal
from core.rules.assessment import NotAssessable
from services.rules.option_result import Measures, measure

_COUNTED = (*SAVING_MEASURES, Measure.DISBENEFIT, Measure.RECURRING_COST, Measure.ONE_OFF_COST)


def worth_now(scope: Scope, fys: Sequence[int], prices: Prices | NotAssessable) -> Measures | NotAssessable:
    """Measures of what is expected in `fys`, the years of an appraisal with its base year first (F-06, F-17).

    Each year is what was returned in it, claimed or verified, then the forecast that remains. Benefits are
    all those that a business case counts, those that release no budget among them, less dis-benefits.
    """
    missing = _missing(scope, prices)
    if isinstance(missing, NotAssessable):
        return missing
    try:
        gains = _real(scope, SAVING_MEASURES, fys, missing)
        losses = _real(scope, [Measure.DISBENEFIT], fys, missing)
        return measure(
            [gain - loss for gain, loss in zip(gains, losses, strict=True)],
            _real(scope, [Measure.RECURRING_COST], fys, missing),
            _real(scope, [Measure.ONE_OFF_COST], fys, missing),
            missing.schedule,
        )
    except Refusal as refusal:
        return NotAssessable(refusal.message)


def _missing(scope: Scope, prices: Prices | NotAssessable) -> Prices | NotAssessable:
    """The prices, or why nothing can be worked out."""
    if isinstance(prices, NotAssessable):
        return prices
    if scope.choice.service and has_shared_costs(scope):
        return NOT_SPLIT
    gaps = (scope.no_forecast(one, scope.councils) for one in _COUNTED)
    return next((gap for gap in gaps if gap is not None), prices)


def _real(scope: Scope, measures: Collection[Measure], fys: Sequence[int], prices: Prices) -> list[int]:
    """Pence of each year in prices of the base year."""
    return [
        prices.real(
            sum(outturn_pence(scope, one, council, fy) for one in measures for council in scope.councils), fy
        )
        for fy in fys
    ]
