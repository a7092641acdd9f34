"""Variances against the current and the original plan (F-16, INV-04)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import fy_end, period_end


@dataclass(frozen=True, slots=True)
class Variance:
    """Pence above (positive) or below (negative) each plan; more saving than planned is positive."""

    against_current_pence: int
    against_original_pence: int


def variance(value_pence: int, current_plan_pence: int, original_plan_pence: int) -> Variance:
    """A forecast or an actual less the current plan and less the original plan (F-16)."""
    return Variance(value_pence - current_plan_pence, value_pence - original_plan_pence)


def is_in_cut_off(fy: int, period: int | None, cut_off: date) -> bool:
    """Whether a period (1 is April), or a whole year where it is None, has ended by the data cut-off."""
    last_day = fy_end(fy) if period is None else period_end(fy, period)
    return last_day <= cut_off


def to_date(amounts: Iterable[tuple[int, int | None, int]], cut_off: date) -> int:
    """Sum of the (financial year, period, pence) amounts whose period has ended by the data cut-off."""
    return sum(pence for fy, period, pence in amounts if is_in_cut_off(fy, period, cut_off))
