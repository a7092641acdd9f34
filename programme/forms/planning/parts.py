"""Forms of a phase and of a tranche."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import LongTextField, PlainTextField
from programme.actions.planning.parts import PartTerms, PhaseTerms, TrancheTerms
from programme.enums import PhaseState
from programme.forms.milestone import MilestoneDateField
from programme.models import Phase, Tranche
from programme.rules.planning.terms import TITLE_LIMIT

WHOLE_PLACE = "Enter its place as a whole number from 1 on"
_STATES = (PhaseState.IN_PROGRESS, PhaseState.PLANNED, PhaseState.INDICATIVE, PhaseState.DONE_UNDATED)


class PlaceField(forms.IntegerField):
    """The place of a row among the others, from 1 on; empty for the last, or for where it is."""

    is_short = True
    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def __init__(self, help_text: str = "1 is the first") -> None:
        super().__init__(
            label="Place in the list",
            help_text=help_text,
            min_value=1,
            required=False,
            error_messages={"invalid": WHOLE_PLACE, "min_value": WHOLE_PLACE},
        )


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
        stated = {part.stated_state} if isinstance(part, Phase) and part.stated_state else set()
        offered = [state for state in PhaseState if state in _STATES or state.value in stated]
        own = [(state.value, state.label) for state in offered]
        self.fields["stated_state"].choices = [("", "As its dates say"), *own]  # type: ignore[attr-defined]
        for name in ("start", "due", "end"):
            self.fields[name].current = getattr(terms, name, None)  # type: ignore[attr-defined]

    def to_terms(self) -> PartTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        names = ("label", "start", "due", "end", "stated_state", "note", "position")
        return PhaseTerms(**{name: data[name] for name in names})


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

    def to_terms(self) -> PartTerms:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        names = ("label", "is_indicative", "note", "position")
        return TrancheTerms(**{name: data[name] for name in names})


PartForm = PhaseForm | TrancheForm


def _initial(terms: PartTerms | None, part: Phase | Tranche | None) -> dict[str, Any]:
    if terms is None or part is None:
        return {}
    names = type(terms).__dataclass_fields__
    return {name: getattr(terms, name) for name in names} | {"seen_version": part.version}
