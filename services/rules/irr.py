"""The rate at which a profile of net flows is worth nothing."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from itertools import accumulate, pairwise

from core.rules.assessment import NotApplicable
from core.rules.rounding import round_to

_PLACES = 6
_FINENESS = 10**12


def irr_percent(net_by_year_pence: Sequence[int]) -> Decimal | NotApplicable:
    """Internal rate of return in percent a year with 6 decimals: the rate at which net present value is 0.

    The first flow is of year 0. Not applicable where the flows never change sign, and where they change
    sign more than once so that more than one rate could fit.
    """
    flows = _without_outer_zeros(net_by_year_pence)
    changes = sign_changes(flows)
    if changes == 0:
        return NotApplicable("Costs and benefits never change places, so no rate makes them equal")
    if changes > 1 and not _has_one_positive_rate(flows):
        return NotApplicable("The flows change sign more than once, so more than one rate could fit")
    return round_to((1 / _discount_per_year(flows) - 1) * 100, _PLACES)


def sign_changes(flows: Sequence[int]) -> int:
    """How often a profile goes from cost to benefit or back; years of £0 do not count."""
    signs = [flow > 0 for flow in flows if flow]
    return sum(before != after for before, after in pairwise(signs))


def _has_one_positive_rate(flows: Sequence[int]) -> bool:
    """Norstrom's condition: cumulative flows change sign once and do not end at 0."""
    running = list(accumulate(flows))
    return sign_changes(running) == 1 and running[-1] != 0


def _without_outer_zeros(flows: Sequence[int]) -> list[int]:
    used = [index for index, flow in enumerate(flows) if flow]
    return list(flows[used[0] : used[-1] + 1]) if used else []


def _discount_per_year(flows: Sequence[int]) -> Fraction:
    """The x for which the sum of flow times x to the power of its year is 0, by halving an interval.

    In whole numbers: x is `numerator` over a power of 2, so that every sign is exact. It ends when the
    rate, 1/x - 1, lies within 1 part in 10**12.
    """
    starts_positive = flows[0] > 0
    high, shift = 1, 0
    while (_value(flows, high, shift) > 0) == starts_positive and _value(flows, high, shift):
        high *= 2
    low, width = 0, high
    while low * low < (width * _FINENESS) << shift:
        low, high, shift = low * 2, high * 2, shift + 1
        middle = (low + high) // 2
        if (_value(flows, middle, shift) > 0) == starts_positive:
            low = middle
        else:
            high = middle
    return Fraction(high, 1 << shift)


def _value(flows: Sequence[int], numerator: int, shift: int) -> int:
    """Value of the profile at x = numerator / 2**shift, times 2**(shift * years)."""
    total = 0
    for index, flow in enumerate(reversed(flows)):
        total = total * numerator + (flow << (shift * index))
    return total
