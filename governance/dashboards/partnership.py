"""The dashboard of a partnership: every programme, the worst and its reason, never an average."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.urls import reverse

from accounts.models import User
from benefits.queries.all_savings import AllChoice, AllSavings, all_savings, read_programmes
from benefits.tables.all_savings import all_savings_table, savings_csv, sentence
from core.exports.tables import Table
from core.publication import left_out
from core.tables import Heading, NumberTable, Row
from governance.dashboards.answers import asked_answer, asked_sentence
from governance.dashboards.changed import change_file, change_table, changed_sentence, page_of
from governance.dashboards.count_charts import decided_chart, late_chart, score_chart
from governance.dashboards.dashboard import Dashboard
from governance.dashboards.delivery import asked_table, risk_table, risks_sentence, waiting_table
from governance.dashboards.facts import rows_to_decide, rows_to_ratify
from governance.dashboards.files import MOST_RISKS
from governance.dashboards.meetings import SteeringMeetings, steering_meetings
from governance.dashboards.panel import Files, Panel, Source, only, words
from governance.dashboards.partnership_charts import savings_chart
from governance.dashboards.since import all_sentences, nothing_to_compare, since_heading
from governance.exports import decisions_of
from governance.models import Decision
from governance.programme_answers import ratifying_answer
from governance.queries.changes import Changes, changes_since
from governance.queries.decisions import DecisionRow, decision_rows, with_cells
from programme.models import Council, Partnership, Risk
from programme.overview.portfolio_exports import portfolio_table
from programme.queries.answers import Answer
from programme.queries.overview.portfolio import (
    PortfolioRow,
    portfolio_rating,
    portfolio_rows,
    portfolio_sentence,
)
from programme.queries.partners import partner_councils
from programme.queries.risks import RiskRow, rows_by_score
from programme.risk_exports import risk_table as risk_file

CSV_ADDRESS = "governance:partnership_steering_csv"
_PROGRAMME = ("Programme", "Rating", "Why", "Late", "Next milestone", "Decisions waiting")


@dataclass(frozen=True)
class PartnershipFacts:
    """What the page is made of, as one person may see it; each thing read once, when it is asked for."""

    partnership: Partnership
    as_of: date
    user: User

    @cached_property
    def meetings(self) -> SteeringMeetings:
        """When the steering body met and meets."""
        return steering_meetings(self.partnership.pk, as_of=self.as_of)

    @cached_property
    def rows(self) -> list[PortfolioRow]:
        """Every programme that the person may read, the worst first."""
        found = portfolio_rows(self.user, as_of=self.as_of, partnership=self.partnership)
        return sorted(found, key=lambda row: (row.severity, -row.rating.standing.late, row.programme.name))

    @cached_property
    def councils(self) -> list[Council]:
        """The partner councils, in their fixed order."""
        return partner_councils(self.partnership.pk)

    @cached_property
    def decisions(self) -> list[DecisionRow]:
        """Decisions of all these programmes."""
        decisions = Decision.objects.filter(programme__in=[row.programme.pk for row in self.rows])
        return [with_cells(row, self.councils) for row in decision_rows(decisions, as_of=self.as_of)]

    @property
    def to_decide(self) -> list[DecisionRow]:
        """Those put to a meeting to come."""
        return rows_to_decide(self.decisions, self.as_of)

    @property
    def to_ratify(self) -> list[DecisionRow]:
        """Those that wait for a council."""
        return rows_to_ratify(self.decisions)

    @cached_property
    def risks(self) -> list[RiskRow]:
        """Open entries of all the registers, the highest score first."""
        risks = Risk.objects.filter(
            programme__in=[row.programme.pk for row in self.rows], closed_on__isnull=True
        )
        return rows_by_score(risks, as_of=self.as_of)

    @property
    def compared(self) -> list[PortfolioRow]:
        """The programmes that go on: of a case of the past nothing changes any more."""
        return [row for row in self.rows if row.known_on is None]

    @cached_property
    def changes(self) -> dict[int, Changes]:
        """By programme what changed since the last meeting; of none without one."""
        if self.meetings.since is None:
            return {}
        programmes = [row.programme for row in self.compared]
        since, as_of = self.meetings.since, self.as_of
        return changes_since(programmes, since=since, as_of=as_of, decisions=self.decisions)

    @cached_property
    def savings(self) -> AllSavings:
        """The savings of each programme, and their sums."""
        readable = read_programmes(self.user, as_of=self.as_of)
        return all_savings(readable, AllChoice(partnership=self.partnership.key))


FILES: Mapping[str, Callable[[PartnershipFacts], Table[Any]]] = {
    "programmes": lambda facts: portfolio_table(facts.rows, as_of=facts.as_of),
    "changes": lambda facts: change_file([(row, facts.changes.get(row.programme.pk)) for row in facts.rows]),
    "savings": lambda facts: savings_csv(facts.savings),
    "decisions": lambda facts: decisions_of([*facts.to_decide, *facts.to_ratify], facts.councils),
    "risks": lambda facts: risk_file(facts.risks[:MOST_RISKS], as_of=facts.as_of),
}


def partnership_dashboard(facts: PartnershipFacts) -> Dashboard:
    """The dashboard of a partnership as its facts stand."""
    files = Files(CSV_ADDRESS, facts.partnership.key)
    cut_offs = [row.cut_off for row in facts.savings.rows if row.cut_off]
    return Dashboard(
        name=facts.partnership.name,
        home_url=facts.partnership.get_absolute_url(),
        as_of=facts.as_of,
        cut_off=max(cut_offs, default=None),
        meetings=facts.meetings,
        answers=_answers(facts),
        since_heading=since_heading(facts.meetings.since),
        since=[*facts.meetings.passed_words, *_since(facts)],
        panels=[panel(facts, files) for panel in (_programmes, _changes, _savings, _decisions, _risks)],
    )


def _answers(facts: PartnershipFacts) -> list[Answer]:
    worst = portfolio_rating(facts.rows)
    found = [
        Answer(
            "What is worst?",
            worst.word.value,
            f"{worst.reason}.",
            "#programmes",
            portfolio_sentence(facts.rows),
        ),
        asked_answer(facts.to_decide, facts.meetings),
        ratifying_answer(facts.decisions, "#decisions"),
    ]
    return [answer for answer in found if answer]


def _since(facts: PartnershipFacts) -> list[str]:
    if facts.meetings.since is None:
        return [nothing_to_compare(facts.meetings)]
    if not facts.changes:
        return ["No programme that you may read goes on, so there is nothing to compare with."]
    return all_sentences([facts.changes[row.programme.pk] for row in facts.compared])


def _programmes(facts: PartnershipFacts, files: Files) -> Panel:
    return Panel(
        "programmes",
        "Programmes, the worst first",
        portfolio_sentence(facts.rows),
        (Source("Portfolio", reverse("programme:portfolio")),),
        charts=only(late_chart(facts.rows)),
        tables=files.shown(_programme_table(facts), "programmes", has_words=True),
    )


def _changes(facts: PartnershipFacts, files: Files) -> Panel:
    """What changed programme by programme, and how many changed at all."""
    found = [facts.changes[row.programme.pk] for row in facts.compared] if facts.changes else []
    since = facts.meetings.since
    table = change_table(facts.rows, facts.changes, since) if since else None
    pages = tuple(Source(one.programme.name, page_of(one.programme)) for one in found)
    return Panel(
        "changes",
        "What changed in each programme",
        changed_sentence(found) if since else nothing_to_compare(facts.meetings),
        pages or (Source("Portfolio", reverse("programme:portfolio")),),
        tables=files.shown(table, "changes", has_words=True),
    )


def _programme_table(facts: PartnershipFacts) -> NumberTable:
    return NumberTable(
        "programmes",
        "Programmes of the partnership",
        "Each rating is the worst of its savings, milestones and cost, or what is judged; never an average",
        tuple(Heading(text, is_number=False) for text in _PROGRAMME),
        tuple(_programme_row(row) for row in facts.rows),
    )


def _programme_row(row: PortfolioRow) -> Row:
    standing = row.rating.standing
    known = row.known_on or not row.is_running
    ahead = standing.next
    return Row(
        row.programme.name,
        (
            words("", tag=str(row.rating.word)),
            words(row.rating.reason, sub=row.programme.get_state_display() if known else ""),
            words(str(standing.late or "None")),
            words(ahead.title, sub=str(ahead.due)) if ahead else words("None with a date"),
            words("[x]" if row.awaited is None else str(row.awaited or "None")),
        ),
        reverse("governance:steering_page", args=[row.programme.key]),
    )


def _savings(facts: PartnershipFacts, files: Files) -> Panel:
    found = facts.savings
    return Panel(
        "savings",
        "Savings of each programme",
        sentence(found),
        (Source("Savings of all programmes", reverse("benefits:all_savings_list")),),
        charts=only(savings_chart(found, csv_url=files.url("savings"))),
        tables=files.shown(all_savings_table(found, found.rows), "savings") if found.rows else (),
    )


def _decisions(facts: PartnershipFacts, files: Files) -> Panel:
    withheld = left_out(row.decision for row in facts.decisions)
    boards = tuple(
        Source(row.programme.name, reverse("governance:decision_list", args=[row.programme.key]))
        for row in facts.rows
    )
    return Panel(
        "decisions",
        "Decisions",
        f"{asked_sentence(facts.to_decide, facts.meetings)} {f'{withheld}.' if withheld else ''}".strip(),
        boards,
        charts=only(decided_chart([*facts.to_decide, *facts.to_ratify])),
        tables=(
            *files.shown(asked_table(facts.to_decide), "decisions", has_words=True),
            *files.shown(waiting_table(facts.to_ratify, facts.councils), "decisions", has_words=True),
        ),
    )


def _risks(facts: PartnershipFacts, files: Files) -> Panel:
    registers = tuple(
        Source(row.programme.name, reverse("programme:risk_list", args=[row.programme.key]))
        for row in facts.rows
    )
    return Panel(
        "risks",
        "Top risks",
        risks_sentence(facts.risks),
        registers,
        charts=only(score_chart(facts.risks[:MOST_RISKS])),
        tables=files.shown(risk_table(facts.risks[:MOST_RISKS], len(facts.risks)), "risks", has_words=True),
    )
