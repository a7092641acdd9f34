"""From the original plan to the forecast: what each re-baseline changed, and what has changed since."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from django.db.models import Sum

from benefits.enums import Basis, RebaselineReason
from benefits.models import PlanAmount
from benefits.queries.figures import Figure
from benefits.queries.ledgers import LineFacts, PlanFacts
from benefits.queries.scope import NO_PLAN, Scope
from benefits.rules.causes import Split, moved_pence, split_variance
from core.rules.assessment import NotAssessable

NO_ORIGINAL = NotAssessable("There is no plan version 1 to start from")
_Key = tuple[int, int]  # line, council
_Years = dict[int, int]


@dataclass(frozen=True, slots=True)
class Rebaselined:
    """One plan version after the first, with the words for its reason."""

    number: int
    reason: str
    words: str


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One line over the councils and years chosen: where its pounds came from, in pence.

    `changes` has one amount for each re-baseline. `moved_pence` is what is now expected in another year than
    planned, whatever year is chosen.
    """

    line: LineFacts
    original_pence: int
    changes: tuple[int, ...]
    timing_pence: int
    amount_pence: int
    moved_pence: int
    no_forecast: NotAssessable | None = None

    @property
    def current_pence(self) -> int:
        """The current plan."""
        return self.original_pence + sum(self.changes)

    @property
    def forecast_pence(self) -> int:
        """The present forecast."""
        return self.current_pence + self.timing_pence + self.amount_pence

    @property
    def other_amounts(self) -> Figure:
        """What is expected to be more or less than planned."""
        return self.no_forecast or self.amount_pence

    @property
    def other_years(self) -> Figure:
        """What comes in other years than planned."""
        return self.no_forecast or self.timing_pence

    @property
    def leads_to(self) -> Figure:
        """The present forecast, where there is one."""
        return self.no_forecast or self.forecast_pence


@dataclass(frozen=True, slots=True)
class Causes:
    """The way from the original plan to the forecast, whole and line by line; all parts add up exactly."""

    scope: Scope
    rebaselines: tuple[Rebaselined, ...]
    lines: tuple[CauseLine, ...]
    no_forecast: NotAssessable | None

    @property
    def original_pence(self) -> int:
        """The original plan."""
        return sum(line.original_pence for line in self.lines)

    @property
    def changes(self) -> tuple[tuple[Rebaselined, int], ...]:
        """What each re-baseline changed."""
        return tuple(
            (one, sum(line.changes[index] for line in self.lines))
            for index, one in enumerate(self.rebaselines)
        )

    @property
    def current_pence(self) -> int:
        """The current plan."""
        return sum(line.current_pence for line in self.lines)

    @property
    def timing_pence(self) -> int:
        """What comes in other years than planned; £0 over all years."""
        return sum(line.timing_pence for line in self.lines)

    @property
    def amount_pence(self) -> int:
        """What is expected to be more or less than planned."""
        return sum(line.amount_pence for line in self.lines)

    @property
    def moved_pence(self) -> int:
        """How much comes in another year than planned, over all years."""
        return sum(line.moved_pence for line in self.lines)

    @property
    def forecast_pence(self) -> int:
        """The present forecast."""
        return sum(line.forecast_pence for line in self.lines)


def causes_of_change(scope: Scope) -> Causes | NotAssessable:
    """The way from plan version 1 to the forecast, of the measure shown. One query at most."""
    versions = scope.ledgers.versions
    if not versions:
        return NO_PLAN
    if versions[0].number != 1:
        return NO_ORIGINAL
    held = _held(versions, scope)
    no_forecast = scope.no_forecast(scope.choice.measure, scope.councils)
    return Causes(
        scope,
        tuple(_rebaselined(version) for version in versions[1:]),
        tuple(_lines(scope, versions, held, no_forecast)),
        no_forecast,
    )


def _rebaselined(version: PlanFacts) -> Rebaselined:
    known = dict(RebaselineReason.choices)
    return Rebaselined(version.number, version.reason, str(known.get(version.reason, version.reason)))


def _held(versions: Sequence[PlanFacts], scope: Scope) -> Mapping[tuple[int, _Key], _Years]:
    """Pence of each plan version by line, council and year: the first and the last are in the scope."""
    held: dict[tuple[int, _Key], _Years] = defaultdict(dict)
    for basis, version in ((Basis.ORIGINAL, versions[0]), (Basis.CURRENT, versions[-1])):
        held |= {(version.pk, key): years for key, years in _of_basis(scope, basis).items()}
    between = [version.pk for version in versions[1:-1]]
    if not between:
        return held
    rows = (
        PlanAmount.objects.filter(plan_version__in=between)
        .order_by()
        .values_list("plan_version", "line", "council", "fy")
        .annotate(pence=Sum("amount_pence"))
    )
    for version, line, council, fy, pence in rows:
        held[version, (line, council)][fy] = pence
    return held


def _lines(
    scope: Scope,
    versions: Sequence[PlanFacts],
    held: Mapping[tuple[int, _Key], _Years],
    no_forecast: NotAssessable | None,
) -> Iterable[CauseLine]:
    forecast = _of_basis(scope, Basis.FORECAST)
    measured = scope.parts(scope.choice.measure)
    for line in scope.lines:
        if line.measure in measured:
            keys = [(line.pk, council.pk) for council in scope.councils]
            plans = [[held.get((version.pk, key), {}) for key in keys] for version in versions]
            sums = [sum(_chosen(years, scope) for years in by_council) for by_council in plans]
            splits = [
                _split(plan, forecast.get(key, {})) if no_forecast is None else {}
                for plan, key in zip(plans[-1], keys, strict=True)
            ]
            chosen = [split[fy] for split in splits for fy in split if scope.choice.fy in {None, fy}]
            yield CauseLine(
                line,
                sums[0],
                tuple(after - before for before, after in pairwise(sums)),
                sum(one.timing_pence for one in chosen),
                sum(one.amount_pence for one in chosen),
                sum(moved_pence(split) for split in splits),
                no_forecast,
            )


def _chosen(years: Mapping[int, int], scope: Scope) -> int:
    return sum(pence for fy, pence in years.items() if scope.choice.fy in {None, fy})


def _split(plan: Mapping[int, int], forecast: Mapping[int, int]) -> dict[int, Split]:
    return split_variance({fy: forecast.get(fy, 0) - plan.get(fy, 0) for fy in plan.keys() | forecast.keys()})


def _of_basis(scope: Scope, wanted: Basis) -> Mapping[_Key, _Years]:
    """Pence of one basis by line, council and year."""
    found: dict[_Key, _Years] = defaultdict(lambda: defaultdict(int))
    for (_, council, basis, fy), amounts in scope.by_cell.items():
        if basis == wanted:
            for amount in amounts:
                found[amount.line.pk, council][fy] += amount.pence
    return found
