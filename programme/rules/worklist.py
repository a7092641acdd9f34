"""Which part of a person's work list a milestone belongs to, and how its date is said."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import date, timedelta
from enum import StrEnum

from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.words import are, count_of, listed
from programme.rules.milestone import MilestoneProgress

DUE_DAYS = 14
SOON_DAYS = 30


class Section(StrEnum):
    """Parts of a work list, in the order of the page."""

    LATE = "late"
    DUE = "due"
    UNANSWERED = "unanswered"
    LATER = "later"
    DONE = "done"


class Grouping(StrEnum):
    """How a work list is parted: by what its milestones need, or by when they are due."""

    NEED = "need"
    DATE = "date"


class Span(StrEnum):
    """Stretches of days from a day on, in the order of the page."""

    LATE = "late"
    TODAY = "today"
    THIS_WEEK = "this-week"
    NEXT_WEEK = "next-week"
    THIS_MONTH = "this-month"
    LATER = "later"
    UNDATED = "undated"


class Ahead(StrEnum):
    """How far off what is open lies, in the order of the page; each milestone counts in one."""

    LATE = "late"
    THIS_WEEK = "this-week"
    SOON = "soon"
    LATER = "later"


Counts = Mapping[Ahead, int]


def last_known_on(base_fy: int | None, facts_last_on: date | None, as_of: date) -> date:
    """The day that a programme's milestones are judged on: `as_of` for one that runs.

    A case of the past, whose facts are dated and which has no base year, is judged on the last day its
    source knew: what became of its milestones later is not stated, and they are not late for ever.
    """
    if base_fy is None and facts_last_on is not None:
        return min(facts_last_on, as_of)
    return as_of


def due_until(as_of: date) -> date:
    """The last day that counts as due soon."""
    return as_of + timedelta(days=DUE_DAYS)


def section_of(progress: MilestoneProgress, due: ImpreciseDate | None, as_of: date) -> Section | None:
    """The part a milestone belongs to on `as_of`; None for one that asks nothing of anybody.

    It is due from 14 days before the last day that its date can mean. Without a date it is for later.
    """
    if progress == MilestoneProgress.OVERDUE:
        return Section.LATE
    if progress == MilestoneProgress.DONE:
        return Section.DONE
    if progress != MilestoneProgress.UPCOMING:
        return None
    is_soon = due is not None and due.last_on <= due_until(as_of)
    return Section.DUE if is_soon else Section.LATER


def span_of(due: ImpreciseDate | None, as_of: date) -> Span:
    """The stretch in which the last day lies that a date can mean, the earliest where it lies in two.

    Weeks end on Sunday; months are those of the calendar.
    """
    if due is None:
        return Span.UNDATED
    sunday = as_of + timedelta(days=6 - as_of.weekday())
    ends = {
        Span.LATE: as_of - timedelta(days=1),
        Span.TODAY: as_of,
        Span.THIS_WEEK: sunday,
        Span.NEXT_WEEK: sunday + timedelta(days=7),
        Span.THIS_MONTH: as_of.replace(day=monthrange(as_of.year, as_of.month)[1]),
    }
    return next((span for span, end in ends.items() if due.last_on <= end), Span.LATER)


def ahead_of(due: ImpreciseDate | None, as_of: date) -> Ahead:
    """How far off the last day lies that a date can mean; without a date it is for later.

    A week ends on Sunday; soon is within 30 days.
    """
    span = span_of(due, as_of)
    if span == Span.LATE:
        return Ahead.LATE
    if span in (Span.TODAY, Span.THIS_WEEK):
        return Ahead.THIS_WEEK
    is_soon = due is not None and due.last_on <= soon_until(as_of)
    return Ahead.SOON if is_soon else Ahead.LATER


def soon_until(as_of: date) -> date:
    """The last day that is soon."""
    return as_of + timedelta(days=SOON_DAYS)


def ahead_sentence(counts: Counts, as_of: date) -> str:
    """2 of 9 open milestones are late, and 3 are due this week."""
    total, late, this_week = sum(counts.values()), counts[Ahead.LATE], counts[Ahead.THIS_WEEK]
    of = f"of {count_of(total, 'open milestone')}"
    said = f"{late} {of} {are(late)} late" if late else f"None {of} is late"
    if this_week:
        return f"{said}, and {this_week} {are(this_week)} due this week"
    until, soon = format_date(soon_until(as_of)), counts[Ahead.SOON]
    return f"{said}, and {soon or 'none'} {are(soon or 1)} due by {until}"


def is_this_month(day: ImpreciseDate | None, as_of: date) -> bool:
    """Whether an exact day lies in the calendar month of `as_of`."""
    return day is not None and day.is_exact and day.first_on.replace(day=1) == as_of.replace(day=1)


def time_left(due: ImpreciseDate, as_of: date) -> str:
    """Today, Tomorrow or In 6 days, counted to the last day that the date can mean."""
    days = (due.last_on - as_of).days
    if days == 0:
        return "Today"
    return "Tomorrow" if days == 1 else f"In {count_of(days, 'day')}"


def time_gone(days_overdue: int) -> str:
    """11 days late."""
    return f"{count_of(days_overdue, 'day')} late"


def days_from_plan(days: int) -> str:
    """18 days late, 7 days early, On time."""
    if days == 0:
        return "On time"
    return f"{count_of(abs(days), 'day')} {'late' if days > 0 else 'early'}"


def needs_answer(has_forecast: bool, last_told_on: date, as_of: date, after: timedelta) -> bool:
    """Whether its owner is asked about a milestone: never forecast, or not updated for as long as `after`."""
    return not has_forecast or last_told_on + after <= as_of


def needs_sentence(late: int, due: int, unanswered: int, until: date) -> str:
    """11 milestones need you: 3 are late, 6 are due by 8 December 2026 and 2 wait for your answer."""
    by = f"due by {format_date(until)}"
    total = late + due + unanswered
    if total == 0:
        return f"Nothing needs you: nothing is late, nothing is {by} and nothing waits for your answer."
    found = [
        (late, f"{are(late)} late"),
        (due, f"{are(due)} {by}"),
        (unanswered, f"{'waits' if unanswered == 1 else 'wait'} for your answer"),
    ]
    kinds = [(number, words) for number, words in found if number]
    if len(kinds) == 1:
        [(_, words)] = kinds
        return (
            f"1 milestone needs you. It {words}."
            if total == 1
            else f"{total} milestones need you. All {words}."
        )
    return f"{total} milestones need you: {listed([f'{number} {words}' for number, words in kinds])}."
