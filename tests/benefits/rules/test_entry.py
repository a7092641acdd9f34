"""What a quarter or a year typed at once gives each month, and when a figure must be explained."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import Every
from benefits.rules.commentary import AgainstPlan, check_commentary, passes_limit
from benefits.rules.entry import Span, months_of_year, spans_of, split_over_span
from core.errors import Refusal

LINE_DAYS = st.none() | st.dates(date(2025, 1, 1), date(2028, 12, 31))


def test_columns_of_a_year():
    assert [len(spans_of(every, [2026])) for every in Every] == [12, 4, 1]
    words = [str(span) for span in spans_of(Every.QUARTER, [2026])]
    assert words == [
        "April to June 2026", "July to September 2026", "October to December 2026", "January to March 2027"
    ]  # fmt: skip
    assert [str(span) for span in spans_of(Every.YEAR, [2026, 2027])] == ["2026 to 2027", "2027 to 2028"]


def test_months_in_which_the_line_does_not_run_get_nothing():
    quarter = Span(2026, 4, 6)
    assert split_over_span(100, quarter) == {4: 34, 5: 33, 6: 33}
    assert split_over_span(100, quarter, starts_on=date(2026, 8, 15)) == {5: 50, 6: 50}
    assert split_over_span(100, quarter, ends_on=date(2026, 7, 1)) == {4: 100}
    assert split_over_span(100, quarter, starts_on=date(2027, 4, 1)) == {4: 34, 5: 33, 6: 33}


@given(st.integers(-(10**12), 10**12), st.integers(0, 3), LINE_DAYS, LINE_DAYS)
def test_no_penny_is_lost_whenever_the_line_runs(pence, number, starts_on, ends_on):
    span = spans_of(Every.QUARTER, [2026])[number]
    months = split_over_span(pence, span, starts_on=starts_on, ends_on=ends_on)
    assert (sum(months.values()), {*months} <= {*span.periods}) == (pence, True)


def test_whole_year_held_beside_nothing_is_spread():
    year = months_of_year({None: 1200}, 2026, starts_on=date(2026, 10, 1), ends_on=None)
    assert [year[period] for period in range(1, 13)] == [0] * 6 + [200] * 6
    assert months_of_year({3: 5}, 2026, starts_on=None, ends_on=None) == {3: 5}


def test_limit_is_passed_by_more_than_a_tenth_and_more_than_a_thousand_pounds():
    cases = {
        (90_000_00, 100_000_00): False,
        (89_999_99, 100_000_00): True,
        (110_000_01, 100_000_00): True,
        (0, 1_000_00): False,
        (0, 1_000_01): True,
        (1_000_01, 0): True,
    }
    assert {one: passes_limit(*one) for one in cases} == cases


def test_figure_far_from_plan_is_refused_until_it_is_explained():
    compared = AgainstPlan("Lower cost of ICT, Brockvale, October 2026", 12_000_00, 10_000_00)
    with pytest.raises(Refusal) as said:
        check_commentary(compared, "late")
    assert said.value.message == (
        "Lower cost of ICT, Brockvale, October 2026 is £2,000.00 above plan. Explain why, in at least 10 "
        "characters"
    )
    check_commentary(compared, "The invoice came late")
