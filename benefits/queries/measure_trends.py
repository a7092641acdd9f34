"""How the measures of a programme move: from the starting value, beside what was planned, to the target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from benefits.enums import Basis
from benefits.models import Benefit
from benefits.queries.ledgers import Ledgers, PartnerCouncil
from benefits.queries.scope import NO_SERVICE, Choice
from benefits.rules.measure_trend import (
    NO_STARTING_VALUE,
    NOT_MEASURED,
    Compared,
    Time,
    compare_latest,
    trajectory_percent,
)
from benefits.rules.progress import measure_progress_percent
from benefits.rules.targets import direction_of, is_met, movement_words, target_words
from benefits.rules.trajectory import time_words
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import month_number
from programme.rules.rag import Rating, Thresholds, rate_measure

MEASURED_IN_POUNDS = NotApplicable("It is measured in pounds, which its plan holds")


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """One time: what was planned for it and what was measured; None where one of both is not there."""

    fy: int
    period: int | None
    planned: Decimal | None
    measured: Decimal | None
    is_met: bool | None

    @property
    def time(self) -> Time:
        """Its financial year and month."""
        return self.fy, self.period

    @property
    def words(self) -> str:
        """October 2026; 2026 to 2027."""
        return time_words(*self.time)


@dataclass(frozen=True, slots=True)
class MeasureTrend:
    """One measure over time, of the whole benefit or of the council chosen."""

    benefit: Benefit
    points: tuple[TrendPoint, ...]
    compared: Compared | NotAssessable | NotApplicable
    stated_value: Decimal | None
    is_in_pounds: bool
    thresholds: Thresholds

    @property
    def latest(self) -> TrendPoint | None:
        """The last time that was measured."""
        return next((point for point in reversed(self.points) if point.measured is not None), None)

    @property
    def name(self) -> str:
        """What is measured."""
        return self.benefit.measure_name or self.benefit.title

    @property
    def unit(self) -> str:
        """Days; percent; empty where none is stated."""
        return self.benefit.measure_unit

    @property
    def starting_value(self) -> Decimal | None:
        """The measure before the change."""
        return self.benefit.starting_value

    @property
    def target_value(self) -> Decimal | None:
        """What it is to reach."""
        return self.benefit.target_value

    @property
    def has_target(self) -> bool:
        """Whether the target is a number."""
        return self.target_value is not None

    @property
    def target_text(self) -> str:
        """The target in words where it is not a number."""
        return target_words(
            None,
            text=self.benefit.target_text,
            is_left_out=bool(self.benefit.no_target_reason),
            has_pounds=self.is_in_pounds,
        )

    @property
    def latest_value(self) -> Decimal | None:
        """The latest reading, or the value that the profile states without a time."""
        return self.latest.measured if self.latest else self.stated_value

    @property
    def movement(self) -> str | NotAssessable:
        """Which way it went since its start, and whether that is better, in words."""
        if self.starting_value is None or self.latest_value is None:
            return NOT_MEASURED if self.latest_value is None else NO_STARTING_VALUE
        wanted = direction_of(self.benefit.direction, self.starting_value, self.target_value)
        return movement_words(self.starting_value, self.latest_value, self.target_value, wanted)

    @property
    def progress_percent(self) -> Fraction | NotApplicable | NotAssessable:
        """How far it has come from its starting value to its target (F-19)."""
        return measure_progress_percent(self.starting_value, self.target_value, self.latest_value)

    @property
    def trajectory_percent(self) -> Fraction | NotApplicable | NotAssessable:
        """How much of the way planned by now it has come."""
        return trajectory_percent(self.starting_value, self.compared)

    @property
    def rating(self) -> Rating:
        """Green, Amber or Red against what was planned by now (F-26)."""
        return rate_measure(self.trajectory_percent, thresholds=self.thresholds)


@dataclass(frozen=True, slots=True)
class MeasureTrends:
    """Every measure of a programme, in the order of its benefits."""

    choice: Choice
    council: PartnerCouncil | None
    trends: tuple[MeasureTrend, ...]


def measure_trends(
    benefits: Iterable[Benefit], ledgers: Ledgers, choice: Choice, council: PartnerCouncil | None
) -> MeasureTrends:
    """The measures of the benefits of a programme, or of those of the service and council chosen. No query.

    Benefits come with their service and MEASURED. A benefit has one where a measure is named, or where
    anything was planned or measured of it.
    """
    chosen = [one for one in benefits if choice.service in {"", _service_of(one)}]
    in_pounds = {amount.line.benefit_pk for amount in ledgers.amounts if amount.basis == Basis.CURRENT}
    trends = (
        _trend(one, choice, council, is_in_pounds=one.pk in in_pounds, thresholds=ledgers.thresholds)
        for one in chosen
    )
    return MeasureTrends(choice, council, tuple(one for one in trends if _is_measured(one)))


def _service_of(benefit: Benefit) -> str:
    return benefit.service.ref if benefit.service else NO_SERVICE


def _is_measured(trend: MeasureTrend) -> bool:
    return bool(trend.benefit.measure_name or trend.points or trend.target_value is not None)


def _trend(
    benefit: Benefit,
    choice: Choice,
    council: PartnerCouncil | None,
    *,
    is_in_pounds: bool,
    thresholds: Thresholds,
) -> MeasureTrend:
    fy = choice.fy
    planned = {(row.fy, row.period): row.value for row in benefit.trajectory.all() if fy in {None, row.fy}}
    readings = sorted(benefit.readings.all(), key=lambda row: row.pk)
    wanted = council.pk if council else None
    measured = {
        (row.fy, row.period): row.value
        for row in readings
        if row.council_id == wanted and fy in {None, row.fy}
    }
    direction = direction_of(benefit.direction, benefit.starting_value, benefit.target_value)
    times = sorted({*planned, *measured}, key=lambda time: (month_number(*time), time[1] is None))
    compared = compare_latest(measured, planned, benefit.combining)
    if is_in_pounds and not times:
        compared = MEASURED_IN_POUNDS
    return MeasureTrend(
        benefit,
        tuple(_point(time, planned, measured, direction) for time in times),
        compared,
        None if council or fy is not None else benefit.actual_value,
        is_in_pounds,
        thresholds,
    )


def _point(
    time: Time, planned: Mapping[Time, Decimal], measured: Mapping[Time, Decimal], direction: str
) -> TrendPoint:
    plan, value = planned.get(time), measured.get(time)
    met = None if plan is None or value is None else is_met(value, plan, direction)
    return TrendPoint(*time, plan, value, met)
