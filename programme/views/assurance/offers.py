"""The lessons that the page of a review offers, and those that it used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from programme.models import Lesson

MOST_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Offer:
    """A lesson, and the address that records its use."""

    lesson: Lesson
    url: str


@dataclass(frozen=True, slots=True)
class Offers:
    """The first lessons that are offered, how many more there are, and those that are used."""

    offered: tuple[Offer, ...]
    more: int
    used: tuple[Lesson, ...]
    can_use: bool


def offers_of(
    offered: Sequence[Lesson], used: Sequence[Lesson], address: Callable[[Lesson], str], *, can_use: bool
) -> Offers:
    """What the page of a review shows; `address` is where the use of a lesson is sent to."""
    shown = tuple(Offer(lesson, address(lesson)) for lesson in offered[:MOST_SHOWN])
    return Offers(shown, len(offered) - len(shown), tuple(used), can_use)
