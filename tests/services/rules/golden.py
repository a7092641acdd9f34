"""The fictional golden programme (domain.md 4.9) as lines of an option, and a builder of other lines."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.rules.apportionment import Weight, prepare_key
from services.enums import CostType, LineKind
from services.rules.discount import schedule_of
from services.rules.option_flows import FlowLine

SCHEDULE = schedule_of("green-book-2003")
COUNCILS = ("Ashmere", "Brockvale", "Carrick")
POPULATION = (130_200, 140_600, 106_300)
EQUAL = (1, 1, 1)


def joint(
    ref: str, kind: LineKind, amounts: Sequence[int], weights: Sequence[Weight], **fields: object
) -> FlowLine:
    """A joint line, shared year by year by these weights."""
    key = prepare_key(weights)
    shares = tuple(zip(*(key.split(pence) for pence in amounts), strict=True))
    values = {"cost_type": "", "weights": tuple(weights), **fields}
    return FlowLine(ref=ref, kind=kind, amounts_pence=tuple(amounts), shares_pence=shares, **values)  # type: ignore[arg-type]


def own(ref: str, kind: LineKind, shares: Sequence[Sequence[int]], **fields: object) -> FlowLine:
    """A line of amounts that the councils entered for themselves, one list a council."""
    amounts = tuple(map(sum, zip(*shares, strict=True)))
    values = {"cost_type": "", "is_joint": False, **fields}
    return FlowLine(ref, kind, amounts_pence=amounts, shares_pence=tuple(map(tuple, shares)), **values)  # type: ignore[arg-type,misc]


SAVINGS = joint(
    "savings", LineKind.CASHABLE_SAVING, [0, 18_000_000, 42_000_000, *[48_000_000] * 3], POPULATION
)
RECURRING = joint("running", LineKind.RECURRING_COST, [0, *[4_000_000] * 5], POPULATION)
ONE_OFF = joint(
    "change",
    LineKind.ONE_OFF_COST,
    [60_000_000, 15_000_000, 0, 0, 0, 0],
    EQUAL,
    bias=Fraction(164, 1000),
)
CONTRACT_EXIT = own(
    "exit",
    LineKind.ONE_OFF_COST,
    [[0] * 6, [0] * 6, [25_000_000, 0, 0, 0, 0, 0]],
    cost_type=CostType.CONTRACT_EXIT,
)
JOINT_LINES = (SAVINGS, RECURRING, ONE_OFF)
LINES = (*JOINT_LINES, CONTRACT_EXIT)
