"""How sure expected pounds are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.delivery import Delivery, delivery_of, doubts_of
from benefits.rules.outturn import Outturn, expected_outturn

APRIL = 2026 * 12 + 1
YEAR = range(APRIL, APRIL + 12)
months = st.dictionaries(st.sampled_from(range(APRIL - 3, APRIL + 15)), st.integers(-(10**9), 10**9))


def test_returns_stand_for_their_months_and_the_forecast_for_those_after():
    found = expected_outturn(
        {APRIL: 100, APRIL + 1: 90},
        {APRIL + 2: 80},
        dict.fromkeys(range(APRIL, APRIL + 14), 100),
        over_by=APRIL + 4,
        months=YEAR,
    )
    assert found == Outturn(verified_pence=190, claimed_pence=80, late_pence=200, coming_pence=700)
    assert delivery_of(found, is_at_risk=False) == Delivery(190, 780, 200)
    assert delivery_of(found, is_at_risk=True) == Delivery(190, 0, 980)


def test_line_without_a_return_is_late_for_every_month_that_is_over():
    found = expected_outturn({}, {}, dict.fromkeys(YEAR, 10), over_by=APRIL + 1, months=YEAR)
    assert found == Outturn(late_pence=20, coming_pence=100)


def test_return_of_an_earlier_year_settles_the_months_before_it():
    found = expected_outturn({APRIL + 5: 7}, {}, dict.fromkeys(YEAR, 10), over_by=APRIL + 5, months=YEAR)
    assert found == Outturn(verified_pence=7, coming_pence=60)


def test_state_says_why_nobody_runs_a_benefit():
    assert [
        doubts_of(state, ("It is late",))
        for state in ("identified", "profiled", "realising", "realised", "not_realised", "withdrawn")
    ] == [
        ("It is not approved yet", "It is late"),
        ("It is not approved yet", "It is late"),
        ("It is late",),
        ("It is late",),
        ("It is recorded as not realised", "It is late"),
        ("It is withdrawn", "It is late"),
    ]


@given(months, months, months, st.booleans())
def test_parts_add_up_to_what_was_returned_and_the_forecast_after_it(verified, claimed, forecast, is_at_risk):
    found = expected_outturn(verified, claimed, forecast, over_by=APRIL + 4, months=YEAR)
    last = max([*verified, *claimed], default=0)
    whole = sum(pence for held in (verified, claimed) for month, pence in held.items() if month in YEAR)
    whole += sum(pence for month, pence in forecast.items() if month in YEAR and month > last)
    assert delivery_of(found, is_at_risk=is_at_risk).expected_pence == whole
