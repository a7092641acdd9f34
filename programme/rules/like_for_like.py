"""Totals of all partners beside totals of those that were partners throughout (INV-43)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import fy_end, fy_start


@dataclass(frozen=True, slots=True)
class ComparableTotals:
    """Pence by financial year: of every partner, and of the councils that can be compared over all years."""

    all_partners_pence: Mapping[int, int]
    like_for_like_pence: Mapping[int, int]
    councils: tuple[str, ...]


def comparable_totals(
    amounts_pence: Mapping[str, Mapping[int, int]],
    partner_days: Mapping[str, tuple[date | None, date | None]],
    first_fy: int,
    last_fy: int,
) -> ComparableTotals:
    """Totals of the financial years from `first_fy` to `last_fy`, both ways (INV-43).

    `amounts_pence` by council and financial year; `partner_days` gives the first and last day of each
    council as a partner, None for an open end. Like for like are the councils that were partners on every
    day of these years, in the order given. A council that joined late or left counts in all partners, with
    the amounts of its own years.
    """
    years = range(first_fy, last_fy + 1)
    throughout = tuple(
        council
        for council in amounts_pence
        if _is_throughout(partner_days.get(council, (None, None)), fy_start(first_fy), fy_end(last_fy))
    )
    return ComparableTotals(
        {fy: sum(by_fy.get(fy, 0) for by_fy in amounts_pence.values()) for fy in years},
        {fy: sum(amounts_pence[council].get(fy, 0) for council in throughout) for fy in years},
        throughout,
    )


def founders_from_the_start(
    partner_days: Mapping[str, tuple[date | None, date | None]],
) -> dict[str, tuple[date | None, date | None]]:
    """The days with an open start for councils that joined first: with them the partnership began.

    A first day that is not stated is one of the start too.
    """
    joined = [joined_on for joined_on, _ in partner_days.values()]
    known = [day for day in joined if day is not None]
    start_on = min(known) if known and len(known) == len(joined) else None
    return {
        council: (None if joined_on == start_on else joined_on, left_on)
        for council, (joined_on, left_on) in partner_days.items()
    }


def _is_throughout(days: tuple[date | None, date | None], first_on: date, last_on: date) -> bool:
    joined_on, left_on = days
    return (joined_on is None or joined_on <= first_on) and (left_on is None or left_on >= last_on)
