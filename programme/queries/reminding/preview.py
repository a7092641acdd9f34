"""What would go out on a day to come, and why: the engine's own answer, and nothing is written."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q, QuerySet

from accounts.models import User
from core.clock import today
from core.rules.calendar import add_working_days, bank_holidays, is_working_day, next_working_day
from core.rules.words import listed
from programme.models import Programme, Reminder, ReminderRun, ReminderWish
from programme.queries.reminding.days import RuleDays
from programme.queries.reminding.due import Run, due_in, run_on
from programme.reminder_sources import source_of, sources
from programme.rules.reminder_settings import days_words
from programme.rules.reminders import Due

# No chain of quiet days and holidays is longer than this.
_HELD_AT_MOST = timedelta(days=14)
_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One thing that one person would be told on a day, and why.

    `mail_on` is the day of the mail it goes into; None where it comes into the inbox alone.
    """

    recipient_id: int
    recipient: str
    rule: str
    title: str
    programme: str
    due_on: date
    told: str
    because: str
    in_place_of: str
    path: str
    mail_on: date | None


def next_run_day() -> date:
    """The day of the next run: today until it has run, else the next working day. One query.

    A run that was missed at 7am is made up for within minutes, so that today's is still to come.
    """
    holidays, day = bank_holidays(), today()
    if is_working_day(day, holidays) and not ReminderRun.objects.filter(day_on=day).exists():
        return day
    return next_working_day(day, holidays)


def preview(day: date, *, own: User, managed: Collection[int] = ()) -> list[PreviewRow]:
    """What the run of a working day would tell `own`; with `managed` partnerships, what it would tell
    everybody about these.

    As things stand now: who achieves or moves something until then is told nothing of it, or later.
    """
    each = {_thing(one): one for one in reversed(list(_due(day)))}
    due = [one for one in each.values() if managed or one.item.recipient_id == own.pk]
    held = _held(day, own, managed)
    programmes = {one.item.programme_id for one in due}
    if managed:
        programmes = _programmes_in(managed, programmes)
    names = _names(one.item.recipient_id for one in due)
    days = RuleDays()
    rows = [_row(one, names, days) for one in due if one.item.programme_id in programmes]
    found = [*rows, *(_held_row(reminder) for reminder in held)]
    return sorted(found, key=lambda row: (row.recipient, row.recipient_id, row.due_on, row.title))


def _thing(due: Due) -> tuple[str, int, date, int, int]:
    """What a mail says once, however often it is told: the nearest day stands for all."""
    item = due.item
    return item.rule, item.object_id, item.due_on, item.recipient_id, item.person_id


def _due(day: date) -> Iterator[Due]:
    """What the run of the day finds, and what quiet days before it hold back until then."""
    *before, of_day = due_in(_runs(day), sources())
    yield from of_day.due
    for earlier in reversed(before):
        yield from (one for one in earlier.due if one.mail_on == day)


def _runs(day: date) -> list[Run]:
    """The run of the day; where anybody has quiet days, after those that are still to come before it."""
    holidays, first = bank_holidays(), next_run_day()
    if day <= first:
        return [run_on(day)]
    runs = [_run_after(day)]
    if ReminderWish.objects.exclude(quiet_days=[]).exists():
        while (before := add_working_days(runs[0].day, -1, holidays)) >= max(first, day - _HELD_AT_MOST):
            runs.insert(0, run_on(before) if before == first else _run_after(before))
    return runs


def _run_after(day: date) -> Run:
    """The run of a day after that of the working day before it."""
    return Run(day, add_working_days(day, -1, bank_holidays()) + _ONE_DAY)


def _held(day: date, own: User, managed: Collection[int]) -> QuerySet[Reminder]:
    """Reminders made already that wait for the mail of the day. One query."""
    whose = Q(programme__partnership__in=managed) if managed else Q(recipient=own)
    rows = Reminder.objects.filter(whose, digest__isnull=True, mail_on=day)
    return rows.select_related("recipient", "programme", "in_place_of")


def _programmes_in(partnerships: Collection[int], among: Collection[int]) -> set[int]:
    rows = Programme.objects.filter(partnership__in=partnerships, pk__in=among)
    return set(rows.values_list("pk", flat=True))


def _names(people: Iterator[int]) -> dict[int, str]:
    return dict(User.objects.filter(pk__in=set(people)).values_list("pk", "name"))


def _row(due: Due, names: dict[int, str], days: RuleDays) -> PreviewRow:
    item, source = due.item, source_of(due.item.rule)
    if source is None:
        raise ValueError(f"There is no source of the rule {due.item.rule}")
    rule = source.spec
    because = [
        part.because
        for part in item.parts
        if due.offset_days in days.of(item.programme_id, rule, [part.step])
    ]
    return PreviewRow(
        recipient_id=item.recipient_id,
        recipient=names[item.recipient_id],
        rule=rule.name,
        title=item.title,
        programme=item.programme,
        due_on=item.due_on,
        told=days_words([due.offset_days], rule.unit),
        because=listed(list(dict.fromkeys(because))),
        in_place_of=item.in_place_of.name if item.in_place_of else "",
        path=item.path,
        mail_on=due.mail_on,
    )


def _held_row(reminder: Reminder) -> PreviewRow:
    source = source_of(reminder.rule)
    return PreviewRow(
        recipient_id=reminder.recipient_id,
        recipient=str(reminder.recipient),
        rule=source.spec.name if source else reminder.rule,
        title=reminder.title,
        programme=str(reminder.programme),
        due_on=reminder.due_on,
        told=days_words([reminder.offset_days], source.spec.unit if source else ""),
        because="Held back by a quiet day",
        in_place_of=str(reminder.in_place_of or ""),
        path=source.path(reminder.object_id) if source else "",
        mail_on=reminder.mail_on,
    )
