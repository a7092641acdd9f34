"""The form of the limits beyond which an amount must be explained."""

from __future__ import annotations

from typing import Any

from django import forms

from benefits.models import CommentaryLimit
from benefits.rules.commentary import PRODUCT_LIMITS, Limits
from core.forms.fields import PoundsField

_WHOLE = "Enter a whole percentage from 0 to 100"


class CommentaryLimitsForm(forms.Form):
    """An amount is explained where it is further from plan than both."""

    percent = forms.IntegerField(
        label="Per cent of the plan",
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"required": _WHOLE, "invalid": _WHOLE},
    )
    pence = PoundsField(label="Pounds", noun="amount", minimum_pence=0)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, row: CommentaryLimit | None) -> None:
        """Show the limits that hold."""
        held = row.limits if row else PRODUCT_LIMITS
        shown = {"percent": held.percent, "pence": held.pence, "seen_version": row.version if row else 0}
        super().__init__(data, initial=shown)
        for name in ("percent", "pence"):
            self.fields[name].is_short = True  # type: ignore[attr-defined]

    def limits(self) -> Limits:
        """What was sent; call it on a valid form."""
        return Limits(self.cleaned_data["percent"], self.cleaned_data["pence"])
