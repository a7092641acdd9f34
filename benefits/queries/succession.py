"""What is planned and forecast for councils after they are abolished, and what their successors take on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from benefits.enums import EntryKind
from benefits.models import ForecastAmount, Line, PlanAmount
from benefits.rules.succession import Passed, Times, pass_amounts
from programme.models import Council, CouncilSuccessor, PlanVersion, Programme
from programme.queries.partners import PartnerOverTime, partners_over_time
from services.rules.key_record import weight_words

Held = Mapping[tuple[int, int], Times]
"""Amounts by keys of council and line, then by time."""


@dataclass(frozen=True, slots=True)
class YearPassing:
    """Pence of a line in a year: what stands, what the council keeps, what each successor takes on."""

    line: Line
    fy: int
    held_pence: int
    kept_pence: int
    taken_pence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class LinePassing:
    """One line of the council in one ledger: what it keeps and what each successor takes on."""

    line: Line
    held: Times
    passed: Passed

    def years(self) -> list[YearPassing]:
        """Year by year, of the years in which anything passes."""
        fys = sorted({fy for times in self.passed.taken.values() for fy, _ in times})
        return [
            YearPassing(
                self.line,
                fy,
                _of_year(self.held, fy),
                _of_year(self.passed.kept, fy),
                tuple(_of_year(times, fy) for times in self.passed.taken.values()),
            )
            for fy in fys
        ]


@dataclass(frozen=True, slots=True)
class LedgerPassing:
    """What passes of the latest plan version, or of the current forecast; no lines where nothing does."""

    kind: EntryKind
    lines: tuple[LinePassing, ...]

    @property
    def is_plan(self) -> bool:
        """Whether it is the plan, which a decision must change."""
        return self.kind == EntryKind.PLAN

    @property
    def years(self) -> list[YearPassing]:
        """Line by line and year by year."""
        return [row for line in self.lines for row in line.years()]

    @property
    def passed_pence(self) -> int:
        """All that passes."""
        return sum(sum(row.taken_pence) for row in self.years)


@dataclass(frozen=True, slots=True)
class Succession:
    """A council that is to be abolished, its successors in order with their weights, and what passes.

    `joined` is the first day of each successor in the partnership, by its key; None where it is not stated.
    """

    council: Council
    vesting_on: date
    successors: tuple[Council, ...]
    weights: Mapping[str, Decimal]
    joined: Mapping[str, date | None]
    plan: LedgerPassing
    forecast: LedgerPassing

    @property
    def shares(self) -> str:
        """North 60 and South 40, by their recorded weights."""
        return ", ".join(f"{one} {weight_words(self.weights[one.key])}" for one in self.successors)


def successions_of(programme: Programme, *, as_of: date) -> list[Succession]:
    """Councils of a programme that are to be abolished, and what passes of each. Seven queries at most."""
    partners = partners_over_time(programme.partnership_id)
    ending = [one for one in partners if one.vesting_on]
    if not ending:
        return []
    successors: dict[int, list[CouncilSuccessor]] = defaultdict(list)
    rows = CouncilSuccessor.objects.filter(council__in=[one.council for one in ending], weight__gt=0)
    for row in rows.select_related("successor").order_by("successor__name"):
        successors[row.council_id].append(row)
    councils = [one.council.pk for one in ending]
    ledgers = {
        EntryKind.PLAN: _planned(programme, councils),
        EntryKind.FORECAST: forecast_times(programme, councils, as_of),
    }
    lines = list(programme.lines.order_by("order_index", "pk"))
    joined = {one.council.key: one.joined_on for one in partners}
    return [_succession(one, successors[one.council.pk], joined, ledgers, lines) for one in ending]


def forecast_times(programme: Programme, councils: Iterable[int], as_of: date) -> Held:
    """The current forecast of these councils. One query."""
    rows = ForecastAmount.objects.current(as_of).filter(snapshot__programme=programme, council__in=councils)
    return _held(rows.values_list("council", "line", "fy", "period", "amount_pence"))


def _planned(programme: Programme, councils: Iterable[int]) -> Held:
    """The latest plan version, in effect or to come. Two queries."""
    version = PlanVersion.objects.filter(programme=programme).order_by("number").last()
    rows = PlanAmount.objects.filter(plan_version=version, council__in=councils)
    return _held(rows.values_list("council", "line", "fy", "period", "amount_pence")) if version else {}


def _held(rows: Iterable[tuple[int, int, int, int | None, int]]) -> Held:
    found: dict[tuple[int, int], dict[tuple[int, int | None], int]] = defaultdict(dict)
    for council, line, fy, period, pence in rows:
        found[council, line][fy, period] = pence
    return found


def _succession(
    one: PartnerOverTime,
    successors: Sequence[CouncilSuccessor],
    joined: Mapping[str, date | None],
    ledgers: Mapping[EntryKind, Held],
    lines: Iterable[Line],
) -> Succession:
    vesting_on = one.vesting_on or date.max
    weights = {row.successor.key: row.weight for row in successors}
    own = {
        kind: [(line, times) for line in lines if (times := held.get((one.council.pk, line.pk)))]
        for kind, held in ledgers.items()
    }
    plan, forecast = (
        LedgerPassing(
            kind,
            tuple(
                passing
                for line, times in own[kind]
                if (passing := _line_passing(line, times, vesting_on, weights))
            ),
        )
        for kind in (EntryKind.PLAN, EntryKind.FORECAST)
    )
    councils = tuple(row.successor for row in successors)
    first = {key: joined.get(key) for key in weights}
    return Succession(one.council, vesting_on, councils, weights, first, plan, forecast)


def _line_passing(
    line: Line, held: Times, vesting_on: date, weights: Mapping[str, Decimal]
) -> LinePassing | None:
    """What passes of a line; None without successors, and where no more than £0 does."""
    if not weights:
        return None
    passed = pass_amounts(held, vesting_on, weights, starts_on=line.starts_on, ends_on=line.ends_on)
    moves = any(pence for times in passed.taken.values() for pence in times.values())
    return LinePassing(line, held, passed) if moves else None


def _of_year(times: Times, fy: int) -> int:
    return sum(pence for (year, _), pence in times.items() if year == fy)
