"""What the savings page is narrowed to, kept in its address."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from benefits.enums import Basis, Measure
from benefits.queries.ledgers import Ledgers
from benefits.queries.savings import kinds_of, services_of
from benefits.queries.scope import Choice, fys_of
from core.rules.calendar import format_fy, fy_file_key, parse_fy
from programme.models import Programme

NOT_LISTED = "Select a {} from the list"


class SavingsFilter(forms.Form):
    """Council, service, kind of line and financial year; choices are those that the ledgers hold."""

    council = forms.ChoiceField(required=False)
    service = forms.ChoiceField(required=False)
    kind = forms.ChoiceField(required=False)
    year = forms.ChoiceField(required=False, label="Financial year")

    def __init__(self, data: Any, *, programme: Programme, ledgers: Ledgers) -> None:
        """Offer what the ledgers hold."""
        super().__init__(data, auto_id="filter-%s")
        self._offer("council", "All councils", [(one.key, one.name) for one in ledgers.councils])
        self._offer("service", "All services", list(services_of(ledgers)))
        self._offer("kind", "All kinds", [(one.value, str(one.label)) for one in kinds_of(ledgers)])
        years = [(fy_file_key(fy), format_fy(fy)) for fy in fys_of(programme, ledgers)]
        self._offer("year", "All years", years)

    def choice(self) -> Choice:
        """The choice made; a limit that is not in its list is left out, and said."""
        self.is_valid()
        year = self.cleaned_data.get("year")
        return Choice(
            council=self.cleaned_data.get("council", ""),
            service=self.cleaned_data.get("service", ""),
            fy=parse_fy(year) if year else None,
            kind=self.cleaned_data.get("kind", ""),
        )

    def _offer(self, name: str, all_text: str, choices: list[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", all_text), *choices]
        field.error_messages["invalid_choice"] = NOT_LISTED.format("year" if name == "year" else name)


class EntriesFilter(SavingsFilter):
    """The number whose entries are asked for."""

    basis = forms.ChoiceField(choices=Basis.choices)
    measure = forms.ChoiceField(choices=Measure.choices)
    to = forms.DateField(required=False)
    since = forms.DateField(required=False)
    benefit = forms.CharField(required=False)
