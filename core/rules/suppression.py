"""Small staff figures withheld, with enough beside them that nobody can work them out (INV-38).

A count from 1 to 4, and money derived from it, is withheld; 0 is not. A total, and the visible rest of its
row or column, would give a withheld cell away, so further cells are withheld until every withheld cell
could still be changed without changing any visible figure.

How that is decided: with its totals, a table is a grid in which every row and every column must balance.
Withheld cells are links between their row and their column. A withheld cell can be worked out exactly if
its link is on no ring of withheld cells, so rings are closed with the least important cells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count

SMALL_COUNT = 5

_PLAIN, _NOTHING, _TOTAL, _GRAND = 1, 10_000, 100_000_000, 1_000_000_000_000

Place = tuple[int, int]
Counts = Sequence[Sequence[int | None]]
Amounts = Sequence[Sequence[int]]


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A withheld figure."""

    def __str__(self) -> str:
        return "[c]"


SUPPRESSED = Suppressed()
Cell = int | Suppressed


@dataclass(frozen=True, slots=True)
class SuppressedTable:
    """A table as it may be shown: cells, the total of each row and of each column, and the grand total."""

    cells: tuple[tuple[Cell, ...], ...]
    row_totals: tuple[Cell, ...]
    column_totals: tuple[Cell, ...]
    grand_total: Cell

    @property
    def is_suppressed(self) -> bool:
        """Whether anything in it is withheld."""
        shown = (*self.row_totals, *self.column_totals, self.grand_total, *sum(self.cells, ()))
        return SUPPRESSED in shown


def is_small(staff_count: int | None) -> bool:
    """Whether so few people stand behind a figure that it may identify them; none and unknown do not."""
    return staff_count is not None and 0 < staff_count < SMALL_COUNT


def suppress(counts: Counts, amounts: Amounts | None = None) -> SuppressedTable:
    """A table of staff counts, or of the money that stands in the same cells, as it may be shown (INV-38).

    `counts` has one row of equal length a council, say, and one column a year. None stands for a cell whose
    money is not about staff. The same cells are withheld whether the counts or the amounts are shown.
    """
    shown = [[cell or 0 for cell in row] for row in counts] if amounts is None else amounts
    grid = _with_totals(shown)
    people = _people(counts, shown)
    small = {
        (row, column)
        for row, cells in enumerate(people)
        for column, number in enumerate(cells)
        if is_small(number)
    }
    return _table(grid, _protected(small, grid, people))


def _with_totals(rows: Amounts) -> list[list[int]]:
    grid = [[*row, sum(row)] for row in rows]
    width = len(grid[0]) if grid else 1
    return [*grid, [sum(row[column] for row in grid) for column in range(width)]]


def _people(counts: Counts, amounts: Amounts) -> list[list[int | None]]:
    """People behind each cell and total; None where an amount that is not about staff is in it."""
    rows = [
        [
            None if number is None and pence else (number or 0)
            for number, pence in zip(row, cells, strict=True)
        ]
        for row, cells in zip(counts, amounts, strict=True)
    ]
    grid = [[*row, _sum(row)] for row in rows]
    width = len(grid[0]) if grid else 1
    return [*grid, [_sum([row[column] for row in grid]) for column in range(width)]]


