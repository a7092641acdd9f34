"""Workbooks made to harm: refused in clear words before they are opened, whatever they unpack to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import Refusal
from core.imports.files import read_sheets

SHEET = "xl/worksheets/sheet1.xml"
START = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
END = "</sheetData></worksheet>"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
TOO_MANY = "File must hold 1,000,000 cells or fewer. Nothing was imported"
TOO_WIDE = "No row may hold more than 16,384 cells or 2MB. Nothing was imported"
UNREADABLE = "The workbook cannot be read. Save it again as XLSX. Nothing was imported"
MACROS = "File must not contain macros"
ENTITY = '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'


def workbook(change: Callable[[str, bytes], bytes]) -> bytes:
    """A workbook of one sheet with its parts changed."""
    made, packed = io.BytesIO(), io.BytesIO()
    openpyxl.Workbook().save(made)
    with zipfile.ZipFile(made) as source, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return packed.getvalue()


def sheet(body: str, before: str = "", encoding: str = "utf-8") -> bytes:
    """A workbook whose only sheet holds these rows."""
    text = (before + START + body + END).encode(encoding)
    return workbook(lambda name, content: text if name == SHEET else content)


def styles(extra: bytes) -> bytes:
    """A workbook with more cell formats."""
    return workbook(lambda _, content: content.replace(b"</cellXfs>", extra + b"</cellXfs>"))


HARMFUL = {
    "too many empty cells and rows": (
        lambda: sheet(f"<row>{'<c/>' * 10_000}</row>" * 50 + "<x:row/>" * 500_000),
        TOO_MANY,
    ),
    "one row of too many cells": (lambda: sheet(f"<row>{'<c/>' * 16_385}</row>"), TOO_WIDE),
    "too many cells among others": (
        lambda: sheet("<row/><row>" + '<c s="1"/>' * 16_385 + "</row>"),
        TOO_WIDE,
    ),
    "one cell of too much text": (
        lambda: sheet(f"<row><c><v>{'x' * 2_200_000}</v></c></row>"),
        TOO_WIDE,
    ),
    "spaces between cells": (lambda: sheet(f"<row><c/>{' ' * 2_200_000}<c/></row>"), TOO_WIDE),
    "formats beside cells": (
        lambda: styles(b"<c/>" * 10_000 + b'<xf numFmtId="0"/>' * 110_000),
        TOO_MANY,
    ),
    "too much else": (lambda: sheet("<y/>" * 200_000), TOO_MANY),
    "too many formats": (lambda: styles(b'<xf numFmtId="0"/>' * 110_000), TOO_MANY),
    "external entity": (lambda: sheet('<row><c t="str"><v>&e;</v></c></row>', ENTITY), UNREADABLE),
    "entity in UTF-16": (lambda: sheet("<row/>", ENTITY, "utf-16"), UNREADABLE),
    "UTF-16 after spaces": (lambda: sheet("<row/>", "  ", "utf-16-le"), UNREADABLE),
    "macro type under another name": (
        lambda: workbook(lambda _, content: content.replace(PLAIN_TYPE, MACRO_TYPE)),
        MACROS,
    ),
    "no workbook part": (
        lambda: workbook(lambda _, content: content.replace(PLAIN_TYPE, b"text/plain")),
        UNREADABLE,
    ),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_workbook_is_refused(name: str) -> None:
    make, words = HARMFUL[name]
    with pytest.raises(Refusal) as said:
        read_sheets(SimpleUploadedFile("rows.xlsx", make()))
    assert said.value.message == words


@pytest.mark.parametrize("tag", ["<f>A2</f>", "<f\n>A2</f>", '<f t="normal">A2</f>'])
def test_formula_is_seen_however_it_is_written(tag: str) -> None:
    (read,) = read_sheets(SimpleUploadedFile("rows.xlsx", sheet(f'<row><c r="A1">{tag}</c></row>')))
    assert read.rows == (("=A2",),)


def test_widest_row_and_longest_text_are_read() -> None:
    cells = '<c r="A1" t="str"><v>Bins</v></c>' + "<c/>" * 16_382 + f'<c t="str"><v>{"x" * 900_000}</v></c>'
    (read,) = read_sheets(SimpleUploadedFile("rows.xlsx", sheet(f"<row>{cells}</row>")))
    assert (read.rows[0][0], len(read.rows[0]), len(read.rows[0][-1])) == ("Bins", 16_384, 900_000)


def test_workbook_of_wide_text_is_read() -> None:
    (read,) = read_sheets(
        SimpleUploadedFile("rows.xlsx", sheet('<row><c r="A1" t="str"><v>Mühle £5</v></c></row>'))
    )
    assert read.rows == (("Mühle £5",),)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "latin-1"])
def test_csv_in_another_encoding_is_refused(encoding: str) -> None:
    content = "Reference,Cost (£)\nL-1,5\n".encode(encoding)
    with pytest.raises(Refusal) as said:
        read_sheets(SimpleUploadedFile("rows.csv", content))
    words = {"utf-16-be": "File must be a CSV or XLSX"}.get(
        encoding, "Save the file as CSV UTF-8 and upload it again. Nothing was imported"
    )
    assert said.value.message == words
