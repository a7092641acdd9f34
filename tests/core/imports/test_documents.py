"""The kind of an uploaded document is told by what is in it (row 81)."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.errors import Refusal
from core.imports.documents import CSV, DOCX, JPG, ODS, PDF, PNG, XLSX, document_type, read_document
from core.imports.files import LIMIT_BYTES
from tests.governance.meetings.scene import package

TYPES = b'<Types><Override ContentType="application/xml"/></Types>'
ODT_TYPE = b"application/vnd.oasis.opendocument.text"
ODS_TYPE = b"application/vnd.oasis.opendocument.spreadsheet"
WORD = {"[Content_Types].xml": TYPES, "word/document.xml": b"<w/>"}
EXCEL = {"[Content_Types].xml": TYPES, "xl/workbook.xml": b"<x/>"}
WRONG = "File must be a CSV, ODS, XLSX, PDF, DOCX, PNG or JPG"
MACROS = "File must not contain macros"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", PDF),
        (b"\x89PNG\r\n\x1a\n....", PNG),
        (b"\xff\xd8\xff\xe0....", JPG),
        (b"year,amount\n2026,12\n", CSV),
        ("\ufeffcouncil,£\r\nAshmere,12\r\n".encode(), CSV),
        (package(WORD), DOCX),
        (package(EXCEL), XLSX),
        (package({"mimetype": ODS_TYPE, "content.xml": b"<o/>"}), ODS),
    ],
    ids=lambda value: getattr(value, "ending", ""),
)
def test_kind_is_told_by_the_content(content: bytes, kind: object) -> None:
    assert document_type(content) == kind


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"MZ\x90\x00", WRONG),
        (b"plain words of one column", WRONG),
        (b"a,b\nc\n", WRONG),
        (b"a,\x00b\n", WRONG),
        (b"caf\xe9,b\n", WRONG),
        (b"<html>,<script>\n", WRONG),
        (b"<svg xmlns='x'>,</svg>", WRONG),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", WRONG),
        (b"PK\x03\x04 broken", WRONG),
        (package({"readme.txt": b"x"}), WRONG),
        (package({"word/document.xml": b"<w/>"}), WRONG),
        (package({"mimetype": b"application/epub+zip"}), WRONG),
        (package({"mimetype": ODT_TYPE, "content.xml": b"<o/>"}), WRONG),
        (package(WORD | {"word/vbaProject.bin": b"x"}), MACROS),
        (package(WORD | {"word/activeX/activeX1.xml": b"x"}), MACROS),
        (package(EXCEL | {"xl/macrosheets/sheet1.xml": b"x"}), MACROS),
        (package(EXCEL | {"[Content_Types].xml": TYPES + b"sheet.macroEnabled.main"}), MACROS),
        (package({"mimetype": ODT_TYPE, "Basic/Standard/Module1.xml": b"x"}), MACROS),
        (package({"mimetype": ODS_TYPE, "Scripts/python/run.py": b"x"}), MACROS),
        (b"%PDF-1.7 << /S /JavaScript /JS (app.alert) >>", MACROS),
    ],
    ids=range(20),
)
def test_what_is_none_of_them_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refusal) as said:
        document_type(content)
    assert (said.value.message, said.value.field, said.value.code) == (message, "file", "81")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "File must not be empty"),
        (b" \n ", "File must not be empty"),
        (b"%PDF-" + b"0" * (LIMIT_BYTES - 5), "File must be smaller than 10MB"),
    ],
    ids=["empty", "blank", "large"],
)
def test_size_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(Refusal) as said:
        read_document(SimpleUploadedFile("a.pdf", content))
    assert said.value.message == message


def test_name_does_not_matter() -> None:
    assert read_document(SimpleUploadedFile("report.exe", b"%PDF-1.7")).type == PDF
