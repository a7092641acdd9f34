"""What changed among the claims since their section 151 officer, or a deputy, answered last."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Max

from benefits.enums import Outcome
from benefits.models import ActualAmount, Verification
from benefits.queries.ageing import claims_apart
from core.clock import london_date
from core.rules.calendar import format_date
from core.rules.words import count_of
from programme.models import Council, Programme

Month = tuple[int, int, int, int | None]  # line, council, financial year, period


@dataclass(frozen=True, slots=True)
class Returned:
    """The last answer that returned an amount of a month, and why."""

    at: datetime
    reason: str

    @property
    def words(self) -> str:
        """Returned on 3 November 2026: The wrong ledger code."""
        return f"Returned on {format_date(london_date(self.at))}: {self.reason}"


@dataclass(frozen=True, slots=True)
class Changes:
    """When a claim was answered last, and what was returned of each month; nothing where nobody did."""

    last_at: datetime | None = None
    returned: Mapping[Month, Returned] = field(default_factory=dict)

    @property
    def last_on(self) -> date | None:
        """The day of the last answer, in London."""
        return london_date(self.last_at) if self.last_at else None

    def is_new(self, row: ActualAmount) -> bool:
        """Whether it was claimed since the last answer."""
        return self.last_at is not None and row.entered_at > self.last_at

    def again(self, row: ActualAmount) -> str:
        """Why the amount before it was returned, where this one was claimed in its place."""
        found = self.returned.get((row.line_id, row.council_id, row.fy, row.period))
        return found.words if found and found.at < row.entered_at else ""

    def sentence(self, waiting: Sequence[ActualAmount], *, as_of: date) -> str:
        """How much came since then, and how much of all that waits was claimed again after a return."""
        if self.last_on is None:
            return "Nobody has answered a claim here yet."
        new = [row for row in waiting if self.is_new(row)]
        again = sum(bool(self.again(row)) for row in waiting)
        words = f"Since the last answer, on {format_date(self.last_on)}: {count_of(len(new), 'new claim')}"
        words += f", {claims_apart(new, as_of=as_of).words}" if new else ""
        return f"{words}; {again:,} claimed again after a return." if again else f"{words}."


def changes_since(programme: Programme, council: Council | None) -> Changes:
    """The last answer to claims of a programme, or of one council, and what was returned. Two queries."""
    answers = Verification.objects.filter(actual__line__programme=programme)
    if council is not None:
        answers = answers.filter(actual__council=council)
    last_at = answers.aggregate(last=Max("verified_at"))["last"]
    rows = answers.filter(outcome=Outcome.RETURNED).order_by("verified_at", "pk")
    found = rows.values_list(
        "actual__line", "actual__council", "actual__fy", "actual__period", "verified_at", "reason"
    )
    return Changes(last_at, {(*month,): Returned(at, reason) for *month, at, reason in found})  # type: ignore[misc]
