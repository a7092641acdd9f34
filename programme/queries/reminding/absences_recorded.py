"""Absences that somebody else recorded, and that the person is told of them."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse

from accounts.models import RoleHeld, User
from core.clock import LONDON, london_date, today
from core.rules.calendar import format_date, format_date_range
from programme.enums import MemberStatus, ReminderStep
from programme.models import Absence, Programme
from programme.queries.people import people_to_record
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, programmes_of


def absences_of_colleagues(user: User) -> QuerySet[Absence]:
    """Absences, not over, of those whose absences `user` may record, the first one first. Three queries."""
    rows = Absence.objects.filter(user__in=people_to_record(user), ended_at__isnull=True)
    return (
        rows.filter(to_on__gte=today())
        .select_related("user", "delegate", "recorded_by")
        .order_by("from_on", "pk")
    )


class AbsencesRecorded(RoleReminders):
    """Tells a person, also while away, that somebody else recorded it; nobody in their place."""

    rule = "absence_recorded"
    is_for_holders_alone = True

    def path(self, object_id: int) -> str:
        """Where the person sees it, and ends it."""
        return reverse("programme:reminder_wish_update")

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Absences that others recorded and that were not taken back. Three queries."""
        rows = Absence.objects.filter(recorded_by__isnull=False, ended_at__isnull=True)
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        if span is not None:
            first, last = (datetime.combine(day, time(), LONDON) for day in span)
            rows = rows.filter(created_at__gte=first, created_at__lt=last + timedelta(days=1))
        found = list(rows.select_related("delegate", "recorded_by").order_by("pk"))
        programmes = _programmes({row.user_id for row in found}) if found else {}
        for row in found:
            programme = programmes.get(row.user_id)
            if programme is None:
                continue
            title = f"You are recorded as away: {format_date_range(row.from_on, row.to_on)}"
            day = london_date(row.created_at)
            when = f"By {row.recorded_by} on {format_date(day)}. Told in your place: {row.delegate}"
            yield Happening(row.pk, day, title, programme, _told(row.user_id, programme), when)


def _programmes(people: Collection[int]) -> dict[int, Programme]:
    """For each person a programme of theirs that is not paused or over. Two queries."""
    status = (MemberStatus.ACTIVE, MemberStatus.LEFT)
    held = RoleHeld.objects.current(today()).filter(user__in=people)
    held = held.filter(Q(partnership__isnull=False) | Q(council__memberships__status__in=status))
    rows = held.order_by("-pk")
    places = list(rows.values_list("user", "partnership", "council__memberships__partnership"))
    by_partnership = programmes_of(of or by_council for _, of, by_council in places)
    return {
        person: by_partnership[of or by_council]
        for person, of, by_council in places
        if (of or by_council) in by_partnership
    }


def _told(person: int, programme: Programme) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        readers = holders.readers_among([person], programme.partnership_id)
        return [(readers, ReminderStep.TOLD, "Recorded as away")]

    return told
