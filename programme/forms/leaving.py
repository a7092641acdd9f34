"""The form of a council that leaves."""

from __future__ import annotations

from django import forms

from core.forms.fields import TypedDateField


class LastDayForm(forms.Form):
    """The last day as a partner."""

    left_on = TypedDateField(
        label="Last day as a partner", help_text="For example, 31 3 2028", required=False
    )
