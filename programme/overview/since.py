"""The day that slippage is counted from: of a report or a meeting, or any other."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.forms.fields import TypedDateField
from core.rules.calendar import format_date
from programme.queries.overview.slippage import ReportDay

WITHOUT_REPORT_DAYS = 35
MOST_OFFERED = 12


class SinceForm(forms.Form):
    """A day in the past; the latest report or meeting without one, else 35 days ago."""

    since = TypedDateField(label="Slippage since", required=False)

    def __init__(self, data: Any, *, days: Sequence[ReportDay], as_of: date) -> None:
        """Start from the latest of `days`."""
        self.days, self.as_of = days[:MOST_OFFERED], as_of
        self.default = days[0].on if days else as_of - timedelta(days=WITHOUT_REPORT_DAYS)
        given = {"since": data.get("since") or format_date(self.default)}
        super().__init__(given, auto_id="filter-%s")

    def clean_since(self) -> date:
        """A day that is over."""
        day: date | None = self.cleaned_data["since"]
        if day is None or day > self.as_of:
            raise ValidationError("Enter a day in the past")
        return day

    @property
    def day(self) -> date:
        """The day asked for; without a real one, the latest report or meeting."""
        return self.cleaned_data["since"] if self.is_valid() else self.default

    @property
    def label(self) -> str:
        """What happened on that day, where something did."""
        return next((one.label for one in self.days if one.on == self.day), "")
