"""The forms that take plans as files."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from programme.exchange.plan_columns import FIELDS, TITLES
from programme.exchange.plan_sheet import PlanSheet

NOT_IN_FILE = "Not in the file"
_LONGEST_EXAMPLE = 50


class PlanFileForm(forms.Form):
    """A plan from elsewhere."""

    file = forms.FileField(
        label="File",
        help_text="CSV, XLSX or Microsoft Project XML, smaller than 10MB",
        error_messages={"required": "Choose a file", "empty": "File must not be empty"},
    )
    takes = forms.ChoiceField(
        label="Of a Microsoft Project plan, take",
        choices=[("milestones", "its milestones"), ("tasks", "every task that is not a summary")],
        initial="milestones",
        required=False,
        widget=forms.RadioSelect,
    )

    @property
    def takes_all_tasks(self) -> bool:
        """Whether tasks with a duration are milestones here too; call it on a valid form."""
        return bool(self.cleaned_data["takes"] == "tasks")


class MatchForm(forms.Form):
    """Which column of the file holds what."""

    def __init__(self, data: Any = None, *, sheet: PlanSheet, guess: Mapping[str, str]) -> None:
        """Offer every column with what its first rows hold."""
        super().__init__(data, initial=dict(guess), auto_id="match-%s")
        choices = [("", NOT_IN_FILE), *(self._offer(sheet, index) for index in range(len(sheet.header)))]
        for field in FIELDS:
            self.fields[field.name] = forms.ChoiceField(
                label=field.title,
                help_text=field.hint,
                choices=choices,
                required=field.name == "title",
                error_messages={
                    "required": "Choose the column that holds the titles",
                    "invalid_choice": "Choose a column of the file",
                },
            )

    def clean(self) -> dict[str, Any]:
        """Refuse one column for two things."""
        data = super().clean() or {}
        seen: dict[str, str] = {}
        for name, title in list(data.items()):
            if title and title in seen:
                self.add_error(name, f"“{title}” is chosen for {TITLES[seen[title]]} already")
            seen.setdefault(title, name)
        return data

    def matching(self) -> dict[str, str]:
        """The title of the column for each field that has one; call it on a valid form."""
        return {name: title for name, title in self.cleaned_data.items() if title}

    @staticmethod
    def _offer(sheet: PlanSheet, index: int) -> tuple[str, str]:
        title, examples = sheet.header[index], sheet.examples(index)
        shown = f"{examples[:_LONGEST_EXAMPLE]}…" if len(examples) > _LONGEST_EXAMPLE else examples
        return title, f"{title} ({shown})" if shown else title
