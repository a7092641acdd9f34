"""How the milestones of many programmes stand: their rating, what is late, what comes next."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import or_

from django.db.models import Count, F, Min, Q, QuerySet
from django.db.models.functions import Coalesce

from core.clock import london_date
from core.rules.dates import ImpreciseDate
from core.rules.words import are, count_of
from programme.enums import MilestoneState
from programme.models import Milestone, Programme
from programme.queries.milestones import known_on
from programme.rules.milestone import MilestoneProgress, days_overdue, milestone_state, variance_days
from programme.rules.rag import Rating, RatingWord, Thresholds, rate_milestone, roll_up

_DATES = ("plan", "forecast", "actual")
_COLUMNS = [f"{name}_{part}" for name in _DATES for part in ("first_on", "last_on", "precision", "text")]
_DUE_ON = Coalesce("forecast_last_on", "plan_last_on")
_WORSE = (RatingWord.RED, RatingWord.AMBER)
NOTHING = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class Next:
    """The milestone of a programme that comes next."""

    pk: int
    ref: str
    title: str
    due: ImpreciseDate


@dataclass(frozen=True, slots=True)
class Standing:
    """How a programme's milestones stand on the day it is seen from; the rating names the worst."""

    seen_on: date
    rating: Rating
    late: int = 0
    next: Next | None = None
    total: int = 0
    achieved: int = 0


@dataclass(frozen=True, slots=True)
class Seen:
    """One milestone: its rating, its days from plan, and whether it is late, done or still awaited."""

    pk: int
    ref: str
    title: str
    rating: Rating
    days: int
    due: ImpreciseDate | None
    expected: ImpreciseDate | None
    progress: MilestoneProgress

    @property
    def label(self) -> str:
        """Its title with its reference."""
        return f"{self.title} ({self.ref})"


def standings(programmes: Sequence[Programme], *, as_of: date) -> dict[int, Standing]:
    """How the milestones of each programme stand. Two queries, three where one has nothing Red or Amber.

    The database counts, and picks what may be Red or Amber and what comes next. That alone is read and
    judged, and of a programme where nothing is so, every milestone. That holds for any limits: what is on
    plan and not overdue is Green under all of them, and nothing else is.
    """
    days = {programme.pk: known_on(programme, as_of) for programme in programmes}
    limits = {programme.pk: programme.thresholds for programme in programmes}
    counts = _counts(days)
    read = Milestone.objects.alias(due_on=_DUE_ON).filter(_matters(days, counts))
    found = _seen_by_programme(read, days, limits)
    calm = [pk for pk in counts if not any(row.rating.word in _WORSE for row in found.get(pk, ()))]
    if calm:
        found |= _seen_by_programme(Milestone.objects.filter(programme__in=calm), days, limits)
    return {pk: _standing(found.get(pk, ()), counts.get(pk, _Count()), day) for pk, day in days.items()}


def standing_of(programme: Programme, *, as_of: date) -> Standing:
    """How the milestones of one programme stand. One query."""
    day = known_on(programme, as_of)
    limits = {programme.pk: programme.thresholds}
    rows = [seen for _, seen in read_seen(programme.milestones.all(), {programme.pk: day}, limits)]
    count = _Count(
        total=sum(row.progress != MilestoneProgress.CANCELLED for row in rows),
        achieved=sum(row.progress == MilestoneProgress.DONE for row in rows),
    )
    return _standing(rows, count, day)


def _seen_by_programme(
    milestones: QuerySet[Milestone], days: Mapping[int, date], limits: Mapping[int, Thresholds]
) -> dict[int, list[Seen]]:
    found: dict[int, list[Seen]] = {}
    for programme, seen in read_seen(milestones, days, limits):
        found.setdefault(programme, []).append(seen)
    return found


@dataclass(frozen=True, slots=True)
class _Count:
    """Of one programme: its milestones not cancelled, those achieved, and when the next one is due."""

    total: int = 0
    achieved: int = 0
    next_on: date | None = None


def _counts(days: Mapping[int, date]) -> dict[int, _Count]:
    """The counts of each programme that has milestones. One query."""
    rows = Milestone.objects.filter(programme__in=days).alias(due_on=_DUE_ON).order_by()
    counted = rows.values_list("programme").annotate(
        total=Count("pk", filter=~Q(stated_state=MilestoneState.CANCELLED)),
        achieved=Count("pk", filter=_on_its_day(days, _is_done)),
        next_on=Min("due_on", filter=_on_its_day(days, _is_awaited)),
    )
    return {pk: _Count(*values) for pk, *values in counted}


def _matters(days: Mapping[int, date], counts: Mapping[int, _Count]) -> Q:
    """What may be Red or Amber, as it is due after its plan or before its day, and what comes next."""
    soonest = {one.next_on for one in counts.values() if one.next_on is not None}
    moved_back = Q(forecast_last_on__gt=F("plan_last_on"))
    return _on_its_day(
        days,
        lambda day: (
            (_is_open(day) & (Q(due_on__lt=day) | moved_back)) | (_is_awaited(day) & Q(due_on__in=soonest))
        ),
    )


