"""Uploaded tables: what is refused whole, what is said cell by cell, what is read."""

from __future__ import annotations

import io
import zipfile
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given
from hypothesis import strategies as st

from core.errors import Refusal, Refusals
from core.exports.csv_file import csv_text
from core.exports.tables import Column, Document, Format, Table
from core.exports.workbook import workbook_bytes
from core.imports.cells import choice_of, day_of, fy_of, number_of, plain, pounds_of, text_of, yes_or_no
from core.imports.tables import CellProblem, ImportColumn, read_rows, read_table

COLUMNS = [
    ImportColumn("ref", "Reference", text_of("Reference", 10), is_required=True),
    ImportColumn("amount", "Cost (£)", pounds_of("cost", None)),
    ImportColumn("fte", "Posts", number_of("Posts", places=2, least=0), is_needed=False),
]
HEADER = "Reference,Cost (£),Posts\r\n"


def csv_file(text: str | bytes, name: str = "rows.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, text if isinstance(text, bytes) else text.encode())


def workbook(*rows: list[Any], title: str = "Rows", formats: dict[str, str] | None = None) -> Any:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = title
    for row in rows:
        sheet.append(row)
    for cell, number_format in (formats or {}).items():
        sheet[cell].number_format = number_format
    output = io.BytesIO()
    book.save(output)
    return SimpleUploadedFile("rows.xlsx", output.getvalue())


def values(table: Any) -> list[dict[str, Any]]:
    return [row.values for row in table.rows]


def refusal_of(uploaded: SimpleUploadedFile) -> tuple[str, str, str | None]:
    with pytest.raises(Refusal) as said:
        read_table(uploaded, COLUMNS)
    return said.value.code, said.value.message, said.value.field


def test_reads_csv_with_brackets_commas_and_missing_figures():
    text = HEADER + 'A-1,"(1,234.50)",22.5\r\n\r\nA-2,[x],[z]\r\n"A,3",£7,\r\n'
    table = read_table(csv_file(text), COLUMNS)
    assert values(table) == [
        {"ref": "A-1", "amount": -1_234_50, "fte": Decimal("22.5")},
        {"ref": "A-2", "amount": None, "fte": None},
        {"ref": "A,3", "amount": 7_00, "fte": None},
    ]
    assert [row.number for row in table.rows] == [2, 4, 5]
    assert table.problems == []
    table.check()


def test_reads_columns_in_any_order_without_optional_ones_after_a_title():
    text = "My costs,\r\n,\r\ncost  (£),REFERENCE\r\n5,A-1\r\n"
    table = read_table(csv_file(b"\xef\xbb\xbf" + text.encode()), COLUMNS)
    assert values(table) == [{"ref": "A-1", "amount": 5_00, "fte": None}]
    assert table.rows[0].given == {"ref", "amount"}


def test_says_every_wrong_cell_and_refuses_all_rows():
    table = read_table(csv_file(HEADER + "A-1,12k,-1\r\nA-2,5,1\r\n,5,1.234\r\n"), COLUMNS)
    assert table.problems == [
        CellProblem(2, "Cost (£)", "12k", "Enter the amount in full using numbers, for example 1,200,000"),
        CellProblem(2, "Posts", "-1", "Posts must be 0 or more"),
        CellProblem(4, "Reference", "", "Enter the reference"),
        CellProblem(4, "Posts", "1.234", "Posts must have no more than 2 decimal places"),
    ]
    with pytest.raises(Refusals) as said:
        table.check()
    first = said.value.refusals[0]
    assert (first.code, first.field, first.message) == (
        "83",
        "file",
        "2 of 3 rows have errors. Fix them and upload again. Nothing was imported",
    )
    assert [one.message for one in said.value.refusals[1:]] == [str(one) for one in table.problems]


def test_problem_found_later_counts_as_well():
    table = read_table(csv_file(HEADER + "A-1,5,1\r\n"), COLUMNS)
    table.refuse(table.rows[0], "ref", "Reference is not known")
    assert table.problems == [CellProblem(2, "Reference", "A-1", "Reference is not known")]
    assert not table.is_sound(table.rows[0])
    with pytest.raises(Refusals, match="1 of 1 row has errors"):
        table.check()


@pytest.mark.parametrize(
    ("uploaded", "code", "message"),
    [
        (csv_file(b""), "81", "File must not be empty"),
        (csv_file(b" \r\n"), "81", "File must not be empty"),
        (csv_file(HEADER, "rows.pdf"), "81", "File must be a CSV or XLSX"),
        (csv_file(b"PK\x03\x04"), "81", "File must be a CSV or XLSX"),
        (csv_file(HEADER, "rows.xlsx"), "81", "File must be a CSV or XLSX"),
        (csv_file(HEADER, "rows.xlsm"), "81", "File must not contain macros"),
        (csv_file(b"a" * 10 * 1024 * 1024), "81", "File must be smaller than 10MB"),
        (
            csv_file(HEADER.encode("cp1252")),
            "82",
            "Save the file as CSV UTF-8 and upload it again. Nothing was imported",
        ),
        (csv_file("Reference\r\nA-1\r\n"), "82", "Column “Cost (£)” is missing. Nothing was imported"),
        (
            csv_file("Nothing\r\nhere\r\n"),
            "82",
            "Columns “Reference” and “Cost (£)” are missing. Nothing was imported",
        ),
        (
            csv_file("Reference,Cost (£),Size\r\nA-1,5,6\r\n"),
            "82",
            "Column “Size” is not known. Nothing was imported",
        ),
        (
            csv_file("Reference,Cost (£),Reference\r\nA-1,5,6\r\n"),
            "82",
            "Column “Reference” is there twice. Nothing was imported",
        ),
        (csv_file(HEADER + "A-1,5\r\n"), "82", "Row 2 has 2 columns. It should have 3. Nothing was imported"),
        (
            csv_file(HEADER + "A-1,5,6\r\nA-2,1,234,5\r\n"),
            "82",
            "Row 3 has 4 columns. It should have 3. Nothing was imported",
        ),
        (csv_file(HEADER), "82", "The table has no rows under its header. Nothing was imported"),
        (
            csv_file(HEADER + 'A-1,"5,6\r\n'),
            "82",
            "Row 2 cannot be read: check its quotation marks. Nothing was imported",
        ),
    ],
)
def test_file_is_refused_whole(uploaded, code, message):
    assert refusal_of(uploaded) == (code, message, "file")


def test_empty_cells_beyond_the_header_do_no_harm():
    table = read_table(csv_file("Reference,Cost (£),\r\nA-1,5,\r\nA-2,6,,\r\n"), COLUMNS)
    assert [row["amount"] for row in values(table)] == [5_00, 6_00]


def test_ignored_columns_are_not_read():
    table = read_table(csv_file("Reference,Together,Cost (£)\r\nA-1,9,5\r\n"), COLUMNS, ignored=["Together"])
    assert values(table) == [{"ref": "A-1", "amount": 5_00, "fte": None}]


def test_workbook_gives_the_values_of_cells():
    table = read_table(
        workbook(
            ["Reference", "Cost (£)", "Posts"],
            ["A-1", 0.1 + 0.2, 0.355],
            [None, None, None],
            ["A-2", -1_234_567.5, 22],
            [3, "(12)", None],
            formats={"C2": "0%"},
        ),
        COLUMNS,
    )
    assert values(table) == [
        {"ref": "A-1", "amount": 30, "fte": Decimal("35.5")},
        {"ref": "A-2", "amount": -1_234_567_50, "fte": Decimal(22)},
        {"ref": "3", "amount": -12_00, "fte": None},
    ]
    assert [row.number for row in table.rows] == [2, 4, 5]


def test_formula_that_was_never_worked_out_is_refused_not_taken_as_empty():
    table = read_table(workbook(["Reference", "Cost (£)"], ["A-1", "=2*3"]), COLUMNS)
    assert table.problems == [
        CellProblem(2, "Cost (£)", "=2*3", "Enter the amount in full using numbers, for example 1,200,000")
    ]


def test_error_of_a_spreadsheet_is_refused():
    table = read_table(csv_file(HEADER + "#REF!,5,1\r\n"), COLUMNS)
    assert [one.message for one in table.problems] == ["The cell holds an error, #REF!. Enter the value"]


def test_workbook_with_macros_is_refused():
    content = workbook(["Reference", "Cost (£)"], ["A-1", 5]).read()
    output = io.BytesIO(content)
    with zipfile.ZipFile(output, "a") as package:
        package.writestr("xl/vbaProject.bin", b"macro")
    uploaded = SimpleUploadedFile("rows.xlsx", output.getvalue())
    assert refusal_of(uploaded) == ("81", "File must not contain macros", "file")


def test_workbook_that_unpacks_too_large_is_refused():
    content = workbook(["Reference", "Cost (£)"], ["A-1", 5]).read()
    output = io.BytesIO(content)
    with zipfile.ZipFile(output, "a", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/worksheets/sheet9.xml", b"0" * (160 * 1024 * 1024))
    uploaded = SimpleUploadedFile("rows.xlsx", output.getvalue())
    assert refusal_of(uploaded)[:2] == ("82", "File must hold 1,000,000 cells or fewer. Nothing was imported")


@pytest.mark.parametrize("part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml"])
def test_broken_workbook_is_refused(part):
    source = zipfile.ZipFile(io.BytesIO(workbook(["Reference", "Cost (£)"], ["A-1", 5]).read()))
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w") as package:
        for name in source.namelist():
            package.writestr(name, b"<broken" if name == part else source.read(name))
    uploaded = SimpleUploadedFile("rows.xlsx", output.getvalue())
    message = "The workbook cannot be read. Save it again as XLSX. Nothing was imported"
    assert refusal_of(uploaded) == ("82", message, "file")


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content):
    for name in ("rows.csv", "rows.xlsx"):
        with pytest.raises(Refusal) as said:
            read_table(SimpleUploadedFile(name, content), COLUMNS)
        assert said.value.code in {"81", "82"}


