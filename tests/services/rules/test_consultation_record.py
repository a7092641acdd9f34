"""What may be recorded of a consultation (rows 12, 13 and 80, INV-38)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import Refusals
from core.rules.assessment import NotApplicable, NotAssessable
from services.enums import ConsultationKind
from services.rules.consultation_record import (
    ConsultationRecord,
    Earliest,
    check_consultation,
    earliest_dismissal,
    latest_start,
    shown_count,
)

START = date(2027, 3, 30)
LARGE = ConsultationRecord(ConsultationKind.REDUNDANCY, 100, START)


def refused(
    record: ConsultationRecord, period: tuple[date, date] | None = None
) -> list[tuple[str | None, str, str]]:
    with pytest.raises(Refusals) as said:
        check_consultation(record, period)
    return [(one.field, one.message, one.code) for one in said.value.refusals]


@pytest.mark.parametrize(
    ("count", "days"), [(20, 30), (99, 30), (100, 45), (5_000, 45)], ids=["20", "99", "100", "more"]
)
def test_minimum_goes_by_the_number_of_people(count: int, days: int) -> None:
    record = replace(LARGE, affected_count=count)
    assert earliest_dismissal(record) == Earliest(START + timedelta(days=days), days)


def test_no_minimum_for_few_people_unknown_numbers_and_other_kinds() -> None:
    few = replace(LARGE, affected_count=19)
    unknown = replace(LARGE, affected_count=None)
    other = replace(LARGE, kind=ConsultationKind.PUBLIC)
    assert [earliest_dismissal(one) for one in (few, unknown, other)] == [
        NotApplicable("No minimum time is set for this number of people"),
        NotAssessable("The number of people is not stated"),
        NotApplicable("Only a redundancy has a minimum time"),
    ]


def test_dismissal_inside_the_minimum_is_refused_on_its_last_day() -> None:
    assert refused(replace(LARGE, first_dismissal_on=date(2027, 5, 13))) == [
        (
            "first_dismissal_on",
            "First dismissal must be on or after 14 May 2027, 45 days after consultation started",
            "80",
        )
    ]
    check_consultation(replace(LARGE, first_dismissal_on=date(2027, 5, 14)))


def test_dismissal_needs_the_number_and_a_redundancy() -> None:
    day = date(2028, 1, 1)
    assert refused(replace(LARGE, affected_count=None, first_dismissal_on=day)) == [
        ("affected_count", "Enter how many people are affected", "80")
    ]
    assert refused(replace(LARGE, kind=ConsultationKind.TUPE, first_dismissal_on=day)) == [
        ("first_dismissal_on", "Leave this empty. Only a redundancy has a first dismissal", "80")
    ]


def test_all_dates_are_refused_at_once() -> None:
    record = replace(LARGE, ended_on=START, first_dismissal_on=date(2040, 1, 1))
    assert refused(record, (date(2026, 4, 1), date(2032, 3, 31))) == [
        ("first_dismissal_on", "Date must be between 1 April 2026 and 31 March 2032", "13"),
        ("ended_on", "End date must be after 30 March 2027", "12"),
    ]


@pytest.mark.parametrize(
    ("count", "shown"),
    [
        (None, "not stated"),
        (0, "0"),
        (1, "fewer than 5"),
        (4, "fewer than 5"),
        (5, "5"),
        (1_200, "1,200"),
    ],
)
def test_one_to_four_people_are_never_shown(count: int | None, shown: str) -> None:
    assert shown_count(count) == shown


@pytest.mark.parametrize(
    ("count", "dismissal", "start_by"),
    [
        (100, date(2027, 6, 1), date(2027, 4, 17)),
        (99, date(2027, 6, 1), date(2027, 5, 2)),
        (19, date(2027, 6, 1), None),
        (None, date(2027, 6, 1), None),
        (100, None, None),
    ],
)
def test_last_day_to_start_is_counted_back_from_the_first_dismissal(
    count: int | None, dismissal: date | None, start_by: date | None
) -> None:
    record = replace(LARGE, affected_count=count, first_dismissal_on=dismissal)
    assert latest_start(record) == start_by


def test_transfer_is_of_staff_and_after_the_start() -> None:
    transfer = replace(LARGE, kind=ConsultationKind.TUPE, transfer_on=START + timedelta(days=1))
    check_consultation(transfer)
    assert refused(replace(transfer, transfer_on=START)) == [
        ("transfer_on", "Transfer must be after 30 March 2027, when consultation starts", "12")
    ]
    assert refused(replace(LARGE, transfer_on=date(2027, 9, 1))) == [
        ("transfer_on", "Leave this empty. Only a transfer of staff has a day of transfer", "12")
    ]
