"""What generated cases are made of: texts, days, pounds, and the ground that their parts share."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from hypothesis import strategies as st

from core.enums import DatePrecision, Qualifier
from core.rules.calendar import fy_file_key

Draw = Callable[[st.SearchStrategy[Any]], Any]
Fields = dict[str, Any]

BASE_FY = 2024
FIRST, LAST = date(2024, 4, 1), date(2026, 11, 20)

letters = st.characters(exclude_categories=("Cc", "Cs"))
texts = st.one_of(
    st.text(letters, min_size=1, max_size=30),
    st.sampled_from(
        [
            "yes",
            "null",
            "2026-04-01",
            "1.50",
            "- a",
            "a: b",
            "# no",
            "'",
            '"',
            "=1+1",
            "a\nb\n c",
            "1e5",
            "~",
            "07",
        ]
    ),
).filter(lambda text: bool(text.strip()))
notes = st.none() | texts
days = st.dates(FIRST, LAST).map(date.isoformat)
later_days = st.dates(date(2024, 4, 1), date(2029, 3, 31)).map(date.isoformat)
pounds = st.one_of(
    st.integers(0, 10**9),
    st.integers(0, 10**11).map(lambda pence: f"{pence // 100}.{pence % 100:02d}"),
    st.integers(0, 10**9).map(lambda pence: Decimal(pence) / 100),
)
fys = st.integers(BASE_FY, BASE_FY + 5).map(fy_file_key)
qualifiers = st.sampled_from(Qualifier.values)
sources = st.none() | st.fixed_dictionaries({"file": texts}, optional={"loc": texts})
percents = st.none() | st.integers(0, 100_000).map(lambda thousandths: Decimal(thousandths) / 1000)
weights = st.integers(1, 10**9).map(lambda number: Decimal(number) / 10**4)
whole = st.none() | st.integers(0, 100)
moments = st.dates(FIRST, LAST).map(lambda day: f"{day.isoformat()}T09:30:00.000123Z")
numbers = st.none() | st.integers(-(10**9), 10**9).map(lambda thousandths: Decimal(thousandths) / 1000)


@st.composite
def dates(draw: Draw) -> Any:
    """A day, or first and last day with a precision."""
    day = draw(st.dates(FIRST, LAST))
    if draw(st.booleans()):
        return day.isoformat()
    precision = draw(st.sampled_from(DatePrecision.values))
    length = 0 if precision == DatePrecision.DAY else draw(st.integers(0, 30))
    last = min(LAST, day + timedelta(days=length))
    return {"from": day.isoformat(), "to": last.isoformat(), "precision": precision, "text": draw(notes)}


def choice(values: list[str]) -> st.SearchStrategy[str]:
    """One of the values of an enum."""
    return st.sampled_from(values)


def listed(prefix: str, most: int, make: Callable[[Draw, str], Fields], draw: Draw) -> list[Fields]:
    """Up to `most` entries with ids of their own."""
    return [make(draw, f"{prefix}-{number}") for number in range(draw(st.integers(0, most)))]


class Ground:
    """What every part of a case refers to: its councils, its people, and the ids that were drawn before."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw
        self.councils = [f"council_{number}" for number in range(draw(st.integers(2, 4)))]
        self.partners = self.councils[: draw(st.integers(2, len(self.councils)))]
        self.people = [f"p{number}@council.example" for number in range(draw(st.integers(1, 3)))]
        self.ids: dict[str, list[str]] = {}
        self.decided: list[str] = []

    def _one_of(self, section: str) -> str | None:
        known = self.ids.get(section, [])
        return self.draw(st.sampled_from([None, *known]))

    def _some_councils(self) -> list[str]:
        return self.draw(st.lists(st.sampled_from(self.councils), unique=True, max_size=3))

    def _person_or_none(self) -> str | None:
        return self.draw(st.sampled_from([None, *self.people]))
