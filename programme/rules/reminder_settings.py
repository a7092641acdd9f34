"""How a programme may change a rule of reminders, and the words for the days on which it tells."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

from core.errors import Refusal
from core.rules.words import count_of, listed
from programme.enums import DayUnit, ReminderStep
from programme.rules.reminder_catalogue import Days, ReminderRule

MOST_BEFORE, MOST_AFTER, MOST_DAYS = 366, 366, 12
BEFORE, AFTER = "before", "after"
_BREAKS = re.compile(r"[\s,;]+|\band\b")


def days_field(step: str, side: str) -> str:
    """Name of the box for the days of a step on one side of the day."""
    return f"{step}_{side}"


def most_before(rule: ReminderRule) -> int:
    """The most days before: a year, or as far ahead as the catalogue itself looks."""
    return max(MOST_BEFORE, *rule.days)


def parse_days(text: str, side: str, field: str, before: int = MOST_BEFORE) -> Days:
    """The days in a text such as "14, 7, 1, 0", those after the day as numbers below 0.

    Refuses more than `before` days before the day, and more than a year after it.
    """
    parts = [part for part in _BREAKS.split(text.strip()) if part]
    if not all(part.isascii() and part.isdigit() for part in parts):
        raise Refusal("Enter whole numbers of days with commas between them, for example 14, 7, 0", field)
    most = before if side == BEFORE else MOST_AFTER
    found = [int(part) if len(part) < len(str(most)) + 1 else most + 1 for part in parts]
    if any(day > most for day in found):
        raise Refusal(f"Enter at most {most:,} days", field)
    return tuple(found) if side == BEFORE else tuple(-day for day in found)


def check_setting(
    rule: ReminderRule, is_on: bool, days: Mapping[ReminderStep, Collection[int]]
) -> dict[str, list[int]]:
    """The days of each step of the rule, the earliest first, as they are stored.

    Refuses days that a statutory rule would lose, a rule that is on and tells nobody first, and too many.
    """
    found = {step: sorted(set(days.get(step, ())), reverse=True) for step in rule.steps}
    if rule.is_statutory:
        _check_statutory(rule, is_on, found)
    if is_on and not found[ReminderStep.TOLD]:
        field = days_field(ReminderStep.TOLD, BEFORE)
        raise Refusal("Enter at least one day, or turn the reminder off", field)
    for step, chosen in found.items():
        if len(chosen) > MOST_DAYS:
            raise Refusal(f"Enter at most {MOST_DAYS} days", days_field(step, BEFORE))
        most = most_before(rule)
        if any(not -MOST_AFTER <= day <= most for day in chosen):
            raise Refusal(f"Enter at most {most:,} days", days_field(step, BEFORE))
    return {str(step): chosen for step, chosen in found.items()}


def _check_statutory(rule: ReminderRule, is_on: bool, days: Mapping[ReminderStep, Collection[int]]) -> None:
    why = (
        f"{rule.name} reminds officers of a duty in law, and a notice missed can undo the decision. "
        "A programme can add days to it, but not"
    )
    if not is_on:
        raise Refusal(f"{why} turn it off", "is_on")
    for step, standard in rule.steps.items():
        lost = [day for day in standard.days if day not in days[step]]
        if lost:
            side = BEFORE if lost[0] >= 0 else AFTER
            raise Refusal(
                f"{why} take any away: put back {days_words(lost, rule.unit)}", days_field(step, side)
            )


def is_standard(rule: ReminderRule, is_on: bool, days: Mapping[str, Collection[int]]) -> bool:
    """Whether a setting says what the catalogue says."""
    return is_on and all(set(days.get(step, ())) == set(own.days) for step, own in rule.steps.items())


def days_words(days: Collection[int], unit: str) -> str:
    """14 and 7 working days before, on the day, 1 working day after; never where there are none."""
    noun = "working day" if unit == DayUnit.WORKING else "day"
    before = [day for day in sorted(days, reverse=True) if day > 0]
    after = [-day for day in sorted(days, reverse=True) if day < 0]
    parts = [
        _side(before, noun, "before") if before else "",
        "on the day" if 0 in days else "",
        _side(after, noun, "after") if after else "",
    ]
    return ", ".join(part for part in parts if part) or "never"


def _side(days: Collection[int], noun: str, side: str) -> str:
    counts = sorted(days, reverse=side == BEFORE)
    if len(counts) == 1:
        return f"{count_of(counts[0], noun)} {side}"
    return f"{listed([str(day) for day in counts])} {noun}s {side}"
