"""What a programme may change about a rule of reminders, and what people may ask of their mail."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Refusal
from core.rules.calendar import bank_holidays
from programme.enums import DayUnit, ReminderStep
from programme.rules.reminder_catalogue import REMINDER_RULES, RULES
from programme.rules.reminder_settings import AFTER, BEFORE, check_setting, days_words, parse_days
from programme.rules.reminder_wishes import check_quiet_days, check_unwanted, next_mail_day
from programme.rules.reminders import stands_for_told

TOLD, ESCALATED = ReminderStep.TOLD, ReminderStep.ESCALATED
STALE, NOTICE = RULES["forecast_stale"], RULES["key_decision_notice"]
DUTY = (
    "Notice of a key decision reminds officers of a duty in law, and a notice missed can undo the decision. "
    "A programme can add days to it, but not"
)


def test_every_rule_has_a_key_of_its_own_that_fits_its_column() -> None:
    assert len(RULES) == len(REMINDER_RULES)
    assert max(len(rule.key) for rule in REMINDER_RULES) <= 40
    assert [rule.key for rule in REMINDER_RULES if not rule.told.days] == []


@pytest.mark.parametrize(
    ("days", "unit", "words"),
    [
        ((14, 7, 1, 0), DayUnit.WORKING, "14, 7 and 1 working days before, on the day"),
        ((1, 0, -14), DayUnit.CALENDAR, "1 day before, on the day, 14 days after"),
        ((-28, -14), DayUnit.CALENDAR, "14 and 28 days after"),
        ((), DayUnit.CALENDAR, "never"),
    ],
)
def test_days_are_said_in_words(days: tuple[int, ...], unit: str, words: str) -> None:
    assert days_words(days, unit) == words


def test_days_are_read_as_they_are_typed() -> None:
    assert parse_days(" 14, 7 and 0 ", BEFORE, "x") == (14, 7, 0)
    assert parse_days("3;14", AFTER, "x") == (-3, -14)
    assert parse_days("", AFTER, "x") == ()
    for text, words in (
        ("-3", "Enter whole numbers of days with commas between them, for example 14, 7, 0"),
        ("367", "Enter at most 366 days"),
        ("9" * 5000, "Enter at most 366 days"),
    ):
        with pytest.raises(Refusal) as said:
            parse_days(text, BEFORE, "told_before")
        assert (said.value.message, said.value.field) == (words, "told_before")


def test_setting_is_kept_by_step_with_the_earliest_first() -> None:
    assert check_setting(STALE, True, {TOLD: [0, 3, 3], ESCALATED: [-14, -7]}) == {
        "told": [3, 0],
        "escalated": [-7, -14],
    }
    assert check_setting(STALE, False, {}) == {"told": [], "escalated": []}


@pytest.mark.parametrize(
    ("rule", "is_on", "days", "words", "field"),
    [
        (STALE, True, {ESCALATED: [-7]}, "Enter at least one day, or turn the reminder off", "told_before"),
        (STALE, True, {TOLD: range(13)}, "Enter at most 12 days", "told_before"),
        (STALE, True, {TOLD: [367]}, "Enter at most 366 days", "told_before"),
        (RULES["contract_expiry"], True, {TOLD: [731]}, "Enter at most 730 days", "told_before"),
        (
            NOTICE,
            False,
            {step: own.days for step, own in NOTICE.steps.items()},
            f"{DUTY} turn it off",
            "is_on",
        ),
        (
            NOTICE,
            True,
            {TOLD: [10, 7, 0], ESCALATED: [0]},
            f"{DUTY} take any away: put back 2 days before",
            "told_before",
        ),
    ],
)
def test_setting_that_would_leave_somebody_untold_is_refused(
    rule, is_on, days, words: str, field: str
) -> None:
    with pytest.raises(Refusal) as said:
        check_setting(rule, is_on, days)
    assert (said.value.message, said.value.field) == (words, field)


def test_statutory_rule_takes_days_more() -> None:
    days = check_setting(NOTICE, True, {TOLD: [14, 7, 2, 0], ESCALATED: [2, 0]})
    assert days == {"told": [14, 7, 2, 0], "escalated": [2, 0]}


@pytest.mark.parametrize(
    ("offset", "told", "current", "is_told"),
    [
        (12, {14}, {12, 7, 0}, True),
        (12, set(), {12, 7, 0}, False),
        (7, {14}, {12, 7, 0}, False),
        (12, {14}, {14, 12, 7, 0}, False),
        (10, {21}, {12, 10, 7}, False),
        (5, {6}, {12, 5}, True),
        (5, {14}, {5, 0}, False),
    ],
)
def test_changed_day_tells_nothing_again(
    offset: int, told: set[int], current: set[int], is_told: bool
) -> None:
    assert stands_for_told(offset, told, current, (14, 7, 1, 0)) is is_told


def test_mail_goes_on_the_next_working_day_that_is_not_quiet() -> None:
    holidays = bank_holidays()
    friday = date(2026, 11, 27)
    assert next_mail_day(friday, (), holidays) == friday
    assert next_mail_day(friday, (4, 0), holidays) == date(2026, 12, 1)
    # Christmas Day and the substitute for Boxing Day pass by as well.
    assert next_mail_day(date(2026, 12, 24), (3,), holidays) == date(2026, 12, 29)


def test_quiet_days_leave_one_day_and_statutory_kinds_are_always_wanted() -> None:
    assert check_quiet_days([4, 0, 4]) == (0, 4)
    assert check_unwanted(["milestone_due", "benefit_review"]) == ("benefit_review", "milestone_due")
    for check, given, words in (
        (
            check_quiet_days,
            [0, 1, 2, 3, 4],
            "Leave at least one day for mail. To get none at all, turn the e-mails off",
        ),
        (check_unwanted, ["milk"], "Choose kinds of reminder from the list"),
        (
            check_unwanted,
            ["call_in_closes"],
            "Call-in closes is a notice that the law asks for, so its e-mails cannot be turned off",
        ),
    ):
        with pytest.raises(Refusal) as said:
            check(given)
        assert said.value.message == words
