"""OpenDocument spreadsheets: the same sheets as the workbook, with live formulas."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from core.exports.archive import undated
from core.exports.cells import SHORTHAND_NOTES
from core.exports.tables import Format
from core.publishing.content import SHORTHAND, Content, Figures, Plain
from core.publishing.files import notes_of, sheet_names, widths_of, with_traces
from core.publishing.keeping import cover
from core.publishing.shown import as_day, is_right, shown_cell, writable

_FIRST_ROW = 5
_FIGURES = (Format.MONEY, Format.NUMBER, Format.PERCENT)
_PAGE, _LAYOUT = "Lying", "lying"
_CENTIMETRES = 0.19  # of a letter
_PAIRS = (30, 90)  # letters across the columns of a label and its text
_STYLES = {Format.MONEY: "money", Format.DATE: "day", Format.NUMBER: "number", Format.PERCENT: "number"}


def spreadsheet_bytes(content: Content, as_of: date) -> bytes:
    """The document's tables as an ODS file dated `as_of`; text in it is never a formula."""
    from odf import dc, meta
    from odf.opendocument import OpenDocumentSpreadsheet

    _name_all_spaces()
    book = OpenDocumentSpreadsheet()
    book.meta.childNodes.clear()
    book.meta.addElement(dc.Title(text=writable(content.title)))
    book.meta.addElement(dc.Language(text="en-GB"))
    book.meta.addElement(meta.CreationDate(text=f"{as_of.isoformat()}T00:00:00"))
    _add_styles(book)
    _add_page(book)
    _add_pairs(book, "Cover", content.title, cover(content))
    tables = list(content.tables)
    names = sheet_names(content)
    contents = [(name, one.caption) for name, one in zip(names, tables, strict=True)]
    _add_pairs(book, "Contents", "Contents", [*contents, ("Notes", "How to read the figures")])
    notes = [*notes_of(content), *SHORTHAND_NOTES]
    _add_pairs(book, "Notes", "Notes", [(str(number), note) for number, note in enumerate(notes, 1)])
    for figures, name in zip(tables, names, strict=True):
        _add_figures(book, figures, name)
    output = io.BytesIO()
    book.write(output)
    return undated(output.getvalue())


def _name_all_spaces() -> None:
    """Have the library write every name space it knows, not those that this process has used so far."""
    from odf.element import Element
    from odf.namespaces import nsdict

    Element.namespaces.clear()
    Element.namespaces.update(nsdict)


def _add_styles(book: Any) -> None:
    from odf import number
    from odf.style import ParagraphProperties, Style, TableCellProperties, TextProperties

    pounds = number.NumberStyle(name="pounds")
    pounds.addElement(number.Number(decimalplaces="2", minintegerdigits="1", grouping="true"))
    day = number.DateStyle(name="days")
    day.addElement(number.Day())
    day.addElement(number.Text(text=" "))
    day.addElement(number.Month(style="long", textual="true"))
    day.addElement(number.Text(text=" "))
    day.addElement(number.Year(style="long"))
    names = ("bold", "bold-end", "text", "text-end", "number")
    bold, bold_end, text, end, plain = (Style(name=name, family="table-cell") for name in names)
    money = Style(name="money", family="table-cell", datastylename="pounds")
    days = Style(name="day", family="table-cell", datastylename="days")
    title = Style(name="title", family="table-cell")
    for style in (bold, bold_end, text, end, plain, money, days):
        how = {"wrapoption": "wrap"} if style in (bold, bold_end, text) else {}
        room = {} if style in (bold, text, days) else {"paddingright": "0.25cm"}
        style.addElement(TableCellProperties(verticalalign="top", **how, **room))
    for style in (bold_end, end):
        style.addElement(ParagraphProperties(textalign="end"))
    days.addElement(ParagraphProperties(textalign="start"))
    for style in (bold, bold_end, title):
        style.addElement(TextProperties(fontweight="bold"))
    for style in (pounds, day, money, days, plain, bold, bold_end, text, end, title):
        book.automaticstyles.addElement(style)


def _add_page(book: Any) -> None:
    """A4 on its side, one page wide however many columns there are."""
    from odf.namespaces import STYLENS
    from odf.style import MasterPage, PageLayout, PageLayoutProperties, Style

    paper = {"pagewidth": "29.7cm", "pageheight": "21cm", "printorientation": "landscape", "margin": "1.5cm"}
    properties = PageLayoutProperties(**paper)
    for name, pages in (("scale-to-X", "1"), ("scale-to-Y", "0")):
        properties.setAttrNS(STYLENS, name, pages)
    layout = PageLayout(name=_LAYOUT)
    layout.addElement(properties)
    book.automaticstyles.addElement(layout)
    book.masterstyles.addElement(MasterPage(name=_PAGE, pagelayoutname=_LAYOUT))
    book.automaticstyles.addElement(Style(name="sheet", family="table", masterpagename=_PAGE))


