"""In which prices a programme's amounts are, and by which rates they are brought to present value."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from benefits.rules.plan_change import Prices
from core.errors import Refusal
from core.rules.assessment import NotAssessable
from core.rules.reference import ReferenceTable, version_on
from programme.enums import PriceBasis
from programme.models import Programme
from services.enums import CaseState
from services.models import BusinessCase
from services.rules.deflators import deflators_of
from services.rules.discount import schedule_of

NO_BASE_YEAR = NotAssessable("The base year of the programme is not stated")
NO_PRICE_BASIS = NotAssessable("Whether the programme’s amounts are in real prices or in cash is not stated")


def prices_of(programme: Programme, *, as_of: date) -> Prices | NotAssessable:
    """The rates that the case approved last keeps, else those in force (F-06, F-11). One query at most.

    Deflators where amounts are cash of the day; not assessable where something of it is missing.
    """
    if programme.base_fy is None:
        return NO_BASE_YEAR
    if programme.price_basis not in (PriceBasis.REAL, PriceBasis.NOMINAL):
        return NO_PRICE_BASIS
    return _prices(programme, programme.base_fy, _kept(programme), as_of)


def prices_of_case(programme: Programme, case: BusinessCase, *, as_of: date) -> Prices | NotAssessable:
    """What brings a programme's amounts to the prices and rates of one of its business cases (F-06, F-11).

    Not assessable where amounts are in real prices of another year than those of the case.
    """
    if programme.price_basis not in (PriceBasis.REAL, PriceBasis.NOMINAL):
        return NO_PRICE_BASIS
    if programme.price_basis == PriceBasis.REAL and programme.base_fy != case.base_fy:
        return NotAssessable("The programme’s amounts are in prices of another year than the business case")
    return _prices(programme, case.base_fy, (case.discount_version, case.deflator_version), as_of)


def _prices(programme: Programme, base_fy: int, kept: tuple[str, str], as_of: date) -> Prices | NotAssessable:
    """By the versions that are kept, else those in force on the day."""
    rates, deflators = kept
    try:
        schedule = schedule_of(rates or version_on(ReferenceTable.DISCOUNT_RATES, as_of).version)
        if programme.price_basis == PriceBasis.REAL:
            return Prices(schedule, base_fy)
        used = deflators or version_on(ReferenceTable.GDP_DEFLATORS, as_of).version
        return Prices(schedule, base_fy, deflators_of(used))
    except Refusal as refusal:
        return NotAssessable(refusal.message)


def _kept(programme: Programme) -> tuple[str, str]:
    """Versions of the discount rates and the deflators that the latest approved case was issued with."""
    approved = programme.business_cases.filter(state=CaseState.APPROVED)
    latest = approved.order_by(F("issued_at").desc(nulls_last=True), "-pk")
    return latest.values_list("discount_version", "deflator_version").first() or ("", "")
