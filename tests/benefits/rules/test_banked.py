from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import Measure
from benefits.rules.banked import banked_parts

COSTS = (Measure.RECURRING_COST, Measure.ONE_OFF_COST)
PENCE = st.integers(-(10**12), 10**12)


def test_cashable_saving_is_banked_up_to_what_a_budget_was_reduced_by():
    verified = [40_000_00, 30_000_00, 30_000_00]
    assert banked_parts(Measure.CASHABLE, verified, 80_000_00) == [40_000_00, 30_000_00, 10_000_00]
    assert banked_parts(Measure.CASHABLE, verified, 0) == [0, 0, 0]
    assert banked_parts(Measure.CASHABLE, verified, 200_000_00) == verified
    assert banked_parts(Measure.CASHABLE, [], 80_000_00) == []


def test_amount_taken_back_frees_the_budget_for_a_later_one():
    assert banked_parts(Measure.CASHABLE, [80, -30, 50], 80) == [80, -30, 30]


def test_other_measures_are_banked_whole_or_not_at_all():
    never = {Measure.NON_CASHABLE, Measure.COST_AVOIDANCE, Measure.INCOME_UNBUDGETED}
    whole = {Measure.INCOME_BUDGETED, Measure.GRANT, Measure.DISBENEFIT, *COSTS}
    assert {banked for one in never for banked in banked_parts(one, [5, 7], 99)} == {0}
    assert [banked_parts(one, [5, 7], 1) for one in whole] == [[5, 7]] * 5


@given(st.lists(PENCE), st.integers(0, 10**12))
def test_parts_come_to_the_lesser_of_both(verified, reduced):
    parts = banked_parts(Measure.CASHABLE, verified, reduced)
    assert (len(parts), sum(parts)) == (len(verified), min(sum(verified), reduced) if verified else 0)
