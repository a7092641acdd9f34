"""The questions that a programme's page opens with, each answered in a word and a sentence."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.words import count_of, listed
from programme.models import Programme
from programme.queries.milestones import MilestoneRow
from programme.queries.programmes import PhaseRow, ProgrammePage
from programme.rules.phase import PhaseProgress
from programme.rules.worklist import Section


@dataclass(frozen=True, slots=True)
class Answer:
    """A question, a word, a sentence, and where it is proved."""

    question: str
    word: str
    text: str
    url: str = ""
    more: str = ""


AnswerSource = Callable[[Programme, date], Sequence[Answer]]
_SOURCES: list[AnswerSource] = []


def register_answers(source: AnswerSource) -> None:
    """Let a higher floor answer on the programme's page too; `source` takes the programme and a day."""
    if source not in _SOURCES:
        _SOURCES.append(source)


def answers_from_above(page: ProgrammePage) -> list[Answer]:
    """What the higher floors answer, in the order they registered."""
    return [answer for source in _SOURCES for answer in source(page.programme, page.as_of)]


def programme_answers(page: ProgrammePage) -> list[Answer]:
    """Where the programme is, what is late or has moved, and what comes next; no queries."""
    answers = [_where(page), late_answer(page), _next(page)]
    return [answer for answer in answers if answer]


def _where(page: ProgrammePage) -> Answer | None:
    if not page.phases:
        return None
    done = sum(row.is_done for row in page.phases)
    under_way = [row for row in page.phases if row.progress in _UNDER_WAY]
    return Answer("Where are we?", f"{done} of {len(page.phases)} done", _phases_text(under_way, page.phases))


_UNDER_WAY = (PhaseProgress.IN_PROGRESS, PhaseProgress.OVERDUE)


def _phases_text(under_way: list[PhaseRow], phases: list[PhaseRow]) -> str:
    if under_way:
        return f"Under way: {listed([row.phase.label for row in under_way])}."
    if all(row.is_done for row in phases):
        return "Every phase is done."
    first_ahead = next(row for row in phases if not row.is_done)
    return f"Next: {first_ahead.phase.label}."


def late_answer(page: ProgrammePage) -> Answer | None:
    """What is past its date, and what is forecast after its plan date."""
    if not page.rows:
        return None
    late, moved = page.late, _moved_text(page)
    if not late:
        return Answer("What is late?", "None", "No milestone is past its date.", "#milestones", moved)
    oldest = late[0]
    text = f"{_named(oldest)} is {oldest.when}."
    if len(late) > 1:
        text = f"{count_of(len(late), 'milestone')}. The oldest, {_named(oldest)}, is {oldest.when}."
    return Answer("What is late?", f"{len(late)} late", text, _list_url(page, Section.LATE), moved)


def _moved_text(page: ProgrammePage) -> str:
    """The milestone forecast furthest after its plan date; empty where none is."""
    moved = [row for row in page.late + page.upcoming if (row.change_days or 0) > 0]
    if not moved:
        return ""
    worst = max(moved, key=lambda row: row.change_days or 0)
    text = f"{_named(worst)} is forecast {count_of(worst.change_days or 0, 'day')} after plan, {_day(worst)}."
    others = len(moved) - 1
    return f"{text} {count_of(others, 'other')} moved too." if others else text


def _next(page: ProgrammePage) -> Answer | None:
    if not page.upcoming:
        return None
    row = page.upcoming[0]
    word = "Planned" if page.is_history else row.when
    text = f"{_named(row)}, {_day(row)}."
    return Answer("What comes next?", word, text, row.milestone.get_absolute_url())


def _named(row: MilestoneRow) -> str:
    return f"{row.milestone.title} ({row.milestone.ref})"


def _day(row: MilestoneRow) -> str:
    due: ImpreciseDate | None = row.due
    if due is None:
        return "no date"
    return f"on {format_date(due.first_on)}" if due.is_exact else str(due)


def _list_url(page: ProgrammePage, section: Section) -> str:
    return f"{reverse('programme:milestone_list', args=[page.programme.key])}?state={section.value}"
