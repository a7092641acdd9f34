"""Every file of a document: the same bytes twice, words that never run, and what helps who cannot see it."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from docx import Document
from lxml import etree
from odf.opendocument import load
from odf.table import Table, TableCell, TableRow
from pypdf import PdfReader

from core.exports.workbook import workbook_bytes
from core.publishing import files, open_document, paper, tidy, word
from core.publishing.content import Content, Figures, Head, Picture, Section
from core.publishing.pictures import UndrawableChartError, chart_svg
from tests.core.exports.pdf_reading import read_pdf
from tests.core.publishing.sample import ADDED, DAY, FORMULAS, SAVINGS, sample

SUMS = {"Cost": "SUM(B5:B7)", "Staff": "SUM(C5:C7)"}


def workbook(content: Content) -> bytes:
    return workbook_bytes(files.as_document(content, DAY))


WRITERS = {
    "xlsx": workbook,
    "ods": lambda content: open_document.spreadsheet_bytes(content, DAY),
    "docx": lambda content: word.word_bytes(content, DAY),
    "zip": tidy.tables_archive,
    "pdf": paper.document_pdf,
}


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return {name: write(sample()) for name, write in WRITERS.items()}


def test_the_same_document_gives_the_same_bytes(made: dict[str, bytes]) -> None:
    assert [name for name, write in WRITERS.items() if write(sample()) != made[name]] == []


def parts(content: bytes) -> Iterator[tuple[str, str]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels", ".csv")):
                yield name, archive.read(name).decode()


def test_workbook_has_its_title_first_live_sums_and_nothing_merged(made: dict[str, bytes]) -> None:
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "savings", "added", "texts"]
    assert [sheet["A1"].value for sheet in book] == [
        sample().title, "Contents", "Notes", SAVINGS.caption, ADDED.caption, "Words",
    ]  # fmt: skip
    assert not any(sheet.merged_cells.ranges for sheet in book)
    assert [cell.value for cell in book["savings"][5]][1:4] == [180000, 169999.99, "=ROUND(C5-B5,2)"]
    assert [cell.value for cell in book["savings"][8]][1:4] == ["=ROUND(SUM(B5:B7),2)", "[x]", "[x]"]
    assert [cell.value for cell in book["added"][8]][1:] == [f"=ROUND({one},2)" for one in SUMS.values()]
    assert sample().about in {cell.value for cell in book["Cover"]["B"]}
    texts = [row[0] for row in book["texts"].iter_rows(min_row=5, max_row=10)]
    assert [(cell.value, cell.data_type) for cell in texts] == [(text, "s") for text in FORMULAS]


def test_open_spreadsheet_has_the_same_sheets_sums_and_words(made: dict[str, bytes]) -> None:
    book = load(io.BytesIO(made["ods"]))
    sheets = {sheet.getAttribute("name"): sheet for sheet in book.spreadsheet.getElementsByType(Table)}
    assert list(sheets) == ["Cover", "Contents", "Notes", "savings", "added", "texts"]
    rows = {
        name: [row.getElementsByType(TableCell) for row in sheet.getElementsByType(TableRow)]
        for name, sheet in sheets.items()
    }
    formulas = {
        name: [cell.getAttribute("formula") for row in cells for cell in row if cell.getAttribute("formula")]
        for name, cells in rows.items()
    }
    assert formulas == {
        "Cover": [], "Contents": [], "Notes": [], "texts": [],
        "savings": ["of:=ROUND([.C5]-[.B5];2)", "of:=ROUND([.C6]-[.B6];2)", "of:=ROUND(SUM([.B5:.B7]);2)"],
        "added": ["of:=ROUND(SUM([.B5:.B7]);2)", "of:=ROUND(SUM([.C5:.C7]);2)"],
    }  # fmt: skip
    first = [(row[0].getAttribute("valuetype"), str(row[0])) for row in rows["texts"][4:]]
    assert first == [("string", text) for text in FORMULAS]
    assert not any("number-columns-spanned" in text for _, text in parts(made["ods"]))


def test_csv_files_are_tidy_and_neutral_and_have_a_dictionary(made: dict[str, bytes]) -> None:
    found = {name: list(csv.reader(io.StringIO(text, newline=""))) for name, text in parts(made["zip"])}
    assert list(found) == ["savings.csv", "added.csv", "texts.csv", "dictionary.csv"]
    assert found["savings.csv"][1:] == [
        ["2026 to 2027", "180000.00", "169999.99", "-10000.01", "94.4", "2027-03-31"],
        ["2027 to 2028", "0.05", "0.07", "0.02", "140.0", "2028-03-31"],
        ["2028 to 2029", "2.00", "[x]", "[x]", "[x]", "[z]"],
    ]
    assert [row[0] for row in found["texts.csv"][1:]] == [f"'{text}" for text in FORMULAS]
    columns = [(row[0], row[1]) for row in found["dictionary.csv"][1:]]
    assert columns == [(f"{one.key}.csv", head.title) for one in sample().tables for head in one.heads]
    table = next(iter(sample().tables))
    told = tidy.tables_archive(sample(), {(table.heads[1].title, table.heads[1].format): "As promised"})
    assert f"{table.caption}. As promised" in dict(parts(told))["dictionary.csv"]


def test_word_document_has_headings_heads_that_repeat_and_words_for_the_picture(
    made: dict[str, bytes],
) -> None:
    book = Document(io.BytesIO(made["docx"]))
    headings = [(one.style.name, one.text) for one in book.paragraphs if one.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "1. Summary"), ("Heading 1", "3. Savings"), ("Heading 2", "Less than planned"),
        ("Heading 1", "5. Costs"), ("Heading 1", "11. Decisions"), ("Heading 1", "Notes"),
    ]  # fmt: skip
    text = dict(parts(made["docx"]))["word/document.xml"]
    assert text.count("<w:tblHeader/>") == 3
    assert 'descr="Bars: £4,200, then more"' in text
    assert [cell.text for cell in book.tables[0].rows[1].cells] == [
        "2026 to 2027", "180,000.00", "169,999.99", "−10,000.01", "94.4%", "31 March 2027",
    ]  # fmt: skip
    assert not re.search(r"<w:(gridSpan|vMerge)|w:fldSimple|w:instrText", text)
    assert (book.core_properties.title, book.core_properties.language) == (sample().title, "en-GB")


def test_pdf_is_tagged_throughout(made: dict[str, bytes]) -> None:
    read = read_pdf(made["pdf"])
    assert (read.title, read.language, read.shows_title, read.is_marked, read.ua_part) == (
        sample().title, "en-GB", True, True, "1",
    )  # fmt: skip
    kept = {"H1", "H2", "H3", "Table", "Figure", "Caption", "TH"}
    assert " ".join(tag for tag in read.tags if tag in kept) == " ".join(
        (
            "H1 H2 H2",  # title, contents, section 1
            "H2 Table Caption", *["TH"] * 10, "H3 Figure",
            "H2 Table Caption", *["TH"] * 7, "Table Caption", *["TH"] * 8,
            "H2 H2",  # section 11, notes
        )
    )  # fmt: skip
    for words in ("180,000.00", "−10,000.01", "I do not support it", FORMULAS[5], sample().about):
        assert words in read.text


def test_a_control_character_is_left_out_and_long_keys_name_their_own_sheets() -> None:
    keys = ("council-" + "x" * 40, "council-" + "x" * 41, "notes")
    tables = tuple(Figures(key, "A\x0bB", "", (Head("A"),), (("\x00c",),)) for key in keys)
    content = replace(sample("T\x01"), sections=(Section("1", "S", tables),))
    assert files.sheet_names(content) == ["council-" + "x" * 23, "council-" + "x" * 21 + "-2", "notes-2"]
    for name in ("xlsx", "ods", "docx"):
        for _, text in parts(WRITERS[name](content)):
            etree.fromstring(text.encode())


def test_a_chart_of_another_kind_is_refused_rather_than_drawn_wrongly() -> None:
    with pytest.raises(UndrawableChartError):
        chart_svg({"data": [{"type": "pie"}], "layout": {}})


def unmarked(content: bytes) -> list[str]:
    """Painting in a PDF's pages that no tag and no artifact holds."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(content)).pages, 1):
        depth = 0
        for operands, operator in page.get_contents().operations:  # type: ignore[union-attr]
            if operator in (b"BDC", b"BMC"):
                depth += 1
            elif operator == b"EMC":
                depth -= 1
            elif operator in (b"Tj", b"TJ", b"Do", b"f", b"S", b"B") and not depth:
                found.append(f"page {number}: {operator.decode()} {operands}")
    return found


