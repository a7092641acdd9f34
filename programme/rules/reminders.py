"""Which reminder is due when, and what it says (domain.md section 6).

Reminders go out on working days only, at 7am in London. A due day that is not a working day counts as the
working day before it, so that the last reminder comes while there is still time to act.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import NamedTuple

from core.clock import LONDON
from core.rules.calendar import (
    add_working_days,
    format_date,
    is_working_day,
    next_working_day,
    working_days_between,
)
from core.rules.words import count_of
from programme.enums import DayUnit, ReminderStep
from programme.rules.reminder_catalogue import RULES

OFFSETS = RULES["milestone_due"].days
RUN_AT = time(7)
FIRST_LOOK_BACK = 14
MOST_TRIES = 5
# What came into scope after its last day is told for so long; what is older stands on pages of what is late.
LATE_FOR = timedelta(days=90)
_ONE_DAY = timedelta(days=1)


class Part(NamedTuple):
    """Why a person is told: the step of the rule, and the role that puts them there."""

    step: ReminderStep
    because: str


@dataclass(frozen=True, slots=True)
class InPlaceOf:
    """Who is away, and until when, where somebody else is told in their place."""

    person_id: int
    name: str
    until: date


@dataclass(frozen=True, slots=True)
class DueItem:
    """One thing that one person is to be reminded of, as it stands now.

    `stated_when` holds the words of a date known only to a month, a season or a year, else nothing. `offsets`
    are those of the rule's that concern this person; empty: all. `when` stands in the mail for the words
    of a due day where the day is past by its nature, and `act` says what the link is for.
    """

    rule: str
    object_id: int
    recipient_id: int
    due_on: date
    title: str
    programme_id: int
    programme: str
    path: str
    stated_when: str = ""
    noun: str = "milestone"
    offsets: frozenset[int] = frozenset()
    when: str = ""
    act: str = "Update it"
    parts: tuple[Part, ...] = ()
    in_place_of: InPlaceOf | None = None

    @property
    def steps(self) -> frozenset[ReminderStep]:
        """The steps at which this person stands."""
        return frozenset(part.step for part in self.parts)

    @property
    def person_id(self) -> int:
        """Whose matter it is: the person it is for, whoever gets the mail."""
        return self.in_place_of.person_id if self.in_place_of else self.recipient_id

    def key(self, offset_days: int) -> str:
        """Unique key of the reminder `offset_days` before: rule, object, due date, person, offset.

        The person is the one it is for, so that an absence that begins or ends tells nothing again.
        """
        return f"{self.rule}:{self.object_id}:{self.due_on}:{self.person_id}:{offset_days}"


@dataclass(frozen=True, slots=True)
class Due:
    """What one person is to be told, how many days before it is due, and the day of the mail it goes into.

    Without such a day they find it in their inbox alone.
    """

    item: DueItem
    offset_days: int
    mail_on: date | None

    @property
    def key(self) -> str:
        """Key of the reminder."""
        return self.item.key(self.offset_days)


def last_working_day(due_on: date, holidays: Collection[date]) -> date:
    """The due day, or the working day before it where it is not one."""
    return due_on if is_working_day(due_on, holidays) else add_working_days(due_on, -1, holidays)


def reminder_day(
    due_on: date, offset_days: int, holidays: Collection[date], unit: str = DayUnit.WORKING
) -> date:
    """The working day on which the reminder `offset_days` before the due day goes out.

    A negative offset counts days after it. A reminder before falls back to a working day, so that there is
    still time to act; one after it goes on to the next.
    """
    is_working = unit == DayUnit.WORKING
    if offset_days < 0:
        if is_working:
            return add_working_days(due_on, -offset_days, holidays)
        return next_working_day(due_on - timedelta(days=offset_days + 1), holidays)
    if is_working:
        return add_working_days(last_working_day(due_on, holidays), -offset_days, holidays)
    return last_working_day(due_on - timedelta(days=offset_days), holidays)


def offset_due(
    due_on: date,
    since: date,
    until: date,
    offsets: Collection[int],
    holidays: Collection[date],
    unit: str = DayUnit.WORKING,
) -> int | None:
    """The offset to send on `until`, or None: of those whose day lies in `since` to `until`, the smallest.

    Where several were missed the last one stands for all, so that one thing is told once.
    """
    missed = (days for days in offsets if since <= reminder_day(due_on, days, holidays, unit) <= until)
    return min(missed, default=None)


def offset_late(
    due_on: date,
    since: date,
    until: date,
    offsets: Collection[int],
    holidays: Collection[date],
    unit: str = DayUnit.WORKING,
) -> int | None:
    """The last of the offsets, where its day was before `since`; None where it was not, or long ago.

    For what came into scope after its day: nobody was told of it, and no day on which they would be is left.
    """
    last = min(offsets)
    told_on = reminder_day(due_on, last, holidays, unit)
    is_old = due_on < until and told_on < until - LATE_FOR
    return None if told_on >= since or is_old else last


def stands_for_told(
    offset: int, told: Collection[int], current: Collection[int], standard: Collection[int]
) -> bool:
    """Whether the reminder at `offset` only takes the place of one that went out before the days changed.

    So that a changed day tells nothing again: `offset` was added by the programme, and the person was told
    earlier of the same thing and day at an offset that is no longer among the `current` ones. One that went
    out nearer to the next of the `standard` days than to `offset` is no such reminder: too long ago.
    """
    if offset in standard:
        return False
    nearest = min((days for days in current if days > offset), default=None)
    return any(
        days > offset
        and days not in current
        and (nearest is None or days < nearest)
        and _is_nearer(days, offset, max((one for one in standard if one < days), default=None))
        for days in told
    )


def _is_nearer(told: int, offset: int, following: int | None) -> bool:
    """Whether a told day is as near to the offset as to the one that the catalogue has next."""
    return following is None or told - offset <= told - following


def due_range(
    since: date,
    until: date,
    offsets: Collection[int],
    holidays: Collection[date],
    unit: str = DayUnit.WORKING,
) -> tuple[date, date]:
    """First and last due day to which a reminder of the days `since` to `until` can belong; both included."""
    ahead, behind = max(offsets), max(*(-days for days in offsets), 0)
    if unit == DayUnit.WORKING:
        furthest = next_working_day(add_working_days(until, ahead, holidays), holidays) - _ONE_DAY
        return add_working_days(since, -(behind + 1), holidays) if behind else since, furthest
    # What is told only after its day goes on to a working day, so that no later one is reached.
    reached = until if ahead < 0 else next_working_day(until, holidays) - _ONE_DAY
    furthest = reached + timedelta(days=ahead)
    if not behind:
        return since, furthest
    return add_working_days(since, -1, holidays) - timedelta(days=behind - 1), furthest


def catch_up_from(day: date, last_run_on: date | None, holidays: Collection[date]) -> date:
    """First day whose reminders a run on `day` sends: the one after the last run before it.

    The first run of all looks back as many working days as the earliest reminder looks ahead.
    """
    if last_run_on is None:
        return add_working_days(day, -FIRST_LOOK_BACK, holidays)
    return last_run_on + _ONE_DAY


def run_day(moment: datetime, holidays: Collection[date]) -> date | None:
    """The day whose reminders may go out at `moment`: from 7am in London on a working day, else None."""
    local = moment.astimezone(LONDON)
    is_open = is_working_day(local.date(), holidays) and local.time() >= RUN_AT
    return local.date() if is_open else None


def due_words(due_on: date, as_of: date, holidays: Collection[date]) -> str:
    """Due today; Due in 7 working days, on 3 December 2026; Was due on 13 November 2026."""
    if due_on < as_of:
        return f"Was due on {format_date(due_on)}"
    if due_on == as_of:
        return "Due today"
    left = working_days_between(as_of, last_working_day(due_on, holidays), holidays)
    if left <= 0:
        return f"Due on {format_date(due_on)}, before the next working day"
    return f"Due in {count_of(left, 'working day')}, on {format_date(due_on)}"


def digest_subject(items: Sequence[DueItem]) -> str:
    """3 milestones due, the first on 24 November 2026. No title, because subjects are read over shoulders."""
    if any(item.when for item in items):
        return f"{count_of(len(items), 'thing')} to look at in Concordat"
    nouns = {item.noun for item in items}
    counted = count_of(len(items), nouns.pop() if len(nouns) == 1 else "item")
    first = format_date(min(item.due_on for item in items))
    return f"{counted} due on {first}" if len(items) == 1 else f"{counted} due, the first on {first}"
