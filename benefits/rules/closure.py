"""What an open benefit needs before its programme closes (domain.md 2.3)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal, Refusals
from core.rules.calendar import format_date
from core.rules.words import listed

OWNER = "an owner who has an active account"


@dataclass(frozen=True, slots=True)
class OpenBenefit:
    """An open benefit as its handover is looked at: who answers for it, and when it is reviewed next."""

    ref: str
    title: str
    has_active_owner: bool
    review_on: date | None


def missing(benefit: OpenBenefit, closes_on: date | None) -> list[str]:
    """What it still needs: an owner, a review date; after the programme has closed where the day is known."""
    found = [] if benefit.has_active_owner else [OWNER]
    if closes_on is None:
        return found if benefit.review_on else [*found, "a review date"]
    if benefit.review_on is None or benefit.review_on <= closes_on:
        found.append(f"a review date after {format_date(closes_on)}")
    return found


def check_closable(benefits: Sequence[OpenBenefit], closes_on: date | None, as_of: date) -> None:
    """Refuse to close before the day, or while an open benefit is not handed over; all at once."""
    if closes_on is None or closes_on > as_of:
        day = f" on {format_date(closes_on)}" if closes_on else " on a day that is not chosen yet"
        raise Refusal(f"The programme closes{day}. Close it then", "closes_on", "2.3")
    said = [
        Refusal(f"{benefit.ref} {benefit.title} needs {listed(needs)}", None, "2.3")
        for benefit in benefits
        if (needs := missing(benefit, closes_on))
    ]
    if said:
        raise Refusals(said)
