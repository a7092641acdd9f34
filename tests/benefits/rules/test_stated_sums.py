"""Sums of figures that sources state for one council, some, or all."""

from __future__ import annotations

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.qualifier import Bound
from benefits.rules.stated_sums import StatedAmount, StatedSum, stated_sum
from core.rules.assessment import NotAssessable

A, B, C = "ashmere", "brockvale", "carrick"
NONE_ALONE = NotAssessable("No figure is stated for these councils on their own")


def _amount(councils: str | tuple[str, ...], pence: int | None, qualifier: str = "exact") -> StatedAmount:
    return StatedAmount(frozenset({councils} if isinstance(councils, str) else councils), pence, qualifier)


def _sum(*amounts: StatedAmount, of: tuple[str, ...] = (A, B)) -> StatedSum | NotAssessable:
    return stated_sum(amounts, frozenset(of))


def test_stated_sum_of_lines_for_one_council() -> None:
    assert _sum(_amount(A, 100), _amount(A, -30), _amount(B, 7), of=(A,)) == StatedSum(70, Bound.EXACT)


def test_stated_sum_for_all_is_that_of_each_where_none_is_stated_together() -> None:
    assert _sum(_amount(A, 100), _amount(B, 7)) == StatedSum(107, Bound.EXACT)


def test_stated_sum_for_all_is_the_figure_stated_together_and_not_added_to_its_parts() -> None:
    assert _sum(_amount((A, B), 90, "over"), _amount(A, 50), _amount(B, 40)) == StatedSum(90, Bound.FLOOR)


def test_stated_sum_takes_parts_that_make_up_the_councils_without_overlap() -> None:
    amounts = [_amount((A, B), 350), _amount((B, C), 999), _amount(C, 35)]
    for order in permutations(amounts):
        assert _sum(*order, of=(A, B, C)) == StatedSum(385, Bound.EXACT)


def test_stated_sum_goes_back_on_a_wide_part_that_leaves_a_gap() -> None:
    assert _sum(_amount((A, B), 500), _amount(A, 1), _amount((B, C), 2), of=(A, B, C)) == StatedSum(
        3, Bound.EXACT
    )


def test_stated_sum_never_divides_a_figure_for_more_councils() -> None:
    assert _sum(_amount((A, B), 100), of=(A,)) == NONE_ALONE


def test_stated_sum_with_no_figures_is_not_zero() -> None:
    assert _sum() == NONE_ALONE


def test_stated_sum_with_an_amount_that_is_not_stated() -> None:
    assert _sum(_amount(A, 100), _amount(A, None, "not_stated"), of=(A,)) == NotAssessable(
        "An amount is not stated"
    )


def test_stated_sum_of_a_floor_and_a_ceiling_is_approximate() -> None:
    assert _sum(_amount(A, 1, "over"), _amount(B, 1, "almost")) == StatedSum(2, Bound.APPROXIMATE)


@given(
    st.lists(st.tuples(st.sampled_from([A, B, C]), st.integers(-(10**12), 10**12)), min_size=1, max_size=8)
)
def test_sum_for_all_is_the_sum_for_each_council(lines: list[tuple[str, int]]) -> None:
    amounts = [_amount(council, pence) for council, pence in lines]
    named = tuple({council for council, _ in lines})
    each = [_sum(*amounts, of=(council,)) for council in named]
    total = sum(one.pence for one in each if isinstance(one, StatedSum))
    assert _sum(*amounts, of=named) == StatedSum(total, Bound.EXACT)
