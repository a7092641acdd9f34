"""Reminders of the annual true-up: pools whose shares are still those that were estimated (section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator
from datetime import date

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from accounts.enums import RoleName
from core.clock import today
from core.rules.calendar import financial_year, format_fy, fy_end, fy_start
from core.rules.words import count_of
from programme.enums import ReminderStep
from programme.models import Programme
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role
from services.enums import KeyBasis
from services.models import ApportionmentKey, TrueUp

# Shares that count nothing have nothing to compare at the end of a year.
COUNTS_NOTHING = (KeyBasis.EQUAL, KeyBasis.FIXED_PERCENT)


class TrueUpsDue(RoleReminders):
    """Tells finance officers to count before a year ends, and section 151 officers what nobody ran then.

    It clears once each pool that one key shares for the whole year has its true-up.
    """

    rule = "annual_true_up"

    def path(self, object_id: int) -> str:
        """The page of the year end. One query."""
        return reverse("services:year_end", args=[Programme.objects.only("key").get(pk=object_id).key])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """The days of each programme with pools that wait. A query a year that the span touches, one for the
        programmes."""
        first, last = span or (today().replace(month=1, day=1), today().replace(month=12, day=31))
        days = [one for year in range(first.year, last.year + 1) for one in _days(year)]
        waiting: dict[int, dict[int, int]] = {}
        for on, step in _shown(days, first, last):
            fy = financial_year(on) if step == ReminderStep.TOLD else financial_year(on) - 1
            if fy not in waiting:
                waiting[fy] = _waiting(fy, object_ids)
            named = Programme.objects.live().in_bulk(waiting[fy]) if waiting[fy] else {}
            for key, programme in sorted(named.items()):
                yield Happening(
                    key, on, _title(waiting[fy][key], fy, step), programme, _told(programme, step)
                )


def _days(year: int) -> list[tuple[date, ReminderStep]]:
    """1 February, 1 March and 15 April of a year, with who is told."""
    told = ReminderStep.TOLD
    return [(date(year, 2, 1), told), (date(year, 3, 1), told), (date(year, 4, 15), ReminderStep.ESCALATED)]


def _shown(
    days: Collection[tuple[date, ReminderStep]], first: date, last: date
) -> Iterator[tuple[date, ReminderStep]]:
    """Days from `first` to `last`; 1 March stands for the February before it, once it has come."""
    for on, step in days:
        is_stood_for = on.month == 2 and min(last, today()) >= on.replace(month=3)
        if first <= on <= last and not is_stood_for:
            yield on, step


def _waiting(fy: int, programmes: Collection[int] | None) -> dict[int, int]:
    """How many pools of each programme wait, of those that one key shares for the whole year. One query."""
    covers = Q(effective_to_on__isnull=True) | Q(effective_to_on__gte=fy_end(fy))
    done = TrueUp.objects.filter(key__pool=OuterRef("pool"), fy=fy)
    keys = ApportionmentKey.objects.filter(covers, ~Exists(done), effective_from_on__lte=fy_start(fy))
    keys = keys.exclude(basis__in=COUNTS_NOTHING)
    if programmes is not None:
        keys = keys.filter(pool__programme__in=programmes)
    found: dict[int, int] = defaultdict(int)
    for programme, _ in set(keys.order_by().values_list("pool__programme", "pool")):
        found[programme] += 1
    return dict(found)


def _title(pools: int, fy: int, step: ReminderStep) -> str:
    counted = count_of(pools, "pool")
    if step == ReminderStep.TOLD:
        return f"Count for the true-up of {format_fy(fy)}: {counted}"
    return f"True-up of {format_fy(fy)} not run: {counted}"


def _told(programme: Programme, step: ReminderStep) -> Callable[[Holders], list[Told]]:
    role = RoleName.FINANCE_OFFICER if step == ReminderStep.TOLD else RoleName.S151

    def told(holders: Holders) -> list[Told]:
        return [by_role(holders.of_partners, role, programme.partnership_id, step=step)]

    return told