def _add_widths(book: Any, sheet: Any, widths: Sequence[int]) -> None:
    """How wide each column is, in letters."""
    from odf.style import Style, TableColumnProperties
    from odf.table import TableColumn

    for letters in widths:
        name = f"w{letters}"
        if not any(one.getAttribute("name") == name for one in book.automaticstyles.childNodes):
            style = Style(name=name, family="table-column")
            style.addElement(TableColumnProperties(columnwidth=f"{letters * _CENTIMETRES:.2f}cm"))
            book.automaticstyles.addElement(style)
        sheet.addElement(TableColumn(stylename=name))


def _add_pairs(book: Any, name: str, title: str, pairs: Sequence[tuple[str, str]]) -> None:
    sheet = _sheet(book, name)
    _add_widths(book, sheet, _PAIRS)
    _add_row(sheet, [_text_cell(title, "title")])
    _add_row(sheet, [])
    for label, text in pairs:
        _add_row(sheet, [_text_cell(label, "text"), _text_cell(text, "text")])


def _add_figures(book: Any, table: Figures, name: str) -> None:
    """Title in A1, unit in A2, column titles in row 4, then the rows and the total under them."""
    sheet, figures = _sheet(book, name), with_traces(table)
    _add_widths(book, sheet, widths_of(figures))
    _add_row(sheet, [_text_cell(figures.caption, "title")])
    _add_row(sheet, [_text_cell(figures.unit)])
    _add_row(sheet, [])
    _add_row(
        sheet, [_text_cell(head.title, "bold-end" if is_right(head) else "bold") for head in figures.heads]
    )
    for number, row in enumerate(figures.rows, _FIRST_ROW):
        formulas = [_less(figures, row, index, number) for index in range(len(row))]
        _add_row(sheet, _cells(figures, row, formulas))
    if figures.total is not None:
        last = _FIRST_ROW + len(figures.rows) - 1
        formulas = [_sum(figures, figures.total, index, last) for index in range(len(figures.heads))]
        _add_row(sheet, _cells(figures, figures.total, formulas))


def _cells(figures: Figures, row: Sequence[Plain], formulas: Sequence[str]) -> list[Any]:
    return [
        _cell(value, head.format, formula)
        for value, head, formula in zip(row, figures.heads, formulas, strict=True)
    ]


def _less(figures: Figures, row: Sequence[Plain], index: int, number: int) -> str:
    pair = figures.subtracts(row, index)
    if pair is None:
        return ""
    first, second = (f"[.{_letters(place)}{number}]" for place in pair)
    return f"of:=ROUND({first}-{second};2)"


def _sum(figures: Figures, total: Sequence[Plain], index: int, last: int) -> str:
    if figures.rows and figures.sums_up(index):
        column = _letters(index)
        return f"of:=ROUND(SUM([.{column}{_FIRST_ROW}:.{column}{last}]);2)"
    return _less(figures, total, index, last + 1)


def _cell(value: Plain, form: Format, formula: str) -> Any:
    from odf.table import TableCell
    from odf.text import P

    if form == Format.TEXT or value in SHORTHAND or (form == Format.DATE and not as_day(value)):
        return _text_cell(str(value), "text-end" if form in _FIGURES else "text")
    how: dict[str, str] = {"formula": formula} if formula else {}
    if form in _STYLES:
        how["stylename"] = _STYLES[form]
    if form == Format.DATE:
        cell = TableCell(valuetype="date", datevalue=str(value), **how)
    else:
        number = Decimal(value).scaleb(-2) if form == Format.MONEY else Decimal(value)
        cell = TableCell(valuetype="float", value=str(number), **how)
    cell.addElement(P(text=shown_cell(value, form)))
    return cell


def _text_cell(text: str, style: str = "") -> Any:
    from odf.table import TableCell
    from odf.text import P

    cell = TableCell(valuetype="string", **({"stylename": style} if style else {}))
    for line in writable(text).split("\n"):
        cell.addElement(P(text=line))
    return cell


def _add_row(sheet: Any, cells: Sequence[Any]) -> None:
    from odf.table import TableCell, TableRow

    row = TableRow()
    for cell in cells or [TableCell()]:
        row.addElement(cell)
    sheet.addElement(row)


def _sheet(book: Any, name: str) -> Any:
    from odf.table import Table

    sheet = Table(name=name, stylename="sheet")
    book.spreadsheet.addElement(sheet)
    return sheet


def _letters(index: int) -> str:
    """A, B, … Z, AA of a column."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
