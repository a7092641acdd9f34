"""Read a table that was uploaded as CSV or XLSX, or sent as rows of JSON, cell by cell.

How to use it:

    COLUMNS = [
        ImportColumn("ref", "Reference", text_of("Reference", 40), is_required=True),
        ImportColumn("amount_pence", "Cost (£)", pounds_of("cost")),
    ]
    table = read_table(form.cleaned_data["file"], COLUMNS)    # refuses as rows 81 and 82
    for row in table.rows:
        row.values["amount_pence"]                            # pence, or None for an empty cell
    table.problems                                            # one a cell: where, what was there, message
    table.check()                                             # refuses as row 83 if any cell is wrong

A caller that finds more wrong once it knows the database adds it with `table.refuse(row, "ref", message)`
before `check`, and writes in one transaction afterwards: all or nothing. For a dry run it shows
`table.problems` and what would be written, and does not write.

The header is the first row that holds every needed column, so a title above the table does no harm; in
a workbook it is looked for on every sheet, which lets our own downloads be edited and sent back. Columns
may stand in any order. An optional column may be left out; titles in `ignored` may be there and are not
read. Row numbers are those that a spreadsheet shows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from core.errors import Refusal, Refusals
from core.imports.cells import Reader, plain
from core.imports.files import (
    HEADER_WITHIN_ROWS,
    LIMIT_ROWS,
    Cells,
    Sheet,
    Uploaded,
    read_sheets,
    too_many_rows,
)
from core.imports.package import NOTHING
from core.rules.words import count_of, listed


@dataclass(frozen=True, slots=True)
class ImportColumn:
    """One column of the file: its name in our rows, its title in the file, how a cell of it is read.

    `is_needed` says that the column must be there, `is_required` that no cell of it may be empty.
    """

    name: str
    title: str
    read: Reader
    is_required: bool = False
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class CellProblem:
    """A cell that cannot be taken: where it is, what it holds and what to do."""

    row: int
    column: str
    text: str
    message: str

    def __str__(self) -> str:
        return f"Row {self.row}, {self.column}: {self.message}"


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One row: its number in the file and its values by name; None for an empty cell.

    A cell that cannot be read is None too, and is among the table's problems. `given` names the columns
    that the file has.
    """

    number: int
    values: dict[str, Any]
    texts: Mapping[str, str]
    given: frozenset[str]


@dataclass(slots=True)
class ImportedTable:
    """What was read: the rows in order, and what is wrong, in the order in which it was found."""

    columns: Sequence[ImportColumn]
    rows: list[ImportRow]
    problems: list[CellProblem] = field(default_factory=list)

    @property
    def wrong_rows(self) -> list[int]:
        """Numbers of the rows with any problem, each once, in order."""
        return sorted({problem.row for problem in self.problems})

    def is_sound(self, row: ImportRow) -> bool:
        """Whether nothing is wrong in the row so far."""
        return all(problem.row != row.number for problem in self.problems)

    def refuse(self, row: ImportRow, name: str, message: str) -> None:
        """Add what is wrong with the cell `name` of a row."""
        titles = {column.name: column.title for column in self.columns}
        self.problems.append(
            CellProblem(row.number, titles.get(name, name), row.texts.get(name, ""), message)
        )

    def check(self) -> None:
        """Refuse the whole file where any cell is wrong: first how many rows, then each cell (row 83)."""
        if not self.problems:
            return
        ordered = sorted(self.problems, key=lambda problem: problem.row)
        raise Refusals(
            [
                Refusal(self.summary, "file", "83"),
                *(Refusal(str(problem), f"rows.{problem.row}", "83") for problem in ordered),
            ]
        )

    @property
    def summary(self) -> str:
        """How many rows are wrong (row 83)."""
        wrong, total = len(self.wrong_rows), len(self.rows)
        have = "has" if wrong == 1 else "have"
        rows = count_of(total, "row")
        return f"{wrong:,} of {rows} {have} errors. Fix them and upload again. {NOTHING}"


def read_table(
    uploaded: Uploaded,
    columns: Sequence[ImportColumn],
    *,
    ignored: Collection[str] = (),
    most_rows: int = LIMIT_ROWS,
) -> ImportedTable:
    """The rows of an uploaded CSV or XLSX file; refuses it as rows 81 and 82, gathers what row 83 tells.

    Writes nothing and asks the database nothing, unless a column's reader does.
    """
    sheets = read_sheets(uploaded, most_rows=most_rows)
    sheet, at = _find_header(sheets, columns)
    header = _header(sheet.rows[at], columns, ignored)
    table = ImportedTable(columns, [])
    for number, cells in zip(sheet.row_numbers[at + 1 :], sheet.rows[at + 1 :], strict=True):
        _check_width(number, cells, len(header), is_csv=not sheet.name)
        texts = {name: cells[index] for index, name in enumerate(header) if name and index < len(cells)}
        _add(table, number, texts, frozenset(name for name in header if name))
    _check_count(table, most_rows)
    return table


