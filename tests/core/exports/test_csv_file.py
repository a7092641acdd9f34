import csv
from datetime import date
from decimal import Decimal
from fractions import Fraction
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.exports.cells import guard
from core.exports.csv_file import csv_lines, csv_text
from core.exports.responses import csv_response
from core.exports.tables import Column, Format, Table
from core.rules.assessment import NotApplicable, NotAssessable

COLUMNS = [
    Column[tuple]("Name", lambda row: row[0]),
    Column[tuple]("Amount", lambda row: row[1], Format.MONEY),
    Column[tuple]("Of plan", lambda row: row[2], Format.PERCENT),
    Column[tuple]("On", lambda row: row[3], Format.DATE),
    Column[tuple]("Posts", lambda row: row[4], Format.NUMBER),
]


def table(*rows):
    return Table("things", "Things", COLUMNS, rows)


def test_csv_holds_plain_values_in_the_order_of_the_columns():
    text = csv_text(
        table(
            ("Lower cost, “ICT”", -3_579_919, Fraction(8920, 100), date(2026, 4, 1), Decimal("7.5")),
            ("None", None, NotApplicable("no plan"), NotAssessable("not stated"), 20),
        )
    )
    assert text == (
        "Name,Amount,Of plan,On,Posts\r\n"
        '"Lower cost, “ICT”",-35799.19,89.2,2026-04-01,7.5\r\n'
        "None,[x],[z],[x],20\r\n"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝"])
def test_text_that_a_spreadsheet_would_run_gets_an_apostrophe(start):
    assert guard(f"{start}HYPERLINK()") == f"'{start}HYPERLINK()"


def test_text_that_is_harmless_is_left_alone():
    assert [guard(text) for text in ("", "A=B", "£12", "−5", "1-2")] == ["", "A=B", "£12", "−5", "1-2"]


def test_column_title_that_a_spreadsheet_would_run_gets_an_apostrophe():
    names = Table("names", "Names", [Column[str]("=Ashmere: state", lambda text: text)], ["Approved"])
    assert csv_text(names) == "'=Ashmere: state\r\nApproved\r\n"


@given(st.lists(st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"))))
def test_csv_read_again_gives_the_texts_and_no_formula(texts):
    names = Table("names", "Names", [Column[str]("Name", lambda text: text)], texts)
    read = [row[0] if row else "" for row in csv.reader(StringIO(csv_text(names), newline=""))]
    assert read == ["Name", *(guard(text) for text in texts)]
    assert not any(name.startswith(("=", "+", "-", "@", "\t", "\r")) for name in read)


def test_csv_is_written_in_pieces_as_rows_come():
    taken = []

    def rows():
        for number in range(1_200):
            taken.append(number)
            yield ("x", number, None, None, number)

    pieces = csv_lines(Table("things", "Things", COLUMNS, rows()))
    assert next(pieces) == "Name,Amount,Of plan,On,Posts\r\n"
    assert taken == []
    assert next(pieces).count("\r\n") == 500
    assert len(taken) == 500
    assert sum(piece.count("\r\n") for piece in pieces) == 700


def test_csv_response_streams_a_named_file():
    response = csv_response(table(("a", 1, 1, date(2026, 4, 1), 1)), "savings-abc-2026-11-24")
    assert response.streaming
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.headers["Content-Disposition"] == 'attachment; filename="savings-abc-2026-11-24.csv"'
    body = b"".join(response).decode()
    assert body.splitlines()[1] == "a,0.01,1.0,2026-04-01,1"
