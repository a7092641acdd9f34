"""How pounds, days and shares are written on pages and in files, written a second time."""

from __future__ import annotations

from datetime import date

from tests.benefits.proof.arithmetic import Pence

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July",
    "August", "September", "October", "November", "December",
)  # fmt: skip


def cell(value: Pence) -> str:
    """1,234.50 with a true minus sign."""
    if isinstance(value, str):
        return value
    pounds, rest = divmod(abs(value), 100)
    return f"{'−' if value < 0 else ''}{pounds:,}.{rest:02d}"


def signed(value: Pence) -> str:
    """The same, with a plus above nothing."""
    return f"+{cell(value)}" if isinstance(value, int) and value > 0 else cell(value)


def plain(value: Pence) -> str:
    """1234.50 with a hyphen as minus."""
    return cell(value).replace(",", "").replace("−", "-") if isinstance(value, int) else value


def day(value: date) -> str:
    """31 October 2026."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def year(fy: int) -> str:
    """2026 to 2027."""
    return f"{fy} to {fy + 1}"


def year_key(fy: int) -> str:
    """2026-27."""
    return f"{fy}-{(fy + 1) % 100:02d}"


def per_cent(text: str) -> str:
    """94.3 as a cell writes it."""
    if text.startswith("["):
        return text
    whole, _, tenth = text.replace("-", "").partition(".")
    return f"{'−' if text.startswith('-') else ''}{int(whole):,}.{tenth}%"


def duration(months: int | str | None) -> str:
    """3 years 7 months."""
    if not isinstance(months, int):
        return months or "Does not pay back within the appraisal period"
    parts = [(months // 12, "year"), (months % 12, "month")]
    kept = [f"{number} {noun}{'' if number == 1 else 's'}" for number, noun in parts if number]
    return " ".join(kept) or "0 months"
