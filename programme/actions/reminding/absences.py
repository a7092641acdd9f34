"""Record that one is away, or a colleague, and who is told meanwhile."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import format_date
from programme.models import Absence
from programme.policies import NOT_TO_RECORD_ABSENCES
from programme.queries.people import people_to_record, possible_delegates
from programme.rules.absences import check_absence

NOT_A_DELEGATE = "Choose a colleague who works in one of your programmes"
NOT_THEIR_DELEGATE = "Choose somebody else who works in one of the programmes of {}"


def _check_may_record(by: User, person: User) -> None:
    if by.pk != person.pk and not people_to_record(by).filter(pk=person.pk).exists():
        raise PermissionDenied(NOT_TO_RECORD_ABSENCES)


@transaction.atomic
def record_absence(
    *,
    by: User,
    from_on: date,
    to_on: date,
    delegate: User,
    person: User | None = None,
    channel: Channel = Channel.PAGE,
) -> Absence:
    """Be away on these days; the delegate is told of what they may read, marked as in one's place.

    A programme manager or an administrator records it of another `person`, who is told.
    """
    away = person or by
    _check_may_record(by, away)
    User.objects.select_for_update(no_key=True).get(pk=away.pk)
    is_own = away.pk == by.pk
    if not possible_delegates(away).filter(pk=delegate.pk).exists():
        raise Refusal(NOT_A_DELEGATE if is_own else NOT_THEIR_DELEGATE.format(away), "delegate")
    others = Absence.objects.filter(user=away, ended_at__isnull=True).values_list("from_on", "to_on")
    check_absence(from_on, to_on, today(), others, whose="You are" if is_own else f"{away} is")
    recorded_by = None if is_own else by
    made = Absence.objects.create(
        user=away, delegate=delegate, from_on=from_on, to_on=to_on, recorded_by=recorded_by
    )
    after = {"from_on": from_on.isoformat(), "to_on": to_on.isoformat(), "delegate": delegate.email}
    after |= {} if is_own else {"person": away.email}
    audit.record(made, by=by, action="record_absence", channel=channel, after=after)
    return made


@transaction.atomic
def end_absence(absence: Absence, *, by: User, channel: Channel = Channel.PAGE) -> None:
    """Be back earlier, or take it back: from the next run one's reminders come to oneself again.

    Whoever may record a colleague's absence may end it.
    """
    _check_may_record(by, absence.user)
    locked = Absence.objects.select_for_update(of=("self",)).get(pk=absence.pk)
    if locked.ended_at is not None:
        raise Refusal(f"This absence ended on {format_date(locked.ended_at.date())}")
    Absence.objects.filter(pk=locked.pk).update(ended_at=now())
    audit.record(locked, by=by, action="end_absence", channel=channel)
