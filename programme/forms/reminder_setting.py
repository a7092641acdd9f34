"""The form of one rule of reminders in one programme."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from django import forms

from core.errors import Refusal
from core.forms.fields import PlainTextField
from core.rules.words import listed
from programme.enums import ReminderStep
from programme.queries.reminding.rules import RuleRow
from programme.rules.reminder_settings import AFTER, BEFORE, days_field, most_before, parse_days


class ReminderSettingForm(forms.Form):
    """Whether the reminder is sent, and for each step the days before and after."""

    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)
    is_on = forms.BooleanField(label="Send this reminder", required=False)

    def __init__(self, data: Any = None, *, row: RuleRow) -> None:
        """Show the rule as it stands in the programme."""
        super().__init__(data, initial=_initial(row))
        self.rule = row.rule
        for step, own in row.rule.steps.items():
            to = f"{own.to[0].upper()}{own.to[1:]}"
            before, after = [day for day in own.days if day >= 0], [day for day in own.days if day < 0]
            self.fields[days_field(step, BEFORE)] = _box(f"{to}: days before, 0 for the day itself", before)
            self.fields[days_field(step, AFTER)] = _box(f"{to}: days after", after)

    def clean(self) -> dict[str, Any]:
        """Read the days of each step."""
        found = super().clean() or self.cleaned_data
        days: dict[ReminderStep, Collection[int]] = {}
        for step in self.rule.steps:
            days[step] = [day for side in (BEFORE, AFTER) for day in self._days(step, side)]
        return {**found, "days": days}

    def _days(self, step: str, side: str) -> Collection[int]:
        name = days_field(step, side)
        try:
            return parse_days(self.cleaned_data.get(name, ""), side, name, most_before(self.rule))
        except Refusal as said:
            self.add_error(name, said.message)
            return ()


def _box(label: str, standard: Collection[int]) -> PlainTextField:
    usually = listed([str(abs(day)) for day in standard]) or "none"
    return PlainTextField(
        label=label, help_text=f"Usually {usually}. Put commas in between", max_length=100, required=False
    )


def _initial(row: RuleRow) -> dict[str, Any]:
    initial: dict[str, Any] = {"is_on": row.is_on, "seen_version": row.version}
    for step in row.rule.steps:
        days = row.days.get(step, ())
        initial[days_field(step, BEFORE)] = ", ".join(str(day) for day in days if day >= 0)
        initial[days_field(step, AFTER)] = ", ".join(str(-day) for day in days if day < 0)
    return initial
