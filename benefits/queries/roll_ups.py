"""What the stored sums of a programme must be, worked out from its entries as its own page does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from benefits.enums import Measure
from benefits.models import ForecastSnapshot, LedgerChange, RollUpCell
from benefits.queries.figures import FIGURE_NAMES, Figures, pence_or_none, total
from benefits.queries.ledgers import read_ledgers
from benefits.queries.scope import Choice, Scope, scope_of
from programme.models import PlanVersion, Programme
from programme.queries.milestones import known_on

ALL_YEARS = 0
# What a cell is of: measure, council's key (None: all councils) and financial year (0: all years).
CellKey = tuple[str, int | None, int]
CellValues = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Sums:
    """The sums of a programme as they hold from a day on; values in the order of FIGURE_NAMES."""

    from_on: date
    cut_off: date | None
    cells: dict[CellKey, CellValues]

    @property
    def fys(self) -> set[int]:
        """The financial years it has figures of."""
        return {fy for _, _, fy in self.cells} - {ALL_YEARS}


@dataclass(frozen=True, slots=True)
class Difference:
    """A stored value that is not what the entries give; None where there is no value."""

    cell: str
    stored: object
    true: object


def true_sums(programme: Programme, today: date) -> list[Sums]:
    """The sums from today on, and from each later day on which they change by themselves.

    Nine queries a day, whatever the size.
    """
    return [sums_on(programme, day) for day in (today, *_days_of_change(programme, today))]


def stored_sums(programme: Programme) -> list[Sums]:
    """The sums that are stored. Two queries."""
    held = []
    for roll_up in programme.roll_ups.prefetch_related("cells").order_by("from_on"):
        cells = {(cell.measure, cell.council_id, cell.fy): values_of(cell) for cell in roll_up.cells.all()}
        held.append(Sums(roll_up.from_on, roll_up.cut_off, cells))
    return held


def values_of(cell: RollUpCell) -> CellValues:
    """The values of a stored cell in the order of FIGURE_NAMES."""
    return tuple(getattr(cell, name) for name in FIGURE_NAMES)


def differences(programme: Programme, today: date) -> list[Difference]:
    """What is stored and not so by the entries, on this day and on each later day of change.

    A programme without stored sums has none: its figures are read from its entries.
    """
    stored = stored_sums(programme)
    if not stored:
        return []
    found: list[Difference] = []
    for true in true_sums(programme, today):
        held = [one for one in stored if one.from_on <= true.from_on]
        found += _between(held[-1] if held else Sums(true.from_on, None, {}), true)
    return found


def _between(stored: Sums, true: Sums) -> Iterator[Difference]:
    day = true.from_on.isoformat()
    if stored.cut_off != true.cut_off:
        yield Difference(f"{day} cut-off", stored.cut_off, true.cut_off)
    for key in sorted(stored.cells.keys() | true.cells.keys(), key=str):
        have, want = stored.cells.get(key), true.cells.get(key)
        for index, name in enumerate(FIGURE_NAMES):
            pair = have[index] if have else None, want[index] if want else None
            if pair[0] != pair[1] or (have is None) != (want is None):
                measure, council, fy = key
                yield Difference(
                    f"{day} {measure} council {council or 'all'} year {fy or 'all'} {name}", *pair
                )


def sums_on(programme: Programme, day: date) -> Sums:
    """The sums of one day, from the entries. Eight queries."""
    as_of = known_on(programme, day)
    ledgers = read_ledgers(programme, as_of=as_of)
    scope = scope_of(programme, ledgers, Choice(), as_of)
    cells = {
        (measure.value, council, fy): _values(figures)
        for measure in scope.measures
        if measure != Measure.NET
        for (council, fy), figures in _with_sums(scope, measure).items()
    }
    return Sums(day, scope.cut_off, cells)


def _with_sums(scope: Scope, measure: Measure) -> dict[tuple[int | None, int], Figures]:
    """The figures of each council and year, with those of all councils and of all years."""
    if not scope.fys:
        return {}
    councils: dict[int | None, list[Figures]] = {
        council.pk: [scope.figures(measure, council, fy) for fy in scope.fys] for council in scope.councils
    }
    councils[None] = [total(years) for years in zip(*councils.values(), strict=True)]
    return {
        (council, fy): figures
        for council, years in councils.items()
        for fy, figures in zip((ALL_YEARS, *scope.fys), (total(years), *years), strict=True)
    }


def _values(figures: Figures) -> CellValues:
    return tuple(pence_or_none(getattr(figures, name)) for name in FIGURE_NAMES)


def _days_of_change(programme: Programme, today: date) -> list[date]:
    """Later days on which a plan takes effect or is approved, or from which a forecast is."""
    plans = PlanVersion.objects.filter(programme=programme)
    forecasts = ForecastSnapshot.objects.filter(programme=programme, as_at_on__gt=today)
    days = (
        plans.filter(effective_on__gt=today)
        .order_by()
        .values_list("effective_on")
        .union(
            plans.filter(approved_on__gt=today).order_by().values_list("approved_on"),
            forecasts.order_by().values_list("as_at_on"),
        )
    )
    return sorted(day for (day,) in days)


def has_marks(programme: Programme) -> bool:
    """Whether something was written since the sums were stored; pages then read the entries."""
    return LedgerChange.objects.filter(programme=programme).exists()
