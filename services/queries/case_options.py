"""The options of a business case with how many lines each has."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from services.models import BusinessCase, CaseOption


@dataclass(frozen=True, slots=True)
class OptionRow:
    """An option and the number of its lines."""

    option: CaseOption
    line_count: int


def case_option_rows(case: BusinessCase) -> list[OptionRow]:
    """Every option in its order, a variant after the option it varies. One query."""
    options = case.options.select_related("variant_of", "without_council").annotate(count=Count("lines"))
    rows = [OptionRow(option, option.count) for option in options]
    variants: dict[int, list[OptionRow]] = {}
    for row in rows:
        if row.option.variant_of_id:
            variants.setdefault(row.option.variant_of_id, []).append(row)
    mains = [row for row in rows if not row.option.variant_of_id]
    return [one for row in mains for one in (row, *variants.get(row.option.pk, []))]
