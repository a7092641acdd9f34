"""Reminders that what is exempt is reviewed at least yearly (INV-39): titles alone, which are always open."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import Any

from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from benefits.models import EquityNote
from core.enums import PublicationClass
from governance.enums import ReportState
from governance.models import AgendaItem, Decision, DecisionNote, Paper, ReportAddition
from governance.queries.exempt import KINDS, Kind
from governance.queries.reminders.meetings import homes_of
from programme.models import Programme, Risk
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role
from programme.querysets import QUIET
from services.models import BusinessCaseLine, Consultation

# Kinds without a title of their own, which are called by what they are of.
_UNTITLED = (Consultation, EquityNote, ReportAddition)


class ExemptReviews(RoleReminders):
    """The yearly review of one kind of exempt rows: the monitoring officers are told on the day."""

    family = "exempt_review"
    is_for_holders_alone = True

    def __init__(self, kind: Kind) -> None:
        """The reminders of one kind; each has a rule of its own, because their keys are apart."""
        self.kind = kind
        self.rule = f"exempt_review_{kind.key}"

    def path(self, object_id: int) -> str:
        """The page on which it is reviewed."""
        return reverse("governance:exempt_detail", args=[self.kind.key, object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Rows withheld, with the day of their review. At most three queries."""
        wanted = Q(exempt_review_on__range=span) if span else Q(exempt_review_on__isnull=False)
        if object_ids is not None:
            wanted &= Q(pk__in=object_ids)
        rows = self.kind.model.objects.filter(wanted).exclude(publication_class=PublicationClass.OPEN)
        found = list(rows.select_related(*self.kind.related).order_by("pk"))
        homes = homes_of([item.meeting.body for row in found if (item := _item(row)) and not item.decision])
        for row in found:
            item = _item(row)
            home = homes.get(item.meeting.body_id) if item else None
            programme = home.programme if home else _programme(row)
            if programme is not None and programme.state not in QUIET:
                yield Happening(row.pk, row.exempt_review_on, self._title(row), programme, _told(programme))

    def _title(self, row: Any) -> str:
        """Its open title; a line of a case that may be a draft is named by its kind alone."""
        what = f"Review whether it stays withheld: {self.kind.noun.lower()}"
        if isinstance(row, BusinessCaseLine):
            return what
        return f"{what}, {row if isinstance(row, _UNTITLED) else row.title}"


def exempt_reviews() -> list[ExemptReviews]:
    """One source a kind."""
    return [ExemptReviews(kind) for kind in KINDS.values()]


def _item(row: Any) -> AgendaItem | None:
    if isinstance(row, Paper):
        return row.item
    return row if isinstance(row, AgendaItem) else None


def _programme(row: Any) -> Programme | None:
    """The programme that a row belongs to by itself."""
    if isinstance(row, Decision | Risk | EquityNote):
        return row.programme
    if isinstance(row, DecisionNote):
        return row.decision.programme
    if isinstance(row, BusinessCaseLine):
        return row.business_case.programme
    if isinstance(row, Consultation):
        return row.review.service.programme
    if isinstance(row, ReportAddition):
        stands = row.text and row.report.state != ReportState.WITHDRAWN
        return row.report.programme if stands else None
    item = _item(row)
    return item.decision.programme if item and item.decision else None


def _told(programme: Programme) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        return [by_role(holders.of_partners, RoleName.MONITORING_OFFICER, programme.partnership_id)]

    return told
