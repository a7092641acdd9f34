"""Reminders of claims that nobody has verified for ten working days (section 6)."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Min, Q
from django.db.models.functions import TruncDate
from django.urls import reverse

from accounts.enums import RoleName
from benefits.enums import EntryKind
from benefits.models import ActualAmount
from core.clock import LONDON, end_of
from core.rules.calendar import add_working_days, bank_holidays, format_date
from core.rules.words import count_of
from programme.models import Council, Programme
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role, senior_owner
from programme.querysets import QUIET

WORKING_DAYS = 10
_DAY = TruncDate("entered_at", tzinfo=LONDON)
_BY = ("line__programme", "council", "entered_on")
# A programme, a council and the day on which it claimed.
_Group = tuple[int, int, date]


@dataclass(frozen=True, slots=True)
class _Batch:
    """What one council claimed on one day: the key of the first claim stands for all of them."""

    first: int
    group: _Group
    waiting: int


class ActualsUnverified(RoleReminders):
    """Tells the council's section 151 officer of claims that wait, then the programme's owner.

    What a council claimed on one day is told as one. Only who may verify is told, nobody in their place.
    """

    rule = "actual_unverified"
    is_for_holders_alone = True
    object_type = ActualAmount._meta.label_lower

    def path(self, object_id: int) -> str:
        """The page of the first claim of the day."""
        return reverse("benefits:entry_detail", args=[EntryKind.ACTUAL, object_id])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Days of claims of which some wait. Four queries."""
        batches = list(_batches(_claimed_in(span), object_ids))
        programmes = Programme.objects.in_bulk({one.group[0] for one in batches})
        councils = Council.objects.in_bulk({one.group[1] for one in batches})
        for one in batches:
            programme, council, on = programmes[one.group[0]], councils[one.group[1]], one.group[2]
            yield Happening(
                one.first,
                add_working_days(on, WORKING_DAYS, bank_holidays()),
                f"{count_of(one.waiting, 'claim')} of {council} to verify, entered on {format_date(on)}",
                programme,
                _told(programme, council.pk),
                f"Waiting since {format_date(on)}",
                reverse("benefits:claim_list", args=[programme.key]),
            )


def _claimed_in(span: Span | None) -> Q:
    """Claims whose ten working days can end in the span."""
    if span is None:
        return Q()
    first_on = add_working_days(span[0], -WORKING_DAYS - 1, bank_holidays())
    return Q(entered_at__gte=end_of(first_on), entered_at__lt=end_of(span[1]))


def _batches(claimed: Q, object_ids: Collection[int] | None) -> Iterator[_Batch]:
    rows = ActualAmount.objects.annotate(entered_on=_DAY).exclude(line__programme__state__in=QUIET)
    rows = rows.filter(claimed).order_by()
    wanted = None if object_ids is None else set(rows.filter(pk__in=object_ids).values_list(*_BY))
    if wanted is not None:
        rows = rows.filter(
            line__programme__in={group[0] for group in wanted}, council__in={group[1] for group in wanted}
        )
    waiting = rows.waiting().values_list(*_BY).annotate(count=Count("pk"))
    counts = {row[:3]: row[3] for row in waiting if wanted is None or row[:3] in wanted}
    if not counts:
        return
    of_them = rows.filter(reverses__isnull=True, line__programme__in={group[0] for group in counts})
    for *group, first in of_them.values_list(*_BY).annotate(first=Min("pk")):
        if (count := counts.get((group[0], group[1], group[2]))) and (
            object_ids is None or first in object_ids
        ):
            yield _Batch(first, (group[0], group[1], group[2]), count)


def _told(programme: Programme, council: int) -> Callable[[Holders], list[Told]]:
    def told(holders: Holders) -> list[Told]:
        return [
            by_role(holders.of_council, RoleName.S151, council, programme.partnership_id),
            senior_owner(holders, programme),
        ]

    return told
