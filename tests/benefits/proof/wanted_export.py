"""What the benefits file must hold, from the books: by year, cumulative and over the whole period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.benefits.proof.books import MEASURES, Books
from tests.benefits.proof.wanted_files import TITLES, figure_columns
from tests.benefits.proof.words import plain, year_key

Slot = tuple[str, str, str, str, str]
KEYS = {
    "original_plan": "Original plan",
    "current_plan": "Current plan",
    "forecast": "Forecast",
    "claimed": TITLES["claimed"],
    "verified": "Verified",
    "banked": "Banked",
    "original_plan_to_date": "Original plan to the data cut-off",
    "current_plan_to_date": "Current plan to the data cut-off",
    "forecast_less_current_plan": "Forecast less current plan",
    "forecast_less_original_plan": "Forecast less original plan",
    "verified_less_current_plan_to_date": "Verified less current plan to date",
    "verified_less_original_plan_to_date": "Verified less original plan to date",
    "forecast_percent": "Forecast, % of current plan",
    "realised_percent": "Realised, % of plan to date",
}
_MISSING = {"not_assessable": "[x]", "not_applicable": "[z]"}


def exported(content: Mapping[str, Any]) -> dict[Slot, str]:
    """The figures of a file in JSON."""
    found = {
        (table, row["measure_name"], row["council"], row["financial_year"], key): _text(row[key])
        for table in ("by_year", "cumulative", "whole_period")
        for row in content[table]
        for key in KEYS
    }
    for row in content["whole_period"]:
        place = "whole_period", row["measure_name"], row["council"], row["financial_year"]
        found[(*place, "outturn_this_year")] = _text(row["outturn_this_year"])
    return found


def wanted_export(books: Books) -> dict[Slot, str]:
    """The same from the books."""
    wanted: dict[Slot, str] = {}
    fys = books.fys
    spans: list[tuple[str, str, Sequence[int], bool]] = [
        *(("by_year", year_key(fy), [fy], True) for fy in fys),
        *(("cumulative", year_key(fy), fys[: place + 1], True) for place, fy in enumerate(fys)),
        ("whole_period", "all", fys, False),
    ]
    for measure in (name for name in MEASURES if name in books.shown_measures):
        for council, keys in {**{key: [key] for key in books.keys}, "all": books.keys}.items():
            for table, spelled, span, is_year in spans:
                columns = figure_columns(books, measure, keys, span, is_year=is_year)
                wanted |= {
                    (table, measure, council, spelled, key): columns[title] for key, title in KEYS.items()
                }
            wanted["whole_period", measure, council, "all", "outturn_this_year"] = plain(
                books.outturn(measure, keys)
            )
    return wanted


def _text(value: Any) -> str:
    if isinstance(value, dict):
        return _MISSING[next(iter(value))]
    return str(value)
