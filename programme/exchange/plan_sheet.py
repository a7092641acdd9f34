"""The table of an uploaded plan, whatever its titles: its header, and its rows as text to be sent again."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from core.errors import Refusal
from core.imports.files import HEADER_WITHIN_ROWS, Sheet, Uploaded, read_sheets
from core.imports.package import NOTHING
from core.imports.pasted import csv_bytes
from programme.exchange.plan_columns import guess_columns

MOST_ROWS = 500
MOST_BYTES = 1024 * 1024
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class PlanSheet:
    """The titles of the columns, each once, some rows to show, and everything as CSV text.

    The rows of the text are numbered as the spreadsheet numbers them: rows that are left out are empty.
    """

    header: list[str]
    sample: list[list[str]]
    text: str

    def examples(self, index: int) -> str:
        """What the first rows hold in a column."""
        held = [row[index] for row in self.sample if index < len(row) and row[index]]
        return "; ".join(held)


def read_plan_sheet(uploaded: Uploaded) -> PlanSheet:
    """The best table of a CSV or XLSX file: the one whose titles say most; refuses as rows 81 and 82."""
    sheets = [sheet for sheet in read_sheets(uploaded, most_rows=MOST_ROWS) if sheet.rows]
    if not sheets:
        raise Refusal(f"The file holds no rows. {NOTHING}", "file", "82")
    found = [(len(guess_columns(row)), -place, -at) for place, at, row in _headers(sheets)]
    _, place, at = max(found)
    return _plan_sheet(sheets[-place], -at)


def _headers(sheets: Sequence[Sheet]) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Every row that may be the header: its sheet, its place there, and its cells."""
    for place, sheet in enumerate(sheets):
        for at, row in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
            yield place, at, row


def _plan_sheet(sheet: Sheet, at: int) -> PlanSheet:
    header = _titles(sheet.rows[at])
    rows, numbers = sheet.rows[at + 1 :], sheet.row_numbers[at + 1 :]
    lines: list[list[str]] = [[] for _ in range(sheet.row_numbers[at] - 1)]
    lines.append(header)
    for number, row in zip(numbers, rows, strict=True):
        lines += [[] for _ in range(number - len(lines) - 1)]
        is_short = bool(sheet.name) and len(row) < len(header)
        lines.append([*row, *[""] * (len(header) - len(row))] if is_short else list(row))
    content = csv_bytes(lines)
    if len(content) > MOST_BYTES:
        raise Refusal(
            f"The rows hold too much text. Take out columns that are not needed. {NOTHING}", "file", "82"
        )
    return PlanSheet(header, [list(row) for row in rows[:_SHOWN]], content.decode())


def _titles(cells: Sequence[str]) -> list[str]:
    """Each title once: one that is empty is named by its place, one that comes again is numbered."""
    last = max((index for index, cell in enumerate(cells) if cell), default=-1)
    found: list[str] = []
    for place, cell in enumerate(cells[: last + 1], 1):
        name = " ".join(cell.split()) or f"Column {place}"
        taken = sum(name.lower() in (one.lower(), one.rpartition(" (")[0].lower()) for one in found)
        found.append(f"{name} ({taken + 1})" if taken else name)
    return found
