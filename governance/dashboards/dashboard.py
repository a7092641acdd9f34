"""What a dashboard holds, of one programme or of a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from core.rules.calendar import format_date
from governance.dashboards.meetings import SteeringMeetings
from governance.dashboards.panel import Panel
from programme.queries.answers import Answer


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the page shows, in its order."""

    name: str
    home_url: str
    as_of: date
    cut_off: date | None
    meetings: SteeringMeetings
    answers: list[Answer]
    since_heading: str
    since: list[str]
    panels: list[Panel]

    @property
    def title(self) -> str:
        """Joint steering group, 24 November 2026."""
        return f"{self.meetings.name}, {format_date(self.as_of)}"
