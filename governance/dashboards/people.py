"""Panels of people, and of how complete the page is."""

from __future__ import annotations

from django.urls import reverse

from benefits.enums import EquitySubject
from benefits.tables.councils import return_table
from core.rules.calendar import format_date
from core.rules.suppression import Suppressed
from core.rules.words import are, count_of
from core.tables import Heading, NumberTable, Row
from governance import equity_tables
from governance.dashboards.answers import returns_sentence
from governance.dashboards.count_charts import posts_chart, verified_chart
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.panel import Files, Panel, Source, only, words
from governance.queries.equity import CountRow
from governance.reporting.people import FEW
from services.queries.review_story import ConsultationRow

MOST_CONSULTATIONS = 5
_CONSULTATION = ("Consultation", "Service", "Started", "Ended", "People")


def people(facts: SteeringFacts, files: Files) -> Panel:
    """Posts removed and consultations; small numbers are withheld."""
    return Panel(
        "people",
        "People",
        f"{_posts_sentence(facts)} {_consultation_sentence(facts)}",
        (
            Source("Posts, chairs and meetings", _page("governance:equity_page", facts, "#numbers")),
            Source("Services and their reviews", _page("services:service_list", facts)),
        ),
        charts=only(posts_chart(_posts(facts), facts.equity.councils)),
        tables=(
            *files.shown(equity_tables.count_table(facts.equity), "people"),
            *files.shown(_consultation_table(facts), "consultations", has_words=True),
        ),
    )


def data(facts: SteeringFacts, files: Files) -> Panel:
    """How complete the figures are, and the latest verified month of each council."""
    return Panel(
        "data",
        "How complete is this page?",
        returns_sentence(facts),
        (Source("What is still to enter", _page("benefits:to_enter", facts)),),
        charts=only(verified_chart(facts.savings.returns, facts.savings.cut_off)),
        tables=files.shown(return_table(facts.savings), "returns", has_words=True),
    )


def _posts(facts: SteeringFacts) -> CountRow:
    return next(row for row in facts.equity.counts if row.subject == EquitySubject.POSTS)


def _posts_sentence(facts: SteeringFacts) -> str:
    row = _posts(facts)
    if isinstance(row.total, Suppressed):
        return f"How many posts are removed is withheld. {FEW}"
    if row.total is None:
        return "No council has stated how many posts are removed."
    few = f" {FEW}" if any(isinstance(one, Suppressed) for one in row.by_council) else ""
    return f"{count_of(row.total, 'post')} {are(row.total)} removed so far.{few}"


def _consultation_sentence(facts: SteeringFacts) -> str:
    running = [one for one in facts.consultations if _is_running(one, facts)]
    if not facts.consultations:
        return "No consultation is recorded."
    if not running:
        return "No consultation is under way."
    return f"{count_of(len(running), 'consultation')} {are(len(running))} under way."


def _is_running(row: ConsultationRow, facts: SteeringFacts) -> bool:
    ended_on = row.consultation.ended_on
    return ended_on is None or ended_on >= facts.seen_on


def _consultation_table(facts: SteeringFacts) -> NumberTable:
    shown = facts.consultations[:MOST_CONSULTATIONS]
    return NumberTable(
        "consultations",
        "Consultations",
        f"The latest {len(shown)} of {len(facts.consultations)}",
        tuple(Heading(text, is_number=False) for text in _CONSULTATION),
        tuple(_consultation_row(row) for row in shown),
    )


def _consultation_row(row: ConsultationRow) -> Row:
    one = row.consultation
    ended = format_date(one.ended_on) if one.ended_on else "Under way"
    return Row(
        str(one),
        (
            words(str(one.review.service)),
            words(format_date(one.started_on)),
            words(ended),
            words(row.people),
        ),
        reverse("services:review_detail", args=[one.review_id]),
    )


def _page(name: str, facts: SteeringFacts, anchor: str = "") -> str:
    return reverse(name, args=[facts.programme.key]) + anchor
