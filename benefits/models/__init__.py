"""Benefits, money lines, the three ledgers and figures stated in a source."""

from benefits.models.benefit import Benefit, Line
from benefits.models.ledger import ActualAmount, ForecastAmount, ForecastSnapshot, PlanAmount, Verification
from benefits.models.stated import StatedFigure

__all__ = [
    "ActualAmount",
    "Benefit",
    "ForecastAmount",
    "ForecastSnapshot",
    "Line",
    "PlanAmount",
    "StatedFigure",
    "Verification",
]
