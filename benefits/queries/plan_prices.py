"""In which prices a programme's plan is, and by which rates it is brought to present value (F-06, F-11)."""

from __future__ import annotations

from datetime import date

from benefits.rules.plan_change import Prices
from core.rules.assessment import NotAssessable
from core.rules.reference import ReferenceTable, version_on
from programme.enums import PriceBasis
from programme.models import Programme
from services.rules.deflators import deflators_of
from services.rules.discount import schedule_of

NO_BASE = NotAssessable("The programme has no base year")
NO_BASIS = NotAssessable("The programme does not say in which prices its amounts are")


def prices_of(programme: Programme, *, as_of: date) -> Prices | NotAssessable:
    """The rates in force on a day, with deflators where amounts are cash of the day. No queries."""
    if programme.base_fy is None:
        return NO_BASE
    if programme.price_basis not in (PriceBasis.REAL, PriceBasis.NOMINAL):
        return NO_BASIS
    schedule = schedule_of(version_on(ReferenceTable.DISCOUNT_RATES, as_of).version)
    if programme.price_basis == PriceBasis.REAL:
        return Prices(schedule, programme.base_fy)
    deflators = deflators_of(version_on(ReferenceTable.GDP_DEFLATORS, as_of).version)
    return Prices(schedule, programme.base_fy, deflators)
