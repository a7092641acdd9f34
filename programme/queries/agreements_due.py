"""Agreements as a source of reminders: their review, and the last day to give notice."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from django.urls import reverse

from accounts.enums import RoleName
from programme.models import Agreement, Programme
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import (
    Happening,
    RoleReminders,
    Span,
    Told,
    by_role,
    programmes_of,
    senior_owner,
)
from programme.rules.agreements import notice_of


class _AgreementReminders(RoleReminders):
    """Tells the monitoring officers 180, 90 and 30 days before, and the programme's owner at the last."""

    words = ""
    object_type = Agreement._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the agreement."""
        return reverse("programme:agreement_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Agreements with such a day. Two queries."""
        rows = Agreement.objects.all() if object_ids is None else Agreement.objects.filter(pk__in=object_ids)
        dated = [(row, day) for row in rows if (day := self._day(row))]
        programmes = programmes_of(row.partnership_id for row, _ in dated)
        for row, day in dated:
            programme = programmes.get(row.partnership_id)
            if programme is not None:
                yield Happening(row.pk, day, f"{self.words}: {row.title}", programme, _told(programme))

    def _day(self, agreement: Agreement) -> date | None:
        raise NotImplementedError


class AgreementReviews(_AgreementReminders):
    """The day on which an agreement is to be reviewed."""

    rule = "agreement_review"
    words = "Review of the agreement"

    def _day(self, agreement: Agreement) -> date | None:
        return agreement.review_on


class AgreementNotices(_AgreementReminders):
    """The last day to give notice, so that it has run out when the agreement ends."""

    rule = "agreement_notice"
    words = "Last day to give notice"

    def _day(self, agreement: Agreement) -> date | None:
        months, ends_on = agreement.notice_months, agreement.ends_on
        return notice_of(months, ends_on, ends_on).give_by_on if ends_on else None


def _told(programme: Programme) -> Callable[[Holders], list[Told]]:
    """The monitoring officers first, the owner of the programme last."""

    def told(holders: Holders) -> list[Told]:
        partnership = programme.partnership_id
        return [
            by_role(holders.of_partners, RoleName.MONITORING_OFFICER, partnership),
            senior_owner(holders, programme),
        ]

    return told
