"""What the savings page is narrowed to, kept in its address."""

from __future__ import annotations

from typing import Any, cast

from django import forms

from benefits.enums import Basis, Every, Measure, Sums
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
    all_kinds = "All kinds"
    always: tuple[str, ...] = ()  # boxes that stand there however few choices they have

    def __init__(self, data: Any, *, programme: Programme, ledgers: Ledgers) -> None:
        """Offer what the ledgers hold."""
        super().__init__(data, auto_id="filter-%s")
        self._offer("council", "All councils", [(one.key, one.name) for one in ledgers.councils])
        self._offer("service", "All services", list(services_of(ledgers)))
        self._offer("kind", self.all_kinds, [(one.value, str(one.label)) for one in kinds_of(ledgers)])
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

    def way(self) -> tuple[Every, Sums]:
        """How long a period is, and whether figures are running sums."""
        return Every.MONTH, Sums.CUMULATIVE

    def _offer(self, name: str, all_text: str, choices: list[tuple[str, str]]) -> None:
        field = cast(forms.ChoiceField, self.fields[name])
        field.choices = [("", all_text), *choices]
        field.error_messages["invalid_choice"] = NOT_LISTED.format("year" if name == "year" else name)


class PanelFilter(SavingsFilter):
    """The same for a panel, which shows one measure at a time."""

    all_kinds = "All cashable saving, gross"


class OverTimeFilter(PanelFilter):
    """The same, with how long a period is and whether figures are running sums."""

    every = forms.ChoiceField(required=False, label="Show by", choices=Every.choices)
    sums = forms.ChoiceField(required=False, label="Figures", choices=Sums.choices)
    always = ("every", "sums")

    def way(self) -> tuple[Every, Sums]:
        """The way chosen, or months and running sums."""
        self.is_valid()
        every, sums = (self.cleaned_data.get(name) for name in self.always)
        return Every(every or Every.MONTH), Sums(sums or Sums.CUMULATIVE)


class EntriesDay(forms.Form):
    """The day on which the entries are asked for as they were recorded then."""

    on = forms.DateField(required=False)


class EntriesFilter(SavingsFilter):
    """The number whose entries are asked for."""

    basis = forms.ChoiceField(choices=Basis.choices, required=False)
    measure = forms.ChoiceField(choices=Measure.choices)
    to = forms.DateField(required=False)
    since = forms.DateField(required=False)
    benefit = forms.CharField(required=False)
