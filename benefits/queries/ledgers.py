"""The three ledgers of a programme as they stood on a day, read in seven queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Any, NamedTuple, Self, cast

from django.db.models import Case, F, QuerySet, When, Window
from django.db.models.functions import Coalesce, FirstValue

from benefits.enums import Basis, Measure, Outcome
from benefits.models import ActualAmount, BudgetReduction, ForecastAmount, Line, PlanAmount
from benefits.queries.bearers import with_bearers
from benefits.querysets import ForecastAmountQuerySet
from benefits.rules.banked import banked_parts
from benefits.rules.measures import measure_of
from benefits.rules.spread import spread_over_year
from core.clock import end_of
from core.rules.calendar import format_date, period_end
from core.rules.words import listed
from programme.models import Council, PlanVersion, Programme
from programme.queries.partners import PartnerOverTime, partners_over_time
from programme.rules.rag import DEFAULT_THRESHOLDS, Thresholds

Period = int | None
BudgetKey = tuple[int, int, int]  # line, council, financial year


@dataclass(frozen=True, slots=True)
class PartnerCouncil:
    """A partner council, as a column of a table."""

    pk: int
    key: str
    name: str

    @classmethod
    def of(cls, council: Council) -> Self:
        """The column of a council."""
        return cls(council.pk, council.key, council.short_name)

    def __str__(self) -> str:
        return self.name


@dataclass(frozen=True, slots=True)
class LineFacts:
    """What a table needs to know of a line. `is_counted`: no other benefit's total holds it (INV-18).

    `pool_pk` is the pool of its line in the business case, whose key shares its joint amounts.
    """

    pk: int
    ref: str
    title: str
    measure: Measure
    is_counted: bool
    service_ref: str
    service_name: str
    benefit_pk: int | None
    starts_on: date | None
    ends_on: date | None
    pool_pk: int | None = None


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan version, as a table names it."""

    pk: int
    number: int
    approved_on: date
    effective_on: date
    reason: str


class Returned(NamedTuple):
    """One actual amount that counts, claimed or verified, and the month it is for."""

    line_pk: int
    council_pk: int
    fy: int
    period: int
    pence: int
    basis: Basis

    @property
    def month(self) -> tuple[int, int]:
        """Financial year and period of its month."""
        return self.fy, self.period


@dataclass(frozen=True)
class YearAmount:
    """What one basis holds of one line for one council in one financial year, by month or as a whole.

    `pence` is the whole year.
    """

    line: LineFacts
    council_pk: int
    basis: Basis
    fy: int
    by_period: Mapping[Period, int]
    pence: int

    @cached_property
    def months(self) -> list[int]:
        """12 values, April first; a whole year is spread over the line's months of operation (F-04)."""
        months = [0] * 12
        for period, pence in self.by_period.items():
            if period is None:
                whole = spread_over_year(
                    pence, self.fy, starts_on=self.line.starts_on, ends_on=self.line.ends_on
                )
                months = [sum(pair) for pair in zip(months, whole, strict=True)]
            else:
                months[period - 1] += pence
        return months