def _on_its_day(days: Mapping[int, date], condition: Callable[[date], Q]) -> Q:
    """The condition for the milestones of each programme on the day that it is seen from."""
    seen_on: dict[date, list[int]] = {}
    for pk, day in days.items():
        seen_on.setdefault(day, []).append(pk)
    return reduce(or_, (Q(programme__in=pks) & condition(day) for day, pks in seen_on.items()), NOTHING)


def _is_done(day: date) -> Q:
    """As `milestone_state` says it, for the database."""
    stated = Q(
        stated_state__in=(MilestoneState.DONE, MilestoneState.DONE_UNDATED), actual_last_on__isnull=True
    )
    return ~Q(stated_state=MilestoneState.CANCELLED) & (Q(actual_last_on__lte=day) | stated)


def _is_open(day: date) -> Q:
    """Neither done nor cancelled, and no date from outside."""
    apart = Q(stated_state__in=(MilestoneState.CANCELLED, MilestoneState.EXTERNAL_DATE))
    stated = Q(stated_state__in=(MilestoneState.DONE, MilestoneState.DONE_UNDATED))
    return ~apart & (Q(actual_last_on__gt=day) | (Q(actual_last_on__isnull=True) & ~stated))


def _is_awaited(day: date) -> Q:
    """Open, and due on the day or later."""
    return _is_open(day) & Q(due_on__gte=day)


def read_seen(
    milestones: QuerySet[Milestone], days: Mapping[int, date], limits: Mapping[int, Thresholds]
) -> Iterator[tuple[int, Seen]]:
    """Each milestone with the key of its programme, on the day and by the limits of that. One query.

    Reads columns, not rows: a page of many programmes has thousands of them.
    """
    read = milestones.order_by("order_index", "pk").values_list(
        "programme", "pk", "ref", "title", "stated_state", "forecast_updated_at", *_COLUMNS
    )
    for programme, pk, ref, title, stated, made_at, *columns in read:
        yield programme, _seen((pk, ref, title), stated, made_at, columns, days[programme], limits[programme])


def _seen(
    named: tuple[int, str, str],
    stated: str,
    made_at: datetime | None,
    columns: Sequence[object],
    as_of: date,
    thresholds: Thresholds,
) -> Seen:
    plan, forecast, actual = (_date(columns[start : start + 4]) for start in (0, 4, 8))
    progress = milestone_state(plan=plan, forecast=forecast, actual=actual, stated_state=stated, as_of=as_of)
    rating = rate_milestone(
        plan=plan,
        forecast=forecast,
        actual=actual,
        stated_state=stated,
        as_of=as_of,
        forecast_made_on=london_date(made_at) if made_at else None,
        thresholds=thresholds,
    )
    due = forecast or plan
    from_outside = stated == MilestoneState.EXTERNAL_DATE
    return Seen(
        *named,
        rating,
        _days(plan, actual, due, as_of),
        None if from_outside else due,
        actual or due,
        progress,
    )


def _days(
    plan: ImpreciseDate | None, actual: ImpreciseDate | None, due: ImpreciseDate | None, as_of: date
) -> int:
    """How late it is, for the order of the worst: by what happened, else by its forecast or by today."""
    expected = actual or due
    if expected is None:
        return 0
    days = variance_days(plan or expected, expected)
    return days if actual else max(days, days_overdue(plan or expected, as_of))


def _date(columns: Sequence[object]) -> ImpreciseDate | None:
    return None if columns[0] is None else ImpreciseDate(*columns)  # type: ignore[arg-type]


def _standing(rows: Sequence[Seen], count: _Count, as_of: date) -> Standing:
    awaited = [row for row in rows if row.progress == MilestoneProgress.UPCOMING and row.due]
    soonest = min(awaited, key=lambda row: row.due.last_on if row.due else date.max, default=None)
    return Standing(
        seen_on=as_of,
        rating=milestones_rating(rows),
        late=sum(row.progress == MilestoneProgress.OVERDUE for row in rows),
        next=Next(soonest.pk, soonest.ref, soonest.title, soonest.due) if soonest and soonest.due else None,
        total=count.total,
        achieved=count.achieved,
    )


def milestones_rating(rows: Sequence[Seen]) -> Rating:
    """The worst rating of the milestones with its reason, the latest of them named, and how many share it."""
    latest = sorted(rows, key=lambda row: -row.days)
    worst = roll_up({row.label: row.rating for row in latest})
    others = sum(row.rating.word == worst.word for row in rows) - 1
    if worst.word not in _WORSE or others < 1:
        return worst
    return Rating(worst.word, f"{worst.reason}; {count_of(others, 'other')} {are(others)} {worst.word} too")
