"""What readers already know of lines about few people from other options and earlier versions (INV-38).

A line that is withheld can be worked out by subtraction where another version, or another option, shows
what stands beside it. So every total that was shown is kept as an equation: the withheld lines in it add up
to a known sum. A line keeps its place among the unknowns as long as its amount stays the same; a reader who
sees two versions will take what is not said to have changed as the same.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from core.rules.suppression import is_small
from services.rules.line_cells import Cell, cells_of, group_of, is_of_few, likeness_of
from services.rules.option_flows import FlowLine

Place = tuple[str, int | None, int]
# Which line, where, and how many pence.
Unknown = tuple[int, Place, int]


@dataclass(frozen=True, slots=True)
class Edition:
    """One option of one version: by what names its lines, councils and years are known elsewhere.

    `option` is its reference, `titles` those of its lines by reference, `councils` identify the places of
    the councils, `base_fy` is the year of the first amount.
    """

    option: str
    titles: Mapping[str, str]
    councils: Sequence[int]
    base_fy: int


@dataclass(slots=True)
class Told:
    """Everything shown so far, option by option and version by version, in the order of showing.

    `shown` amounts are known; of `withheld` ones only the `sums`, place by place; `people` are the numbers
    of people behind those that are about few.
    """

    names_known: dict[Hashable, int] = field(default_factory=dict)
    shown: set[Unknown] = field(default_factory=set)
    sums: dict[Place, list[frozenset[Unknown]]] = field(default_factory=dict)
    people: dict[Unknown, int] = field(default_factory=dict)
    names_withheld: set[int] = field(default_factory=set)
    withheld: set[Unknown] = field(default_factory=set)

    def read(self, lines: Sequence[FlowLine], pools: Mapping[str, int], edition: Edition) -> Reading:
        """The lines of an option, each recognised where it was in an earlier version or another option."""
        by_ref = {ref: self.names_known.get(("ref", edition.option, ref)) for ref in edition.titles}
        taken = {name for name in by_ref.values() if name is not None}
        names, same_ref = {}, set[str]()
        for ref, title in edition.titles.items():
            name = by_ref[ref]
            if name is None:
                alike = self.names_known.get(("title", title.casefold()))
                name = len(self.names_known) if alike is None or alike in taken else alike
            else:
                same_ref.add(ref)
            taken.add(name)
            names[ref] = name
            self.names_known[("ref", edition.option, ref)] = name
            self.names_known.setdefault(("title", title.casefold()), name)
        return Reading(self, lines, pools, edition, names, frozenset(same_ref))

    def tells(self, sums: Mapping[Place, frozenset[Unknown]], few: Mapping[Unknown, int]) -> frozenset[Place]:
        """Where these sums, with all that was shown before, give away an amount that tells of few people."""
        people = dict(self.people)
        for unknown, number in few.items():
            people[unknown] = max(number, people.get(unknown, 0))
        return frozenset(
            place
            for place, terms in sums.items()
            if _is_told([*self.sums.get(place, ()), terms], self.shown, people)
        )


@dataclass(frozen=True, slots=True)
class Reading:
    """One option of one version beside all that was shown before it."""

    told: Told
    lines: Sequence[FlowLine]
    pools: Mapping[str, int]
    edition: Edition
    names: Mapping[str, int]
    same_ref: frozenset[str]

    def kept_back(self) -> frozenset[str]:
        """References of lines that were withheld before: the same line, or another of the same amount."""
        known = self.told
        again = {ref for ref in self.same_ref if self.names[ref] in known.names_withheld}
        return frozenset(
            again | {line.ref for line in self.lines if known.withheld & {*self.unknowns(line).values()}}
        )

    def open_cells(self, part: FlowLine, beside: Iterable[FlowLine]) -> frozenset[Cell]:
        """Cells of a line where it would be told if these lines, shared alike, were withheld beside it."""
        lines = [part, *beside]
        cells = {self._place(part, cell): cell for cell in cells_of(part)}
        sums = {place: terms for place, terms in self._sums(lines).items() if place in cells}
        few = {
            unknown: line.staff_count or 0
            for line in lines
            if is_small(line.staff_count)
            for unknown in self.unknowns(line).values()
        }
        return frozenset(cells[place] for place in self.told.tells(sums, few))

    def unknowns(self, line: FlowLine) -> dict[Cell, Unknown]:
        """Every amount of a line, under the name by which it is known elsewhere."""
        name = self.names[line.ref]
        return {cell: (name, self._place(line, cell), pence) for cell, pence in cells_of(line).items()}

    def show(self, withheld: Collection[str], unsaid: Collection[Hashable]) -> None:
        """Keep what a reader learns of this option: lines, and sums of withheld lines that are shared alike.

        Of the likenesses in `unsaid` no total is shown.
        """
        known, alike = self.told, dict[Hashable, list[FlowLine]]()
        for line in self.lines:
            unknowns = set(self.unknowns(line).values())
            if line.ref not in withheld:
                known.shown |= unknowns
                continue
            known.withheld |= unknowns
            if is_small(line.staff_count):
                known.people |= {
                    one: max(line.staff_count or 0, known.people.get(one, 0)) for one in unknowns
                }
            alike.setdefault(likeness_of(line, self.pools), []).append(line)
        known.names_withheld |= {self.names[ref] for ref in withheld}
        for likeness, lines in alike.items():
            if likeness not in unsaid:
                for place, terms in self._sums(lines).items():
                    known.sums.setdefault(place, []).append(terms)

    def _sums(self, lines: Iterable[FlowLine]) -> dict[Place, frozenset[Unknown]]:
        sums = dict[Place, frozenset[Unknown]]()
        for line in lines:
            for _, place, pence in self.unknowns(line).values():
                sums[place] = sums.get(place, frozenset()) | {(self.names[line.ref], place, pence)}
        return sums

    def _place(self, line: FlowLine, cell: Cell) -> Place:
        place, year = cell
        who = None if place is None else self.edition.councils[place]
        return group_of(line), who, year if line.is_exit else self.edition.base_fy + year


def _is_told(
    sums: Iterable[frozenset[Unknown]], shown: Collection[Unknown], people: Mapping[Unknown, int]
) -> bool:
    """Whether sums of unknown amounts can be combined to one of lines about few people alone."""
    terms = [{one for one in each if one not in shown} for each in sums]
    rows = [dict.fromkeys(sorted(each), Fraction(1)) for each in terms if each]
    columns = {one for row in rows for one in row}
    for combined in _reduced(rows, [*sorted(columns - {*people}), *sorted(columns & {*people})]):
        numbers = dict[int, int]()
        for one in combined:
            numbers[one[0]] = max(numbers.get(one[0], 0), people.get(one, 0))
        if is_of_few(numbers.values()):
            return True
    return False


Row = dict[Unknown, Fraction]


def _reduced(rows: Sequence[Row], columns: Sequence[Unknown]) -> list[Row]:
    """The rows solved for one column after the other, as far as they go; rows that add nothing left out."""
    left, solved = list(rows), list[Row]()
    for column in columns:
        pivot = next((row for row in left if column in row), None)
        if pivot is None:
            continue
        left.remove(pivot)
        pivot = {one: factor / pivot[column] for one, factor in pivot.items()}
        left = [_less(row, pivot, column) for row in left]
        solved = [*(_less(row, pivot, column) for row in solved), pivot]
    return solved


def _less(row: Row, pivot: Row, column: Unknown) -> Row:
    """A row without `column`: less so many times the pivot."""
    times = row.get(column, Fraction(0))
    if not times:
        return row
    found = {one: row.get(one, Fraction(0)) - times * pivot.get(one, Fraction(0)) for one in {*row, *pivot}}
    return {one: factor for one, factor in found.items() if factor}
