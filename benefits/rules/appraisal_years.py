"""Which financial years an appraisal counts, and what is said of amounts in any other."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.rules.calendar import format_date, format_fy, fy_end, fy_start
from core.rules.words import listed


def appraisal_years(base_fy: int | None, horizon_years: int) -> tuple[int, ...]:
    """The base year, year 0, and each year of the appraisal period after it; none without a base year."""
    return () if base_fy is None else tuple(range(base_fy, base_fy + horizon_years + 1))


def left_out(fys: Sequence[int], held: Iterable[int]) -> str:
    """A sentence that names the years with amounts outside the appraisal period; empty where none is.

    "Amounts of 2025 to 2026 are not counted: the appraisal period is 1 April 2026 to 31 March 2032".
    """
    others = sorted(set(held) - set(fys))
    if not fys or not others:
        return ""
    period = f"{format_date(fy_start(fys[0]))} to {format_date(fy_end(fys[-1]))}"
    years = listed([format_fy(fy) for fy in others])
    return f"Amounts of {years} are not counted: the appraisal period is {period}"
