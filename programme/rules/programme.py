"""What a new programme refuses (rows 14 and 30)."""

from __future__ import annotations

from core.errors import Refusal
from core.rules.text import check_text

LONGEST_HORIZON = 60
FIRST_YEAR, LAST_YEAR = 1974, 2199


def check_base_year(base_fy: int | None) -> None:
    """Refuse a programme without the financial year that its figures start in (row 14)."""
    if base_fy is None or not FIRST_YEAR <= base_fy <= LAST_YEAR:
        raise Refusal("Select a financial year, for example 2026 to 2027", "base_fy", "14")


def check_horizon(years: object) -> int:
    """The appraisal period in whole years; refuses anything but 1 to 60 (row 30).

    Takes a whole number, or one as typed.
    """
    text = check_text(str(years), "Appraisal period") if isinstance(years, str) else years
    whole = int(text) if isinstance(text, str) and text.isascii() and text.isdigit() else text
    if isinstance(whole, int) and not isinstance(whole, bool) and 1 <= whole <= LONGEST_HORIZON:
        return whole
    message = f"Appraisal period must be a whole number of years from 1 to {LONGEST_HORIZON}"
    raise Refusal(message, "horizon_years", "30")
