"""Which lines and figures of an option may be shown where a line is about few people (INV-38)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from core.rules.suppression import is_small
from services.enums import LineKind
from services.rules.option_flows import FlowLine

Cell = tuple[int | None, int]

_WHOLE = -1


@dataclass(frozen=True, slots=True)
class Protection:
    """What of an option may not be shown, so that no line about fewer than 5 people can be worked out.

    `lines` are withheld whole: the small ones, and those that stand beside them in every printed total.
    Where no second line of the same kind could hide a small one, figures that hold it are withheld too:
    the joint ones, and those of the councils in `councils` (places in the order). `is_exit_withheld` says
    the same of the exit cost. Scenarios that change withheld lines by different factors would be equations
    enough to solve for each, so they are withheld as well.
    """

    lines: frozenset[str] = frozenset()
    is_total_withheld: bool = False
    councils: frozenset[int] = frozenset()
    is_exit_withheld: bool = False
    are_scenarios_withheld: bool = False


def protect(lines: Sequence[FlowLine], pools: Mapping[str, int]) -> Protection:
    """What to withhold of the lines of one option; `pools` names the pool of each joint line.

    Totals are printed by year, jointly and for each council, for benefits, recurring and one-off costs. A
    small line is hidden in all of them if each holds money of another withheld line that is shared in the
    same way. The smallest lines that do so are chosen.
    """
    small = sorted({line.ref for line in lines if is_small(line.staff_count) and _cells(line)})
    if not small:
        return Protection()
    withheld, exposed = set(small), set[str]()
    for ref in small:
        beside = _lines_beside(ref, lines, withheld, pools)
        if beside is None:
            exposed.add(ref)
        else:
            withheld |= beside
    in_flows = [line for line in lines if line.ref in exposed and not line.is_exit]
    return Protection(
        lines=frozenset(withheld),
        is_total_withheld=bool(in_flows),
        councils=frozenset(place for line in in_flows for place in _councils(line)),
        is_exit_withheld=any(line.is_exit for line in lines if line.ref in exposed),
        are_scenarios_withheld=_have_different_factors(line for line in lines if line.ref in withheld),
    )


def _lines_beside(
    ref: str, lines: Sequence[FlowLine], withheld: set[str], pools: Mapping[str, int]
) -> set[str] | None:
    """Further lines to withhold so that this one is never alone in a total; None where there are too few."""
    added: set[str] = set()
    for part in (line for line in lines if line.ref == ref):
        likeness = _likeness(part, pools)
        alike = [line for line in lines if line.ref != ref and _likeness(line, pools) == likeness]
        open_cells = _open_cells(part, [line for line in alike if line.ref in withheld | added])
        spare = sorted(
            (line for line in alike if line.ref not in withheld | added),
            key=lambda line: (sum(line.amounts_pence), line.ref),
        )
        for line in spare:
            if open_cells & _cells(line):
                added.add(line.ref)
                open_cells = _open_cells(part, [line for line in alike if line.ref in withheld | added])
        if open_cells:
            return None
    return added


def _open_cells(part: FlowLine, hidden: Sequence[FlowLine]) -> frozenset[Cell]:
    """Cells in which a line, with what is withheld beside it, would still be money of fewer than 5 people."""
    return frozenset(
        cell
        for cell in _cells(part)
        if _is_of_few([part, *(line for line in hidden if cell in _cells(line))])
    )


def _is_of_few(lines: Sequence[FlowLine]) -> bool:
    """Whether lines together are about few people; one that is about none, or about many, hides the rest."""
    people = [line.staff_count or 0 for line in lines]
    return all(map(is_small, people)) and is_small(sum(people))


def _cells(line: FlowLine) -> frozenset[Cell]:
    """Where a line has money: years, and for amounts that councils entered the council as well.

    Exit costs are printed as one sum.
    """
    if line.is_exit:
        return frozenset({(None, _WHOLE)}) if any(line.amounts_pence) else frozenset()
    if line.is_joint:
        return frozenset((None, year) for year, pence in enumerate(line.amounts_pence) if pence)
    return frozenset(
        (place, year)
        for place, own in enumerate(line.shares_pence)
        for year, pence in enumerate(own)
        if pence
    )


def _likeness(line: FlowLine, pools: Mapping[str, int]) -> Hashable:
    """Lines that stand in the same totals and are shared in the same proportions."""
    if line.is_exit:
        group = "exit"
    elif line.kind in {LineKind.ONE_OFF_COST, LineKind.RECURRING_COST}:
        group = line.kind
    else:
        group = "benefits"
    if line.is_joint:
        return group, pools.get(line.ref, line.ref)
    return group, _councils(line)


def _councils(line: FlowLine) -> frozenset[int]:
    return frozenset(place for place, own in enumerate(line.shares_pence) if any(own))


def _have_different_factors(lines: Iterable[FlowLine]) -> bool:
    return len({(line.kind, line.low_percent, line.high_percent, line.bias) for line in lines}) > 1
