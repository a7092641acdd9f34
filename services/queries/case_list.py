"""The business cases of a programme, each with its versions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from programme.models import Council, Programme
from services.models import BusinessCase
from services.queries.case_story import progress_of_cases
from services.rules.case_states import Progress


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A business case by its latest version, and the versions before it, the latest first."""

    case: BusinessCase
    earlier: tuple[BusinessCase, ...]
    progress: Progress


def case_rows(programme: Programme, partners: Sequence[Council]) -> list[CaseRow]:
    """Every business case of the programme by reference, with what stops it next. Six queries."""
    by_ref: dict[str, list[BusinessCase]] = {}
    cases = BusinessCase.objects.filter(programme=programme).select_related("service", "updated_by")
    for case in cases.order_by("ref", "-number"):
        by_ref.setdefault(case.ref, []).append(case)
    latest = [versions[0] for versions in by_ref.values()]
    progress = progress_of_cases(latest, partners, str(programme.sro or ""))
    return [
        CaseRow(versions[0], tuple(versions[1:]), progress[versions[0].pk]) for versions in by_ref.values()
    ]