@given(st.lists(st.tuples(st.text(min_size=1, max_size=10), st.integers(-(10**12), 10**12)), min_size=1))
def test_our_own_files_come_back_as_they_were(rows):
    printable = [(ref, pence) for ref, pence in rows if ref.strip() == ref and ref.isprintable()]
    wanted = [{"ref": ref, "amount": pence, "fte": None} for ref, pence in printable if plain(ref) == ref]
    if not wanted:
        return
    table = Table(
        "rows",
        "Rows",
        [
            Column("Reference", lambda row: row["ref"]),
            Column("Cost (£)", lambda row: row["amount"], Format.MONEY),
        ],
        wanted,
    )
    document = Document("Rows", date(2026, 11, 22), [], [], [table])
    files = [
        csv_file(csv_text(table)),
        SimpleUploadedFile("rows.xlsx", workbook_bytes(document)),
    ]
    assert [values(read_table(one, COLUMNS)) for one in files] == [wanted, wanted]


def test_rows_of_json_are_read_the_same_way():
    table = read_rows([{"ref": "A-1", "amount": "5.50"}, {"ref": None, "fte": 3}], COLUMNS)
    assert values(table) == [
        {"ref": "A-1", "amount": 5_50, "fte": None},
        {"ref": None, "amount": None, "fte": Decimal(3)},
    ]
    assert table.problems == [CellProblem(2, "Reference", "", "Enter the reference")]


