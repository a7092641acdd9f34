"""Forms of a phase and of a tranche."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import LongTextField, PlainTextField
from programme.actions.planning.milestone_terms import MilestoneTerms
from programme.actions.planning.parts import PartTerms, PhaseTerms, TrancheTerms
from programme.enums import PhaseState
from programme.forms.milestone import MilestoneDateField
from programme.models import Phase, Tranche
from programme.rules.planning.terms import TITLE_LIMIT

WHOLE_PLACE = "Enter its place as a whole number from 1 on"
_STATES = (PhaseState.IN_PROGRESS, PhaseState.PLANNED, PhaseState.INDICATIVE, PhaseState.DONE_UNDATED)


class PlaceField(forms.IntegerField):
    """The place of a row among the others, from 1 on; empty for the last, or for where it is.

    The page says again what it showed: a place left alone does not take back a move that others made.
    """

    is_short = True
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, help_text: str = "1 is the first") -> None:
        super().__init__(
            label="Place in the list",
            help_text=help_text,
            min_value=1,
            required=False,
            show_hidden_initial=True,
            error_messages={"invalid": WHOLE_PLACE, "min_value": WHOLE_PLACE},
        )


def place_in(form: forms.Form, there: PartTerms | MilestoneTerms | None) -> int | None:
    """The place that was typed; where it was left alone, the one that the row has by now."""
    if there is None:
        return form.cleaned_data["position"]
    typed = form.cleaned_data["position"] if "position" in form.changed_data else None
    return typed or there.position


class PhaseForm(forms.Form):
    """What a phase is."""

    label = PlainTextField(label="Name", max_length=TITLE_LIMIT)
    start = MilestoneDateField(label="Starts on", required=False)
    due = MilestoneDateField(label="Due on", required=False)
    end = MilestoneDateField(label="Ended on", help_text="Leave empty until it has", required=False)
    stated_state = forms.ChoiceField(label="State", required=False)
    note = LongTextField(label="Note", required=False)
    position = PlaceField()
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, terms: PartTerms | None = None, part: Any = None) -> None:
        """Show these terms of the phase `part`, or an empty form."""
        super().__init__(data, initial=_initial(terms, part))
        self.terms = terms
        stated = {part.stated_state} if isinstance(part, Phase) and part.stated_state else set()
        offered = [state for state in PhaseState if state in _STATES or state.value in stated]
        own = [(state.value, state.label) for state in offered]
        self.fields["stated_state"].choices = [("", "As its dates say"), *own]  # type: ignore[attr-defined]
        for name in ("start", "due", "end"):
            self.fields[name].current = getattr(terms, name, None)  # type: ignore[attr-defined]

    def to_terms(self) -> PartTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        names = ("label", "start", "due", "end", "stated_state", "note")
        return PhaseTerms(**{name: data[name] for name in names}, position=place_in(self, self.terms))


class TrancheForm(forms.Form):
    """What a tranche is."""

    label = PlainTextField(label="Name", max_length=TITLE_LIMIT)
    is_indicative = forms.BooleanField(
        label="Indicative", help_text="What belongs to it is not decided yet", required=False
    )
    note = LongTextField(label="Note", required=False)
    position = PlaceField()
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, terms: PartTerms | None = None, part: Any = None) -> None:
        """Show these terms of the tranche `part`, or an empty form."""
        super().__init__(data, initial=_initial(terms, part))
        self.terms = terms

    def to_terms(self) -> PartTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        names = ("label", "is_indicative", "note")
        return TrancheTerms(**{name: data[name] for name in names}, position=place_in(self, self.terms))


PartForm = PhaseForm | TrancheForm


def _initial(terms: PartTerms | None, part: Phase | Tranche | None) -> dict[str, Any]:
    if terms is None or part is None:
        return {}
    names = type(terms).__dataclass_fields__
    return {name: getattr(terms, name) for name in names} | {"seen_version": part.version}
