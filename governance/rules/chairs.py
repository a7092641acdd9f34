"""Whose turn it is in the chair of a body, by municipal year (domain.md 2.2)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence


def municipal_year_words(year: int) -> str:
    """2026 to 2027."""
    return f"{year} to {year + 1}"


def next_chair(chairs: Mapping[int, str], year: int, councils: Sequence[str]) -> str | None:
    """The council whose turn it is in `year`: the one after last year's in the partnership's order.

    None with fewer than two councils: there is nothing to rotate.
    """
    if len(councils) < 2:
        return None
    last = chairs.get(year - 1)
    if last is None or last not in councils:
        return councils[0]
    return councils[(councils.index(last) + 1) % len(councils)]
