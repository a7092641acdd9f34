"""The business cases of a programme, each with its versions."""

from __future__ import annotations

from dataclasses import dataclass

from programme.models import Programme
from services.models import BusinessCase


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A business case by its latest version, and the versions before it, the latest first."""

    case: BusinessCase
    earlier: tuple[BusinessCase, ...]


def case_rows(programme: Programme) -> list[CaseRow]:
    """Every business case of the programme by reference. One query."""
    by_ref: dict[str, list[BusinessCase]] = {}
    cases = BusinessCase.objects.filter(programme=programme).select_related("service", "updated_by")
    for case in cases.order_by("ref", "-number"):
        by_ref.setdefault(case.ref, []).append(case)
    return [CaseRow(versions[0], tuple(versions[1:])) for versions in by_ref.values()]
