"""What a service costs each council for the work it does, and how far councils are apart."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.rounding import round_half_up, round_to
from core.rules.words import listed

Rate = Fraction | NotAssessable | NotApplicable


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest of several councils' rates, in exact pence, and who has them."""

    lowest: Fraction
    lowest_name: str
    highest: Fraction
    highest_name: str

    @property
    def difference_pence(self) -> int:
        """Highest less lowest, rounded once."""
        return round_half_up(self.highest - self.lowest)

    @property
    def ratio(self) -> Decimal | NotApplicable:
        """How many times the lowest the highest is, with two decimals; not of a lowest of nothing."""
        if not self.lowest:
            return NotApplicable(f"The lowest, of {self.lowest_name}, is nothing")
        return round_to(self.highest / self.lowest, 2)

    @property
    def gap(self) -> Fraction:
        """What the highest would save a unit at the lowest's rate, as a fraction of its own, 0 to 1."""
        return (self.highest - self.lowest) / self.highest if self.highest else Fraction(0)


def rate(cost_pence: int | None, units: Decimal | None, *, cost: str, of: str) -> Rate:
    """Exact pence a unit of work or a head; what is missing (`cost`, `of`) is named, never taken as 0."""
    missing = [name for name, value in ((cost, cost_pence), (of, units)) if value is None]
    if cost_pence is None or units is None:
        return NotAssessable(f"{listed(missing)} not stated")
    if not units:
        return NotApplicable(f"{of} is 0")
    return Fraction(cost_pence) / Fraction(units)


def rate_pence(value: Rate) -> int | NotAssessable | NotApplicable:
    """The rate rounded once to the penny."""
    return round_half_up(value) if isinstance(value, Fraction) else value


def spread_of(rates: Mapping[str, Rate]) -> Spread | NotAssessable:
    """The spread of the councils that have a rate, in their order for ties; it takes two of them."""
    known = [(name, value) for name, value in rates.items() if isinstance(value, Fraction)]
    if len(known) < 2:
        return NotAssessable("Fewer than two councils can be compared")
    lowest = min(known, key=lambda one: one[1])
    highest = max(known, key=lambda one: one[1])
    return Spread(lowest[1], lowest[0], highest[1], highest[0])


def year_to_compare(stated: Sequence[Collection[int]]) -> int | None:
    """The financial year in which most councils state a cost, the latest of those; None without any.

    `stated` holds, for each council, the years it states.
    """
    years = {year for one in stated for year in one}
    return max(years, key=lambda year: (sum(year in one for one in stated), year), default=None)


def measure_to_compare(stated: Sequence[Collection[str]]) -> str | None:
    """The measure of volume that most councils state, the first by name of those; None without any."""
    names = sorted({name for one in stated for name in one})
    return max(names, key=lambda name: sum(name in one for one in stated), default=None)
