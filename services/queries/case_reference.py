"""The versions of reference data that a business case uses, and newer ones (domain.md 2.12)."""

from __future__ import annotations

from dataclasses import dataclass

from core.clock import today
from core.rules.reference import ReferenceTable, ReferenceVersion, newer_than
from services.models import BusinessCase


@dataclass(frozen=True, slots=True)
class VersionUse:
    """A table of reference data, the version that the case uses, and a newer one where there is one."""

    name: str
    used: str
    newer: ReferenceVersion | None


def reference_uses(case: BusinessCase) -> list[VersionUse]:
    """Discount rates, deflators and optimism-bias table of the case, in that order."""
    named = (
        ("Discount rates", ReferenceTable.DISCOUNT_RATES, case.discount_version),
        ("GDP deflators", ReferenceTable.GDP_DEFLATORS, case.deflator_version),
        ("Optimism-bias table", ReferenceTable.OPTIMISM_BIAS, case.bias_version),
    )
    day = today()
    return [VersionUse(name, used, newer_than(table, used, day)) for name, table, used in named]
