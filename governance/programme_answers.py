"""What the page of a programme says of the councils' decisions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.urls import reverse

from core.rules.words import listed
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.board import Group
from programme.models import Programme
from programme.queries.answers import Answer


def answers_for_programme(programme: Programme, as_of: date) -> list[Answer]:
    """Who has still to ratify; no answer where nothing was put to the councils. Three queries."""
    url = reverse("governance:decision_list", args=[programme.key])
    answer = ratifying_answer(decision_rows(programme.decisions.all(), as_of=as_of), url)
    return [answer] if answer else []


def ratifying_answer(rows: Sequence[DecisionRow], url: str) -> Answer | None:
    """The same of rows already read; None where nothing was put to the councils."""
    if not rows or all(row.is_reported for row in rows):
        return None
    waiting = [row for row in rows if row.group == Group.WAITING]
    text = " ".join(_waits(row) for row in waiting) or "No decision waits for a council."
    word = f"{len(waiting)} waiting" if waiting else "None"
    return Answer("Who has still to ratify?", word, text, url)


def _waits(row: DecisionRow) -> str:
    return f"{row.decision.title} ({row.decision.ref}) waits for {listed(row.start.waiting_for)}."
