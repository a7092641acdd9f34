"""Rows of a grid, a file or a request put together into changes of lines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from core.actions.publication import Withholding
from core.errors import Refusal, Refusals
from services.queries.case_amounts import Cell, LineChange
from services.rules.case_entry import two_entries


@dataclass(frozen=True, slots=True)
class RowEntry:
    """One row: amounts by year of one line for one council (None: joint), and details of the line.

    `place` is what refusals call the row; a refusal of one of its years is named `place.year`.
    """

    ref: str
    council_id: int | None
    details: Mapping[str, Any] = field(default_factory=dict)
    amounts: Mapping[int, int | None] = field(default_factory=dict)
    is_new: bool = False
    place: str = ""
    withholding: Withholding | None = None


def new_ones_withheld(changes: Iterable[LineChange], why: Withholding | None) -> list[LineChange]:
    """The changes with all new lines withheld from their beginning; refuses as row 70."""
    if why is None:
        return list(changes)
    why.values()
    return [replace(one, withholding=why) if one.is_new else one for one in changes]


def merged(rows: Iterable[RowEntry]) -> list[LineChange]:
    """One change a line, in the order of the rows.

    Refuses a year with two amounts for one line and council (row 15), and two texts for one detail of a line.
    """
    lines: dict[str, _Line] = {}
    refusals: list[Refusal] = []
    for row in rows:
        line = lines.setdefault(row.ref.strip().casefold(), _Line(row.ref.strip()))
        refusals += line.take(row)
    if refusals:
        raise Refusals(refusals)
    return [line.change() for line in lines.values()]


class _Line:
    """What the rows so far say of one line."""

    def __init__(self, ref: str) -> None:
        self.ref = ref
        self.is_new = False
        self.withholding: Withholding | None = None
        self.details: dict[str, Any] = {}
        self.amounts: dict[Cell, int | None] = {}

    def take(self, row: RowEntry) -> list[Refusal]:
        """Add a row; what it says twice comes back as refusals."""
        refusals = []
        self.is_new = self.is_new or row.is_new
        self.withholding = self.withholding or row.withholding
        for name, value in row.details.items():
            if self.details.setdefault(name, value) != value:
                message = f"{self.ref} has two different entries in this column. Keep one"
                refusals.append(Refusal(message, f"{row.place}.{name}"))
        for fy, pence in row.amounts.items():
            cell = (row.council_id, fy)
            if pence is not None and self.amounts.get(cell) is not None:
                refusals.append(two_entries(fy, f"{row.place}.{fy}"))
            elif pence is not None or cell not in self.amounts:
                self.amounts[cell] = pence
        return refusals

    def change(self) -> LineChange:
        """The change of the line."""
        return LineChange(
            self.ref, self.details, self.amounts, is_new=self.is_new, withholding=self.withholding
        )
