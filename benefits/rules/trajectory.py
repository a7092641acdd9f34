"""What the planned values of a measure refuse (rows 15, 16 and 49)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benefits.rules.profile import percent_warning
from core.errors import Refusal
from core.rules.calendar import format_fy, month_name, period_start


@dataclass(frozen=True, slots=True)
class Planned:
    """The value that is planned for the end of a month (1 is April), or for a year where it is None."""

    fy: int
    period: int | None
    value: Decimal

    @property
    def time(self) -> tuple[int, int | None]:
        """When it is to be there."""
        return self.fy, self.period


def check_trajectory(
    entries: Sequence[Planned], *, first_fy: int | None, last_fy: int | None, needs_confirming: bool
) -> None:
    """Refuse two values for one time, a year outside the appraisal period, and an odd percentage."""
    seen: set[tuple[int, int | None]] = set()
    for entry in entries:
        if entry.time in seen:
            raise Refusal(
                f"There are two entries for {time_words(*entry.time)}. Keep one", "trajectory", "15"
            )
        seen.add(entry.time)
        if first_fy is not None and last_fy is not None and not first_fy <= entry.fy <= last_fy:
            side = "after the end" if entry.fy > last_fy else "before the start"
            verb = "extend" if entry.fy > last_fy else "change"
            words = f"{format_fy(entry.fy)} is {side} of the appraisal period. Remove it or {verb} the period"
            raise Refusal(words, "trajectory", "16")
        said = percent_warning(entry.value, "trajectory") if needs_confirming else None
        if said is not None:
            raise said


def time_words(fy: int, period: int | None) -> str:
    """October 2026, or 2026 to 2027."""
    if period is None:
        return format_fy(fy)
    first = period_start(fy, period)
    return f"{month_name(first)} {first.year}"
