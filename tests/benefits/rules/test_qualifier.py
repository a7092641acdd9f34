"""Figures that are floors, ceilings or approximate."""

from __future__ import annotations

import pytest

from benefits.rules.qualifier import (
    Bound,
    bound_of,
    bound_of_difference,
    bound_of_ratio,
    bound_of_sum,
    opposite,
)
from core.enums import Qualifier

EXACT, FLOOR, CEILING, APPROXIMATE, UNKNOWN = Bound


def test_every_word_of_a_source_has_a_bound():
    assert {word.value: bound_of(word) for word in Qualifier} == {
        "exact": EXACT,
        "about": APPROXIMATE,
        "over": FLOOR,
        "just_over": FLOOR,
        "almost": CEILING,
        "rounded": APPROXIMATE,
        "estimate": APPROXIMATE,
        "around": APPROXIMATE,
        "not_stated": UNKNOWN,
        "low": UNKNOWN,
    }


@pytest.mark.parametrize(
    ("bounds", "result"),
    [
        ([], EXACT),
        ([EXACT, EXACT], EXACT),
        ([FLOOR, EXACT], FLOOR),
        ([FLOOR, FLOOR], FLOOR),
        ([CEILING, EXACT], CEILING),
        ([FLOOR, CEILING], APPROXIMATE),
        ([APPROXIMATE, FLOOR], APPROXIMATE),
        ([UNKNOWN, EXACT, FLOOR], UNKNOWN),
    ],
)
def test_bound_of_a_sum(bounds: list[Bound], result: Bound):
    assert bound_of_sum(bounds) == result


@pytest.mark.parametrize(
    ("first", "second", "result"),
    [
        (EXACT, EXACT, EXACT),
        (EXACT, FLOOR, CEILING),
        (EXACT, CEILING, FLOOR),
        (FLOOR, EXACT, FLOOR),
        (FLOOR, CEILING, FLOOR),
        (FLOOR, FLOOR, APPROXIMATE),
        (CEILING, FLOOR, CEILING),
        (APPROXIMATE, EXACT, APPROXIMATE),
        (EXACT, APPROXIMATE, APPROXIMATE),
        (EXACT, UNKNOWN, UNKNOWN),
    ],
)
def test_bound_of_a_ratio_and_of_a_difference(first: Bound, second: Bound, result: Bound):
    assert (bound_of_ratio(first, second), bound_of_difference(first, second)) == (result, result)


def test_opposite_turns_only_floors_and_ceilings():
    assert [opposite(bound) for bound in Bound] == [EXACT, CEILING, FLOOR, APPROXIMATE, UNKNOWN]
