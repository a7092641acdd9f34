"""How long claims wait, in bands of working days. The bands are the product's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from core.rules.money import format_pounds
from core.rules.words import count_of

BANDS: tuple[tuple[int, int | None], ...] = ((0, 30), (31, 60), (61, 90), (91, None))


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many claims of one band wait, and what they come to."""

    count: int = 0
    pence: int = 0

    def __add__(self, other: Waiting) -> Waiting:
        return Waiting(self.count + other.count, self.pence + other.pence)


def band_words(index: int) -> str:
    """0 to 30 days; Over 90 days."""
    first, last = BANDS[index]
    return f"Over {first - 1} days" if last is None else f"{first} to {last} days"


def band_of(days: int) -> int:
    """The place of the band that so many working days fall in."""
    return next(index for index, (_, last) in enumerate(BANDS) if last is None or days <= last)


def banded(claims: Iterable[tuple[int, int]]) -> tuple[Waiting, ...]:
    """What waits in each band, of claims as pairs of days and pence."""
    found = [Waiting()] * len(BANDS)
    for days, pence in claims:
        found[band_of(days)] += Waiting(1, pence)
    return tuple(found)


def summed(bands: Sequence[Waiting]) -> Waiting:
    """All bands together."""
    return sum(bands, Waiting())


def ageing_sentence(bands: Sequence[Waiting], oldest_days: int) -> str:
    """What a councillor can read aloud: how much waits, the oldest, and how much of it for over 90 days."""
    total, late = summed(bands), bands[-1]
    if not total.count:
        return "No claim waits for an answer."
    verb = "waits" if total.count == 1 else "wait"
    words = f"{count_of(total.count, 'claim')} {verb}, {format_pounds(total.pence)} in all"
    oldest = f"the oldest for {count_of(oldest_days, 'working day')}"
    over = f"{late.count:,} for over 90, {format_pounds(late.pence)}" if late.count else "none for over 90"
    return f"{words}: {oldest}, {over}."
