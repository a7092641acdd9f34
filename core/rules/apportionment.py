"""Shares that add up to the penny (F-03, INV-01, INV-23)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from core.errors import Refusal

Weight = int | Decimal | Fraction


def apportion(
    total_pence: int, weights: Sequence[Weight], *, names: Sequence[str] | None = None
) -> list[int]:
    """Shares of `total_pence` in the order of `weights`, by largest remainder (F-03).

    They sum exactly to the total, also for a negative one. A tie for a left-over penny goes to the lower
    index; a weight of 0 gets 0. Refuses a negative weight (row 19, by name where `names` are given) and
    weights that sum to 0 (row 18).
    """
    exact = _checked_weights(weights, names)
    weight_sum = sum(exact)
    quotas = [abs(total_pence) * weight / weight_sum for weight in exact]
    shares = [quota.numerator // quota.denominator for quota in quotas]
    by_remainder = sorted(range(len(quotas)), key=lambda index: (shares[index] - quotas[index], index))
    for index in by_remainder[: abs(total_pence) - sum(shares)]:
        shares[index] += 1
    return shares if total_pence >= 0 else [-share for share in shares]


def spread_over_months(total_pence: int, months: int = 12) -> list[int]:
    """An amount in equal monthly parts that sum to it exactly, the larger parts first (F-03)."""
    return apportion(total_pence, [1] * months)


def _checked_weights(weights: Sequence[Weight], names: Sequence[str] | None) -> list[Fraction]:
    if any(isinstance(weight, float) for weight in weights):
        raise TypeError("weights are whole numbers, decimals or fractions, never floats")
    exact = [Fraction(weight) for weight in weights]
    for index, weight in enumerate(exact):
        if weight < 0:
            who = f" for {names[index]}" if names else ""
            raise Refusal(f"Share{who} must be 0 or more", code="19")
    if sum(exact) == 0:
        raise Refusal("At least one council must have a share greater than 0", code="18")
    return exact
