"""How the pages of the panels show and draw what their files hold, and how the API says it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from typing import TypeVar

from tests.benefits.proof.arithmetic import X, Z, month_end
from tests.benefits.proof.books import CLAIMED, CURRENT, FORECAST, GROSS, ORIGINAL, RETURNED, VERIFIED, Books
from tests.benefits.proof.wanted_charts import Series
from tests.benefits.proof.wanted_files import ALL, TITLES, Wanted
from tests.benefits.proof.wanted_pages import SHORT
from tests.benefits.proof.wanted_panels import CUMULATIVE
from tests.benefits.proof.words import cell, day, signed

Place = TypeVar("Place")


def over_time_rows(books: Books, wanted: Wanted) -> dict[tuple[str, str], str]:
    """What the page shows at first: running sums by month."""
    return {
        (day(_last_of(date.fromisoformat(first))), SHORT[ledger]): _cell(
            wanted["Months", CUMULATIVE, first, title]
        )
        for every, way, first, _ in wanted
        if (every, way) == ("Months", CUMULATIVE)
        for ledger, title in TITLES.items()
    }


def over_time_chart(books: Books) -> Series:
    """What the page draws at first: whole lines, and bars of what is verified and claimed."""
    points = books.month_points(books.keys, books.programme_months)
    ends = [month_end(fy, number) for fy in books.programme_months for number in range(1, 13)]
    found: Series = {}
    for ledger in (ORIGINAL, CURRENT, FORECAST, VERIFIED, CLAIMED):
        drawn = {
            f"{end.year}-{end.month:02d}": value
            for end, point in zip(ends, points, strict=True)
            if isinstance(value := point[ledger], int) and (value or ledger not in RETURNED)
        }
        if drawn and (ledger in RETURNED or len(drawn) == len(ends)):
            found[ledger] = drawn
    return found


def cause_rows(wanted: Mapping[tuple[str, str], str]) -> dict[tuple[str, str], str]:
    """What the page shows of the causes."""
    return {
        (name, column): _cell(text) if column == "Leads to" else Z if text == X else signed(_pence(text))
        for (name, column), text in wanted.items()
    }


def cause_steps(wanted: Mapping[tuple[str, str], str]) -> list[tuple[int, int]]:
    """Where each bar of the waterfall begins and how long it is."""
    steps, level = [], 0
    for (name, column), text in wanted.items():
        if column == "Adds or takes off":
            end = _pence(wanted[name, "Leads to"])
            steps.append((0, end) if text == X else (level, _pence(text)))
            level = end
    return steps


def confidence_rows(wanted: Wanted) -> dict[tuple[str, str], str]:
    """What the page shows of how sure the savings are."""
    councils = {name for name, _ in wanted} - {ALL}
    return {
        ("Total" if name == ALL else name, column): _cell(text)
        for (name, column), text in wanted.items()
        if name != ALL or len(councils) > 1
    }


def confidence_bars(books: Books, wanted: Wanted) -> list[tuple[int, int]]:
    """The bars of that chart; none where the forecast is not complete."""
    if books.is_forecast_missing(GROSS, books.keys):
        return []
    return [(0, _pence(wanted[ALL, name])) for name in ("Delivered", "On track", "At risk")]


def nothing_for_missing(wanted: Mapping[Place, str]) -> dict[Place, str | None]:
    """As the API says it: null where there is no figure."""
    return {place: None if text.startswith("[") else text for place, text in wanted.items()}


def _pence(text: str) -> int:
    return int(text.replace(".", ""))


def _cell(text: str) -> str:
    return text if text.startswith("[") else cell(_pence(text))


def _last_of(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
