"""Contracts as a source of reminders: two years, a year and half a year before the last day of each."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date

from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from programme.models import Programme
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role, senior_owner
from programme.querysets import QUIET
from services.enums import ServiceStatus
from services.models import ServiceCouncil

_SHARED_ALREADY = (ServiceStatus.SHARED, ServiceStatus.TRANSFERRED_OUT)


class ContractExpiries(RoleReminders):
    """Tells the council’s lead officer when its contract for a service that is not shared yet ends.

    The programme’s owner is told two years before, while there is still time (domain.md 4.8). It stops when
    the service is shared, or its contract has another last day.
    """

    rule = "contract_expiry"

    def path(self, object_id: int) -> str:
        """The page of the service, by the key of the council’s part in it."""
        return reverse("services:contract_detail", args=[object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Contracts with a last day, of services that are not shared. One query."""
        rows = ServiceCouncil.objects.filter(_asked(span, object_ids), contract_end_on__isnull=False)
        rows = rows.exclude(service__status__in=_SHARED_ALREADY).exclude(status__in=_SHARED_ALREADY)
        rows = rows.exclude(service__programme__state__in=QUIET)
        for row in rows.select_related("service__programme", "council"):
            if row.contract_end_on is not None:
                title = f"{row.service.name}: {row.council}’s contract ends"
                programme = row.service.programme
                yield Happening(row.pk, row.contract_end_on, title, programme, _told(programme, row))


def _asked(span: tuple[date, date] | None, object_ids: Collection[int] | None) -> Q:
    asked = Q() if object_ids is None else Q(pk__in=object_ids)
    return asked if span is None else asked & Q(contract_end_on__range=span)


def _told(programme: Programme, provision: ServiceCouncil) -> Callable[[Holders], list[Told]]:
    """The council’s lead officer, and the programme’s owner."""

    def told(holders: Holders) -> list[Told]:
        place = (provision.council_id, programme.partnership_id)
        return [
            by_role(holders.of_council, RoleName.COUNCIL_LEAD, *place),
            senior_owner(holders, programme),
        ]

    return told
