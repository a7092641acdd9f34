"""How far apart two cells of a table are: money to the penny, dates in days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from core.exports.tables import Format
from core.publishing.content import Head, Plain
from core.publishing.shown import as_day, shown_cell
from core.rules.money import format_pounds
from core.rules.rounding import MINUS
from core.rules.words import count_of

# A figure that a table of mixed measures holds in words, as ledgers print it.
_POUNDS = re.compile(rf"([{MINUS}-]?)£([0-9][0-9,]*)\.([0-9]{{2}})")


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: its words, and the pence or the day that they stand for, if any."""

    text: str = ""
    pence: int | None = None
    day: date | None = None

    @classmethod
    def of(cls, value: Plain, head: Head) -> Cell:
        """What stands in a column of this head."""
        return cls(
            shown_cell(value, head.format),
            _pence(value, head.format),
            as_day(value) if head.format == Format.DATE else None,
        )


def days_apart(before: date | None, after: date | None) -> int | None:
    """How many days the second comes after the first; None where either names no single day."""
    return None if before is None or after is None else (after - before).days


def money_apart(before: int | None, after: int | None) -> int | None:
    """How much more the second is than the first, in pence; None where either is no sum of money."""
    return None if before is None or after is None else after - before


def pence_in_words(pence: int) -> str:
    """£12,000 more, or £12,000.50 less."""
    return f"{format_pounds(abs(pence)).removesuffix('.00')} {'more' if pence > 0 else 'less'}"


def days_in_words(days: int) -> str:
    """31 days later, or 1 day earlier."""
    return f"{count_of(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"


def _pence(value: Plain, form: Format) -> int | None:
    if form == Format.MONEY:
        return value if isinstance(value, int) else None
    found = _POUNDS.fullmatch(value) if form == Format.TEXT and isinstance(value, str) else None
    if found is None:
        return None
    sign, pounds, pence = found.groups()
    return int(pounds.replace(",", "") + pence) * (-1 if sign else 1)
