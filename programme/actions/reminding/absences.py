"""Record that one is away, and who is told in one's place."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import format_date
from programme.models import Absence
from programme.queries.people import possible_delegates
from programme.rules.absences import check_absence


@transaction.atomic
def record_absence(
    *, by: User, from_on: date, to_on: date, delegate: User, channel: Channel = Channel.PAGE
) -> Absence:
    """Be away on these days; the delegate is told of what they may read, marked as in one's place."""
    User.objects.select_for_update(no_key=True).get(pk=by.pk)
    if not possible_delegates(by).filter(pk=delegate.pk).exists():
        raise Refusal("Choose a colleague who works in one of your programmes", "delegate")
    others = Absence.objects.filter(user=by, ended_at__isnull=True).values_list("from_on", "to_on")
    check_absence(from_on, to_on, today(), others)
    made = Absence.objects.create(user=by, delegate=delegate, from_on=from_on, to_on=to_on)
    after = {"from_on": from_on.isoformat(), "to_on": to_on.isoformat(), "delegate": delegate.email}
    audit.record(made, by=by, action="record_absence", channel=channel, after=after)
    return made


@transaction.atomic
def end_absence(absence: Absence, *, by: User, channel: Channel = Channel.PAGE) -> None:
    """Be back earlier, or take it back: from the next run one's reminders come to oneself again."""
    locked = Absence.objects.select_for_update().get(pk=absence.pk, user=by)
    if locked.ended_at is not None:
        raise Refusal(f"This absence ended on {format_date(locked.ended_at.date())}")
    Absence.objects.filter(pk=locked.pk).update(ended_at=now())
    audit.record(locked, by=by, action="end_absence", channel=channel)
