"""The lines of a business case as a file: the same grid as on the page, to be edited and sent back.

Each row is a line and who bears it. What a line says of itself beyond its name and kind stands in its first
row alone. A workbook works out its totals itself, so that they follow what is typed into it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell

from core.clock import london_date
from core.exports.cells import SHORTHAND_NOTES, WITHHELD
from core.exports.tables import Column, Table, Value
from core.publication import withheld_sentence
from core.rules.assessment import Withheld
from core.rules.calendar import fy_file_key
from core.rules.money import pounds_plain
from services.queries.case_grid import CaseGrid, GridRow

JOINT_TITLE = "Joint"
TOTAL, COUNTS_AS, LEFT_OUT = "Total", "Counts as", "Withheld"
BENEFIT, COST, CONTINGENT = "benefit", "cost", "exit"
COST_LABELS = ("One-off cost", "Recurring cost", "Dis-benefit")
_HEADER_ROW = 3
_ROOM_BELOW = 1_000
_MONEY = "#,##0.00;-#,##0.00"


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of the grid, and whether it is the first of its line."""

    row: GridRow
    is_first: bool


def _line(name: str) -> Callable[[FileRow], Value]:
    return lambda one: str(getattr(one.row.line, name))


def _display(name: str) -> Callable[[FileRow], Value]:
    return lambda one: _if_first(one, str(getattr(one.row.line, f"get_{name}_display")() or ""))


def _first(name: str) -> Callable[[FileRow], Value]:
    return lambda one: _if_first(one, _plain(getattr(one.row.line, name)))


def _text(name: str) -> Callable[[FileRow], Value]:
    """A text that an exempt line withholds: an empty cell leaves what is there when it is sent back."""
    return lambda one: _if_first(one, "" if one.row.line.is_withheld else getattr(one.row.line, name))


def _stated(name: str) -> Callable[[FileRow], Value]:
    """A figure of the line as a whole, which may be withheld, in its first row."""

    def value(one: FileRow) -> Value:
        stored = getattr(one.row.line, name)
        if not one.is_first or stored is None:
            return ""
        if one.row.hides_stated:
            return one.row.hides_stated
        return pounds_plain(stored) if name.endswith("_pence") else str(stored)

    return value


def _if_first(one: FileRow, text: str) -> Value:
    return text if one.is_first else ""


def _plain(value: Any) -> str:
    return "" if value is None else str(getattr(value, "ref", value))


ABOUT: list[Column[FileRow]] = [
    Column("Option", lambda one: one.row.line.option.ref),
    Column("Reference", _line("ref")),
    Column("Line", _line("title")),
    Column("Kind", lambda one: str(one.row.line.get_kind_display())),
    Column(
        "Cost type", lambda one: str(one.row.line.get_cost_type_display()) if one.row.line.cost_type else ""
    ),
    Column("Who bears it", lambda one: str(one.row.council or JOINT_TITLE)),
    Column("Pool", _first("pool")),
]
DETAILS: list[Column[FileRow]] = [
    Column("Prices", _display("price_basis")),
    Column("Confidence", _display("confidence")),
    Column("Evidence", _text("evidence")),
    Column("Assumptions", _text("assumptions")),
    Column("Lowest %", _first("low_percent")),
    Column("Highest %", _first("high_percent")),
    Column("Optimism-bias category", _display("bias_category")),
    Column("Mitigation %", _first("bias_mitigation_percent")),
    Column("Basis of the percentage", _text("bias_basis")),
    Column("People", _stated("staff_count")),
    Column("Stated a year (£)", _stated("annual_pence")),
    Column("Stated term", _first("term_years")),
    Column("Stated whole life (£)", _stated("whole_life_pence")),
    Column("How it is shared", _first("key_text")),
    Column("Reason for a warning", _text("override_reason")),
]


def line_table(grid: CaseGrid) -> Table[FileRow]:
    """The lines of a grid in its order; an empty cell is a year without an amount, [c] one withheld."""
    years = [Column(fy_file_key(fy), _year(index)) for index, fy in enumerate(grid.years)]
    total = Column[FileRow](TOTAL, lambda one: _pounds(one.row.total))
    counts = Column[FileRow](COUNTS_AS, lambda one: _counts_as(one.row))
    withheld = Column[FileRow](LEFT_OUT, lambda one: withheld_sentence(one.row.line))
    columns = [*ABOUT, *years, total, counts, *DETAILS, withheld]
    return Table("lines", f"Lines of {grid.case}", columns, file_rows(grid), "£ a financial year")


