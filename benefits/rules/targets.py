"""Readings of a measure against what was planned for their time (domain.md 2.9)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from benefits.enums import Direction, Frequency

# How many months after one reading the next one falls due.
MONTHS = {Frequency.MONTHLY: 1, Frequency.QUARTERLY: 3, Frequency.YEARLY: 12}
NO_TARGET = "No target set"
IN_POUNDS = "In pounds"
_RUN = 2


@dataclass(frozen=True, slots=True)
class At:
    """A reading, the number of months since year 0 at the end of its time, and its target if one is set."""

    month: int
    value: Decimal
    target: Decimal | None = None
    step: int = 0


def target_words(
    value: Decimal | None,
    unit: str = "",
    text: str = "",
    *,
    is_left_out: bool = False,
    has_pounds: bool = False,
) -> str:
    """The target with its unit, the source's own words, or that none is set (scenario 20).

    `is_left_out` where someone said why there is to be none; `has_pounds` where the plan says it in pounds.
    """
    if value is not None:
        whole = value.to_integral_value()
        return f"{whole if whole == value else value.normalize():,f} {unit}".strip()
    if text and not is_left_out:
        return text
    return IN_POUNDS if has_pounds and not is_left_out else NO_TARGET


def direction_of(direction: str, starting: Decimal | None, target: Decimal | None) -> str:
    """Which way a measure should go: as stated, else from its starting value towards its target."""
    if direction != Direction.NOT_STATED or starting is None or target is None:
        return direction
    return Direction.LOWER if target < starting else Direction.HIGHER


def movement_words(starting: Decimal, latest: Decimal, target: Decimal | None, direction: str) -> str:
    """Which way a measure went since its start, in words and no arrow: "Down, which is better"."""
    if latest == starting:
        return "No change"
    way = "Up" if latest > starting else "Down"
    if direction == Direction.ON_TARGET and target is not None:
        before, after = abs(starting - target), abs(latest - target)
        return f"{way}, {'nearer to' if after < before else 'no nearer to'} the target"
    if direction not in (Direction.HIGHER, Direction.LOWER):
        return way
    is_better = (latest > starting) == (direction == Direction.HIGHER)
    return f"{way}, which is {'better' if is_better else 'worse'}"


def is_met(value: Decimal, target: Decimal, direction: str) -> bool:
    """Whether a value is at its target, or on the better side of it."""
    if direction == Direction.LOWER:
        return value <= target
    return value == target if direction == Direction.ON_TARGET else value >= target


def is_at_target_twice(values: Sequence[At], direction: str) -> bool:
    """Whether the last two readings, of one period and the next, are both at their targets.

    `step` of the last one says how many months lie between two periods; 0: any two readings in a row.
    """
    last = list(values)[-_RUN:]
    if len(last) < _RUN:
        return False
    before, now = last
    if now.step and now.month - before.month != now.step:
        return False
    return all(one.target is not None and is_met(one.value, one.target, direction) for one in last)
