"""Shares that add up to the penny (F-03, INV-01, INV-23)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import gcd, lcm

from core.errors import Refusal

Weight = int | Decimal | Fraction


@dataclass(frozen=True, slots=True)
class Shares:
    """A key made ready for many totals: whole numbers in the proportions of its weights, and their sum."""

    weights: tuple[int, ...]
    whole: int

    def split(self, total_pence: int) -> list[int]:
        """Shares of `total_pence` in the order of the weights, by largest remainder (F-03)."""
        size, whole = abs(total_pence), self.whole
        products = [size * weight for weight in self.weights]
        shares = [product // whole for product in products]
        left = size - sum(shares)
        if left:
            remainders = [product % whole for product in products]
            for index in sorted(range(len(shares)), key=remainders.__getitem__, reverse=True)[:left]:
                shares[index] += 1
        return shares if total_pence >= 0 else [-share for share in shares]


def prepare_key(weights: Sequence[Weight], names: Sequence[str] | None = None) -> Shares:
    """The key of these weights, to be used for many totals (F-03).

    Refuses a negative weight (row 19, by name where `names` are given) and weights that sum to 0 (row 18).
    """
    exact = _checked_weights(weights, names)
    denominator = lcm(*(weight.denominator for weight in exact))
    whole_numbers = [weight.numerator * denominator // weight.denominator for weight in exact]
    divisor = gcd(*whole_numbers)
    reduced = tuple(number // divisor for number in whole_numbers)
    return Shares(reduced, sum(reduced))


def apportion(
    total_pence: int, weights: Sequence[Weight], *, names: Sequence[str] | None = None
) -> list[int]:
    """Shares of `total_pence` in the order of `weights`, by largest remainder (F-03).

    They sum exactly to the total, also for a negative one. A tie for a left-over penny goes to the lower
    index; a weight of 0 gets 0. Refuses a negative weight (row 19, by name where `names` are given) and
    weights that sum to 0 (row 18).
    """
    return prepare_key(weights, names).split(total_pence)


def spread_over_months(total_pence: int, months: int = 12) -> list[int]:
    """An amount in equal monthly parts that sum to it exactly, the larger parts first (F-03)."""
    return apportion(total_pence, [1] * months)


def _checked_weights(weights: Sequence[Weight], names: Sequence[str] | None) -> list[int | Fraction]:
    if any(isinstance(weight, float) for weight in weights):
        raise TypeError("weights are whole numbers, decimals or fractions, never floats")
    exact = [weight if isinstance(weight, int) else Fraction(weight) for weight in weights]
    for index, weight in enumerate(exact):
        if weight < 0:
            who = f" for {names[index]}" if names else ""
            raise Refusal(f"Share{who} must be 0 or more", code="19")
    if not any(exact):
        raise Refusal("At least one council must have a share greater than 0", code="18")
    return exact
