"""The steering group's dashboard of one programme: its answers, what changed, and its panels in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from core.rules.calendar import format_date
from governance.dashboards.answers import steering_answers
from governance.dashboards.delivery import decisions, milestones, risks
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.meetings import SteeringMeetings
from governance.dashboards.money import councils, fairness, savings
from governance.dashboards.panel import Files, Panel
from governance.dashboards.people import data, people
from governance.dashboards.since import since_heading, since_sentences
from programme.models import Programme
from programme.queries.answers import Answer

PANELS: tuple[Callable[[SteeringFacts, Files], Panel], ...] = (
    savings,
    councils,
    fairness,
    milestones,
    decisions,
    risks,
    people,
    data,
)
CSV_ADDRESS = "governance:steering_csv"


@dataclass(frozen=True, slots=True)
class Dashboard:
    """All that the page shows, in its order."""

    programme: Programme
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


def steering_dashboard(facts: SteeringFacts) -> Dashboard:
    """The dashboard of one programme as its facts stand."""
    files = Files(CSV_ADDRESS, facts.programme.key)
    return Dashboard(
        programme=facts.programme,
        as_of=facts.seen_on,
        cut_off=facts.savings.cut_off,
        meetings=facts.meetings,
        answers=steering_answers(facts),
        since_heading=since_heading(facts),
        since=since_sentences(facts),
        panels=[panel(facts, files) for panel in PANELS],
    )
