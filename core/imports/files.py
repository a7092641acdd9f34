"""The cells of an uploaded CSV or XLSX file as text, sheet by sheet (rows 81 and 82)."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Protocol

from core.errors import Refusal
from core.imports.package import (
    BROKEN,
    LIMIT_CELLS,
    NOTHING,
    check_package,
    no_macros,
    too_many,
    unreadable,
    wrong_type,
)

LIMIT_BYTES = 10 * 1024 * 1024
LIMIT_ROWS = 20_000
HEADER_WITHIN_ROWS = 20
MOST_COLUMNS = 40
_PACKED = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_MACRO_ENDINGS = (".xlsm", ".xltm", ".xlsb")
_TWO_BYTES_A_LETTER = (b"\xff\xfe", b"\xfe\xff")
_SIGNIFICANT_DIGITS = 15

Cells = tuple[str, ...]


class Uploaded(Protocol):
    """What a form or the API gives for a file that was sent."""

    name: str | None
    size: int

    def read(self) -> bytes:
        """All its bytes."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: the text of every cell by row. A CSV file is one sheet without a name.

    `row_numbers` holds, for each row, the number that a spreadsheet shows beside it.
    """

    name: str
    rows: tuple[Cells, ...]
    row_numbers: tuple[int, ...]


def read_sheets(uploaded: Uploaded, *, most_rows: int = LIMIT_ROWS) -> list[Sheet]:
    """The sheets of an uploaded file; rows without any text are left out. Refuses as rows 81 and 82.

    In a workbook the values are those that a spreadsheet last worked out; a formula that it never worked
    out is kept as its text (=A1*2), so that the reader of the cell refuses it.
    """
    name = (uploaded.name or "").lower()
    content = _content(uploaded)
    if name.endswith(_MACRO_ENDINGS):
        raise no_macros()
    if name.endswith(".xlsx"):
        return _workbook_sheets(content, most_rows)
    if name.endswith(".csv"):
        return [_csv_sheet(content, most_rows)]
    raise wrong_type()


def _content(uploaded: Uploaded) -> bytes:
    if uploaded.size >= LIMIT_BYTES:
        raise Refusal("File must be smaller than 10MB", "file", "81")
    content = uploaded.read()
    if not content.strip():
        raise Refusal("File must not be empty", "file", "81")
    return content


def _csv_sheet(content: bytes, most_rows: int) -> Sheet:
    if content.startswith(_TWO_BYTES_A_LETTER):
        raise _wrong_encoding()
    if content.startswith((_PACKED, _OLD_OFFICE)) or b"\x00" in content:
        raise wrong_type()
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise _wrong_encoding() from None
    return _sheet("", _csv_rows(text), most_rows)


def _csv_rows(text: str) -> Iterator[Cells]:
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    number = 0
    try:
        for row in reader:
            number += 1
            yield tuple(cell.strip() for cell in row)
    except csv.Error:
        message = f"Row {number + 1} cannot be read: check its quotation marks. {NOTHING}"
        raise Refusal(message, "file", "82") from None


def _workbook_sheets(content: bytes, most_rows: int) -> list[Sheet]:
    has_formulas = check_package(content)
    values = _open(content, data_only=True)
    formulas = _open(content, data_only=False) if has_formulas else None
    try:
        return [
            _sheet(sheet.title, _sheet_rows(sheet, formulas[sheet.title] if formulas else None), most_rows)
            for sheet in values.worksheets
        ]
    except BROKEN:
        raise unreadable() from None
    finally:
        values.close()
        if formulas:
            formulas.close()


def _open(content: bytes, *, data_only: bool) -> Any:
    from openpyxl import load_workbook

    try:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)
    except BROKEN:
        raise unreadable() from None


def _sheet_rows(sheet: Any, formulas: Any) -> Iterator[Cells]:
    sheet.reset_dimensions()
    if formulas is None:
        yield from (tuple(_text(cell) for cell in row) for row in sheet.iter_rows())
        return
    formulas.reset_dimensions()
    for row, formula_row in zip(sheet.iter_rows(), formulas.iter_rows(), strict=True):
        yield tuple(
            str(formula.value).strip() if _is_unworked(cell, formula) else _text(cell)
            for cell, formula in zip(row, formula_row, strict=True)
        )


def _is_unworked(cell: Any, formula: Any) -> bool:
    return cell.value is None and formula.data_type == "f"


def _sheet(name: str, rows: Iterator[Cells], most_rows: int) -> Sheet:
    """The rows that hold any text, with their numbers, without empty cells at their ends."""
    kept, numbers, cells = [], [], 0
    for number, row in enumerate(rows, 1):
        cells += len(row) + 1
        if cells > max(LIMIT_CELLS, most_rows * MOST_COLUMNS):
            raise too_many()
        if any(row):
            kept.append(row)
            numbers.append(number)
        if len(kept) > most_rows + HEADER_WITHIN_ROWS:
            raise too_many_rows(most_rows)
    return Sheet(name, tuple(kept), tuple(numbers))


def too_many_rows(most_rows: int = LIMIT_ROWS) -> Refusal:
    """Row 82: more rows than a table of ours is imported with."""
    return Refusal(f"File must hold {most_rows:,} rows or fewer. {NOTHING}", "file", "82")


def _text(cell: Any) -> str:
    """The cell as a person would type it: numbers in full, dates as 2026-04-01, percentages bare."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        is_percent = "%" in str(cell.number_format)
        return _number(Decimal(format(value, f".{_SIGNIFICANT_DIGITS}g")) * (100 if is_percent else 1))
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").strip()


def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return (text.rstrip("0").rstrip(".") or "0") if "." in text else text


def _wrong_encoding() -> Refusal:
    return Refusal(f"Save the file as CSV UTF-8 and upload it again. {NOTHING}", "file", "82")