def test_nothing_on_paper_is_outside_the_tags(made: dict[str, bytes]) -> None:
    assert unmarked(made["pdf"]) == []


def alternatives(node: Any) -> Iterator[str]:
    node = node.get_object()
    if isinstance(node, dict):
        if node.get("/S") == "/Figure" and "/Alt" in node:
            yield str(node["/Alt"])
        inner = node.get("/K", [])
        for part in inner if isinstance(inner, list) else [inner]:
            if hasattr(part, "get_object"):
                yield from alternatives(part)


def test_the_chart_on_paper_says_in_words_what_it_shows(made: dict[str, bytes]) -> None:
    reader = PdfReader(io.BytesIO(made["pdf"]))
    pictures = [block for one in sample().sections for block in one.blocks if isinstance(block, Picture)]
    assert list(alternatives(reader.trailer["/Root"]["/StructTreeRoot"])) == [one.label for one in pictures]


def test_pounds_of_all_files_are_those_of_the_document(made: dict[str, bytes]) -> None:
    pence = [row[1] for row in SAVINGS.rows]
    book = openpyxl.load_workbook(io.BytesIO(made["xlsx"]))
    in_book = [int(Decimal(str(cell.value)) * 100) for cell in book["savings"]["B"][4:7]]
    assert in_book == pence
