"""The form that updates a milestone, and the same form again after someone else's edit."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse

from core.errors import Refusals
from core.forms.conflict import LEFT_ALONE, Conflict, CrossedField, savers
from core.forms.fields import LongTextField, PlainTextField, TypedDateField, add_refusals
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import MilestoneChanged, check_changes
from programme.models import Milestone
from programme.queries.history import decode_date
from programme.rules.milestone_update import EVIDENCE_LIMIT, same_date

# Names of the fields in the form and in the audit trail.
RECORDED_AS = {"forecast_on": "forecast", "achieved_on": "actual", "evidence": "evidence", "note": "note"}


class MilestoneDateField(TypedDateField):
    """A typed date; the words of a source ("spring 2011") left as they are keep the date they stand for."""

    current: ImpreciseDate | None = None

    def prepare_value(self, value: Any) -> Any:
        """The date in words, or what was typed, unchanged."""
        return in_words(value) if isinstance(value, ImpreciseDate) else super().prepare_value(value)

    def to_python(self, value: Any) -> Any:
        """The date as an ImpreciseDate, or None for an empty box."""
        if isinstance(value, ImpreciseDate):
            return value
        if self.current and str(value or "").strip() == in_words(self.current):
            return self.current
        day = super().to_python(value)
        return None if day is None else ImpreciseDate.day(day)

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Whether the box now means other days."""
        try:
            return not same_date(self.to_python(initial), self.to_python(data))
        except ValidationError:
            return True


class MilestoneForm(forms.Form):
    """What is expected of a milestone, what happened, what shows it, and why."""

    shows_changes = True

    forecast_on = MilestoneDateField(label="Forecast date", required=False)
    achieved_on = MilestoneDateField(
        label="Achieved on", help_text="Leave empty until it is done", required=False
    )
    evidence = PlainTextField(
        label="Evidence",
        help_text="A link or a document reference",
        max_length=EVIDENCE_LIMIT,
        required=False,
    )
    note = LongTextField(label="Note", help_text="Shown to the steering group", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(
        self, data: Any = None, *, milestone: Milestone, prefix: str | None = None, focus: str = ""
    ) -> None:
        """Show the milestone as it is; `data` is what was sent. A changed date shows what follows from it.

        The box that `focus` names is ready for typing. With a `prefix` it is a row of a grid: its boxes are
        cells, named by the headers of row and column.
        """
        self.milestone = milestone
        self.conflict: Conflict | None = None
        recorded = recorded_values(milestone)
        super().__init__(
            data,
            initial={**recorded, "seen_version": milestone.version},
            auto_id="%s" if prefix else f"milestone-{milestone.pk}-%s",
            prefix=prefix,
        )
        for name in ("forecast_on", "achieved_on"):
            cast(MilestoneDateField, self.fields[name]).current = recorded[name]
            self.fields[name].widget.attrs |= {} if prefix else self._preview_attributes()
        if milestone.is_critical:
            self.fields["evidence"].help_text += ". Needed once there is an achieved date"
        if focus in RECORDED_AS:
            self.fields[focus].widget.attrs["autofocus"] = True
        if prefix:
            self._make_cells(recorded)

    @property
    def is_touched(self) -> bool:
        """Whether any box now says something else than is recorded."""
        return self.is_bound and any(name in self.changed_data for name in RECORDED_AS)

    def typed(self, name: str) -> str:
        """What stands in a box as it was sent."""
        return str(self.data.get(self.add_prefix(name), ""))

    def _make_cells(self, recorded: dict[str, Any]) -> None:
        for name in RECORDED_AS:
            self.fields[name].help_text = ""
            self.fields[name].widget.attrs |= {
                "class": "app-cell",
                "aria-labelledby": f"{self.prefix} col-{name}",
                "data-stored": in_words(recorded[name]),
            }
        self.fields["note"].widget.attrs["rows"] = 1

    def _preview_attributes(self) -> dict[str, str]:
        prefix = f"milestone-{self.milestone.pk}"
        return {
            "hx-get": reverse("programme:milestone_preview", args=[self.milestone.pk]),
            "hx-trigger": "change",
            "hx-include": f"#{prefix}-forecast_on, #{prefix}-achieved_on",
            "hx-target": f"#now-{prefix}",
            "hx-swap": "innerHTML",
        }

    def changes(self) -> dict[str, Any]:
        """What the action is to record: every box that could be read."""
        return {name: self.cleaned_data[name] for name in RECORDED_AS if name in self.cleaned_data}


def reviewed(form: MilestoneForm, said: MilestoneChanged) -> MilestoneForm:
    """The form again over the milestone as it now is, with everything typed kept.

    A box that this person left alone takes over the other's change, so that saving does not undo it.
    """
    fresh = MilestoneForm(_merged_data(form, said), milestone=said.current, prefix=form.prefix)
    fresh.conflict = Conflict(
        message=said.message,
        by=savers((edit.by for edit in said.edits), last=said.current.updated_by),
        changes=tuple(_crossed(form, said, name) for name in _changed_by_others(said)),
    )
    return fresh


def mark_other_refusals(form: MilestoneForm) -> None:
    """Say at once what the rules refuse of the boxes that could be read."""
    try:
        check_changes(form.milestone, **form.changes())
    except Refusals as said:
        fresh = [refusal for refusal in said.refusals if refusal.field not in form.errors]
        if fresh:
            add_refusals(form, Refusals(fresh))


def recorded_values(milestone: Milestone) -> dict[str, Any]:
    """What is recorded of the milestone, by field of the form."""
    return {
        "forecast_on": milestone.get_date("forecast"),
        "achieved_on": milestone.get_date("actual"),
        "evidence": milestone.evidence,
        "note": milestone.note,
    }


def in_words(value: Any) -> str:
    """A value of the form as its box shows it."""
    if isinstance(value, ImpreciseDate):
        return format_date(value.first_on) if value.is_exact else str(value)
    return format_date(value) if isinstance(value, date) else str(value or "")


def _merged_data(form: MilestoneForm, said: MilestoneChanged) -> dict[str, Any]:
    data = {name: form.typed(name) for name in RECORDED_AS}
    for name in _changed_by_others(said):
        if not _was_typed(form, said, name):
            data[name] = in_words(recorded_values(said.current)[name])
    data["seen_version"] = str(said.current.version)
    return {form.add_prefix(name): value for name, value in data.items()}


def _changed_by_others(said: MilestoneChanged) -> list[str]:
    return [name for name, key in RECORDED_AS.items() if any(key in edit.after for edit in said.edits)]


def _base(said: MilestoneChanged, name: str) -> Any:
    """The value of a field when this person opened the form."""
    key = RECORDED_AS[name]
    value = next(edit.before[key] for edit in said.edits if key in edit.before)
    return decode_date(value) if name in ("forecast_on", "achieved_on") else value


def _was_typed(form: MilestoneForm, said: MilestoneChanged, name: str) -> bool:
    return bool(form.fields[name].has_changed(_base(said, name), form.typed(name)))


def _crossed(form: MilestoneForm, said: MilestoneChanged, name: str) -> CrossedField:
    return CrossedField(
        name=str(form.fields[name].label),
        before=in_words(_base(said, name)),
        theirs=in_words(recorded_values(said.current)[name]),
        yours=form.typed(name) if _was_typed(form, said, name) else LEFT_ALONE,
    )
