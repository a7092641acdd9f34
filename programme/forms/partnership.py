"""Forms of programmes, agreements and the councils of a partnership."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django import forms
from django.db.models import QuerySet

from core.clock import today
from core.forms.fields import FinancialYearField, LongTextField, PlainTextField, TypedDateField
from core.rules.calendar import financial_year
from programme.models import Council, CouncilSuccessor, Membership, Partnership

NEW_PARTNERSHIP = "A new partnership"
SUCCESSOR_ROWS = 4
_YEARS_BACK, _YEARS_AHEAD = 10, 5


class CouncilsField(forms.ModelMultipleChoiceField):
    """Councils to tick."""

    widget = forms.CheckboxSelectMultiple


class ProgrammeForm(forms.Form):
    """A programme that starts."""

    partnership = forms.ModelChoiceField(
        Partnership.objects.none(), label="Partnership", required=False, empty_label=NEW_PARTNERSHIP
    )
    partnership_name = PlainTextField(
        label="Name of the new partnership",
        help_text="Leave empty for a partnership of the list",
        max_length=200,
        required=False,
    )
    name = PlainTextField(label="Name of the programme", max_length=200)
    summary = LongTextField(label="What it is to achieve", required=False)
    base_fy = FinancialYearField(
        label="Base year", help_text="The financial year that figures start from", empty_label="Choose a year"
    )
    horizon_years = forms.CharField(
        label="Appraisal period in years", help_text="After the base year, from 1 to 60", initial="5"
    )
    councils = CouncilsField(
        Council.objects.none(),
        label="Councils that join it",
        help_text="The partners of the partnership you choose are in it already",
        required=False,
    )

    def __init__(self, data: Any = None, *, partnerships: QuerySet[Partnership], may_found: bool) -> None:
        """Offer these partnerships, and a new one to those who may found it."""
        super().__init__(data)
        this_fy = financial_year(today())
        self.fields["partnership"].queryset = partnerships  # type: ignore[attr-defined]
        self.fields["councils"].queryset = Council.objects.order_by("short_name")  # type: ignore[attr-defined]
        self.fields["base_fy"].set_years(range(this_fy - _YEARS_BACK, this_fy + _YEARS_AHEAD + 1))  # type: ignore[attr-defined]
        self.fields["horizon_years"].error_messages["required"] = (
            "Appraisal period must be a whole number of years from 1 to 60"
        )
        self.fields["horizon_years"].is_short = True  # type: ignore[attr-defined]
        if not may_found:
            self.fields.pop("partnership_name")
            self.fields["partnership"].required = True
            self.fields["partnership"].empty_label = "Choose a partnership"  # type: ignore[attr-defined]
            self.fields["partnership"].error_messages["required"] = "Choose a partnership"


class JoinForm(forms.Form):
    """A council that joins."""

    council = forms.ModelChoiceField(
        Council.objects.none(),
        label="Council",
        empty_label="Choose a council",
        error_messages={"required": "Choose a council"},
    )
    joined_on = TypedDateField(label="Joined on")

    def __init__(self, data: Any = None) -> None:
        super().__init__(data)
        self.fields["council"].queryset = Council.objects.order_by("name")  # type: ignore[attr-defined]


class LeaveForm(forms.Form):
    """A council that leaves."""

    left_on = TypedDateField(label="Last day as a partner")
    why = LongTextField(
        label="Why it left",
        max_length=500,
        error_messages={"required": "Explain why it left, in at least 10 characters"},
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, membership: Membership) -> None:
        super().__init__(data, initial={"seen_version": membership.version})


class AbolitionForm(forms.Form):
    """A council that ends, and up to four that take over."""

    abolished_on = TypedDateField(
        label="Vesting day",
        help_text="The first day of the successors. For example, 1 4 2028",
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, council: Council, successors: Iterable[CouncilSuccessor]) -> None:
        """Show what is recorded; `successors` in the order of their names."""
        self.council = council
        known = list(successors)
        stored: dict[str, Any] = {"abolished_on": council.abolished_on, "seen_version": council.version}
        for number, row in enumerate(known, 1):
            stored |= {
                f"successor_{number}": row.successor_id,
                f"weight_{number}": format(row.weight.normalize(), "f"),
            }
        super().__init__(data, initial=stored)
        others = Council.objects.exclude(pk=council.pk).order_by("name")
        for number in range(1, max(SUCCESSOR_ROWS, len(known)) + 1):
            self.fields[f"successor_{number}"] = forms.ModelChoiceField(
                others,
                label=f"Successor {number}",
                required=False,
                empty_label="None",
            )
            self.fields[f"weight_{number}"] = forms.CharField(
                label=f"Its share {number}",
                help_text="A weight against the others, for example its population" if number == 1 else "",
                required=False,
            )
            self.fields[f"weight_{number}"].is_short = True  # type: ignore[attr-defined]

    def weights(self) -> dict[Council, str]:
        """The weight typed for each council chosen."""
        return dict(self._rows())

    def clean(self) -> None:
        """Refuse a council chosen twice."""
        chosen = [council for council, _ in self._rows()]
        for number, council in enumerate(chosen):
            if council in chosen[:number]:
                self.add_error(None, f"{council} is chosen twice. Keep one")

    def _rows(self) -> Iterator[tuple[Council, str]]:
        for name in self.fields:
            if name.startswith("successor_") and (council := self.cleaned_data.get(name)):
                yield council, self.cleaned_data.get(name.replace("successor", "weight"), "")
