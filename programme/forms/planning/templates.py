"""Forms that start a programme's plan from a template: choose one, then edit what it offers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django import forms

from core.forms.fields import PlainTextField, TypedDateField
from programme.forms.agreement import BoxRow
from programme.rules.planning.templates import NO_TEMPLATE, Template, templates
from programme.rules.planning.terms import TITLE_LIMIT


class TemplateChoiceForm(forms.Form):
    """Which template, and the first day of the programme."""

    template = forms.ChoiceField(
        label="Template", error_messages={"required": NO_TEMPLATE, "invalid_choice": NO_TEMPLATE}
    )
    start_on = TypedDateField(label="First day of the programme")

    def __init__(self, data: Any = None) -> None:
        """Offer the templates of the reference file."""
        super().__init__(data)
        offered = [(one.key, one.name) for one in templates()]
        self.fields["template"].choices = [("", "Choose a template"), *offered]  # type: ignore[attr-defined]


class TemplateForm(forms.Form):
    """What a dated template offers, every name and date in a box of its own; an empty name leaves it out."""

    phase_heads = ("", "Phase", "Starts on", "Due on")
    milestone_heads = ("", "Milestone", "Planned for")

    def __init__(self, data: Any = None, *, template: Template) -> None:
        """Show what the template offers."""
        super().__init__(data)
        self.template = template
        for phase in template.phases:
            self._box(f"label.{phase.ref}", f"Name of {phase.ref}", phase.label)
            self._day(f"start.{phase.ref}", f"Start of {phase.label}", phase.start_on)
            self._day(f"due.{phase.ref}", f"Due day of {phase.label}", phase.due_on)
        for one in template.milestones:
            self._box(f"title.{one.ref}", f"Title of {one.ref}", one.title)
            self._day(f"plan_on.{one.ref}", f"Day of {one.title}", one.due_on)

    def _box(self, name: str, label: str, text: str) -> None:
        self.fields[name] = PlainTextField(label=label, max_length=TITLE_LIMIT, required=False, initial=text)

    def _day(self, name: str, label: str, day: Any) -> None:
        self.fields[name] = TypedDateField(label=label, help_text="", required=False, initial=day)

    @property
    def phase_rows(self) -> list[BoxRow]:
        """A row a phase."""
        return [
            BoxRow(one.ref, tuple(self[f"{name}.{one.ref}"] for name in ("label", "start", "due")))
            for one in self.template.phases
        ]

    @property
    def milestone_rows(self) -> list[BoxRow]:
        """A row a milestone."""
        return [
            BoxRow(one.ref, (self[f"title.{one.ref}"], self[f"plan_on.{one.ref}"]))
            for one in self.template.milestones
        ]

    def edited(self) -> Template:
        """The template as it was sent, once it is valid."""
        data = self.cleaned_data
        phases = (
            replace(
                one,
                label=data[f"label.{one.ref}"],
                start_on=data[f"start.{one.ref}"],
                due_on=data[f"due.{one.ref}"],
            )
            for one in self.template.phases
        )
        milestones = (
            replace(one, title=data[f"title.{one.ref}"], due_on=data[f"plan_on.{one.ref}"])
            for one in self.template.milestones
        )
        return replace(self.template, phases=tuple(phases), milestones=tuple(milestones))
