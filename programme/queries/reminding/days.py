"""The days of each rule of reminders: those of the catalogue, or as a programme changed them."""

from __future__ import annotations

from collections.abc import Iterable

from programme.enums import ReminderStep
from programme.models import ReminderSetting
from programme.rules.reminder_catalogue import Days, ReminderRule, joined_days

_ByStep = dict[str, list[int]]


class RuleDays:
    """Every change that programmes made to the rules, read once. One query."""

    def __init__(self) -> None:
        """Read them."""
        rows = ReminderSetting.objects.values_list("programme", "rule", "is_on", "days")
        self._changed: dict[tuple[int, str], tuple[bool, _ByStep]] = {
            (programme, rule): (is_on, days) for programme, rule, is_on, days in rows
        }
        self._of_rule: dict[str, list[_ByStep]] = {}
        for (_, rule), (_, days) in self._changed.items():
            self._of_rule.setdefault(rule, []).append(days)

    def are_changed(self, rule: ReminderRule) -> bool:
        """Whether any programme changed the rule."""
        return rule.key in self._of_rule

    def anywhere(self, rule: ReminderRule) -> Days:
        """Days at which somebody is told in any programme, the earliest first; never empty."""
        own = (days for by_step in self._of_rule.get(rule.key, ()) for days in by_step.values())
        return joined_days([rule.days, *own])

    def of(self, programme: int, rule: ReminderRule, steps: Iterable[ReminderStep]) -> frozenset[int]:
        """Days at which a programme tells who stands at these steps; none where it turned the rule off."""
        changed = self._changed.get((programme, rule.key))
        if changed is None:
            return rule.days_of(steps)
        is_on, days = changed
        return frozenset(day for step in steps for day in days.get(step, ())) if is_on else frozenset()
