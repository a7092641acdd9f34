"""The day for which a council publishes."""

from __future__ import annotations

from django import forms

from core.forms.fields import TypedDateField


class DayForm(forms.Form):
    """A day; without one it is today."""

    on = TypedDateField(label="As at", required=False)
