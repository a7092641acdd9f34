import zipfile
from datetime import date, datetime
from fractions import Fraction
from io import BytesIO

import openpyxl

from core.exports.responses import WORKBOOK_TYPE, workbook_response
from core.exports.tables import Column, Document, Format, Table
from core.exports.workbook import workbook_bytes
from core.rules.assessment import NotApplicable, NotAssessable

COLUMNS = [
    Column[tuple]("Name", lambda row: row[0]),
    Column[tuple]("Amount", lambda row: row[1], Format.MONEY),
    Column[tuple]("Of plan", lambda row: row[2], Format.PERCENT),
    Column[tuple]("On", lambda row: row[3], Format.DATE),
]
APRIL = datetime.fromisoformat("2026-04-01")
ROWS = [
    ('=HYPERLINK("https://example.org")', -3_579_919, Fraction(446014, 5000), date(2026, 4, 1)),
    ("https://example.org", 1_427_245, NotApplicable("no plan"), NotAssessable("not stated")),
]


def document(rows=ROWS):
    return Document(
        "Savings against plan",
        date(2026, 11, 24),
        cover=[("Programme", "Shared services")],
        notes=["Money is in pounds."],
        tables=[Table("By year: [all]", "Saving by financial year", COLUMNS, rows, "£")],
    )


def load(content):
    return openpyxl.load_workbook(BytesIO(content))


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_workbook_has_cover_contents_notes_and_one_table_a_sheet():
    book = load(workbook_bytes(document()))
    assert book.sheetnames == ["Cover", "Contents", "Notes", "By year   all "]
    assert cells(book["Cover"]) == [
        ["Savings against plan", None],
        [None, None],
        ["Programme", "Shared services"],
    ]
    assert cells(book["Contents"])[2] == ["By year   all ", "Saving by financial year"]
    assert cells(book["Notes"])[2] == ["1", "Money is in pounds."]
    assert cells(book["By year   all "]) == [
        ["Saving by financial year", None, None, None],
        ["£", None, None, None],
        [None, None, None, None],
        ["Name", "Amount", "Of plan", "On"],
        ['=HYPERLINK("https://example.org")', -35799.19, 89.2, APRIL],
        ["https://example.org", 14272.45, "[z]", "[x]"],
    ]


def test_workbook_text_is_never_a_formula_or_a_link():
    sheet = load(workbook_bytes(document()))["By year   all "]
    assert [cell.data_type for cell in sheet["A"]][4:] == ["s", "s"]
    assert sheet["A6"].hyperlink is None


def test_workbook_marks_up_its_table_and_merges_nothing():
    sheet = load(workbook_bytes(document()))["By year   all "]
    assert [table.ref for table in sheet.tables.values()] == ["A4:D6"]
    assert list(sheet.merged_cells.ranges) == []


def test_workbook_of_an_empty_table_keeps_its_titles():
    sheet = load(workbook_bytes(document([])))["By year   all "]
    assert cells(sheet)[3] == ["Name", "Amount", "Of plan", "On"]
    assert not sheet.tables


def test_workbook_written_twice_has_the_same_bytes():
    assert workbook_bytes(document()) == workbook_bytes(document())


def test_workbook_carries_the_day_of_its_figures_and_no_time_of_writing():
    with zipfile.ZipFile(BytesIO(workbook_bytes(document()))) as archive:
        assert b"2026-11-24T00:00:00Z" in archive.read("docProps/core.xml")
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_workbook_with_very_many_cells_holds_them_all():
    count = 25_001
    with zipfile.ZipFile(BytesIO(workbook_bytes(document([ROWS[0]] * count)))) as archive:
        sheet = archive.read("xl/worksheets/sheet4.xml")
        assert not any("tables/" in name for name in archive.namelist())
    assert sheet.count(b"<v>-35799.19</v>") == count
    assert f'<row r="{count + 4}"'.encode() in sheet


def test_workbook_response_names_the_file():
    response = workbook_response(document(), "savings-abc")
    assert response.headers["Content-Type"] == WORKBOOK_TYPE
    assert response.headers["Content-Disposition"] == 'attachment; filename="savings-abc.xlsx"'
