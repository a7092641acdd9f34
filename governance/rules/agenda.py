"""When an agenda must be published and what may still change in it (SI 2012/2089 reg 7, F-29)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.notice import publish_by_clear_days, publish_by_clear_working_days
from governance.rules.steps import AGENDA_CLEAR_DAYS
from programme.enums import DayUnit


@dataclass(frozen=True, slots=True)
class AgendaRule:
    """How one council counts the five clear days before a meeting, and its own closures."""

    council: str
    unit: str
    holidays: Collection[date]


@dataclass(frozen=True, slots=True)
class AgendaDue:
    """The last day to publish an agenda, by the strictest council, and why."""

    by_on: date
    reason: str


def agenda_due(meeting_on: date, rules: Iterable[AgendaRule]) -> AgendaDue | None:
    """The last day on which publishing is in time for every council; None where no council is given."""
    days = [(_last_day(meeting_on, rule), rule) for rule in rules]
    if not days:
        return None
    by_on, rule = min(days, key=lambda pair: pair[0])
    unit = "working days" if rule.unit == DayUnit.WORKING else "days"
    return AgendaDue(by_on, f"{AGENDA_CLEAR_DAYS} clear {unit} before the meeting, as {rule.council} counts")


def agenda_prompt(due: AgendaDue | None, published_on: date | None, today: date) -> str:
    """What to say about the agenda's day: when it is due, that it is late, or whether it was in time."""
    if due is None:
        return ""
    day = format_date(due.by_on)
    if published_on is not None:
        return (
            f"In time: {day} was the last day"
            if published_on <= due.by_on
            else f"Late: {day} was the last day"
        )
    if today > due.by_on:
        return (
            f"Late: {day} was the last day. The monitoring officer decides whether the meeting can go ahead"
        )
    return f"Publish it by {day}, the last day"


def check_agenda_open(published_on: date | None) -> None:
    """Refuse to reorder, reword or remove items of an agenda that is published."""
    if published_on is not None:
        day = format_date(published_on)
        raise Refusal(f"The agenda was published on {day}. Add a late item instead", code="agenda")


def _last_day(meeting_on: date, rule: AgendaRule) -> date:
    if rule.unit == DayUnit.WORKING:
        return publish_by_clear_working_days(meeting_on, AGENDA_CLEAR_DAYS, rule.holidays)
    return publish_by_clear_days(meeting_on, AGENDA_CLEAR_DAYS)
