"""How exact a figure is when it is worked out from figures that are not."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from core.enums import Qualifier


class Bound(StrEnum):
    """What a figure says of the true one."""

    EXACT = "exact"
    FLOOR = "floor"
    CEILING = "ceiling"
    APPROXIMATE = "approximate"
    UNKNOWN = "unknown"


_BOUNDS = {
    Qualifier.EXACT: Bound.EXACT,
    Qualifier.OVER: Bound.FLOOR,
    Qualifier.JUST_OVER: Bound.FLOOR,
    Qualifier.ALMOST: Bound.CEILING,
    Qualifier.ABOUT: Bound.APPROXIMATE,
    Qualifier.AROUND: Bound.APPROXIMATE,
    Qualifier.ROUNDED: Bound.APPROXIMATE,
    Qualifier.ESTIMATE: Bound.APPROXIMATE,
    Qualifier.LOW: Bound.UNKNOWN,
    Qualifier.NOT_STATED: Bound.UNKNOWN,
}
_OPPOSITE = {Bound.FLOOR: Bound.CEILING, Bound.CEILING: Bound.FLOOR}


def bound_of(qualifier: str) -> Bound:
    """Bound that the word of a source stands for: "over" is a floor, "almost" a ceiling."""
    return _BOUNDS[Qualifier(qualifier)]


def bound_of_sum(bounds: Iterable[Bound]) -> Bound:
    """Bound of a sum: exact figures change nothing, a floor and a ceiling leave it approximate."""
    kinds = set(bounds) - {Bound.EXACT}
    if Bound.UNKNOWN in kinds:
        return Bound.UNKNOWN
    if len(kinds) > 1:
        return Bound.APPROXIMATE
    return kinds.pop() if kinds else Bound.EXACT


def bound_of_difference(figure: Bound, taken_away: Bound) -> Bound:
    """Bound of `figure` less `taken_away`: taking a floor away leaves a ceiling."""
    return bound_of_sum([figure, opposite(taken_away)])


def bound_of_ratio(numerator: Bound, denominator: Bound) -> Bound:
    """Bound of a ratio of figures above 0: an exact figure over a floor is a ceiling."""
    return bound_of_sum([numerator, opposite(denominator)])


def opposite(bound: Bound) -> Bound:
    """Ceiling for a floor and floor for a ceiling; any other stays."""
    return _OPPOSITE.get(bound, bound)
