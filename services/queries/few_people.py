"""Lines of a case that no page, file or answer of the API may show: about fewer than 5 people (INV-38)."""

from __future__ import annotations

from core.clock import today
from core.rules.suppression import SMALL_COUNT
from services.models import BusinessCase
from services.queries.appraisal_inputs import case_inputs


def lines_withheld(case: BusinessCase) -> frozenset[str]:
    """References of the lines about few people, and of those that must be withheld beside them.

    The appraisal prints totals that hold them, so both must be withheld wherever lines are shown. One
    query where the case has no such line, seven where it has.
    """
    if not case.lines.filter(staff_count__gt=0, staff_count__lt=SMALL_COUNT).exists():
        return frozenset()
    inputs = case_inputs(case, today=today())
    return frozenset().union(*(option.protection().lines for option in inputs.options))
