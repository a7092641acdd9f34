"""Councils that are about to be replaced, as a source of reminders (section 6, INV-44)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator

from django.db.models import Min
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import today
from core.rules.calendar import format_date
from programme.enums import MemberStatus
from programme.models import Council, Membership, Programme
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


class CouncilsReplaced(RoleReminders):
    """Two years, a year and half a year before a council is replaced: section 151 officers, senior owner."""

    rule = "council_abolition"
    object_type = Council._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page that says who follows. One query."""
        council = Council.objects.only("key").get(pk=object_id)
        return reverse("programme:council_succession", args=[council.key])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Partner councils with a vesting day to come, by the latest programme under way. Two queries."""
        rows = Membership.objects.filter(status=MemberStatus.ACTIVE).select_related("council")
        rows = rows.annotate(vesting_on=Min("council__successors__from_on")).order_by("council", "pk")
        if object_ids is not None:
            rows = rows.filter(council__in=object_ids)
        found = [row for row in rows if row.council.abolished_on or row.vesting_on]
        programmes = programmes_of(row.partnership_id for row in found)
        said: set[int] = set()
        for row in found:
            programme, council = programmes.get(row.partnership_id), row.council
            vesting_on = council.abolished_on or row.vesting_on
            if programme is None or council.pk in said or vesting_on < today():
                continue
            said.add(council.pk)
            yield Happening(
                council.pk,
                vesting_on,
                f"{council} is replaced on {format_date(vesting_on)}: settle who follows in the programme",
                programme,
                _told(programme),
                "",
                reverse("programme:council_succession", args=[council.key]),
            )


def _told(programme: Programme) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_partners, RoleName.S151, programme.partnership_id),
            senior_owner(holders, programme),
        ]

    return told
