"""What an import would change, box by box, before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from core.publication import sent_back
from core.rules.calendar import format_fy
from core.rules.money import format_amount
from services.models import BusinessCase, BusinessCaseLine
from services.queries.case_amounts import LineChange, details_of, stored_amounts
from services.queries.case_partners import case_partners

MOST_SHOWN = 100
_LABELS = {
    field.name: str(field.verbose_name).capitalize() for field in BusinessCaseLine._meta.concrete_fields
}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One entry that would change: of which line, which entry, from what, to what."""

    ref: str
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Preview:
    """The first changes in words, and how many there are in all."""

    rows: tuple[PreviewRow, ...]
    total: int
    new_refs: tuple[str, ...]


def import_preview(case: BusinessCase, changes: Sequence[LineChange]) -> Preview:
    """Everything that `changes` would change, the first hundred in words. Four queries.

    A withheld text that comes back as it was shown changes nothing, and is not told here.
    """
    lines = {line.ref.casefold(): line for line in case.lines.select_related("option", "pool")}
    amounts = stored_amounts(case)
    councils = {council.pk: str(council) for council in case_partners(case.programme).councils}
    rows = []
    for change in changes:
        line = lines.get(change.ref.casefold())
        shown = line or BusinessCaseLine(business_case=case)
        present = details_of(shown)
        details = sent_back(line, change.details) if line else change.details
        for name, value in details.items():
            if value != present[name]:
                label = _LABELS[name]
                rows.append(PreviewRow(change.ref, label, _words(present[name]), _words(value)))
        stored = amounts.get(line.pk, {}) if line else {}
        for (council, fy), pence in change.amounts.items():
            before = stored[council, fy].pence if (council, fy) in stored else None
            if pence != before:
                who = "Joint" if council is None else councils.get(council, "")
                rows.append(
                    PreviewRow(change.ref, f"{who}, {format_fy(fy)}", _pounds(before), _pounds(pence))
                )
    new = tuple(change.ref for change in changes if change.is_new)
    return Preview(tuple(rows[:MOST_SHOWN]), len(rows), new)


def _words(value: Any) -> str:
    return "empty" if value in (None, "") else str(value)


def _pounds(pence: int | None) -> str:
    return "no amount" if pence is None else f"£{format_amount(pence)}"
