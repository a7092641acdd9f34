"""Tells those who work on a report, and those who read it first, that an edition is published."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import datetime, time, timedelta

from django.urls import reverse

from accounts.enums import RoleName
from core.clock import LONDON, london_date
from core.rules.calendar import format_date
from governance.models import Edition
from programme.enums import ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role, senior_owner


class EditionsPublished(RoleReminders):
    """The day after: the programme manager, the senior owner, lead officers and scrutiny members are told."""

    rule = "edition_published"

    def path(self, object_id: int) -> str:
        """The edition."""
        return reverse("governance:edition_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Editions with the day of their publication. One query."""
        rows = Edition.objects.select_related("programme", "council").order_by("pk")
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        if span is not None:
            first, last = (datetime.combine(day, time(), LONDON) for day in span)
            rows = rows.filter(published_at__gte=first, published_at__lt=last + timedelta(days=1))
        for row in rows:
            day = london_date(row.published_at)
            title = f"{row} is published"
            when = f"Published on {format_date(day)}, as recorded on {format_date(row.as_of_on)}"
            yield Happening(row.pk, day, title, row.programme, _told(row), when)


def _told(edition: Edition) -> Callable[[Holders], list[Told]]:
    programme = edition.programme
    partnership = programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_partnership, RoleName.PROGRAMME_MANAGER, partnership),
            senior_owner(holders, programme, ReminderStep.TOLD),
            by_role(holders.of_partners, RoleName.COUNCIL_LEAD, partnership),
            by_role(holders.of_partners, RoleName.SCRUTINY_MEMBER, partnership),
        ]

    return told
