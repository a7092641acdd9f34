"""Simple and discounted payback (F-08, F-09)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from fractions import Fraction
from math import ceil

from core.rules.words import count_of


class Origin(StrEnum):
    """What time zero of a payback is."""

    PROFILE_START = "profile_start"
    GO_LIVE = "go_live"


@dataclass(frozen=True, slots=True)
class Payback:
    """Years until the outlay has come back, exact."""

    years: Fraction

    @property
    def months(self) -> int:
        """Whole months, rounded up."""
        return ceil(self.years * 12)

    def __str__(self) -> str:
        years, months = divmod(self.months, 12)
        parts = [count_of(years, "year")] if years else []
        if months or not years:
            parts.append(count_of(months, "month"))
        return " ".join(parts)

    def paid_back_by(self, start_on: date) -> date:
        """Last day of the month of payback, counted from `start_on`, the first of a month."""
        years, month_index = divmod(start_on.month - 1 + self.months, 12)
        return date(start_on.year + years, month_index + 1, start_on.day) - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class NoPayback:
    """The outlay never comes back, or is spent again after it did."""

    def __str__(self) -> str:
        return "Does not pay back within the appraisal period"


def payback(
    net_by_year_pence: Sequence[int],
    *,
    upfront_pence: int = 0,
    origin: Origin = Origin.PROFILE_START,
) -> Payback | NoPayback:
    """When the cumulative net flow last turns from negative to 0 or more (F-08; on PV rows F-09).

    Each year's flow is spread evenly within it. A crossing that a later dip undoes is discarded. From
    go-live, the flow of the first year counts as upfront and time starts after it. A profile that is never
    negative pays back after 0 years.
    """
    flows = list(net_by_year_pence)
    cumulative = -upfront_pence
    if origin == Origin.GO_LIVE and flows:
        cumulative += flows.pop(0)
    paid_back_after = Fraction(0)
    for year, flow in enumerate(flows):
        before, cumulative = cumulative, cumulative + flow
        if before < 0 <= cumulative:
            paid_back_after = year + Fraction(-before, flow)
    return NoPayback() if cumulative < 0 else Payback(paid_back_after)