@dataclass(frozen=True, slots=True)
class Ledgers:
    """All that the dashboard adds up, for the lines that count.

    `partner_days` gives the first and last day of each council as a partner, by name; None: not stated.
    `versions` are the plan versions in effect, the current one last.
    Successors of a council that is abolished stand after the partners, and after them any other council that
    holds an amount. `successions` says by name, in words, whom abolition does what to; `successors` names
    those of a council, by its key (INV-44). `partners` are the partners over time as they are recorded.
    `thresholds` are the programme's limits of ratings.
    """

    councils: tuple[PartnerCouncil, ...]
    partner_days: Mapping[str, tuple[date | None, date | None]]
    lines: tuple[LineFacts, ...]
    versions: tuple[PlanFacts, ...]
    forecast_as_at: date | None
    amounts: tuple[YearAmount, ...]
    returned: tuple[Returned, ...]
    cut_off: date | None
    successions: Mapping[str, str] = field(default_factory=dict)
    successors: Mapping[int, str] = field(default_factory=dict)
    partners: tuple[PartnerOverTime, ...] = ()
    thresholds: Thresholds = DEFAULT_THRESHOLDS

    @property
    def original(self) -> PlanFacts | None:
        """Plan version 1."""
        return next((version for version in self.versions if version.number == 1), None)

    @property
    def current(self) -> PlanFacts | None:
        """The plan version in effect."""
        return self.versions[-1] if self.versions else None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was ever planned, forecast or returned."""
        return self.original is None and not self.amounts


def read_ledgers(programme: Programme, *, as_of: date) -> Ledgers:
    """The ledgers of `programme` as recorded by the end of `as_of`. Seven queries; nine at most.

    Plans count when approved and in effect by then, forecasts when made by then, actual amounts when
    entered by then, each as verified or claimed as it was then. The data cut-off is the end of the last
    month, over by then, for which any amount was returned.
    """
    lines = {line.pk: line for line in line_facts(programme)}
    versions = _versions(programme, as_of)
    store = _Store(lines)
    if versions:
        _add_plans(store, versions)
    forecast_as_at = _add_forecasts(store, programme, as_of)
    returned = _returned(programme, as_of, lines)
    for entry in returned:
        store.held[entry.line_pk, entry.council_pk, entry.basis, entry.fy][entry.period] += entry.pence
    store.add_banked(reductions_by(programme, as_of))
    over = [end for month in {entry.month for entry in returned} if (end := period_end(*month)) <= as_of]
    partners, amounts = partners_over_time(programme.partnership_id), store.amounts()
    bearing = {amount.council_pk for amount in amounts}
    councils = with_bearers((one.council for one in partners), bearing)
    return Ledgers(
        councils=tuple(PartnerCouncil.of(one) for one in councils),
        partner_days={one.council.short_name: (one.joined_on, one.last_on) for one in partners},
        lines=tuple(lines.values()),
        versions=tuple(versions),
        forecast_as_at=forecast_as_at,
        amounts=amounts,
        returned=tuple(returned),
        cut_off=max(over, default=None),
        successions=dict.fromkeys(map(str, councils[len(partners) :]), "is no partner")
        | _successions(partners),
        successors={
            one.council.pk: listed([str(council) for council in one.successors])
            for one in partners
            if one.successors
        },
        partners=tuple(partners),
        thresholds=programme.thresholds,
    )


class _Store:
    """Gathers amounts by line, council, basis and year; `counted` are the lines that no other total holds."""

    def __init__(self, lines: dict[int, LineFacts]) -> None:
        self._lines = lines
        self.counted = frozenset(pk for pk, line in lines.items() if line.is_counted)
        self.held: dict[tuple[int, int, Basis, int], dict[Period, int]] = defaultdict(
            lambda: defaultdict(int)
        )

    def add_banked(self, reduced: Mapping[BudgetKey, int]) -> None:
        """Add what is banked of all that is verified, once that is in the store."""
        verified = [(key, months) for key, months in self.held.items() if key[2] == Basis.VERIFIED]
        for (line_pk, council_pk, _, fy), months in verified:
            periods = sorted(months, key=lambda period: period or 0)
            pence = reduced.get((line_pk, council_pk, fy), 0)
            parts = banked_parts(self._lines[line_pk].measure, [months[one] for one in periods], pence)
            self.held[line_pk, council_pk, Basis.BANKED, fy] = dict(zip(periods, parts, strict=True))

    def amounts(self) -> tuple[YearAmount, ...]:
        return tuple(
            YearAmount(self._lines[line_pk], council_pk, basis, fy, by_period, sum(by_period.values()))
            for (line_pk, council_pk, basis, fy), by_period in self.held.items()
        )


def _successions(partners: Iterable[PartnerOverTime]) -> dict[str, str]:
    """What abolition does to whom, in words, by name."""
    words = {}
    for one in partners:
        if one.takes_over_from is not None and one.joined_on:
            words[one.council.short_name] = f"takes over on {format_date(one.joined_on)}"
        elif one.vesting_on and one.left_on in (None, one.last_on):
            words[one.council.short_name] = f"is abolished on {format_date(one.vesting_on)}"
    return words


_LINE = (
    "pk",
    "ref",
    "title",
    "kind",
    "is_budgeted",
    "benefit__counted_in",
    "benefit",
    "starts_on",
    "ends_on",
    "business_case_line__pool",
)
_SERVICE = (
    *("service", "service__ref", "service__name"),
    *("benefit__service", "benefit__service__ref", "benefit__service__name"),
)


def line_facts(programme: Programme) -> Iterable[LineFacts]:
    """The lines of a programme in their order. One query."""
    rows = Line.objects.filter(programme=programme).values_list(*_LINE, *_SERVICE)
    for pk, ref, title, kind, is_budgeted, counted_in, benefit, starts_on, ends_on, pool, *services in rows:
        own, of_benefit = services[:3], services[3:]
        service, service_ref, service_name = own if own[0] is not None else of_benefit
        yield LineFacts(
            pk=pk,
            ref=ref,
            title=title,
            measure=measure_of(kind, is_budgeted=is_budgeted),
            is_counted=counted_in is None,
            service_ref=service_ref if service else "",
            service_name=service_name if service else "",
            benefit_pk=benefit,
            starts_on=starts_on,
            ends_on=ends_on,
            pool_pk=pool,
        )


def _versions(programme: Programme, as_of: date) -> list[PlanFacts]:
    """Plan versions in effect, the current one last."""
    versions = PlanVersion.objects.effective(as_of).filter(programme=programme, approved_on__lte=as_of)
    return [
        PlanFacts(version.pk, version.number, version.approved_on, version.effective_on, version.reason)
        for version in versions
    ]


def _add_plans(store: _Store, versions: list[PlanFacts]) -> None:
    current = versions[-1].pk
    original = next((version.pk for version in versions if version.number == 1), None)
    rows = PlanAmount.objects.filter(plan_version__in=[original or current, current]).values_list(
        "plan_version", "line", "council", "fy", "period", "amount_pence"
    )
    held, counted = store.held, store.counted
    for version_pk, line_pk, council_pk, fy, period, pence in rows:
        if line_pk in counted and version_pk == original:
            held[line_pk, council_pk, Basis.ORIGINAL, fy][period] += pence
        if line_pk in counted and version_pk == current:
            held[line_pk, council_pk, Basis.CURRENT, fy][period] += pence


def _add_forecasts(store: _Store, programme: Programme, as_of: date) -> date | None:
    """Add the current forecast; the day of the latest one that still counts."""
    held = ForecastAmount.objects.filter(snapshot__programme=programme, snapshot__as_at_on__lte=as_of)
    rows = held.filter(snapshot__in=current_somewhere(held)).values_list(
        "line", "council", "fy", "period", "amount_pence", "snapshot", "snapshot__as_at_on"
    )
    found = list(rows.order_by("-snapshot__as_at_on", "-snapshot"))
    current: dict[tuple[int, int], int] = {}
    for line_pk, council_pk, fy, period, pence, snapshot_pk, _ in found:
        is_current = current.setdefault((line_pk, council_pk), snapshot_pk) == snapshot_pk
        if is_current and line_pk in store.counted:
            store.held[line_pk, council_pk, Basis.FORECAST, fy][period] += pence
    return found[0][-1] if found else None


def current_somewhere(held: ForecastAmountQuerySet) -> QuerySet[ForecastAmount, Any]:
    """The snapshots that are the latest to hold some line for some council: a superseded one is not read.

    `ForecastAmountQuerySet.current` says it for each amount, which takes long where there are thousands.
    """
    latest = Window(
        FirstValue("snapshot"),
        partition_by=["line", "council"],
        order_by=[F("snapshot__as_at_on").desc(), F("snapshot").desc()],
    )
    return held.order_by().annotate(latest=latest).values("latest").distinct()


def _returned(programme: Programme, as_of: date, lines: dict[int, LineFacts]) -> list[Returned]:
    """Actual amounts that count on `as_of`: claimed or verified by then, not returned by then."""
    end = end_of(as_of)
    rows = ActualAmount.objects.filter(line__programme=programme, entered_at__lt=end)
    answered = rows.annotate(
        answer=Coalesce(answer_before(end, "verification"), answer_before(end, "reverses__verification"))
    )
    returned = []
    for line_pk, council_pk, fy, period, pence, answer in answered.values_list(
        "line", "council", "fy", "period", "amount_pence", "answer"
    ):
        if answer != Outcome.RETURNED and lines[line_pk].is_counted:
            basis = Basis.VERIFIED if answer == Outcome.VERIFIED else Basis.CLAIMED
            returned.append(Returned(line_pk, council_pk, fy, cast(int, period), pence, basis))
    return returned


def answer_before(end: datetime, path: str) -> Case:
    """What a verification said, where that was before `end`."""
    return Case(When(**{f"{path}__verified_at__lt": end}, then=F(f"{path}__outcome")))


def reductions_by(programme: Programme, as_of: date) -> Mapping[BudgetKey, int]:
    """What budgets were reduced by for each line, council and year, as it stood on `as_of`. One query."""
    end = end_of(as_of)
    rows = BudgetReduction.objects.standing_at(end).filter(line__programme=programme)
    found: dict[BudgetKey, int] = defaultdict(int)
    for line_pk, council_pk, fy, pence in rows.values_list(
        "line", "budget_line__council", "budget_line__fy", "amount_pence"
    ):
        found[line_pk, council_pk, fy] += pence
    return found


def outcome_by(actual: ActualAmount, end: datetime) -> str | None:
    """What the section 151 officer had said before `end`; a reversal counts as the amount it reverses.

    None while the amount is claimed only. Reads `verification` and `reverses__verification`.
    """
    answers = (getattr(one, "verification", None) for one in (actual, actual.reverses))
    return next(
        (found for one in answers if one and (found := _answer(one.outcome, one.verified_at, end))), None
    )


def _answer(outcome: object, answered_at: object, end: datetime) -> str | None:
    """The answer, where it was given before `end`."""
    is_given = isinstance(answered_at, datetime) and answered_at < end
    return str(outcome) if is_given and outcome else None
