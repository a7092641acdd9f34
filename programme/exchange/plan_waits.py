"""What a row of a plan says that it waits for: 3; 5FS+10 days; Agreement signed."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass
from math import ceil

_KINDS = {"FF": "finish to finish", "SF": "start to finish", "SS": "start to start"}
# As Microsoft Project writes them: the number of a task, then maybe a kind of link and a lag.
_WAIT = re.compile(
    r"(?P<name>[0-9][\w.]*?)(?P<kind>FS|FF|SF|SS)"
    r"(?:\s*(?P<sign>[+-])\s*(?P<number>[0-9]{1,6}(?:\.[0-9]{1,3})?)\s*(?P<unit>[A-Za-z%]*))?"
)
_DAYS = {"": 1, "d": 1, "day": 1, "days": 1, "w": 5, "wk": 5, "wks": 5, "week": 5, "weeks": 5}
_BETWEEN = re.compile(r"[;,\n]")


@dataclass(frozen=True, slots=True)
class Wait:
    """One thing that is waited for, by number, title or reference; `why_not` says why it is left out."""

    name: str
    lag_days: int = 0
    why_not: str = ""


def read_waits(text: str, known: Container[str]) -> list[Wait]:
    """What a cell names, in its order. `known` are small-letter names that stand for themselves."""
    if text.casefold() in known:
        return [Wait(text)]
    parts = [part.strip() for part in _BETWEEN.split(text)]
    return [_wait(part, known) for part in parts if part]


def _wait(part: str, known: Container[str]) -> Wait:
    """One part; only finish to start is kept, with working days in between, a part of a day being one."""
    found = None if part.casefold() in known else _WAIT.fullmatch(part)
    if found is None:
        return Wait(part)
    name, unit = found["name"], (found["unit"] or "").lower()
    lag = part.removeprefix(name).removeprefix(found["kind"]).strip()
    if found["kind"] in _KINDS:
        return Wait(name, why_not=f"it is {_KINDS[found['kind']]}")
    if unit not in _DAYS:
        return Wait(name, why_not=f"its lag is not in working days: {lag}")
    days = ceil(float(found["number"] or 0) * _DAYS[unit])
    if found["sign"] == "-" and days:
        return Wait(name, why_not=f"it starts before that ends: {lag}")
    return Wait(name, days)
