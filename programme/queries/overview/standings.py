"""How the milestones of many programmes stand: their rating, what is late, what comes next."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet

from core.clock import london_date
from core.rules.dates import ImpreciseDate
from core.rules.words import are, count_of
from programme.enums import MilestoneState
from programme.models import Milestone, Programme
from programme.queries.milestones import known_on
from programme.rules.milestone import MilestoneProgress, days_overdue, milestone_state, variance_days
from programme.rules.rag import Rating, RatingWord, rate_milestone, roll_up

_DATES = ("plan", "forecast", "actual")
_COLUMNS = [f"{name}_{part}" for name in _DATES for part in ("first_on", "last_on", "precision", "text")]


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
    """How the milestones of each programme stand. One query, whatever their number."""
    days = {programme.pk: known_on(programme, as_of) for programme in programmes}
    found: dict[int, list[Seen]] = {programme.pk: [] for programme in programmes}
    for programme, seen in read_seen(Milestone.objects.filter(programme__in=found), days):
        found[programme].append(seen)
    return {pk: _standing(rows, days[pk]) for pk, rows in found.items()}


def read_seen(milestones: QuerySet[Milestone], days: Mapping[int, date]) -> Iterator[tuple[int, Seen]]:
    """Each milestone with the key of its programme, on the day that the programme is seen from. One query.

    Reads columns, not rows: a page of many programmes has thousands of them.
    """
    read = milestones.order_by("order_index", "pk").values_list(
        "programme", "pk", "ref", "title", "stated_state", "forecast_updated_at", *_COLUMNS
    )
    for programme, pk, ref, title, stated, made_at, *columns in read:
        yield programme, _seen((pk, ref, title), stated, made_at, columns, days[programme])


def _seen(
    named: tuple[int, str, str], stated: str, made_at: datetime | None, columns: Sequence[object], as_of: date
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


def _standing(rows: Sequence[Seen], as_of: date) -> Standing:
    awaited = [row for row in rows if row.progress == MilestoneProgress.UPCOMING and row.due]
    soonest = min(awaited, key=lambda row: row.due.last_on if row.due else date.max, default=None)
    return Standing(
        seen_on=as_of,
        rating=milestones_rating(rows),
        late=sum(row.progress == MilestoneProgress.OVERDUE for row in rows),
        next=Next(soonest.pk, soonest.ref, soonest.title, soonest.due) if soonest and soonest.due else None,
        total=sum(row.progress != MilestoneProgress.CANCELLED for row in rows),
        achieved=sum(row.progress == MilestoneProgress.DONE for row in rows),
    )


def milestones_rating(rows: Sequence[Seen]) -> Rating:
    """The worst rating of the milestones with its reason, the latest of them named, and how many share it."""
    latest = sorted(rows, key=lambda row: -row.days)
    worst = roll_up({row.label: row.rating for row in latest})
    others = sum(row.rating.word == worst.word for row in rows) - 1
    if worst.word not in (RatingWord.RED, RatingWord.AMBER) or others < 1:
        return worst
    return Rating(worst.word, f"{worst.reason}; {count_of(others, 'other')} {are(others)} {worst.word} too")
