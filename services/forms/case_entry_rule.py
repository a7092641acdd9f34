"""What one asks of the savings entry rule, which is not stored, and what is judged of quality, which is."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import LongTextField
from core.rules.text import reason_asked
from services.actions.quality import ASKS
from services.enums import Confidence
from services.queries.case_entry_rule import RuleTerms

LAST_YEAR = 10
PERCENT = "Percentage must be between 0 and 100, with no more than 2 decimal places"
YEAR = f"Year of operation must be a whole number from 1 to {LAST_YEAR}"
QUALITY = "Choose how certain it is that quality is kept"


class EntryRuleForm(forms.Form):
    """The percentage, the year of operation, and how certain quality is."""

    percent = forms.DecimalField(
        label="Saving asked, % of the combined starting budget",
        min_value=0,
        max_value=100,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
        error_messages=dict.fromkeys(
            ("required", "invalid", "min_value", "max_value", "max_decimal_places"), PERCENT
        ),
    )
    year = forms.IntegerField(
        label="By year of operation",
        help_text="Year 2 is months 13 to 24 after go-live",
        min_value=1,
        max_value=LAST_YEAR,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages=dict.fromkeys(("required", "invalid", "min_value", "max_value"), YEAR),
    )
    quality = forms.ChoiceField(
        label="How certain is it that quality is kept?",
        choices=[("", "Not stated"), *Confidence.choices],
        required=False,
        error_messages={"invalid_choice": QUALITY},
    )

    def __init__(self, data: Any = None, *, asked: RuleTerms) -> None:
        """Show what the programme asks; what is left out of `data` stays as it is asked."""
        plain = {
            "percent": f"{asked.percent.normalize():f}",
            "year": str(asked.year),
            "quality": asked.quality,
        }
        sent = {name: data[name] for name in plain if data and name in data}
        super().__init__({**plain, **sent})
        for name in ("percent", "year"):
            self.fields[name].is_short = True  # type: ignore[attr-defined]
        self.asked = asked

    def terms(self) -> RuleTerms:
        """The terms to test by; those asked while something is wrong."""
        return RuleTerms(**self.cleaned_data) if self.is_valid() else self.asked


class QualityForm(forms.Form):
    """How certain it is that quality is kept, and why."""

    certainty = forms.ChoiceField(
        label="How certain is it that quality is kept?",
        choices=Confidence.choices,
        widget=forms.RadioSelect,
        error_messages={"required": QUALITY, "invalid_choice": QUALITY},
    )
    reason = LongTextField(label="Why", error_messages={"required": reason_asked(ASKS).message})
