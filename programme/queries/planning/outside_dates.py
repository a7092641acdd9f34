"""Dates that the world outside sets, beside the plan: asked of the floors above, which know them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from programme.models import Programme


@dataclass(frozen=True, slots=True)
class OutsideDate:
    """A day that nobody in the programme sets, and how it stands against the plan: whether that warns."""

    on: date
    title: str
    about: str
    url: str
    against: str
    is_warning: bool


OutsideDateSource = Callable[[Programme, date], Sequence[OutsideDate]]
_SOURCES: list[OutsideDateSource] = []


def register_outside_dates(source: OutsideDateSource) -> None:
    """Let a higher floor name such dates; `source` takes the programme and the present day."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def outside_dates(programme: Programme, as_of: date) -> list[OutsideDate]:
    """Every such date that has not gone by, the soonest first."""
    found = [one for source in _SOURCES for one in source(programme, as_of)]
    return sorted((one for one in found if one.on >= as_of), key=lambda one: (one.on, one.title))
