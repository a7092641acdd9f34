"""What each chart must draw, from the books: pence by series and by the end of the month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tests.benefits.proof.arithmetic import month_end, year_of
from tests.benefits.proof.books import BANKED, CLAIMED, CURRENT, FORECAST, ORIGINAL, VERIFIED, Books
from tests.benefits.proof.readings import drawn_pence
from tests.benefits.proof.wanted_files import TITLES

Series = dict[str, dict[str, int]]
_NAMES = {title: ledger for ledger, title in TITLES.items()}


def series_of(spec: Mapping[str, Any]) -> Series:
    """What a chart of months draws; a line starts from nothing on the first day."""
    found: Series = {}
    for trace in spec["data"]:
        values = [drawn_pence(value) for value in trace["y"]]
        days = [_month_of(date.fromisoformat(day)) for day in trace["x"]]
        if trace["type"] == "scatter":
            assert values[0] == 0
            values, days = values[1:], days[1:]
        found[_NAMES[trace["name"]]] = dict(zip(days, values, strict=True))
    return found


def bars_stand_on(spec: Mapping[str, Any]) -> dict[str, int]:
    """From where the bars of what is claimed start."""
    found: dict[str, int] = {}
    for trace in spec["data"]:
        if "base" in trace:
            days = [_month_of(date.fromisoformat(day)) for day in trace["x"]]
            found = dict(zip(days, [drawn_pence(value) for value in trace["base"]], strict=True))
    return found


def steps_of(spec: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Where each bar of a chart of rows begins and how long it is, the top row first."""
    bars = [
        (row, drawn_pence(start), drawn_pence(length))
        for trace in spec["data"]
        for row, start, length in zip(trace["y"], trace["base"], trace["x"], strict=True)
    ]
    return [(start, length) for _, start, length in sorted(bars, reverse=True)]


def main_chart(books: Books) -> Series:
    """All councils: complete lines, the original plan where it is another, and bars above nothing."""
    fys = books.programme_months
    wanted = _lines(books, books.keys, fys, (FORECAST, CURRENT, ORIGINAL))
    if books.first == books.latest:
        wanted.pop(ORIGINAL, None)
    verified = _whole(books, books.keys, fys, VERIFIED)
    above = {day: pence for day, pence in verified.items() if pence > 0}
    return wanted | ({VERIFIED: above} if above else {})


def council_chart(books: Books, key: str) -> Series:
    """One council in one year: what is verified, and on top of it what is claimed."""
    fys = [books.narrowed.fy or year_of(books.as_of)]
    wanted = _lines(books, [key], fys, (FORECAST, CURRENT))
    for ledger in (VERIFIED, CLAIMED):
        drawn = {day: pence for day, pence in _whole(books, [key], fys, ledger).items() if pence}
        if drawn:
            wanted[ledger] = drawn
    return wanted


def _lines(books: Books, keys: Sequence[str], fys: Sequence[int], ledgers: Sequence[str]) -> Series:
    every = {ledger: _whole(books, keys, fys, ledger) for ledger in ledgers}
    return {ledger: points for ledger, points in every.items() if len(points) == 12 * len(fys)}


def _whole(books: Books, keys: Sequence[str], fys: Sequence[int], ledger: str) -> dict[str, int]:
    assert ledger != BANKED
    ends = [month_end(fy, number) for fy in fys for number in range(1, 13)]
    points = [point[ledger] for point in books.month_points(keys, fys)]
    return {_month_of(end): value for end, value in zip(ends, points, strict=True) if isinstance(value, int)}


def _month_of(day: date) -> str:
    return f"{day.year}-{day.month:02d}"
