"""Last lawful days and earliest dates, as the calculator gives them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Limit(StrEnum):
    """What must be done by a day, or follows from it."""

    KEY_NOTICE = "key_notice"
    PRIVATE_NOTICE = "private_notice"
    GENERAL_EXCEPTION = "general_exception"
    PRIVATE_SECOND_NOTICE = "private_second_notice"
    AGENDA = "agenda"
    SPECIAL_URGENCY = "special_urgency"
    RECORD = "record"
    CALL_IN = "call_in"
    EFFECT = "effect"


@dataclass(frozen=True, slots=True)
class LastDay:
    """The last lawful day for one thing, why it is that day, and which law says so."""

    kind: Limit
    what: str
    by_on: date
    reason: str
    source: str
    at: datetime | None = None

    def is_missed(self, as_of: date) -> bool:
        """Whether the day has passed."""
        return self.by_on < as_of


@dataclass(frozen=True, slots=True)
class Earliest:
    """The earliest day for a decision by one way of giving notice, and why."""

    kind: Limit
    what: str
    on: date
    reason: str
    source: str
