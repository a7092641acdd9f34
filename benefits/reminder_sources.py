"""What the benefits floor adds to the registry of reminders (domain.md section 6)."""

from __future__ import annotations

from benefits.queries.claim_reminders import ActualsUnverified
from benefits.queries.reminders import BenefitReviews, StartingValuesMissing
from benefits.queries.returns_due import MonthlyReturns
from programme.reminder_sources import register


def register_sources() -> None:
    """Add every source of this floor to the registry, once."""
    register(MonthlyReturns())
    register(ActualsUnverified())
    register(BenefitReviews())
    register(StartingValuesMissing())
