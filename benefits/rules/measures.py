"""Which measure a line counts in, and what gross and net are made of (F-02, INV-17, INV-22)."""

from __future__ import annotations

from collections.abc import Mapping

from benefits.enums import Measure
from services.enums import LineKind

_BY_KIND = {
    LineKind.CASHABLE_SAVING: Measure.CASHABLE,
    LineKind.NON_CASHABLE: Measure.NON_CASHABLE,
    LineKind.COST_AVOIDANCE: Measure.COST_AVOIDANCE,
    LineKind.DISBENEFIT: Measure.DISBENEFIT,
    LineKind.ONE_OFF_COST: Measure.ONE_OFF_COST,
    LineKind.RECURRING_COST: Measure.RECURRING_COST,
    LineKind.GRANT: Measure.GRANT,
}

# Non-cashable savings, avoided costs and unbudgeted income release no budget: they are never in the net.
# Dis-benefits and recurring costs always are (INV-22).
PARTS: Mapping[Measure, Mapping[Measure, int]] = {
    Measure.GROSS: {Measure.CASHABLE: 1, Measure.INCOME_BUDGETED: 1},
    Measure.NET: {
        Measure.CASHABLE: 1,
        Measure.INCOME_BUDGETED: 1,
        Measure.GRANT: 1,
        Measure.DISBENEFIT: -1,
        Measure.RECURRING_COST: -1,
        Measure.ONE_OFF_COST: -1,
    },
}
SAVING_MEASURES = (
    Measure.CASHABLE,
    Measure.INCOME_BUDGETED,
    Measure.INCOME_UNBUDGETED,
    Measure.NON_CASHABLE,
    Measure.COST_AVOIDANCE,
    Measure.GRANT,
)
COST_MEASURES = (Measure.ONE_OFF_COST, Measure.RECURRING_COST, Measure.DISBENEFIT)


def measure_of(kind: str, *, is_budgeted: bool) -> Measure:
    """The measure that a line of this kind counts in; income counts apart where no budget holds it."""
    if LineKind(kind) == LineKind.INCOME:
        return Measure.INCOME_BUDGETED if is_budgeted else Measure.INCOME_UNBUDGETED
    return _BY_KIND[LineKind(kind)]


def sign_within(measure: Measure, *, is_disbenefit: bool) -> int:
    """How a line adds to the pounds of its benefit: a cost takes off, and in a dis-benefit a saving does."""
    return -1 if (measure in COST_MEASURES) != is_disbenefit else 1


def noun_of(measure: Measure) -> str:
    """What a page calls the measure: the saving before costs is the cashable saving."""
    return "Cashable saving" if measure == Measure.GROSS else str(measure.label)


def full_noun_of(measure: Measure) -> str:
    """The same with the word gross where costs are not taken off (INV-22)."""
    return f"{noun_of(measure)}, gross (before costs)" if measure == Measure.GROSS else noun_of(measure)


def parts_of(measure: Measure) -> Mapping[Measure, int]:
    """The measures that add up to this one, each with its sign; a plain measure is its own only part."""
    return PARTS.get(measure, {measure: 1})
