from collections.abc import Mapping

from benefits.rules.outturn import expected_outturn, run_rate_outturn
from core.rules.assessment import NotAssessable


def test_outturn_is_actual_to_date_and_forecast_for_the_rest():
    forecast = [0, 0, 0, 340_000, *[400_000] * 8]
    assert _outturn({4: 340_000, 5: 390_000}, forecast) == 340_000 + 390_000 + 7 * 400_000


def test_outturn_before_any_return_is_the_forecast_and_of_a_full_year_the_actual():
    assert _outturn({}, [100] * 12) == 1_200
    assert _outturn(dict.fromkeys(range(1, 13), 7), [100] * 12) == 84


def test_month_without_a_return_before_the_last_one_is_not_filled_from_the_forecast():
    assert _outturn({1: 10, 3: 10}, [100] * 12) == 20 + 900


def test_forecast_of_a_year_is_over_once_a_later_year_is_returned():
    assert _outturn({13: 5}, [100] * 12) == 0
    assert _outturn({3: 10, 14: 5, 13: 5}, [100] * 12) == 10


def _outturn(returned: Mapping[int, int], forecast: list[int]) -> int:
    """What months 1 to 12 come out at, however what was returned is split into claimed and verified."""
    plan = dict(enumerate(forecast, 1))
    split = {month: pence for month, pence in returned.items() if month % 2}
    rest = {month: pence for month, pence in returned.items() if month not in split}
    found = {
        expected_outturn(verified, claimed, plan, months=range(1, 13), over_by=5).pence
        for verified, claimed in ((returned, {}), ({}, returned), (split, rest))
    }
    (pence,) = found
    return pence


def test_run_rate_goes_on_as_the_months_returned():
    assert run_rate_outturn({1: 100, 2: 50, 3: 101}) == 1_004
    assert run_rate_outturn({3: 100}) == 400
    assert run_rate_outturn(dict.fromkeys(range(1, 13), 7)) == 84


def test_run_rate_before_the_first_month_is_not_assessable():
    assert run_rate_outturn({}) == NotAssessable("No month has been returned yet")