def _sum(numbers: Sequence[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if len(known) == len(numbers) else None


def _table(grid: Sequence[Sequence[int]], withheld: set[Place]) -> SuppressedTable:
    shown = [
        tuple(SUPPRESSED if (row, column) in withheld else pence for column, pence in enumerate(cells))
        for row, cells in enumerate(grid)
    ]
    return SuppressedTable(
        tuple(row[:-1] for row in shown[:-1]),
        tuple(row[-1] for row in shown[:-1]),
        shown[-1][:-1],
        shown[-1][-1],
    )


def _protected(
    small: set[Place], grid: Sequence[Sequence[int]], people: Sequence[Sequence[int | None]]
) -> set[Place]:
    """The small cells, and the further ones that must be withheld with them."""
    withheld = set(small)
    costs = _costs(grid)
    while True:
        exposed = _first_exposed(withheld)
        if exposed is not None:
            withheld |= _ring(exposed, withheld, costs)
            continue
        extra = _beside_few(withheld, people, costs)
        if extra is None:
            return withheld
        withheld.add(extra)


def _costs(grid: Sequence[Sequence[int]]) -> list[list[int]]:
    """How much is lost by withholding each cell: small amounts least, then zeros, then totals."""
    last_row, last_column = len(grid) - 1, len(grid[0]) - 1
    sizes = sorted({abs(cell) for row in grid for cell in row})
    rank = {size: place for place, size in enumerate(sizes)}

    def cost(row: int, column: int) -> int:
        totals = (row == last_row) + (column == last_column)
        if totals:
            return _GRAND if totals == 2 else _TOTAL + rank[abs(grid[row][column])]
        return _PLAIN + rank[abs(grid[row][column])] if grid[row][column] else _NOTHING

    return [[cost(row, column) for column in range(last_column + 1)] for row in range(last_row + 1)]


def _first_exposed(withheld: set[Place]) -> Place | None:
    """A withheld cell that is on no ring of withheld cells, the first in reading order."""
    for place in sorted(withheld):
        if not _connected(place, withheld - {place}):
            return place
    return None


def _connected(place: Place, links: set[Place]) -> bool:
    """Whether a cell's row and column hang together by other withheld cells."""
    rows, columns, grew = {place[0]}, set[int](), True
    while grew:
        grew = False
        for row, column in links:
            if (row in rows) != (column in columns):
                rows.add(row)
                columns.add(column)
                grew = True
    return place[1] in columns


def _ring(exposed: Place, withheld: set[Place], costs: Sequence[Sequence[int]]) -> set[Place]:
    """The cheapest cells that join a cell's row to its column without the cell: a ring with it.

    Nodes are rows, numbered from 0, and columns, numbered from -1 down.
    """
    start, goal = exposed[0], ~exposed[1]
    order = count()
    queue: list[tuple[int, int, int, frozenset[Place]]] = [(0, next(order), start, frozenset())]
    seen: set[int] = set()
    while queue:
        spent, _, node, path = heappop(queue)
        if node == goal:
            return set(path)
        if node in seen:
            continue
        seen.add(node)
        for cell, neighbour in _links(node, costs):
            if cell != exposed and neighbour not in seen:
                step = 0 if cell in withheld else costs[cell[0]][cell[1]]
                heappush(queue, (spent + step, next(order), neighbour, path | {cell}))
    raise ValueError("a table with its totals has at least two rows and two columns")


def _links(node: int, costs: Sequence[Sequence[int]]) -> list[tuple[Place, int]]:
    """Cells of a row with their columns, or of a column with their rows."""
    if node >= 0:
        return [((node, column), ~column) for column in range(len(costs[0]))]
    return [((row, ~node), row) for row in range(len(costs))]


def _beside_few(
    withheld: set[Place], people: Sequence[Sequence[int | None]], costs: Sequence[Sequence[int]]
) -> Place | None:
    """A further cell for the first row or column whose withheld cells together are of few people."""
    last_row, last_column = len(people) - 1, len(people[0]) - 1
    for line in _lines(last_row, last_column):
        inside = [place for place in line if place in withheld]
        numbers = [people[row][column] for row, column in inside]
        known = [number for number in numbers if number is not None]
        others = [place for place in line if place not in withheld]
        if others and len(known) == len(numbers) and is_small(sum(known)):
            return min(others, key=lambda place: (costs[place[0]][place[1]], place))
    return None


def _lines(last_row: int, last_column: int) -> list[list[Place]]:
    """Rows without their totals, then columns without theirs: what a visible total would sum up."""
    rows = [[(row, column) for column in range(last_column)] for row in range(last_row)]
    columns = [[(row, column) for row in range(last_row)] for column in range(last_column)]
    return rows + columns
