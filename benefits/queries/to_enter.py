"""What is still to enter, and by whom: amounts late, missing, returned or not verified, and old forecasts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Max, Q, QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.enums import Awaited, Outcome
from benefits.models import ActualAmount, ForecastAmount, Line, PlanAmount
from benefits.policies import SIGNING_ROLES, enters_for, signs_for
from benefits.queries.standing import LineCouncil
from benefits.rules.awaited import Month, forecast_due_on, late_on, months_words, opens_on
from benefits.rules.entry import months_of_year
from core.clock import london_date
from core.rules.calendar import bank_holidays, working_days_between
from programme.models import Council, PlanVersion, Programme
from programme.queries.partners import partners_over_time_of

_ENTERING = (RoleName.FINANCE_OFFICER, RoleName.COUNCIL_LEAD)


@dataclass(frozen=True, slots=True)
class ToEnter:
    """Months of one line and council that wait for the same thing; `owners` are who has to do it.

    `pence` is what is planned for them, or what was entered where it waits for an answer. `age_days` are
    working days since the oldest was late, returned or entered, or since its forecast was too old.
    """

    programme: Programme
    council: Council
    line: Line
    awaited: Awaited
    months: tuple[Month, ...]
    pence: int
    age_days: int
    owners: tuple[User, ...]

    @property
    def months_text(self) -> str:
        """April to July 2026."""
        return months_words(self.months)

    @property
    def owner_text(self) -> str:
        """Who has to do it, in words."""
        names = ", ".join(str(one) for one in self.owners)
        return names or "Nobody: no officer holds the role"

    @property
    def is_of_forecast(self) -> bool:
        """Whether a forecast is asked for."""
        return self.awaited == Awaited.STALE_FORECAST

    @property
    def is_entered(self) -> bool:
        """Whether an amount waits for its officer’s answer."""
        return self.awaited == Awaited.UNVERIFIED

    def is_for(self, user: User) -> bool:
        """Whether this person has to do it."""
        return user in self.owners


@dataclass(frozen=True, slots=True)
class _Facts:
    """What the list is made of, by line and council."""

    planned: Mapping[LineCouncil, Mapping[Month, int]]
    to_come: Mapping[LineCouncil, Mapping[Month, int]]
    forecast_on: Mapping[LineCouncil, date]
    planned_on: Mapping[int, date]
    rows: Mapping[LineCouncil, Sequence[ActualAmount]]
    days: Mapping[tuple[int, int], tuple[date | None, date | None]]
    holders: Mapping[tuple[str, int], Sequence[User]]
    holidays: Collection[date]
    as_of: date


def to_enter(
    programmes: Iterable[Programme], *, as_of: date, councils: Collection[Council] | None = None
) -> list[ToEnter]:
    """What waits in these programmes on a day, for all councils or some; the most urgent first.

    Expected is what the plan in effect holds of a month, of lines that count in totals. Seven queries.
    """
    known = {one.pk: one for one in programmes}
    lines = {
        line.pk: line
        for line in Line.objects.filter(programme__in=known).counted().select_related("benefit__owner")
    }
    partnerships = {one.partnership_id for one in known.values()}
    partners = partners_over_time_of(partnerships)
    versions = versions_in_effect(known, as_of)
    over, to_come = _planned([one.pk for one in versions.values()], lines, as_of)
    facts = _Facts(
        over,
        to_come,
        _forecasts(lines, as_of),
        {key: one.effective_on for key, one in versions.items()},
        _actuals(lines),
        {
            (partnership, one.council.pk): (one.joined_on, one.last_on)
            for partnership, own in partners.items()
            for one in own
        },
        _holders({one.council.pk for own in partners.values() for one in own}, as_of),
        bank_holidays(),
        as_of,
    )
    by_pk = {one.council.pk: one.council for own in partners.values() for one in own}
    shown = {one.pk for one in councils} if councils is not None else set(by_pk)
    found = [
        row
        for place in sorted(facts.planned.keys() | facts.to_come.keys() | facts.rows.keys())
        if place[1] in shown and place[1] in by_pk
        for row in _of_place(facts, known[lines[place[0]].programme_id], lines[place[0]], by_pk[place[1]])
    ]
    order = list(Awaited)
    return sorted(found, key=lambda row: (order.index(row.awaited), -row.age_days))


def my_to_enter(user: User, *, as_of: date) -> list[ToEnter]:
    """What waits for this person, in every programme. Nine queries at most."""
    programmes = list(Programme.objects.visible_to(user).select_related("partnership"))
    partners = partners_over_time_of({one.partnership_id for one in programmes})
    found = {one.council.pk: one.council for own in partners.values() for one in own}
    own = {one.pk for one in enters_for(user, found.values())} | signs_for(user)
    if not own:
        return []
    councils = [one for one in found.values() if one.pk in own]
    return [row for row in to_enter(programmes, as_of=as_of, councils=councils) if row.is_for(user)]


def _of_place(facts: _Facts, programme: Programme, line: Line, council: Council) -> Iterator[ToEnter]:
    place = line.pk, council.pk
    rows = facts.rows.get(place, ())
    planned = facts.planned.get(place, {})
    for awaited, months in _months(facts, programme, council, planned, rows).items():
        if not months:
            continue
        waiting = [row for row in rows if Month(row.fy, row.period or 0) in months and _waits(row, awaited)]
        yield ToEnter(
            programme,
            council,
            line,
            awaited,
            tuple(sorted(months)),
            sum(row.amount_pence for row in waiting)
            if awaited in (Awaited.UNVERIFIED, Awaited.RETURNED)
            else sum(planned[month] for month in months),
            _age(facts, awaited, months, waiting),
            _owners(facts, awaited, council, waiting),
        )
    yield from _stale_forecast(facts, programme, line, council)


def _stale_forecast(facts: _Facts, programme: Programme, line: Line, council: Council) -> Iterator[ToEnter]:
    """A line with planned months to come of which nobody made a forecast for too long."""
    place = line.pk, council.pk
    months = _as_partner(facts, programme, council, facts.to_come.get(place, {}))
    if not months:
        return
    due_on = forecast_due_on(facts.forecast_on.get(place, facts.planned_on[programme.pk]))
    if due_on > facts.as_of:
        return
    yield ToEnter(
        programme,
        council,
        line,
        Awaited.STALE_FORECAST,
        tuple(sorted(months)),
        sum(facts.to_come[place][month] for month in months),
        max(0, working_days_between(due_on, facts.as_of, facts.holidays)),
        _forecasters(facts, line, council),
    )


def _forecasters(facts: _Facts, line: Line, council: Council) -> tuple[User, ...]:
    """Who makes the forecast: the owner of the benefit, or else the officers who enter amounts."""
    owner = line.benefit.owner if line.benefit else None
    if owner is not None and owner.is_active:
        return (owner,)
    return _owners(facts, Awaited.MISSING, council, ())


def _as_partner(facts: _Facts, programme: Programme, council: Council, months: Iterable[Month]) -> set[Month]:
    """Those of the months in which the council is a partner."""
    joined, left = facts.days.get((programme.partnership_id, council.pk), (None, None))
    return {
        month
        for month in months
        if (joined is None or month.ends_on >= joined) and (left is None or month.ends_on <= left)
    }


def _months(
    facts: _Facts,
    programme: Programme,
    council: Council,
    planned: Mapping[Month, int],
    rows: Sequence[ActualAmount],
) -> dict[Awaited, set[Month]]:
    """The months of one line and council, by what they wait for."""
    standing = {_month(row) for row in rows if not _is_returned(row)}
    returned = {_month(row) for row in rows if _is_returned(row)} - standing
    missing = _as_partner(facts, programme, council, planned.keys() - standing - returned)
    opened = {month for month in missing if opens_on(month, facts.holidays) <= facts.as_of}
    late = {month for month in opened if late_on(month, facts.holidays) <= facts.as_of}
    unverified = {_month(row) for row in rows if _waits(row, Awaited.UNVERIFIED)}
    return {
        Awaited.RETURNED: returned,
        Awaited.LATE: late,
        Awaited.MISSING: opened - late,
        Awaited.UNVERIFIED: unverified,
    }


def _month(row: ActualAmount) -> Month:
    return Month(row.fy, row.period or 0)


def _is_returned(row: ActualAmount) -> bool:
    answer = getattr(row, "verification", None)
    return answer is not None and answer.outcome == Outcome.RETURNED


def _waits(row: ActualAmount, awaited: Awaited) -> bool:
    if awaited == Awaited.UNVERIFIED:
        return getattr(row, "verification", None) is None
    return awaited == Awaited.RETURNED and _is_returned(row)


def _age(facts: _Facts, awaited: Awaited, months: Iterable[Month], waiting: Sequence[ActualAmount]) -> int:
    if awaited == Awaited.UNVERIFIED:
        since = min(london_date(row.entered_at) for row in waiting)
    elif awaited == Awaited.RETURNED:
        since = min(london_date(row.verification.verified_at) for row in waiting)
    else:
        since = late_on(min(months), facts.holidays)
    return max(0, working_days_between(since, facts.as_of, facts.holidays)) if since <= facts.as_of else 0


def _owners(
    facts: _Facts, awaited: Awaited, council: Council, waiting: Sequence[ActualAmount]
) -> tuple[User, ...]:
    if awaited == Awaited.UNVERIFIED:
        found = (facts.holders.get((role, council.pk), ()) for role in SIGNING_ROLES)
        return tuple(dict.fromkeys(user for users in found for user in users))
    if awaited == Awaited.RETURNED:
        return tuple(dict.fromkeys(row.entered_by for row in waiting))
    holders = (facts.holders.get((role, council.pk)) for role in _ENTERING)
    return tuple(next((found for found in holders if found), ()))


def versions_in_effect(programmes: Mapping[int, Programme], as_of: date) -> dict[int, PlanVersion]:
    """The plans in effect, by key of their programme. One query."""
    effective = PlanVersion.objects.effective(as_of).filter(programme__in=programmes, approved_on__lte=as_of)
    return {version.programme_id: version for version in effective}


def _planned(
    versions: Collection[int], lines: Mapping[int, Line], as_of: date
) -> tuple[dict[LineCouncil, dict[Month, int]], dict[LineCouncil, dict[Month, int]]]:
    """What these plans hold of months that are over, and of those that are not, without £0. One query."""
    years: dict[tuple[int, int, int], dict[int | None, int]] = defaultdict(dict)
    amounts = PlanAmount.objects.filter(plan_version__in=versions, line__in=lines)
    for line, council, fy, period, pence in amounts.values_list(
        "line", "council", "fy", "period", "amount_pence"
    ):
        years[line, council, fy][period] = pence
    over: dict[LineCouncil, dict[Month, int]] = defaultdict(dict)
    to_come: dict[LineCouncil, dict[Month, int]] = defaultdict(dict)
    for (line, council, fy), year in years.items():
        starts_on, ends_on = lines[line].starts_on, lines[line].ends_on
        for period, pence in months_of_year(year, fy, starts_on=starts_on, ends_on=ends_on).items():
            month = Month(fy, period)
            if pence:
                (over if month.ends_on < as_of else to_come)[line, council][month] = pence
    return over, to_come


def _forecasts(lines: Mapping[int, Line], as_of: date) -> dict[LineCouncil, date]:
    """The day of the latest forecast of each line and council. One query."""
    rows = ForecastAmount.objects.filter(line__in=lines, snapshot__as_at_on__lte=as_of).order_by()
    latest = rows.values_list("line", "council").annotate(Max("snapshot__as_at_on"))
    return {(line, council): day for line, council, day in latest}


def _actuals(lines: Mapping[int, Line]) -> dict[LineCouncil, list[ActualAmount]]:
    """Amounts that were not taken back, returned ones among them."""
    rows: QuerySet[ActualAmount] = ActualAmount.objects.filter(
        line__in=lines, reverses__isnull=True, reversed_by__isnull=True
    ).select_related("verification", "entered_by")
    found: dict[LineCouncil, list[ActualAmount]] = defaultdict(list)
    for row in rows.order_by("pk"):
        found[row.line_id, row.council_id].append(row)
    return found


def _holders(councils: Collection[int], as_of: date) -> dict[tuple[str, int], list[User]]:
    counts = Q(pk__in=RoleHeld.objects.signing(as_of).values("pk")) | Q(role__in=_ENTERING)
    roles = RoleHeld.objects.current(as_of).filter(
        counts, role__in=(*_ENTERING, *SIGNING_ROLES), council__in=councils, user__is_active=True
    )
    found: dict[tuple[str, int], list[User]] = defaultdict(list)
    for held in roles.select_related("user").order_by("user__name"):
        if held.council_id is not None and held.user not in found[held.role, held.council_id]:
            found[held.role, held.council_id].append(held.user)
    return found
