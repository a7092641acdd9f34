"""The officer takes the figures away as files, which hold what the page shows, cell by cell."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from accounts.enums import RoleName
from core.rules.calendar import format_date, format_fy, parse_fy
from core.rules.money import format_amount, parse_pounds
from governance.demonstration.golden import KEY
from tests.browser.story import SignIn
from tests.browser.tables import rows_of

ADDRESS = f"/programmes/{KEY}/savings/"
DOWNLOADS = f"/programmes/{KEY}/downloads/"
# Each table of the savings page that has a row a year, and what its rows are called in the files.
YEAR_TABLES = {
    "table-years-gross_cashable": "Gross cashable saving, before costs",
    "table-years-one_off_cost": "One-off cost",
    "table-years-recurring_cost": "Recurring cost",
    "table-years-net_cash": "Net saving, after costs",
}
LEDGERS = ["Original plan", "Current plan", "Forecast", "Verified"]
# What the page calls the columns of a year, and what the files do.
OF_A_YEAR = {
    "Original plan": "Original plan",
    "Current plan": "Current plan",
    "Forecast": "Forecast",
    "Claimed": "Claimed, not verified",
    "Verified": "Verified",
    "Banked": "Banked",
}
EVERYBODY = "All councils"

Cell = str | float | datetime | None
Sheets = dict[str, list[list[Cell]]]
Record = dict[str, Cell]


@pytest.fixture
def officer(page: Page, sign_in: SignIn) -> Page:
    """A finance officer."""
    sign_in(page, RoleName.FINANCE_OFFICER)
    return page


@pytest.fixture
def workbook(officer: Page, tmp_path: Path) -> Sheets:
    """The rows of every sheet of the workbook that the officer downloads."""
    path = fetch(officer, DOWNLOADS, "Savings against plan, workbook (XLSX)", tmp_path)
    assert path.name == f"{KEY}-savings-2026-11-24.xlsx"
    book = load_workbook(path)
    return {
        sheet.title: [list(row) for row in sheet.iter_rows(values_only=True)] for sheet in book.worksheets
    }


def test_workbook_holds_the_years_of_the_page(officer: Page, workbook: Sheets) -> None:
    officer.goto(ADDRESS)
    for table_id, measure in YEAR_TABLES.items():
        shown = rows_of(officer.locator(f"#{table_id}"))
        assert shown == years_table(records(workbook["Figures by year"]), measure)


def test_workbook_holds_the_months_of_the_page(officer: Page, workbook: Sheets) -> None:
    officer.goto(ADDRESS)
    held = [row for row in records(workbook["Figures by month"]) if row["Council"] == EVERYBODY]
    columns = ["To the end of", *LEDGERS]
    assert rows_of(officer.locator("#table-months")) == [
        columns,
        *([as_shown(row[name]) for name in columns] for row in held),
    ]


def test_workbook_holds_the_councils_of_the_page(officer: Page, workbook: Sheets) -> None:
    officer.goto(ADDRESS)
    head, *rows = rows_of(officer.locator("#table-headline"))
    by_council = {row["Council"]: row for row in records(workbook["Net cash saving"])}
    columns = [
        "Verified cashable savings",
        "Of the cashable savings, banked",
        "Verified budgeted income",
        "Verified recurring costs",
        "Net cash saving, verified",
    ]
    expected = [
        [as_shown(by_council[council][name]) for council in ("Ashmere", "Brockvale", "Carrick", EVERYBODY)]
        for name in columns
    ]
    assert head == ["Measure", "Ashmere", "Brockvale", "Carrick", "Total"]
    assert [row[1:] for row in rows] == expected


def test_workbook_holds_the_lines_of_the_page(officer: Page, workbook: Sheets) -> None:
    officer.goto(ADDRESS)
    head, *rows = rows_of(officer.locator("#table-lines"))
    columns = [
        "Line",
        "Measure",
        "Original plan",
        "Current plan",
        "Forecast",
        "Claimed, not verified",
        "Verified",
        "Banked",
    ]
    assert len(head) == len(columns)
    held = records(workbook["Lines"])
    assert rows == [[as_shown(row[name]) for name in columns] for row in held]


def test_csv_holds_the_rows_of_the_workbook(officer: Page, workbook: Sheets, tmp_path: Path) -> None:
    path = fetch(officer, DOWNLOADS, "Savings and costs by financial year (CSV)", tmp_path)
    held = [[as_written(cell) for cell in row] for row in table_of(workbook["Figures by year"])]
    assert [[as_written(number(cell)) for cell in row] for row in read_csv(path)] == held


def test_csv_beside_the_chart_holds_the_table_beside_the_chart(officer: Page, tmp_path: Path) -> None:
    officer.goto(ADDRESS)
    shown = rows_of(officer.locator("#table-months"))
    link = officer.locator("figure").filter(has=officer.locator("#chart-programme")).get_by_role("link")
    with officer.expect_download() as caught:
        link.click()
    caught.value.save_as(tmp_path / "months.csv")
    head, *rows = read_csv(tmp_path / "months.csv")
    held = [dict(zip(head, row, strict=True)) for row in rows]
    columns = ["To the end of", *LEDGERS]
    assert shown[0] == columns
    assert shown[1:] == [
        [csv_as_shown(row[name]) for name in columns] for row in held if row["Council"] == EVERYBODY
    ]


@pytest.mark.parametrize(
    ("address", "link", "column"),
    [
        (f"/programmes/{KEY}/milestones/", "Download (CSV)", "Milestone"),
        (f"/programmes/{KEY}/decisions/", "Download (CSV)", "Decision"),
        (f"/programmes/{KEY}/benefits/", "Download (CSV)", "Benefit"),
        (f"/programmes/{KEY}/services/", "Download (CSV)", "Service"),
    ],
)
def test_list_and_its_file_name_the_same_things(
    officer: Page, tmp_path: Path, address: str, link: str, column: str
) -> None:
    path = fetch(officer, address, link, tmp_path)
    head, *rows = read_csv(path)
    held = {row[head.index(column)] for row in rows}
    officer.goto(address)
    shown = "\n".join(
        " ".join(row) for table in officer.locator("main table").all() for row in rows_of(table)
    )
    assert held
    assert {name for name in held if name not in shown} == set()


def fetch(page: Page, address: str, link: str, folder: Path) -> Path:
    """Follow a link to a file and return where it is now, under the name it came with."""
    page.goto(address)
    with page.expect_download() as caught:
        page.get_by_role("link", name=link, exact=True).click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


def table_of(sheet: list[list[Cell]]) -> list[list[Cell]]:
    """The table of a sheet: from its column titles, under the empty row, to the last full row."""
    start = next(index for index, row in enumerate(sheet) if not any(row)) + 1
    body = sheet[start:]
    end = next(
        (index for index, row in enumerate(body) if not any(cell is not None for cell in row)), len(body)
    )
    return body[:end]


def records(sheet: list[list[Cell]]) -> list[Record]:
    """The rows of a sheet's table by column title."""
    head, *rows = table_of(sheet)
    return [dict(zip(map(str, head), row, strict=True)) for row in rows]


