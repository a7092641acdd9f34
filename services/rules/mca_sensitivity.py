"""How each option's score moves when one criterion weighs more or less (F-28)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.rules.assessment import NotApplicable
from services.rules.mca import FULL_WEIGHT, McaResult, OptionScore


@dataclass(frozen=True, slots=True)
class WeightLine:
    """An option's score where a criterion weighs nothing, and where it weighs all; straight in between."""

    option: str
    at_none: Fraction
    at_all: Fraction

    def at(self, weight: Fraction | int) -> Fraction:
        """The score at a weight from 0 to 100; the other criteria keep their proportions."""
        return self.at_none + (self.at_all - self.at_none) * weight / FULL_WEIGHT


def weight_lines(result: McaResult, place: int, weight: int) -> tuple[WeightLine, ...] | NotApplicable:
    """Each option's line for the criterion at `place`, in the order of the options (F-28).

    Not applicable where the criterion weighs all: then the others have no proportions to keep.
    """
    if weight == FULL_WEIGHT:
        return NotApplicable("This criterion weighs all, so there is nothing to weigh it against")
    return tuple(
        WeightLine(option.option, _without(option, place, weight), option.parts[place].mean)
        for option in result.options
    )


def level_weights(lines: Sequence[WeightLine]) -> tuple[Fraction, ...]:
    """Weights between 0 and 100 at which the first place passes from one option to another, ascending."""
    found = set()
    for index, one in enumerate(lines):
        for other in lines[index + 1 :]:
            slope = (one.at_all - one.at_none) - (other.at_all - other.at_none)
            if slope == 0:
                continue
            weight = (other.at_none - one.at_none) / slope * FULL_WEIGHT
            if 0 < weight < FULL_WEIGHT and one.at(weight) == max(line.at(weight) for line in lines):
                found.add(weight)
    return tuple(sorted(found))


def _without(option: OptionScore, place: int, weight: int) -> Fraction:
    """Weighted mean of an option on all criteria but one."""
    return (option.exact - option.parts[place].contribution) * FULL_WEIGHT / (FULL_WEIGHT - weight)
