"""Lines whose amounts are not in prices of the base year (INV-33)."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from programme.enums import PriceBasis
from services.models import BusinessCase, BusinessCaseLine


def lines_in_other_prices(case: BusinessCase) -> QuerySet[BusinessCaseLine]:
    """Lines in cash of the day, and lines in constant prices of another year than the base year."""
    other_year = Q(price_basis=PriceBasis.REAL, price_base_fy__isnull=False) & ~Q(price_base_fy=case.base_fy)
    return case.lines.filter(Q(price_basis=PriceBasis.NOMINAL) | other_year)
