import pytest

from benefits.enums import Measure
from benefits.rules.measures import measure_of, parts_of
from services.enums import LineKind


@pytest.mark.parametrize("kind", LineKind)
def test_every_kind_of_line_counts_in_one_measure(kind):
    assert measure_of(kind, is_budgeted=True) in Measure


def test_income_counts_apart_where_no_budget_holds_it():
    assert measure_of(LineKind.INCOME, is_budgeted=True) == Measure.INCOME_BUDGETED
    assert measure_of(LineKind.INCOME, is_budgeted=False) == Measure.INCOME_UNBUDGETED


def test_net_takes_off_all_costs_and_disbenefits_and_adds_nothing_that_frees_no_budget():
    assert parts_of(Measure.NET) == {
        Measure.CASHABLE: 1,
        Measure.INCOME_BUDGETED: 1,
        Measure.GRANT: 1,
        Measure.DISBENEFIT: -1,
        Measure.RECURRING_COST: -1,
        Measure.ONE_OFF_COST: -1,
    }


def test_a_plain_measure_is_its_own_only_part():
    assert parts_of(Measure.NON_CASHABLE) == {Measure.NON_CASHABLE: 1}
