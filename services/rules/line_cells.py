"""Where a line of an option has money, and which lines stand in the same printed totals (INV-38)."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping

from core.rules.suppression import is_small
from services.enums import LineKind
from services.rules.option_flows import FlowLine

Cell = tuple[int | None, int]

_WHOLE = -1


def cells_of(line: FlowLine) -> dict[Cell, int]:
    """Pence of a line by year, and for amounts that councils entered by council as well; none of 0.

    Exit costs are printed as one sum.
    """
    if line.is_exit:
        whole = sum(line.amounts_pence)
        return {(None, _WHOLE): whole} if whole else {}
    if line.is_joint:
        return {(None, year): pence for year, pence in enumerate(line.amounts_pence) if pence}
    return {
        (place, year): pence
        for place, own in enumerate(line.shares_pence)
        for year, pence in enumerate(own)
        if pence
    }


def group_of(line: FlowLine) -> str:
    """The printed total that a line is part of: exit cost, recurring cost, one-off cost or benefits."""
    if line.is_exit:
        return "exit"
    if line.kind in {LineKind.ONE_OFF_COST, LineKind.RECURRING_COST}:
        return line.kind
    return "benefits"


def likeness_of(line: FlowLine, pools: Mapping[str, int]) -> Hashable:
    """The same for lines that stand in the same totals and are shared in the same proportions."""
    if line.is_joint:
        return group_of(line), pools.get(line.ref, line.ref)
    return group_of(line), councils_of(line)


def councils_of(line: FlowLine) -> frozenset[int]:
    """Places of the councils that bear a part of a line."""
    return frozenset(place for place, own in enumerate(line.shares_pence) if any(own))


def is_of_few(people: Iterable[int]) -> bool:
    """Whether lines together are about few people; one that is about none, or about many, hides the rest."""
    numbers = list(people)
    return all(map(is_small, numbers)) and is_small(sum(numbers))
