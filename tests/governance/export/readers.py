"""Reads benefits files back as anybody would: with a JSON, a CSV and a spreadsheet library."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from benefits.queries.by_year import MeasureFigures
from benefits.queries.figures import Figures
from benefits.queries.savings import SavingsAgainstPlan
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import round_to

# Table, measure, council, financial year, figure.
Slot = tuple[str, str, str, str, str]
Figure = tuple[str, Decimal | str | None]

FIGURES: dict[str, tuple[str, str]] = {
    "original_plan": ("original", "Original plan"),
    "current_plan": ("current", "Current plan"),
    "forecast": ("forecast", "Forecast"),
    "claimed": ("claimed", "Claimed, not verified"),
    "verified": ("verified", "Verified"),
    "original_plan_to_date": ("original_to_date", "Original plan to the data cut-off"),
    "current_plan_to_date": ("current_to_date", "Current plan to the data cut-off"),
    "forecast_less_current_plan": ("forecast_variance", "Forecast less current plan"),
    "forecast_less_original_plan": ("forecast_variance_original", "Forecast less original plan"),
    "verified_less_current_plan_to_date": ("verified_variance", "Verified less current plan to date"),
    "verified_less_original_plan_to_date": (
        "verified_variance_original",
        "Verified less original plan to date",
    ),
    "forecast_percent": ("forecast_percent", "Forecast, % of current plan"),
    "realised_percent": ("realised_percent", "Realised, % of plan to date"),
}
SHEETS = {"by_year": "By year", "cumulative": "Cumulative", "whole_period": "Whole period"}


def figures_of_query(savings: SavingsAgainstPlan) -> dict[Slot, Figure]:
    """What the query of the savings page says, figure by figure."""
    found: dict[Slot, Figure] = {}

    def add(table: str, of: MeasureFigures, year: str, figures: Figures) -> None:
        council = of.council.key if of.council else "all"
        for key, (name, _) in FIGURES.items():
            found[table, of.measure.value, council, year, key] = _figure(getattr(figures, name), key)

    for of in savings.measures:
        for year in of.years:
            written = f"{year.fy}-{(year.fy + 1) % 100:02d}"
            add("by_year", of, written, year.year)
            add("cumulative", of, written, year.cumulative)
        add("whole_period", of, "all", of.total)
    return found


def figures_of_json(content: bytes) -> dict[Slot, Figure]:
    """The same from a JSON file."""
    tables = json.loads(content)
    return {
        (table, row["measure"], row["council"], row["financial_year"], key): _of_json(row[key])
        for table in SHEETS
        for row in tables[table]
        for key in FIGURES
    }


def figures_of_csv(content: bytes) -> dict[Slot, Figure]:
    """The same from a CSV file."""
    found: dict[Slot, Figure] = {}
    for line in csv_rows(content):
        if line["table"] in SHEETS and line["measure"] in FIGURES:
            slot = tuple(line[name] for name in ("table", "item", "council", "financial_year", "measure"))
            given = line["status"] == "given"
            found[slot] = (line["status"], Decimal(line["value"]) if given else line["note"])  # type: ignore[index]
    return found


def figures_of_workbook(
    content: bytes, *, measures: dict[str, str], councils: dict[str, str]
) -> dict[Slot, Figure]:
    """The same from a workbook, whose rows have names where the other files have keys too."""
    book = openpyxl.load_workbook(BytesIO(content))
    return {
        (table, measures[row["Measure"]], councils[row["Council"]], row["Financial year"], key): _of_cell(
            row[title]
        )
        for table, sheet in SHEETS.items()
        for row in sheet_rows(book[sheet])
        for key, (_, title) in FIGURES.items()
    }


def without_reasons(found: dict[Slot, Figure]) -> dict[Slot, Figure]:
    """As a workbook holds figures: [x] and [z] without the reason, which has its own sheet."""
    return {slot: (status, value if status == "given" else None) for slot, (status, value) in found.items()}


def csv_rows(content: bytes) -> list[dict[str, str]]:
    """Lines of a CSV file by the titles of its columns."""
    return list(csv.DictReader(StringIO(content.decode("utf-8"), newline="")))


def sheet_rows(sheet: Any) -> list[dict[str, Any]]:
    """Rows of a sheet by the titles of its columns, which stand in row 4."""
    _, _, _, titles, *rows = sheet.iter_rows(values_only=True)
    return [dict(zip(titles, row, strict=True)) for row in rows]


def day(cell: datetime) -> str:
    """A date cell as ISO text."""
    return cell.date().isoformat()


def _figure(value: Any, key: str) -> Figure:
    if isinstance(value, NotAssessable):
        return "not_assessable", value.reason
    if isinstance(value, NotApplicable):
        return "not_applicable", value.reason
    return "given", round_to(value, 1) if key.endswith("percent") else Decimal(value) / 100


def _of_json(value: Any) -> Figure:
    if isinstance(value, dict):
        [(status, reason)] = value.items()
        return status, reason
    return "given", Decimal(value)


def _of_cell(value: Any) -> Figure:
    shorthand = {"[x]": "not_assessable", "[z]": "not_applicable"}
    if value in shorthand:
        return shorthand[value], None
    return "given", Decimal(str(value))


Reader = Callable[[bytes], dict[Slot, Figure]]
