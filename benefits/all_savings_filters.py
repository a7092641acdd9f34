"""What the page of all programmes is narrowed to, and its order, kept in its address."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import TextChoices

from benefits.enums import Measure
from benefits.filters import NOT_LISTED
from benefits.queries.all_savings import AllChoice, Readable
from benefits.rules.measures import PARTS
from core.rules.calendar import format_fy, fy_file_key, parse_fy


class Sorting(TextChoices):
    """In which order the programmes stand."""

    NAME = "name", "Name"
    CURRENT = "current", "Largest current plan first"
    FORECAST = "forecast", "Largest forecast first"
    VERIFIED = "verified", "Most verified to date first"
    REALISED = "realised", "Least of plan to date first"


class AllSavingsFilter(forms.Form):
    """What the page of all programmes is narrowed to, and its order; choices are those there are."""

    partnership = forms.ChoiceField(required=False)
    council = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    year = forms.ChoiceField(required=False, label="Financial year")
    sort = forms.ChoiceField(required=False, label="Order", choices=Sorting.choices)

    def __init__(self, data: Any, *, readable: Readable) -> None:
        super().__init__(data, auto_id="filter-%s")
        councils = readable.councils(data.get("partnership", ""), data.get("council", ""))
        kinds = [(measure.value, measure.label) for measure in Measure if measure not in PARTS]
        self._offer("partnership", "All partnerships", readable.partnerships)
        self._offer("council", "All councils", [(one.key, one.name) for one in councils])
        self._offer("kind", "Cashable saving and budgeted income", kinds)
        self._offer("year", "All years", [(fy_file_key(fy), format_fy(fy)) for fy in readable.fys])

    def choice(self) -> AllChoice:
        """The choice made; a limit that is not in its list is left out, and said."""
        self.is_valid()
        given = self.cleaned_data
        year = given.get("year")
        return AllChoice(
            given.get("partnership", ""),
            given.get("council", ""),
            given.get("kind", ""),
            parse_fy(year) if year else None,
        )

    @property
    def sorting(self) -> Sorting:
        """The order asked for; by name without one."""
        return Sorting(self.cleaned_data.get("sort") or Sorting.NAME)

    def _offer(self, name: str, all_text: str, choices: list[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", all_text), *choices]
        field.error_messages["invalid_choice"] = NOT_LISTED.format("year" if name == "year" else name)
