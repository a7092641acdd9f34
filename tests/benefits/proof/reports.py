"""Reports as spreadsheets whose formulas hold no results, and what LibreOffice works out of them."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import date
from decimal import Decimal

import openpyxl

from core.exports.archive import archive_bytes
from core.exports.tables import Format
from core.exports.workbook import workbook_bytes
from core.publishing import files
from core.publishing.content import Content, Figures, Plain
from core.publishing.open_document import spreadsheet_bytes

_FIRST_ROW = 5
_RESULT_OF_BOOK = re.compile(r"(</f>)<v>[^<]*</v>")
_CELL = re.compile(r"<table:table-cell [^>]*table:formula=[^>]*>")
_RESULT_OF_OPEN = re.compile(r'office:value="[^"]*"')


def without_results(content: Content, day: date) -> dict[str, bytes]:
    """The report as both kinds of spreadsheet; each formula stands there with the result 0."""
    book = workbook_bytes(files.as_document(content, day))
    sheets = spreadsheet_bytes(content, day)
    return {
        "report": _changed(book, "xl/worksheets/", lambda text: _RESULT_OF_BOOK.sub(r"\1<v>0</v>", text)),
        "report-open.ods": _changed(sheets, "content.xml", _without_open_results),
    }


def pounds_that_differ(content: Content, opened: bytes) -> list[tuple[str, int, str, Plain, object]]:
    """Every cell of money that is not the pence of the report once LibreOffice has worked it out."""
    book = openpyxl.load_workbook(io.BytesIO(opened), data_only=True)
    return [
        one
        for name, figures in zip(files.sheet_names(content), content.tables, strict=True)
        for one in _differing(name, figures, book)
    ]


def _differing(
    name: str, figures: Figures, book: openpyxl.Workbook
) -> list[tuple[str, int, str, Plain, object]]:
    found = []
    for place, head in enumerate(figures.heads):
        if head.format != Format.MONEY:
            continue
        for number, row in enumerate(figures.all_rows, _FIRST_ROW):
            shown = book[name].cell(number, place + 1).value
            if _pence(shown) != row[place]:
                found.append((name, number, head.title, row[place], shown))
    return found


def _pence(value: object) -> object:
    return int(Decimal(str(value)).scaleb(2)) if isinstance(value, int | float) else value


def _without_open_results(text: str) -> str:
    return _CELL.sub(lambda found: _RESULT_OF_OPEN.sub('office:value="0"', found[0]), text)


def _changed(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    changed = {
        name: change(text.decode()).encode() if name.startswith(part) and name.endswith(".xml") else text
        for name, text in held.items()
    }
    assert changed != held
    return archive_bytes(changed.items())
