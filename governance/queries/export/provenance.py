"""Where the amounts of the ledgers come from and how exact they are, for sums of them too."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from benefits.enums import Basis, Measure, Outcome
from benefits.models import ActualAmount, ForecastAmount, PlanAmount
from benefits.queries.ledgers import Ledgers, outcome_by
from benefits.rules.measures import parts_of
from benefits.rules.qualifier import Bound, bound_of, bound_of_sum, opposite
from core.clock import end_of
from core.enums import Qualifier
from programme.models import Programme

# A line, a council, a basis and a financial year: the finest amount that the dashboard adds up.
CellKey = tuple[int, int, Basis, int]
_STATED = ("qualifier", "source__document", "source__locator")
_STATED_OF_LINE = tuple(f"line__{name}" for name in _STATED)


@dataclass(frozen=True, slots=True)
class Origin:
    """How exact one amount is, in a word of its source, and where it stands."""

    qualifier: str
    document: str
    locator: str


@dataclass(frozen=True, slots=True)
class Provenance:
    """Origins of the amounts of each cell, with those of its line; a cell without amounts has none."""

    by_cell: Mapping[CellKey, frozenset[Origin]]
    by_part: Mapping[tuple[Measure, Basis], Sequence[CellKey]]

    def word(self, cell: CellKey) -> str:
        """How exact the amounts of one cell are: the word of the source where there is one word."""
        words = {origin.qualifier for origin in self.by_cell.get(cell, ())}
        words.discard(Qualifier.EXACT)
        if len(words) == 1:
            return words.pop()
        return self._bound([cell]).value

    def sources(self, cell: CellKey) -> list[str]:
        """Documents and places in them, of one cell."""
        return [
            ", ".join(part for part in (origin.document, origin.locator) if part)
            for origin in self.by_cell.get(cell, ())
        ]

    def bound(self, basis: Basis, measure: Measure, councils: Iterable[int], fys: Iterable[int]) -> Bound:
        """How exact a sum is. What is taken away counts the other way round."""
        cells = self._cells(basis, measure, councils, fys)
        return bound_of_sum(
            self._bound(part) if sign > 0 else opposite(self._bound(part)) for sign, part in cells.items()
        )

    def documents(
        self, basis: Basis, measure: Measure, councils: Iterable[int], fys: Iterable[int]
    ) -> set[str]:
        """Documents that the amounts of a sum stand in."""
        cells = self._cells(basis, measure, councils, fys)
        return {origin.document for part in cells.values() for cell in part for origin in self.by_cell[cell]}

    def _cells(
        self, basis: Basis, measure: Measure, councils: Iterable[int], fys: Iterable[int]
    ) -> dict[int, list[CellKey]]:
        """Cells behind a sum, by the sign with which they count."""
        wanted, years = set(councils), set(fys)
        found: dict[int, list[CellKey]] = defaultdict(list)
        for part, sign in parts_of(measure).items():
            for cell in self.by_part.get((part, basis), ()):
                if cell[1] in wanted and cell[3] in years:
                    found[sign].append(cell)
        return found

    def _bound(self, cells: Iterable[CellKey]) -> Bound:
        return bound_of_sum(
            bound_of(origin.qualifier) for cell in cells for origin in self.by_cell.get(cell, ())
        )


def read_provenance(programme: Programme, ledgers: Ledgers, *, as_of: date) -> Provenance:
    """Origins of the amounts that `ledgers` holds. Three queries."""
    cells: dict[CellKey, set[Origin]] = defaultdict(set)
    _add_plans(cells, ledgers)
    _add_forecasts(cells, programme, as_of)
    _add_actuals(cells, programme, as_of)
    counted = {line.pk: line.measure for line in ledgers.lines if line.is_counted}
    by_cell = {cell: frozenset(found) for cell, found in cells.items() if cell[0] in counted}
    by_part: dict[tuple[Measure, Basis], list[CellKey]] = defaultdict(list)
    for cell in by_cell:
        by_part[counted[cell[0]], cell[2]].append(cell)
    return Provenance(by_cell, by_part)


def _add_plans(cells: dict[CellKey, set[Origin]], ledgers: Ledgers) -> None:
    bases: dict[int, list[Basis]] = defaultdict(list)
    for basis, version in ((Basis.ORIGINAL, ledgers.original), (Basis.CURRENT, ledgers.current)):
        if version:
            bases[version.pk].append(basis)
    amounts = PlanAmount.objects.filter(plan_version__in=list(bases))
    for version_pk, line, council, fy, *stated in _distinct(amounts, "plan_version"):
        for basis in bases[version_pk]:
            cells[line, council, basis, fy] |= _origins(stated)


def _add_forecasts(cells: dict[CellKey, set[Origin]], programme: Programme, as_of: date) -> None:
    amounts = ForecastAmount.objects.current(as_of).filter(snapshot__programme=programme)
    for _, line, council, fy, *stated in _distinct(amounts, "snapshot"):
        cells[line, council, Basis.FORECAST, fy] |= _origins(stated)


def _add_actuals(cells: dict[CellKey, set[Origin]], programme: Programme, as_of: date) -> None:
    """As `read_ledgers` counts them: not those returned, and verified only by then."""
    end = end_of(as_of)
    rows = ActualAmount.objects.filter(line__programme=programme, entered_at__lt=end).select_related(
        "verification", "reverses__verification", "source", "line__source"
    )
    for row in rows:
        outcome = outcome_by(row, end)
        if outcome == Outcome.RETURNED:
            continue
        basis = Basis.VERIFIED if outcome == Outcome.VERIFIED else Basis.CLAIMED
        stated = [
            part
            for sourced in (row, row.line)
            for part in (
                sourced.qualifier,
                sourced.source.document if sourced.source else None,
                sourced.source.locator if sourced.source else None,
            )
        ]
        cells[row.line_id, row.council_id, basis, row.fy] |= _origins(stated)
        if basis == Basis.VERIFIED:  # what is banked is a part of it
            cells[row.line_id, row.council_id, Basis.BANKED, row.fy] |= _origins(stated)


def _distinct(amounts: QuerySet[Any], parent: str) -> Iterable[tuple[Any, ...]]:
    names = (parent, "line", "council", "fy", *_STATED, *_STATED_OF_LINE)
    return amounts.order_by().values_list(*names).distinct()


def _origins(stated: Sequence[str | None]) -> set[Origin]:
    """The origin of an amount, and of the line it belongs to where that says anything."""
    own, line = (
        Origin(qualifier or Qualifier.EXACT.value, document or "", locator or "")
        for qualifier, document, locator in (stated[:3], stated[3:])
    )
    is_silent = line.qualifier == Qualifier.EXACT and not line.document
    return {own} if is_silent else {own, line}
