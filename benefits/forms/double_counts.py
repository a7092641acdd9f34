"""Forms that resolve a flag of double counting, one for each way."""

from __future__ import annotations

from typing import Any

from django import forms

from benefits.actions.double_counts import Resolution
from benefits.enums import DoubleCountKind, DoubleCountOutcome
from benefits.models import Benefit
from benefits.queries.double_counts import FlagClaim, FlagRow
from core.forms.fields import LongTextField
from programme.models import Programme

_PERCENT = "percent_"
_NOT_A_PERCENT = {
    "required": "Enter a whole percentage from 0 to 100",
    "invalid": "Enter a whole percentage from 0 to 100",
}


class ResolveForm(forms.Form):
    """Why a flag is resolved so; `seen` is the mark of the facts that were shown."""

    reason = LongTextField(label="Why", help_text="In at least 10 characters", max_length=500)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(
        self, data: Any = None, *, row: FlagRow, programme: Programme, outcome: DoubleCountOutcome
    ) -> None:
        """Ask what this way of resolving the flag needs."""
        super().__init__(data, initial={"seen": row.flag.mark})
        self.outcome = outcome
        self.claims = row.claims
        if outcome == DoubleCountOutcome.LINKED:
            self._ask_for_link(row, programme)
        elif outcome == DoubleCountOutcome.ATTRIBUTION:
            self._ask_for_percents(programme)
        elif outcome == DoubleCountOutcome.REVERSED:
            self._ask_for_claimant()
        self.order_fields([name for name in self.fields if name != "reason"])

    def resolution(self) -> Resolution:
        """What was sent, as the action takes it."""
        data = self.cleaned_data
        percents = {
            int(name.removeprefix(_PERCENT)): value
            for name, value in data.items()
            if name.startswith(_PERCENT)
        }
        return Resolution(
            self.outcome,
            data["reason"],
            benefit=data.get("benefit"),
            parent=data.get("counted_in"),
            percents=percents,
            claimant=data.get("claimant", "").replace("-", " "),
        )

    def _ask_for_link(self, row: FlagRow, programme: Programme) -> None:
        own = [one.benefit.pk for one in row.claims if one.benefit and one.programme == programme]
        benefits = Benefit.objects.filter(programme=programme).order_by("order_index", "pk")
        is_contained = row.flag.kind == DoubleCountKind.CONTAINED
        self.fields["benefit"] = forms.ModelChoiceField(
            benefits.filter(pk__in=own[:1] if is_contained else own),
            label="This benefit",
            empty_label="Choose a benefit",
            error_messages={"required": "Choose the benefit that is counted in another"},
        )
        self.fields["counted_in"] = forms.ModelChoiceField(
            benefits if is_contained else benefits.filter(pk__in=own),
            label="is counted in",
            help_text="The benefit whose total already holds it",
            empty_label="Choose a benefit",
            error_messages={"required": "Choose the benefit that contains it"},
        )

    def _ask_for_percents(self, programme: Programme) -> None:
        for one in self.claims:
            if one.benefit is None or one.programme != programme:
                continue
            box = forms.IntegerField(
                label=f"Part that {one.title} claims, in per cent",
                initial=one.percent,
                widget=forms.TextInput(attrs={"inputmode": "numeric"}),
                error_messages=_NOT_A_PERCENT,
            )
            box.is_short = True  # type: ignore[attr-defined]
            self.fields[f"{_PERCENT}{one.benefit.pk}"] = box

    def _ask_for_claimant(self) -> None:
        self.fields["claimant"] = forms.ChoiceField(
            label="Take back what this one claims",
            choices=[("", "Choose a benefit or line"), *((one.choice, _words(one)) for one in self.claims)],
            error_messages={"required": "Choose whose claims are taken back"},
        )


def _words(one: FlagClaim) -> str:
    return one.title