def test_rows_of_json_with_unknown_names_are_refused():
    with pytest.raises(Refusal, match=r"Row 1 has entries that are not known: cost. Nothing was imported"):
        read_rows([{"ref": "A-1", "cost": "5"}], COLUMNS)


def test_readers_of_single_cells():
    read_choice = choice_of("Provider", [("in_house", "In house"), ("outsourced", "Outsourced")])
    assert [read_choice("IN  HOUSE"), read_choice("outsourced")] == ["in_house", "outsourced"]
    assert [fy_of("2026-27"), fy_of("2026 to 2027")] == [2026, 2026]
    assert [day_of("2027-04-30"), day_of("30 April 2027")] == [date(2027, 4, 30)] * 2
    assert [yes_or_no("Yes"), yes_or_no("no")] == [True, False]
    assert number_of("Share", places=2, least=0, most=100)("22.50%") == Decimal("22.5")
    assert number_of("Count", places=0)("1,200") == Decimal(1200)
    assert [plain(one) for one in ("'=1+1", "'quoted")] == ["=1+1", "'quoted"]
    assert [plain(one) for one in (" [x] ", "[z]", "[c]")] == ["", "", ""]


@pytest.mark.parametrize(
    ("read", "text", "message"),
    [
        (number_of("Share", places=2, least=0, most=100), "101", "Share must be between 0 and 100"),
        (number_of("Share", places=2, most=100), "101", "Share must be 100 or less"),
        (number_of("Posts", places=2), "1e5", "Posts must be a number, for example 1,200.5"),
        (number_of("Posts", places=2), "1,20", "Posts must be a number, for example 1,200.5"),
        (number_of("Posts", places=2), "9" * 31, "Posts must be a number, for example 1,200.5"),
        (choice_of("Kind", [("a", "Apple"), ("b", "Bread")]), "c", "Kind must be one of: Apple, Bread"),
        (yes_or_no, "perhaps", "Enter yes or no"),
        (day_of, "31 4 2027", "Enter a real date, for example 30 4 2027"),
        (day_of, "30 4 27", "Year must include 4 numbers"),
        (fy_of, "2026", "Select a financial year, for example 2026 to 2027"),
        (pounds_of("cost"), "(5)", "Cost must be £0 or more"),
        (pounds_of("cost"), "$5", "Enter the amount in pounds sterling"),
    ],
)
def test_reader_refuses(read, text, message):
    with pytest.raises(Refusal) as said:
        read(text)
    assert said.value.message == message


def test_date_of_a_workbook_is_an_iso_date():
    columns = [ImportColumn("on", "Ends on", day_of)]
    table = read_table(workbook(["Ends on"], [date(2027, 4, 30)], [datetime(2027, 5, 1)]), columns)  # noqa: DTZ001
    assert values(table) == [{"on": date(2027, 4, 30)}, {"on": date(2027, 5, 1)}]
