"""Tells subscribers of a bulletin that was sent, the programme manager of a draft that was made, and the
senior responsible owner of one that waits."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time, timedelta
from typing import ClassVar

from django.db.models import Q
from django.urls import reverse

from accounts.actions.system_user import SYSTEM_EMAIL
from accounts.enums import RoleName
from core.clock import LONDON, london_date
from core.rules.calendar import format_date
from governance.models import Bulletin, SentBulletin
from programme.enums import ReminderStep
from programme.queries.reminding.subscriptions import subscribers_of
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role, senior_owner
from programme.querysets import QUIET

SUBSCRIBED = "Subscribed to it"


class BulletinsSent(RoleReminders):
    """The working day after: who subscribed before it was sent, and may still read the programme."""

    rule = "bulletin_sent"
    is_for_holders_alone: ClassVar[bool] = True

    def path(self, object_id: int) -> str:
        """The bulletin."""
        return reverse("governance:sent_bulletin_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Bulletins sent from here with the day they were sent. Two queries."""
        of_here = SentBulletin.objects.filter(bulletin__told__isnull=True).defer("content")
        rows = of_here.filter(_within("sent_at", span, object_ids))
        found = list(rows.select_related("programme", "corrects").defer("corrects__content").order_by("pk"))
        people = subscribers_of({row.programme_id for row in found})
        for row in found:
            day = london_date(row.sent_at)
            asked = [user for user, at in people.get(row.programme_id, {}).items() if at <= row.sent_at]
            told = _to(asked, row.programme.partnership_id)
            title = f"{row}, which corrects bulletin {row.corrects.number}" if row.corrects else str(row)
            yield Happening(row.pk, day, title, row.programme, told, f"Sent on {format_date(day)}")


class BulletinDrafts(RoleReminders):
    """On the day on which Concordat made a draft, for as long as it is one."""

    rule = "bulletin_draft"

    def path(self, object_id: int) -> str:
        """The draft."""
        return reverse("governance:bulletin_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Drafts that nobody began, with the day on which they were made. One query."""
        drafts = Bulletin.objects.drafts().filter(created_by__email=SYSTEM_EMAIL)
        rows = drafts.filter(_within("created_at", span, object_ids))
        for row in rows.select_related("programme").order_by("pk"):
            day = london_date(row.created_at)
            when = f"Made on {format_date(day)}"
            yield Happening(row.pk, day, f"{row} is drafted", row.programme, _to_manager(row), when)


class BulletinsWaiting(RoleReminders):
    """Working days after a draft was begun, for as long as it is one: those who may send it.

    Where one of them changed it last it waits for the programme manager, who reads and saves it.
    """

    rule = "bulletin_waiting"

    def path(self, object_id: int) -> str:
        """The draft."""
        return reverse("governance:bulletin_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Drafts of programmes under way, with the day on which they were begun. One query."""
        rows = Bulletin.objects.drafts().filter(_within("created_at", span, object_ids))
        rows = rows.exclude(programme__state__in=QUIET)
        for row in rows.select_related("programme").order_by("pk"):
            day = london_date(row.created_at)
            title = f"{row} waits to be read and sent"
            yield Happening(
                row.pk, day, title, row.programme, _to_senders(row), f"Begun on {format_date(day)}"
            )


def _within(moment: str, span: Span | None, object_ids: Collection[int] | None) -> Q:
    """Condition: a row of these keys, or whose moment falls into the span."""
    chosen = Q() if object_ids is None else Q(pk__in=object_ids)
    if span is None:
        return chosen
    first, last = (datetime.combine(day, time(), LONDON) for day in span)
    return chosen & Q(**{f"{moment}__gte": first, f"{moment}__lt": last + timedelta(days=1)})


def _to(people: Collection[int], partnership: int) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        return [(holders.readers_among(people, partnership), ReminderStep.TOLD, SUBSCRIBED)]

    return told


def _to_manager(bulletin: Bulletin) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        return [_manager(holders, bulletin)]

    return told


def _to_senders(bulletin: Bulletin) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        owners, step, because = senior_owner(holders, bulletin.programme, ReminderStep.TOLD)
        senders = (owners - {bulletin.created_by_id, bulletin.updated_by_id}, step, because)
        waits_for_manager = bulletin.updated_by_id in owners - {bulletin.created_by_id}
        return [senders, _manager(holders, bulletin)] if waits_for_manager else [senders]

    return told


def _manager(holders: Holders, bulletin: Bulletin) -> Told:
    return by_role(holders.of_partnership, RoleName.PROGRAMME_MANAGER, bulletin.programme.partnership_id)