def years_table(held: Iterable[Record], measure: str) -> list[list[str]]:
    """A table of the page as the workbook's rows make it."""
    of_all = [row for row in held if (row["Measure"], row["Council"]) == (measure, EVERYBODY)]
    years = [row for row in of_all if row["Span"] == "In the year"]
    [total] = [row for row in of_all if row["Span"] == "Whole period"]
    return [
        ["Year", *OF_A_YEAR],
        *([format_fy(parse_fy(str(row["Financial year"]))), *ledgers(row)] for row in years),
        ["Total", *ledgers(total)],
    ]


def ledgers(row: Record) -> list[str]:
    """The figures of a row as the page shows them."""
    return [as_shown(row[name]) for name in OF_A_YEAR.values()]


def as_shown(value: Cell) -> str:
    """A workbook's cell as the page shows it."""
    if isinstance(value, datetime):
        return format_date(value.date())
    if isinstance(value, int | float):
        return format_amount(round(value * 100))
    return str(value)


def csv_as_shown(text: str) -> str:
    """A CSV cell as the page shows it."""
    if text.startswith("["):
        return text
    return (
        format_amount(parse_pounds(text)) if "." in text else format_date(datetime.fromisoformat(text).date())
    )


def number(text: str) -> Cell:
    """A CSV cell as a workbook keeps it."""
    try:
        return float(text)
    except ValueError:
        return text


def as_written(value: Cell) -> str:
    """A cell of either kind of file, written alike."""
    return f"{value:.2f}" if isinstance(value, int | float) else str(value)


def read_csv(path: Path) -> list[list[str]]:
    """The rows of a file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))
