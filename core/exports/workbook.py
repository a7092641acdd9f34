"""Workbooks: a cover, a contents sheet, notes, then one table a sheet with its title in cell A1."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any, cast

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from core.exports.cells import SHORTHAND_NOTES, adds_up, is_figure, shorthand
from core.exports.tables import Column, Document, Format, Row, Table, Value
from core.rules.rounding import Exact, round_to

# Beyond this many cells a workbook is written row by row in constant memory, which cannot mark up tables.
_MOST_MARKED_UP_CELLS = 100_000
_LONGEST_SHEET_NAME = 31
_HEADER_ROW = 3
LISTS = "Lists"
# Paper: A4, on its side from so many letters across; always one page wide, the titles on each.
_A4, _MOST_UPRIGHT, _LINE = 9, 90, 15
_OPTIONS = {
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "default_date_format": "d mmmm yyyy",
}
# What a sheet that is to be edited lets people do to what is locked; it has no password.
_MAY_DO = {"format_cells": True, "format_columns": True, "format_rows": True, "autofilter": True}
# A column: its place, itself, its style, the type of most of its values and what writes one of that type.
_Writer = tuple[int, Column[Row], Any, type[Any] | None, Any]
_NOT_USUAL = (None, None)
_FIGURES = (Format.MONEY, Format.PERCENT, Format.NUMBER)
_NUMBER_FORMATS = {
    Format.MONEY: "#,##0.00;-#,##0.00",
    Format.PERCENT: "0.0",
    Format.NUMBER: "General",
    Format.DATE: "d mmmm yyyy",
    Format.TEXT: "@",
}

# Words begin on the left, a little away from a figure that ends there; days read as words do.
_LOOK = {
    Format.TEXT: {"text_wrap": True, "align": "left", "indent": 1},
    Format.DATE: {"align": "left", "indent": 1},
}


def workbook_bytes(document: Document) -> bytes:
    """The document as an XLSX file; text in it is never a formula or a link."""
    tables = [(table, list(table.rows)) for table in document.tables]
    cells = sum(len(table.columns) * len(rows) for table, rows in tables)
    output = BytesIO()
    is_long = cells > _MOST_MARKED_UP_CELLS
    book = xlsxwriter.Workbook(output, {**_OPTIONS, "constant_memory": is_long})
    book.set_properties({"title": document.title, "created": datetime.combine(document.as_of, time())})
    styles = _Styles(book, is_to_edit=document.is_to_edit)
    if not document.is_to_edit:
        _write_front(book, styles, document)
    sheets = [
        _write_table(book, styles, table, rows, mark_up=None if is_long else f"Table{number}")
        for number, (table, rows) in enumerate(tables, 1)
    ]
    if document.is_to_edit:
        _write_notes(book, styles, "How to use it", document.notes)
        for sheet in sheets:
            sheet.protect("", _MAY_DO)
    _offer_choices(
        book, [(sheet, table, len(rows)) for sheet, (table, rows) in zip(sheets, tables, strict=True)]
    )
    book.close()
    return output.getvalue()


class _Styles:
    """Cell formats of one workbook."""

    def __init__(self, book: Any, *, is_to_edit: bool) -> None:
        self.title = book.add_format({"bold": True, "font_size": 14})
        head = {"bold": True, "text_wrap": True, "valign": "top"}
        self.header = book.add_format({**head, "align": "left", "indent": 1})
        self._header_right = book.add_format({**head, "align": "right"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self.plain = book.add_format({"align": "right", "valign": "top"})
        self._by_format = {
            form: book.add_format({"num_format": number_format, "valign": "top", **_LOOK.get(form, {})})
            for form, number_format in _NUMBER_FORMATS.items()
        }
        self._open_by_format = {
            form: book.add_format({"num_format": number_format, "locked": False, "text_wrap": True})
            for form, number_format in (_NUMBER_FORMATS.items() if is_to_edit else ())
        }

    def of_head(self, column: Column[Row]) -> Any:
        """How the title of a column is written: over its figures."""
        return self._header_right if column.format in _FIGURES else self.header

    def of(self, column: Column[Row]) -> Any:
        """How the cells of a column are written."""
        return (self._by_format if column.is_locked else self._open_by_format or self._by_format)[
            column.format
        ]

    def of_blank(self, column: Column[Row]) -> Any:
        """How its cells without a value are kept: open to whoever fills them in, where that is meant."""
        return None if column.is_locked else self._open_by_format.get(column.format)


def _write_front(book: Any, styles: _Styles, document: Document) -> None:
    _write_pairs(book, styles, "Cover", document.title, document.cover)
    contents = [(_sheet_name(table.name), table.title) for table in document.tables]
    _write_pairs(book, styles, "Contents", "Contents", [*contents, ("Notes", "How to read the figures")])
    _write_notes(book, styles, "Notes", [*document.notes, *SHORTHAND_NOTES])


def _write_notes(book: Any, styles: _Styles, name: str, notes: Sequence[str]) -> None:
    numbered = [(str(number), note) for number, note in enumerate(notes, 1)]
    _write_pairs(book, styles, name, name, numbered)


def _write_pairs(book: Any, styles: _Styles, name: str, title: str, pairs: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(name)
    sheet.set_column(0, 0, 30)
    sheet.set_column(1, 1, 90)
    sheet.write_string(0, 0, title, styles.title)
    _lay(sheet, 120)
    for row, (label, text) in enumerate(pairs, 2):
        sheet.set_row(row, _LINE * max(_lines(label, 30), _lines(text, 90)))
        sheet.write_string(row, 0, label, styles.wrapped)
        sheet.write_string(row, 1, text, styles.wrapped)


def _write_table(
    book: Any, styles: _Styles, table: Table[Row], rows: Sequence[Row], *, mark_up: str | None
) -> Any:
    """The sheet: title in A1, unit in A2, column titles in row 4, then the rows."""
    sheet = book.add_worksheet(_sheet_name(table.name))
    for index, column in enumerate(table.columns):
        sheet.set_column(index, index, _width(column), styles.of_blank(column))
    widths = [_width(column) for column in table.columns]
    _lay(sheet, sum(widths), repeated=_HEADER_ROW)
    sheet.write_string(0, 0, table.title, styles.title)
    sheet.write_string(1, 0, table.unit)
    sheet.set_row(_HEADER_ROW, _LINE * max(map(_lines, table.titles, widths), default=1))
    for index, column in enumerate(table.columns):
        sheet.write_string(_HEADER_ROW, index, column.title, styles.of_head(column))
    writers = _writers(sheet, styles, table)
    for number, row in enumerate(rows, _HEADER_ROW + 1):
        if mark_up:
            _give_height(sheet, number, [column.value(row) for column in table.columns], widths)
        _write_row(sheet, styles, number, table, row, writers)
    if table.total is not None:
        _write_total(sheet, styles, _HEADER_ROW + 1 + len(rows), table, rows, table.total)
    sheet.freeze_panes(_HEADER_ROW + 1, 1)
    if mark_up and rows:
        sheet.add_table(
            _HEADER_ROW,
            0,
            _HEADER_ROW + len(rows),
            len(table.columns) - 1,
            {
                "name": mark_up,
                "columns": [
                    {"header": column.title, "header_format": styles.of_head(column)}
                    for column in table.columns
                ],
                "style": None,
                "autofilter": False,
            },
        )
    return sheet


def _lay(sheet: Any, across: int, *, repeated: int | None = None) -> None:
    """How it lies on paper: one page wide, with the titles of its columns on each page."""
    sheet.set_paper(_A4)
    if across > _MOST_UPRIGHT:
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
    if repeated is not None:
        sheet.repeat_rows(repeated)


def _give_height(sheet: Any, number: int, values: Sequence[Value], widths: Sequence[int]) -> None:
    """Room for texts of several lines: not every program finds out by itself."""
    pairs = zip(values, widths, strict=True)
    most = max((_lines(value, width) for value, width in pairs if isinstance(value, str)), default=1)
    if most > 1:
        sheet.set_row(number, _LINE * most)


def _lines(text: str, width: int) -> int:
    """About how many lines a text takes in a column so many letters wide."""
    return sum(max(1, -(-len(line) // max(1, width - 1))) for line in text.split("\n"))


def _offer_choices(book: Any, written: Sequence[tuple[Any, Table[Any], int]]) -> None:
    """Let the cells of columns with choices offer them, from a hidden sheet that holds each list."""
    offered = [
        (sheet, count, index, column)
        for sheet, table, count in written
        for index, column in enumerate(table.columns)
        if column.choices and count
    ]
    if not offered:
        return
    lists = book.add_worksheet(LISTS)
    lists.hide()
    for number, (sheet, count, index, column) in enumerate(offered):
        lists.write_string(0, number, column.title)
        for row, choice in enumerate(column.choices, 1):
            lists.write_string(row, number, choice)
        first, last = xl_rowcol_to_cell(1, number, True, True), len(column.choices)
        source = f"={LISTS}!{first}:{xl_rowcol_to_cell(last, number, True, True)}"
        cells = (_HEADER_ROW + 1, index, _HEADER_ROW + count, index)
        sheet.data_validation(*cells, {"validate": "list", "source": source, "error_type": "warning"})


def _writers(sheet: Any, styles: _Styles, table: Table[Row]) -> list[_Writer[Row]]:
    """How the cells of each column are written; the difference of two others has no usual way."""
    usual: dict[Format, tuple[type[Any], Any]] = {
        Format.TEXT: (str, sheet.write_string),
        Format.DATE: (date, sheet.write_datetime),
        Format.MONEY: (int, sheet.write_number),
        Format.NUMBER: (int, sheet.write_number),
    }
    return [
        (
            index,
            column,
            styles.of(column),
            *(_NOT_USUAL if column.less else usual.get(column.format, _NOT_USUAL)),
        )
        for index, column in enumerate(table.columns)
    ]


def _write_row(
    sheet: Any, styles: _Styles, number: int, table: Table[Row], row: Row, writers: Sequence[_Writer[Row]]
) -> None:
    for index, column, style, kind, write in writers:
        value = column.value(row)
        if type(value) is kind and value != "":
            pounds = column.format == Format.MONEY
            write(number, index, _number(value, column.format) if pounds else value, style)
        elif formula := _difference(table, column, row, number):
            _write_formula(sheet, styles, number, index, formula, column, row)
        else:
            _write_cell(sheet, styles, number, index, value, column)


def _write_total(
    sheet: Any, styles: _Styles, number: int, table: Table[Row], rows: Sequence[Row], total: Row
) -> None:
    """The last row: sums of the figures above it, as live formulas rounded to the penny."""
    for index, column in enumerate(table.columns):
        known = (
            bool(rows) and is_figure(column.value(total)) and all(adds_up(column.value(row)) for row in rows)
        )
        first, last = (xl_rowcol_to_cell(row, index) for row in (_HEADER_ROW + 1, number - 1))
        if column.is_summed and known:
            _write_formula(sheet, styles, number, index, f"=ROUND(SUM({first}:{last}),2)", column, total)
        elif formula := _difference(table, column, total, number):
            _write_formula(sheet, styles, number, index, formula, column, total)
        else:
            _write_cell(sheet, styles, number, index, column.value(total), column)


def _difference(table: Table[Row], column: Column[Row], row: Row, number: int) -> str:
    """The formula of a cell that is the difference of two others; nothing where one of them is missing."""
    if column.less is None:
        return ""
    places = [table.titles.index(title) for title in column.less]
    values = [table.columns[place].value(row) for place in places]
    if not all(is_figure(value) for value in [*values, column.value(row)]):
        return ""
    first, second = (xl_rowcol_to_cell(number, place) for place in places)
    return f"=ROUND({first}-{second},2)"


def _write_formula(
    sheet: Any, styles: _Styles, row: int, index: int, formula: str, column: Column[Row], of: Row
) -> None:
    """A formula with the figure it gives, for programs that do not work it out."""
    known = _number(column.value(of), column.format)
    sheet.write_formula(row, index, formula, styles.of(column), float(known))


def _write_cell(sheet: Any, styles: _Styles, row: int, index: int, value: Value, column: Column[Row]) -> None:
    style = styles.of(column)
    missing = shorthand(value)
    if missing is not None:
        sheet.write_string(row, index, missing, style if column.format == Format.DATE else styles.plain)
    elif value == "":
        sheet.write_blank(row, index, None, style)
    elif column.format == Format.DATE and isinstance(value, date):
        sheet.write_datetime(row, index, value, style)
    elif column.format in (Format.TEXT, Format.DATE):
        sheet.write_string(row, index, str(value), style)
    else:
        sheet.write_number(row, index, _number(value, column.format), style)


def _number(value: Value, form: Format) -> Decimal:
    """A number with all its decimals: pounds for money, one decimal for a percentage."""
    if form == Format.MONEY:
        return Decimal(cast(int, value)).scaleb(-2)
    if form == Format.PERCENT:
        return round_to(cast(Exact, value), 1)
    return Decimal(str(value))


def _sheet_name(name: str) -> str:
    """A name that a workbook takes for a sheet."""
    return "".join(" " if letter in "[]:*?/\\" else letter for letter in name)[:_LONGEST_SHEET_NAME]


def _width(column: Column[Row]) -> int:
    return column.width or (40 if column.format == Format.TEXT else 18)