def file_rows(grid: CaseGrid) -> list[FileRow]:
    """The rows of a grid, each with whether it is the first of its line."""
    seen: set[int] = set()
    rows = []
    for row in grid.rows:
        rows.append(FileRow(row, row.line.pk not in seen))
        seen.add(row.line.pk)
    return rows


def line_workbook(grid: CaseGrid) -> bytes:
    """The lines as a workbook: a cover, the lines, totals by option that are formulas, and notes."""
    output = BytesIO()
    book = xlsxwriter.Workbook(
        output, {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    day = london_date(grid.case.updated_at)
    book.set_properties({"title": f"Lines of {grid.case}", "created": datetime.combine(day, time())})
    _Book(book, grid).write()
    book.close()
    return output.getvalue()


class _Book:
    """Writes one grid into one workbook."""

    def __init__(self, book: Any, grid: CaseGrid) -> None:
        self.book, self.grid = book, grid
        self.table = line_table(grid)
        self.rows = file_rows(grid)
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.header = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        self.text = book.add_format({"num_format": "@"})
        self.money = book.add_format({"num_format": _MONEY})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.first_year = len(ABOUT)
        self.total = self.first_year + len(grid.years)
        self.last_row = _HEADER_ROW + len(self.rows) + _ROOM_BELOW

    def write(self) -> None:
        """Every sheet, in the order in which they are read."""
        self._pairs("Cover", f"Lines of {self.grid.case}", self._cover())
        self._lines()
        self._totals()
        self._pairs("Notes", "Notes", [(str(number), note) for number, note in enumerate(self._notes(), 1)])

    def _cover(self) -> list[tuple[str, str]]:
        case = self.grid.case
        first, last = self.grid.years[0], self.grid.years[-1]
        return [
            ("Business case", f"{case.ref}, version {case.number}"),
            ("Programme", str(case.programme)),
            ("State", str(case.get_state_display())),
            ("Financial years", f"{fy_file_key(first)} to {fy_file_key(last)}"),
            ("Options", "; ".join(f"{option.ref} {option.name}" for option in self.grid.options)),
        ]

    def _notes(self) -> list[str]:
        return [
            *([self.grid.left_out] if self.grid.left_out else []),
            "Edit the sheet Lines and import it again: all of it is taken, or none.",
            "Amounts are in pounds and positive; the kind of a line says whether it is a benefit or a cost.",
            "An empty cell under a year is no amount. An empty cell elsewhere leaves what is there.",
            "A row that is left out stays as it is. A reference that is not known is a new line.",
            "Totals are formulas. Costs of exit are in no total but their own.",
            *SHORTHAND_NOTES,
        ]

    def _pairs(self, name: str, title: str, pairs: Sequence[tuple[str, str]]) -> None:
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 90)
        sheet.write_string(0, 0, title, self.title)
        for row, (label, text) in enumerate(pairs, 2):
            sheet.write_string(row, 0, label, self.wrapped)
            sheet.write_string(row, 1, text, self.wrapped)

    def _lines(self) -> None:
        sheet = self._sheet("Lines", self.table.title, self.table.titles)
        sheet.set_column(2, 2, 40)
        for number, one in enumerate(self.rows, _HEADER_ROW + 1):
            for index, value in enumerate(self.table.values(one)):
                self._cell(sheet, number, index, one, value)
        sheet.freeze_panes(_HEADER_ROW + 1, 3)

    def _cell(self, sheet: Any, number: int, index: int, one: FileRow, value: Value) -> None:
        is_money = self.first_year <= index <= self.total
        if isinstance(value, Withheld):
            sheet.write_string(number, index, WITHHELD)
        elif index == self.total:
            cells = f"{self._at(number, self.first_year)}:{self._at(number, self.total - 1)}"
            sheet.write_formula(number, index, f"=SUM({cells})", self.money, Decimal(str(value or 0)))
        elif index == self.total + 1:
            sheet.write_formula(number, index, self._counts_formula(number), None, str(value))
        elif is_money and value != "":
            sheet.write_number(number, index, Decimal(str(value)), self.money)
        elif value != "":
            sheet.write_string(number, index, str(value), self.text)

    def _counts_formula(self, number: int) -> str:
        kind, cost_type = self._at(number, 3), self._at(number, 4)
        is_cost = ",".join(f'{kind}="{label}"' for label in COST_LABELS)
        return f'=IF({cost_type}="Exit","{CONTINGENT}",IF(OR({is_cost}),"{COST}","{BENEFIT}"))'

    def _totals(self) -> None:
        titles = ["Option", "Measure", *(fy_file_key(fy) for fy in self.grid.years), TOTAL]
        sheet = self._sheet("Totals", f"Totals of {self.grid.case}", titles)
        number = _HEADER_ROW + 1
        for option in self.grid.options:
            rows = [one.row for one in self.rows if one.row.line.option_id == option.pk]
            for offset, (label, counted) in enumerate(_MEASURES):
                sheet.write_string(number + offset, 0, option.ref)
                sheet.write_string(number + offset, 1, label)
                self._total_row(sheet, number + offset, offset, rows, counted)
            number += len(_MEASURES)

    def _total_row(self, sheet: Any, number: int, offset: int, rows: Sequence[GridRow], counted: str) -> None:
        length = len(self.grid.years)
        if any(row.withheld for row in rows):
            for index in range(length + 1):
                sheet.write_string(number, 2 + index, WITHHELD)
            return
        values = [_total(rows, counted, index) for index in range(length)]
        for index, pence in enumerate(values):
            formula = self._net(number, 2 + index) if not counted else self._sum(number, index, counted)
            sheet.write_formula(number, 2 + index, formula, self.money, Decimal(pence).scaleb(-2))
        cells = f"{self._at(number, 2)}:{self._at(number, 1 + length)}"
        total = Decimal(sum(values)).scaleb(-2)
        sheet.write_formula(number, 2 + length, f"=SUM({cells})", self.money, total)

    def _sum(self, number: int, index: int, counted: str) -> str:
        def column(place: int) -> str:
            name = xl_col_to_name(place, col_abs=True)
            return f"Lines!{name}${_HEADER_ROW + 2}:{name}${self.last_row}"

        year = column(self.first_year + index)
        option = f"{column(0)},$A{number + 1}"
        return f'=SUMIFS({year},{option},{column(self.total + 1)},"{counted}")'

    def _net(self, number: int, column: int) -> str:
        """Benefits less costs: the two rows above."""
        return f"={self._at(number - 2, column)}-{self._at(number - 1, column)}"

    def _sheet(self, name: str, title: str, titles: Sequence[str]) -> Any:
        sheet = self.book.add_worksheet(name)
        sheet.write_string(0, 0, title, self.title)
        sheet.write_string(1, 0, self.table.unit)
        sheet.set_column(0, len(titles) - 1, 16)
        for index, text in enumerate(titles):
            sheet.write_string(_HEADER_ROW, index, text, self.header)
        return sheet

    def _at(self, row: int, column: int) -> str:
        return str(xl_rowcol_to_cell(row, column))


# What each row of the totals of an option sums; the third is the first less the second.
_MEASURES = (
    ("Benefits", BENEFIT),
    ("Costs", COST),
    ("Net benefit", ""),
    ("Exit, not in the net benefit", CONTINGENT),
)


def _total(rows: Sequence[GridRow], counted: str, index: int) -> int:
    if not counted:
        return _total(rows, BENEFIT, index) - _total(rows, COST, index)
    return sum(row.amounts[index] or 0 for row in rows if _counts_as(row) == counted)


def _counts_as(row: GridRow) -> str:
    if row.is_contingent:
        return CONTINGENT
    return BENEFIT if row.is_benefit else COST


def _year(index: int) -> Callable[[FileRow], Value]:
    return lambda one: _pounds(one.row.shown[index])


def _pounds(value: int | Withheld | None) -> Value:
    if isinstance(value, Withheld):
        return value
    return "" if value is None else pounds_plain(value)
