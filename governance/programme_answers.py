"""What the page of a programme says of the councils' decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from core.rules.words import listed
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.board import Group
from governance.rules.start import differing_in_words
from programme.models import Programme
from programme.queries.answers import Answer


def answers_for_programme(programme: Programme, as_of: date) -> list[Answer]:
    """Who has still to ratify; no answer where nothing was put to the councils. Three queries."""
    url = reverse("governance:decision_list", args=[programme.key])
    answer = ratifying_answer(decision_rows(programme.decisions.all(), as_of=as_of), url)
    return [answer] if answer else []


def ratifying_answer(rows: Sequence[DecisionRow], url: str) -> Answer | None:
    """The same of rows already read, what is blocked first; None where nothing was put to the councils."""
    if not rows or all(row.is_reported for row in rows):
        return None
    blocked = [row for row in rows if row.group == Group.BLOCKED]
    waiting = [row for row in rows if row.group == Group.WAITING]
    said = [*(blocked_words(row) for row in blocked), *(_waits(row) for row in waiting)]
    counts = ((len(waiting), "waiting"), (len(blocked), "blocked"))
    word = ", ".join(f"{number} {of}" for number, of in counts if number)
    text = " ".join(said) or "No decision waits for a council."
    return Answer("Who has still to ratify?", word or "None", text, url)


def blocked_words(row: DecisionRow) -> str:
    """Data-sharing agreement (D-08) is blocked: rejected by Carrick."""
    why = differing_in_words(row.start.differing) or "in dispute"
    return f"{row.decision.title} ({row.decision.ref}) is blocked: {why}."


def _waits(row: DecisionRow) -> str:
    return f"{row.decision.title} ({row.decision.ref}) waits for {listed(row.start.waiting_for)}."
