"""What a member asks of the dashboard, each answered in a word and a sentence worked out from the figures."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from django.urls import reverse

from benefits.answers import savings_answers
from benefits.queries.no_worse_off import Standing
from core.rules.calendar import format_date
from core.rules.words import count_of, listed
from governance.dashboards.facts import SteeringFacts
from governance.dashboards.meetings import SteeringMeetings
from governance.programme_answers import ratifying_answer
from governance.queries.decisions import DecisionRow
from programme.queries.answers import Answer, late_answer
from programme.queries.overview.ratings import ProgrammeRating
from services.enums import TestBasis

_TOLD = ("#savings", "#fair")


def steering_answers(facts: SteeringFacts) -> list[Answer]:
    """Six at most: overall, savings, fairness, what is late, what is asked, and who has to ratify."""
    late = late_answer(facts.page)
    ratify = ratifying_answer(facts.board.rows, "#decisions")
    found = [
        _overall(facts),
        *_money(facts),
        replace(late, url="#milestones") if late else None,
        asked_answer(facts.to_decide, facts.meetings),
        ratify,
    ]
    return [answer for answer in found if answer]


def returns_sentence(facts: SteeringFacts) -> str:
    """Whether every council's figures are in; that there are none where nothing was returned."""
    found = [one.text for one in savings_answers(facts.savings) if one.url == "#returns"]
    return found[0] if found else "Nothing has been returned yet."


def asked_sentence(rows: Sequence[DecisionRow], meetings: SteeringMeetings) -> str:
    """What the body is asked to recommend or resolve at its next meeting."""
    if not rows:
        return f"Nothing is put to the next meeting. {meetings.next_words}"
    days = sorted({row.proposal.meeting_on for row in rows if row.proposal.meeting_on})
    when = "Tonight" if days == [meetings.as_of] else f"On {listed([format_date(day) for day in days])}"
    return f"{when} you are asked to decide on {listed([named(row) for row in rows])}."


def named(row: DecisionRow) -> str:
    """Data-sharing agreement (D-08)."""
    return f"{row.decision.title} ({row.decision.ref})"


def rule_sentence(rating: ProgrammeRating) -> str:
    """What the rules make of the programme, beside what a person judges; empty where nobody judges."""
    if rating.judged is None:
        return ""
    return f"By rule it is {rating.computed.word}. {rating.computed.reason}."


def _overall(facts: SteeringFacts) -> Answer:
    rating = facts.rating
    text = f"{rating.reason.rstrip('.')}."
    if rating.judged:
        text = f"{rating.word} in the judgement of {rating.judged.given_by}: {text}"
    url = reverse("programme:rating_detail", args=[facts.programme.key])
    return Answer("How is the programme overall?", rating.word, text, url, rule_sentence(rating))


def _money(facts: SteeringFacts) -> list[Answer]:
    found = {one.url: one for one in savings_answers(facts.savings)}
    told = [
        Answer(one.question, one.word, one.text, one.url, one.more)
        for one in (found.get(url) for url in _TOLD)
        if one
    ]
    return [replace(one, more=_worse_off(facts)) if one.url == "#fair" else one for one in told]


def _worse_off(facts: SteeringFacts) -> str:
    """Who is worse off now on either basis, which an even share of the net saving does not say."""
    tests = [facts.tests.on(Standing.NOW, basis) for basis in TestBasis] if facts.tests else []
    return " ".join(f"{one.basis.label}: {one.verdict}" for one in tests if one.short)


def asked_answer(rows: Sequence[DecisionRow], meetings: SteeringMeetings) -> Answer:
    """What it is asked, tonight or next."""
    word = count_of(len(rows), "decision") if rows else "None"
    days = {meetings.next_on, *(row.proposal.meeting_on for row in rows)}
    question = "What do we decide tonight?" if meetings.as_of in days else "What do we decide next?"
    return Answer(question, word, asked_sentence(rows, meetings), "#decisions")
