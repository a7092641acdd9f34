"""What each line holds: the lines behind the totals, each with its own figures."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from benefits.enums import Basis
from benefits.queries.ledgers import LineFacts
from benefits.queries.scope import Scope


@dataclass(frozen=True, slots=True)
class LineFigures:
    """Pence of one line in each basis, over the councils and years chosen; no amount is £0."""

    line: LineFacts
    original: int
    current: int
    forecast: int
    claimed: int
    verified: int
    banked: int


def figures_by_line(scope: Scope) -> tuple[LineFigures, ...]:
    """Every chosen line that counts, in its order."""
    held: dict[tuple[int, Basis], int] = defaultdict(int)
    for (_, _, basis, fy), amounts in scope.by_cell.items():
        if scope.choice.fy in {None, fy}:
            for amount in amounts:
                held[amount.line.pk, basis] += amount.pence
    return tuple(
        LineFigures(line, **{basis.value: held[line.pk, basis] for basis in Basis}) for line in scope.lines
    )
