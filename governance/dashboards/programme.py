"""The steering group's dashboard of one programme: its answers, what changed, and its panels in order."""

from __future__ import annotations

from collections.abc import Callable

from governance.dashboards.answers import steering_answers
from governance.dashboards.dashboard import Dashboard
from governance.dashboards.delivery import decisions, milestones, risks
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.money import councils, fairness, savings
from governance.dashboards.panel import Files, Panel
from governance.dashboards.people import data, people
from governance.dashboards.since import since_heading, since_sentences

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


def steering_dashboard(facts: SteeringFacts) -> Dashboard:
    """The dashboard of one programme as its facts stand."""
    files = Files(CSV_ADDRESS, facts.programme.key)
    return Dashboard(
        name=facts.programme.name,
        home_url=facts.programme.get_absolute_url(),
        as_of=facts.seen_on,
        cut_off=facts.savings.cut_off,
        meetings=facts.meetings,
        answers=steering_answers(facts),
        since_heading=since_heading(facts.since),
        since=[*facts.meetings.passed_words, *since_sentences(facts)],
        panels=[panel(facts, files) for panel in PANELS],
    )
