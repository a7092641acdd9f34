"""Redundancy consultations as a source of reminders: the last day to start one (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.urls import reverse

from accounts.enums import RoleName
from core.clock import today
from programme.enums import ReminderStep
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role
from programme.querysets import QUIET
from services.enums import ConsultationKind
from services.models import Consultation
from services.queries.consultations import record_of
from services.queries.establishments import establishments, redundancies
from services.rules.consultation_record import latest_start

DAY_WITHHELD = "On a day that is withheld"


class ConsultationWindows(RoleReminders):
    """Tells a council's HR lead, then its monitoring officer, when a consultation must start that has not.

    The day is 30 or 45 days before the first dismissal. It says nothing of how many people are affected
    (INV-38), and of a first dismissal that is withheld no mail says the day (INV-37).
    """

    rule = "consultation_window"

    def path(self, object_id: int) -> str:
        """The page on which the consultation is changed."""
        return reverse("services:consultation_update", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Redundancy consultations that are still to start, of programmes that go on. Two queries.

        The day counts whatever else the council proposes at the same place.
        """
        rows = Consultation.objects.filter(
            kind=ConsultationKind.REDUNDANCY, started_on__gt=today(), first_dismissal_on__isnull=False
        ).exclude(review__service__programme__state__in=QUIET)
        if object_ids is not None:
            rows = rows.filter(pk__in=object_ids)
        found = list(rows.select_related("council", "review__service__programme"))
        councils = {row.council_id for row in found}
        proposed = establishments(redundancies().filter(council__in=councils))
        for row in found:
            start_by = latest_start(record_of(row), proposed.beside(row))
            if start_by is not None:
                programme = row.review.service.programme
                title = f"{row}, {row.review.service}: last day to start"
                when = DAY_WITHHELD if row.is_withheld else ""
                yield Happening(row.pk, start_by, title, programme, _told(row), when)


def _told(row: Consultation) -> Callable[[Holders], list[Told]]:
    place = row.council_id, row.review.service.programme.partnership_id

    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_council, RoleName.HR_LEAD, *place),
            by_role(holders.of_council, RoleName.MONITORING_OFFICER, *place, step=ReminderStep.ESCALATED),
        ]

    return told
