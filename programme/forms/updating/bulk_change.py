"""The form that changes the owner, the phase or the forecast of many milestones."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from core.errors import Refusal
from core.forms.fields import LongTextField, add_refusals
from core.rules.ids import ids_in, number_in
from programme.actions.planning.milestone_terms import OTHER_PROGRAMME
from programme.actions.raid import NOT_AN_OWNER
from programme.actions.updating.bulk_change import Chosen, Wanted
from programme.enums import DayUnit
from programme.models import Milestone, Phase, Programme
from programme.queries.people import possible_owners
from programme.rules.updating.shift import MOST_DAYS

WHOLE_NUMBER = f"Enter a number of days from 1 to {MOST_DAYS:,}, or with a minus to go back"
NONE_CHOSEN = "Tick the milestones to change"


def seen_name(pk: int) -> str:
    """The hidden box that holds the version shown."""
    return f"m-{pk}-seen_version"


class BulkChangeForm(forms.Form):
    """What to change of the milestones that are ticked."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="New owner",
        empty_label="Leave the owner as it is",
        required=False,
        error_messages={"invalid_choice": NOT_AN_OWNER},
    )
    phase = forms.ModelChoiceField(
        Phase.objects.none(),
        label="New phase",
        empty_label="Leave the phase as it is",
        required=False,
        error_messages={"invalid_choice": OTHER_PROGRAMME.format("phase")},
    )
    days = forms.IntegerField(
        label="Move the forecasts by",
        help_text="Days later; with a minus, earlier. Empty: they stay",
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": WHOLE_NUMBER},
    )
    unit = forms.ChoiceField(
        label="Counted in",
        choices=[(unit.value, unit.label.capitalize()) for unit in reversed(DayUnit)],
        initial=DayUnit.CALENDAR,
        required=False,
    )
    note = LongTextField(
        label="Note",
        help_text="Why; it takes the place of the note of each. Empty: their notes stay",
        required=False,
    )

    def __init__(self, data: Any = None, *, programme: Programme) -> None:
        """Offer the owners and the phases of the programme."""
        super().__init__(data)
        self._field("owner").queryset = possible_owners(programme)
        self._field("phase").queryset = programme.phases.all()
        if not programme.phases.exists():
            self.fields.pop("phase")

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def ticked(self) -> list[int]:
        """Keys of the milestones that were ticked."""
        sent: Any = self.data
        return ids_in(sent.getlist("milestone")) if self.is_bound else []

    def clean(self) -> dict[str, Any]:
        """Something is to change, of at least one milestone."""
        given: dict[str, Any] = self.cleaned_data
        if not self.ticked:
            self.add_error(None, NONE_CHOSEN)
        if not self.errors:
            try:
                self.wanted().check()
            except Refusal as said:
                add_refusals(self, said)
        return given

    def wanted(self) -> Wanted:
        """What was sent, as the action takes it."""
        given = self.cleaned_data
        return Wanted(
            owner=given.get("owner"),
            phase=given.get("phase"),
            days=given.get("days") or 0,
            unit=given.get("unit") or DayUnit.CALENDAR.value,
            note=given.get("note", ""),
        )

    def chosen(self, milestones: Sequence[Milestone]) -> list[Chosen]:
        """The milestones with the versions that the page showed."""
        return [
            Chosen(one, number_in(self.data.get(seen_name(one.pk), "")), f"m-{one.pk}") for one in milestones
        ]
