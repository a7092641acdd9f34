"""When a month's amounts are asked for and late, and how several months are named."""

from datetime import date

from benefits.rules.awaited import Month, late_on, months_words, opens_on
from core.rules.calendar import bank_holidays


def test_october_2026_is_asked_for_on_the_third_working_day_and_late_on_the_eighth():
    october = Month(2026, 7)
    assert opens_on(october, bank_holidays()) == date(2026, 11, 4)
    assert late_on(october, bank_holidays()) == date(2026, 11, 11)


def test_easter_and_the_weekend_put_the_return_of_march_2026_off():
    march = Month(2025, 12)
    assert opens_on(march, bank_holidays()) == date(2026, 4, 7)
    assert late_on(march, bank_holidays()) == date(2026, 4, 14)


def test_months_are_named_in_runs():
    year = [Month(2025, period) for period in range(1, 13)]
    cases = {
        "October 2026": [Month(2026, 7)],
        "April to June 2026 and October 2026": [
            Month(2026, 7),
            *(Month(2026, number) for number in (1, 2, 3)),
        ],
        "2025 to 2026": year,
        "December 2026 to January 2027": [Month(2026, 9), Month(2026, 10)],
        "March 2026 to April 2026": [Month(2025, 12), Month(2026, 1)],
    }
    assert {months_words(months) for months in cases.values()} == {*cases}
