"""What people may ask of their reminder mails, and the day on which a mail then goes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from core.errors import Refusal
from core.rules.calendar import next_working_day
from programme.rules.reminder_catalogue import RULES

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def next_mail_day(day: date, quiet_days: Collection[int], holidays: Collection[date]) -> date:
    """`day`, or the first working day after it that is not quiet. At least one weekday must be left."""
    while day.weekday() in quiet_days:
        day = next_working_day(day, holidays)
    return day


def check_quiet_days(quiet_days: Collection[int]) -> tuple[int, ...]:
    """The weekdays in order, Monday first; refuses all five, on which no mail would ever go."""
    found = tuple(sorted(set(quiet_days) & set(range(len(WEEKDAYS)))))
    if len(found) == len(WEEKDAYS):
        raise Refusal(
            "Leave at least one day for mail. To get none at all, turn the e-mails off", "quiet_days"
        )
    return found


def check_unwanted(rules: Collection[str]) -> tuple[str, ...]:
    """The keys of rules in order; refuses a statutory one, and one that is not there."""
    for key in rules:
        rule = RULES.get(key)
        if rule is None:
            raise Refusal("Choose kinds of reminder from the list", "unwanted")
        if rule.by_subscription:
            raise Refusal(f"{rule.name}: choose its programmes instead", "unwanted")
        if rule.is_statutory:
            raise Refusal(
                f"{rule.name} is a notice that the law asks for, so its e-mails cannot be turned off",
                "unwanted",
            )
    return tuple(sorted(set(rules)))