def read_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[ImportColumn]) -> ImportedTable:
    """The same of rows sent as JSON, each a mapping of column names to text or numbers; numbered from 1.

    Refuses a name that is no column. None, or a name left out, is an empty cell.
    """
    known = {column.name for column in columns}
    table = ImportedTable(columns, [])
    for number, row in enumerate(rows, 1):
        unknown = sorted(set(row) - known)
        if unknown:
            message = f"Row {number} has entries that are not known: {listed(unknown)}. {NOTHING}"
            raise Refusal(message, f"rows.{number}", "82")
        texts = {name: "" if value is None else str(value).strip() for name, value in row.items()}
        _add(table, number, texts, frozenset(row))
    _check_count(table)
    return table


def _add(table: ImportedTable, number: int, texts: Mapping[str, str], given: frozenset[str]) -> None:
    values: dict[str, Any] = {column.name: None for column in table.columns}
    row = ImportRow(number, values, texts, given)
    table.rows.append(row)
    for column in table.columns:
        cell = texts.get(column.name, "")
        if not cell and not column.is_required:
            continue
        try:
            text = plain(cell)
            if text:
                values[column.name] = column.read(text)
            elif column.is_required:
                table.refuse(row, column.name, f"Enter the {column.title[:1].lower()}{column.title[1:]}")
        except Refusal as said:
            table.refuse(row, column.name, said.message)


def _find_header(sheets: Sequence[Sheet], columns: Sequence[ImportColumn]) -> tuple[Sheet, int]:
    """The sheet and the index in it of the first row that holds every needed column."""
    needed = {_folded(column.title): column.title for column in columns if column.is_needed}
    fewest_missing = list(needed.values())
    for sheet in sheets:
        for index, cells in enumerate(sheet.rows[:HEADER_WITHIN_ROWS]):
            present = {_folded(cell) for cell in cells}
            missing = [title for folded, title in needed.items() if folded not in present]
            if not missing:
                return sheet, index
            fewest_missing = min(fewest_missing, missing, key=len)
    noun = "Column" if len(fewest_missing) == 1 else "Columns"
    verb = "is" if len(fewest_missing) == 1 else "are"
    titles = listed([f"“{title}”" for title in fewest_missing])
    raise Refusal(f"{noun} {titles} {verb} missing. {NOTHING}", "file", "82")


def _header(cells: Cells, columns: Sequence[ImportColumn], ignored: Collection[str]) -> list[str]:
    """For each column of the file its name, empty for one not read; refuses unknown and double ones."""
    names = {_folded(column.title): column.name for column in columns}
    unread = {_folded(title) for title in ignored} | {""}
    header: list[str] = []
    for cell in _without_end(cells):
        name = names.get(_folded(cell), "")
        if not name and _folded(cell) not in unread:
            raise Refusal(f"Column “{cell}” is not known. {NOTHING}", "file", "82")
        if name and name in header:
            raise Refusal(f"Column “{cell}” is there twice. {NOTHING}", "file", "82")
        header.append(name)
    return header


def _check_width(number: int, cells: Cells, width: int, *, is_csv: bool) -> None:
    """Refuse a row of a CSV file with more or fewer columns than its header, empty ones at the end apart."""
    used = len(_without_end(cells))
    if used > width or (is_csv and len(cells) < width):
        has = count_of(max(used, len(cells)) if is_csv else used, "column")
        raise Refusal(f"Row {number} has {has}. It should have {width}. {NOTHING}", "file", "82")


def _check_count(table: ImportedTable, most_rows: int = LIMIT_ROWS) -> None:
    if not table.rows:
        raise Refusal(f"The table has no rows under its header. {NOTHING}", "file", "82")
    if len(table.rows) > most_rows:
        raise too_many_rows(most_rows)


def _without_end(cells: Cells) -> Cells:
    last = max((index for index, cell in enumerate(cells) if cell), default=-1)
    return cells[: last + 1]


def _folded(title: str) -> str:
    """A title as it is compared: in one case, each gap one space, without the guard of a formula."""
    return " ".join(title.lstrip("'").lower().split())
