"""Last lawful days before a meeting and the earliest meeting after a notice (F-29, F-30)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core.clock import LONDON
from core.rules.calendar import bank_holidays, is_working_day, next_working_day
from governance.enums import ApprovalBody
from governance.rules.calculator import days_after, earliest_meetings, last_days
from governance.rules.facts import Answer
from governance.rules.limits import LastDay, Limit
from programme.enums import DayUnit
from tests.governance.rules.story import FULL_COUNCIL, MEMBER, answer, own_rules
from tests.thoroughness import examples

HOLIDAYS = bank_holidays()
REGULATIONS = (
    "The Local Authorities (Executive Arrangements) (Meetings and Access to Information) "
    "(England) Regulations 2012"
)


def meeting(on: date, hour: int = 18) -> datetime:
    return datetime(on.year, on.month, on.day, hour, tzinfo=LONDON)


def limits(one: Answer, on: date, is_key: bool = True) -> dict[str, date]:
    return {found.kind.value: found.by_on for found in last_days(one, is_key, meeting(on), HOLIDAYS)}


def test_key_decision_of_a_cabinet_in_january() -> None:
    assert last_days(answer("Ashmere"), True, meeting(date(2027, 1, 20)), HOLIDAYS) == (
        LastDay(
            Limit.KEY_NOTICE,
            "Publish the notice of the key decision",
            date(2026, 12, 22),
            "28 clear days lie between 22 December 2026 and 20 January 2027; neither of the two counts.",
            f"{REGULATIONS}, regulation 9(1)",
        ),
        LastDay(
            Limit.GENERAL_EXCEPTION,
            "General exception, where 28 days are impracticable: tell the scrutiny chair and publish",
            date(2027, 1, 12),
            (
                "5 clear working days lie between 12 January and 20 January 2027; neither of the two counts, "
                "nor weekends."
            ),
            f"{REGULATIONS}, regulation 10",
        ),
        LastDay(
            Limit.AGENDA,
            "Publish the agenda and its papers",
            date(2027, 1, 12),
            (
                "5 clear working days lie between 12 January and 20 January 2027; neither of the two counts, "
                "nor weekends."
            ),
            f"{REGULATIONS}, regulations 6 and 7",
        ),
        LastDay(
            Limit.SPECIAL_URGENCY,
            "Special urgency, where even that is impracticable: the scrutiny chair agrees",
            date(2027, 1, 20),
            "It must be agreed, and the reasons recorded, before the decision is made.",
            f"{REGULATIONS}, regulation 11",
        ),
    )


def test_agenda_after_christmas_names_the_days_that_do_not_count() -> None:
    (agenda,) = last_days(answer("Ashmere"), False, meeting(date(2027, 1, 6)), HOLIDAYS)
    assert (agenda.by_on, agenda.reason) == (
        date(2026, 12, 24),
        (
            "5 clear working days lie between 24 December 2026 and 6 January 2027; neither of the two "
            "counts, nor weekends, nor 25 December 2026, 28 December 2026 and 1 January."
        ),
    )


def test_agenda_over_easter_and_a_day_of_closure() -> None:
    one = answer("Ashmere")
    assert limits(one, date(2027, 4, 1), is_key=False) == {"agenda": date(2027, 3, 22)}
    closed = replace(one, closures=(date(2027, 3, 30),))
    assert limits(closed, date(2027, 4, 1), is_key=False) == {"agenda": date(2027, 3, 19)}


@pytest.mark.parametrize(
    ("one", "is_key", "kinds"),
    [
        (answer("Carrick", FULL_COUNCIL), True, ["agenda"]),
        (answer("Carrick", has_executive=False), True, ["agenda"]),
        (answer("Ashmere", MEMBER), True, ["key_notice", "general_exception", "special_urgency"]),
        (answer("Ashmere", MEMBER), False, []),
        (
            answer("Ashmere", is_private=True),
            False,
            ["private_notice", "private_second_notice", "agenda"],
        ),
        (answer("Ashmere", ApprovalBody.JOINT_COMMITTEE), False, ["agenda"]),
    ],
)
def test_what_each_route_asks(one: Answer, is_key: bool, kinds: list[str]) -> None:
    assert list(limits(one, date(2027, 1, 20), is_key)) == kinds


def test_private_meeting_has_two_notices() -> None:
    found = limits(answer("Ashmere", is_private=True), date(2027, 1, 20), is_key=False)
    assert found == {
        "private_notice": date(2026, 12, 22),
        "private_second_notice": date(2027, 1, 12),
        "agenda": date(2027, 1, 12),
    }


def test_full_council_is_called_under_the_act_of_1972() -> None:
    (agenda,) = last_days(answer("Carrick", FULL_COUNCIL), True, meeting(date(2027, 1, 14)), HOLIDAYS)
    assert (agenda.by_on, agenda.source) == (
        date(2027, 1, 6),
        "Local Government Act 1972, sections 100A(6) and 100B(3)",
    )


def test_council_counts_in_its_own_units() -> None:
    rules = replace(own_rules(), notice_unit=DayUnit.WORKING, agenda_unit=DayUnit.CALENDAR)
    found = limits(answer("Ashmere", own_rules=(rules,)), date(2027, 1, 20))
    assert (found["key_notice"], found["agenda"]) == (date(2026, 12, 7), date(2027, 1, 14))


def test_meeting_late_in_the_evening_is_on_that_day_in_london() -> None:
    late = datetime(2026, 7, 15, 23, 30, tzinfo=LONDON)
    (agenda,) = last_days(answer("Ashmere"), False, late, HOLIDAYS)
    assert agenda.by_on == date(2026, 7, 7)


def test_earliest_meetings_after_a_notice() -> None:
    found = earliest_meetings(answer("Ashmere"), True, date(2027, 1, 11), HOLIDAYS)
    assert [(one.kind.value, one.on) for one in found] == [
        ("key_notice", date(2027, 2, 9)),
        ("general_exception", date(2027, 1, 19)),
        ("special_urgency", date(2027, 1, 11)),
    ]
    assert found[1].reason == (
        "5 clear working days after the notice; neither that day nor the day of the meeting counts."
    )


def test_earliest_meeting_by_28_and_by_5_clear_days() -> None:
    one = answer("Ashmere")
    assert earliest_meetings(one, True, date(2026, 9, 1), HOLIDAYS)[0].on == date(2026, 9, 30)
    assert earliest_meetings(one, False, date(2027, 1, 11), HOLIDAYS)[0].on == date(2027, 1, 19)
    calendar = replace(one, own_rules=(replace(own_rules(), agenda_unit=DayUnit.CALENDAR),))
    assert earliest_meetings(calendar, False, date(2027, 1, 11), HOLIDAYS)[0].on == date(2027, 1, 17)


def test_days_after_a_meeting() -> None:
    found = days_after(answer("Ashmere"), True, meeting(date(2026, 12, 16)), HOLIDAYS)
    assert [(one.kind.value, one.by_on, one.reason) for one in found] == [
        (
            "record",
            date(2026, 12, 18),
            "The law says as soon as reasonably practicable. Ashmere usually takes 2 working days.",
        ),
        (
            "call_in",
            date(2026, 12, 29),
            "5 working days after publication on 18 December 2026: 5pm on 29 December 2026",
        ),
        ("effect", date(2026, 12, 30), "The day after call-in closes."),
    ]
    assert found[1].at == datetime(2026, 12, 29, 17, tzinfo=LONDON)


def test_days_after_a_full_council_meeting() -> None:
    found = days_after(answer("Carrick", FULL_COUNCIL), True, meeting(date(2027, 1, 14)), HOLIDAYS)
    assert [(one.kind.value, one.by_on, one.reason) for one in found[1:]] == [
        (
            "effect",
            date(2027, 1, 14),
            "Full council decisions cannot be called in, so it takes effect when it is decided.",
        )
    ]


def test_what_if_it_met_a_fortnight_later() -> None:
    january, later = (
        {one.kind.value: one.by_on for one in last_days(answer("Ashmere"), True, meeting(on), HOLIDAYS)}
        for on in (date(2027, 1, 6), date(2027, 1, 20))
    )
    assert [(kind, by_on, later[kind], (later[kind] - by_on).days) for kind, by_on in january.items()] == [
        ("key_notice", date(2026, 12, 8), date(2026, 12, 22), 14),
        ("general_exception", date(2026, 12, 24), date(2027, 1, 12), 19),
        ("agenda", date(2026, 12, 24), date(2027, 1, 12), 19),
        ("special_urgency", date(2027, 1, 6), date(2027, 1, 20), 14),
    ]


def test_last_day_that_has_passed_is_missed() -> None:
    (agenda,) = last_days(answer("Ashmere"), False, meeting(date(2027, 1, 20)), HOLIDAYS)
    assert [agenda.is_missed(on) for on in (date(2027, 1, 12), date(2027, 1, 13))] == [False, True]


WEEKDAYS = st.dates(date(2026, 6, 1), date(2027, 12, 1)).filter(lambda on: is_working_day(on, HOLIDAYS))


@settings(max_examples=examples(100), deadline=None)
@given(WEEKDAYS, st.booleans(), st.sampled_from(list(DayUnit)))
def test_notice_on_the_last_day_is_just_in_time(on: date, is_key: bool, unit: str) -> None:
    rules = replace(own_rules(), notice_unit=unit, agenda_unit=unit)
    one = answer("Ashmere", own_rules=(rules,))
    by_on = last_days(one, is_key, meeting(on), HOLIDAYS)[0].by_on
    too_late = next_working_day(by_on, HOLIDAYS) if unit == DayUnit.WORKING else by_on + timedelta(days=1)
    assert earliest_meetings(one, is_key, by_on, HOLIDAYS)[0].on <= on
    assert earliest_meetings(one, is_key, too_late, HOLIDAYS)[0].on > on
