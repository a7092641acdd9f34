"""Reminders of the monthly return: amounts of a month that is over and that nobody entered (section 6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.urls import reverse

from accounts.enums import RoleName
from benefits.enums import Outcome
from benefits.models import ActualAmount, Line, PeriodClose, PlanAmount
from benefits.queries.to_enter import versions_in_effect
from benefits.rules.awaited import Month, late_on, months_words
from benefits.rules.entry import months_of_year
from core.clock import today
from core.rules.calendar import bank_holidays, financial_year, period
from core.rules.words import count_of
from programme.enums import ReminderStep
from programme.models import Council, Programme
from programme.queries.partners import PartnerOverTime, partners_over_time_of
from programme.queries.role_holders import Holders
from programme.queries.role_reminders import Happening, RoleReminders, Span, Told, by_role

# A return that was told waits in a mail for some weeks at most.
_WAITS = timedelta(days=62)
_A_MONTH = timedelta(days=31)
# One number for a programme and one of its councils: no table has a row of both.
_COUNCILS = 10**9
# A line and a council.
_Place = tuple[int, int]
_Return = tuple[int, int, Month]


@dataclass(frozen=True, slots=True)
class _Asked:
    """The programmes and months that are looked at, and what is known of their lines and partners."""

    programmes: Mapping[int, Programme]
    lines: Mapping[int, Line]
    months: Collection[Month]
    partners: Mapping[int, Mapping[int, PartnerOverTime]]


class MonthlyReturns(RoleReminders):
    """Tells finance officers when a month's return opens and when it is late, then the section 151 officer.

    It clears once every planned line has an amount, or the council has closed the month."""

    rule = "monthly_return"

    def path(self, object_id: int) -> str:
        """The page of what is to enter. One query."""
        programme = Programme.objects.only("key").get(pk=object_id // _COUNCILS)
        return reverse("benefits:to_enter", args=[programme.key])

    def happenings(self, span: Span | None, object_ids: Collection[int] | None) -> Iterator[Happening]:
        """Returns that are not complete, by programme, council and month. Nine queries, or none where no
        return falls into the span."""
        months = _late_in(span or (today() - _WAITS, today() + _WAITS))
        wanted = None if object_ids is None else {key // _COUNCILS for key in object_ids}
        if months and wanted != set():
            yield from _happenings(months, wanted, object_ids)


def _happenings(
    months: Collection[Month], wanted: Collection[int] | None, object_ids: Collection[int] | None
) -> Iterator[Happening]:
    asked = _asked(months, wanted)
    for (programme_pk, council_pk, month), count in sorted(_missing(asked).items()):
        programme, key = asked.programmes[programme_pk], programme_pk * _COUNCILS + council_pk
        if object_ids is not None and key not in object_ids:
            continue
        council = asked.partners[programme.partnership_id][council_pk].council
        yield Happening(
            key,
            late_on(month, bank_holidays()),
            f"{council}: {count_of(count, 'amount')} of {months_words([month])} to enter",
            programme,
            _told(programme, council),
        )


def _late_in(span: Span) -> list[Month]:
    """The months whose return is late on a day of the span."""
    found = []
    day = (span[0] - _A_MONTH - _A_MONTH).replace(day=1)
    while day <= span[1]:
        month = Month(financial_year(day), period(day))
        if span[0] <= late_on(month, bank_holidays()) <= span[1]:
            found.append(month)
        day = (day + _A_MONTH).replace(day=1)
    return found


def _asked(months: Collection[Month], wanted: Collection[int] | None) -> _Asked:
    rows = Programme.objects.live() if wanted is None else Programme.objects.live().filter(pk__in=wanted)
    programmes = {one.pk: one for one in rows}
    lines = {one.pk: one for one in Line.objects.filter(programme__in=programmes).counted()}
    partners = partners_over_time_of({one.partnership_id for one in programmes.values()})
    by_council = {key: {one.council.pk: one for one in own} for key, own in partners.items()}
    return _Asked(programmes, lines, months, by_council)


def _missing(asked: _Asked) -> Mapping[_Return, int]:
    """How many planned amounts are missing of each return, of partners that have not closed the month."""
    entered, closed = _entered(asked), _closed(asked)
    found: dict[_Return, int] = defaultdict(int)
    for (line, council), months in _planned(asked).items():
        programme = asked.programmes[asked.lines[line].programme_id]
        partner = asked.partners[programme.partnership_id].get(council)
        for month in months if partner else ():
            is_open = (council, month) not in closed and (line, council, month) not in entered
            if partner and is_open and _is_partner(partner, month):
                found[programme.pk, council, month] += 1
    return found


def _planned(asked: _Asked) -> Mapping[_Place, Collection[Month]]:
    """The months asked for in which the plan in effect holds something. Two queries."""
    versions = versions_in_effect(asked.programmes, today()).values()
    years = {month.fy for month in asked.months}
    rows = PlanAmount.objects.filter(
        plan_version__in=[one.pk for one in versions], line__in=asked.lines, fy__in=years
    )
    amounts: dict[tuple[int, int, int], dict[int | None, int]] = defaultdict(dict)
    for line, council, fy, number, pence in rows.values_list(
        "line", "council", "fy", "period", "amount_pence"
    ):
        amounts[line, council, fy][number] = pence
    found: dict[_Place, list[Month]] = defaultdict(list)
    for (line, council, fy), year in amounts.items():
        own = asked.lines[line]
        for number, pence in months_of_year(year, fy, starts_on=own.starts_on, ends_on=own.ends_on).items():
            if pence and (month := Month(fy, number)) in asked.months:
                found[line, council].append(month)
    return found


def _entered(asked: _Asked) -> set[tuple[int, int, Month]]:
    """What was entered and neither taken back nor returned. One query."""
    rows = ActualAmount.objects.filter(
        _any_of(asked.months), line__in=asked.lines, reverses__isnull=True, reversed_by__isnull=True
    ).exclude(verification__outcome=Outcome.RETURNED)
    named = rows.values_list("line", "council", "fy", "period")
    return {(line, council, Month(fy, number or 0)) for line, council, fy, number in named}


def _closed(asked: _Asked) -> set[tuple[int, Month]]:
    """The months that councils have closed. One query."""
    rows = PeriodClose.objects.filter(_any_of(asked.months)).values_list("council", "fy", "period")
    return {(council, Month(fy, number)) for council, fy, number in rows}


def _any_of(months: Collection[Month]) -> Q:
    found = Q()
    for month in months:
        found |= Q(fy=month.fy, period=month.period)
    return found


def _is_partner(partner: PartnerOverTime, month: Month) -> bool:
    joined, last = partner.joined_on, partner.last_on
    return (joined is None or month.ends_on >= joined) and (last is None or month.ends_on <= last)


def _told(programme: Programme, council: Council) -> Callable[[Holders], list[Told]]:
    """The council’s finance officers, or without any its lead officers; then its section 151 officer."""

    def told(holders: Holders) -> list[Told]:
        place = (council.pk, programme.partnership_id)
        officers = by_role(holders.of_council, RoleName.FINANCE_OFFICER, *place)
        if not officers[0]:
            officers = by_role(holders.of_council, RoleName.COUNCIL_LEAD, *place)
        return [
            officers,
            by_role(holders.of_council, RoleName.S151, *place, step=ReminderStep.ESCALATED),
        ]

    return told
