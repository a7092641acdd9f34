"""Forms of a council's own rules about decisions, and of its days of closure."""

from __future__ import annotations

from datetime import time
from typing import Any

from django import forms

from core.forms.fields import PlainTextField, PoundsField, TypedDateField, TypedTimeField
from programme.actions.council_rules import OwnRules
from programme.enums import CallInScope, DayUnit
from programme.models import CouncilSetting

NAMES = tuple(OwnRules.__dataclass_fields__)


class NumberField(forms.IntegerField):
    """One short box for a whole number."""

    is_short = True

    def __init__(self, *, missing: str = "Enter a whole number", **kwargs: Any) -> None:
        super().__init__(
            widget=forms.TextInput(attrs={"inputmode": "numeric"}),
            error_messages={"required": missing, "invalid": "Enter a whole number"},
            **kwargs,
        )


class CouncilRulesForm(forms.Form):
    """Rules from one day on."""

    from_on = TypedDateField(label="First day", help_text="Today or later. For example, 18 5 2027")
    callin_days = NumberField(label="Days of call-in after publication", initial=5)
    callin_unit = forms.ChoiceField(label="Call-in counts", choices=DayUnit.choices, initial=DayUnit.WORKING)
    callin_cutoff = TypedTimeField(
        label="Time at which call-in closes on the last day", initial=time(17), help_text="For example, 5pm"
    )
    callin_scope = forms.ChoiceField(
        label="What can be called in", choices=CallInScope.choices, initial=CallInScope.ALL_EXECUTIVE
    )
    callin_min_members = NumberField(
        label="Councillors who must sign a call-in",
        help_text="As the council’s constitution says; there is no usual number",
        required=False,
    )
    callin_after_reconsideration = forms.BooleanField(
        label="A decision taken again after call-in can be called in again", required=False
    )
    notice_day_unit = forms.ChoiceField(
        label="28 days’ notice counts", choices=DayUnit.choices, initial=DayUnit.CALENDAR
    )
    agenda_day_unit = forms.ChoiceField(
        label="5 days’ notice counts", choices=DayUnit.choices, initial=DayUnit.WORKING
    )
    publication_days = NumberField(
        label="Working days from a decision to its publication, usually", initial=2
    )
    key_threshold_pence = PoundsField(
        label="A decision is key from this amount",
        noun="amount",
        minimum_pence=0,
        help_text="Leave empty if the constitution names no sum",
        required=False,
    )

    def __init__(self, data: Any = None, *, current: CouncilSetting | None = None) -> None:
        """Show the rules of today, to be changed from another day on."""
        names = [name for name in NAMES if name != "from_on"]
        super().__init__(data, initial={name: getattr(current, name) for name in names} if current else None)

    def rules(self) -> OwnRules:
        """What was sent, once it is valid."""
        return OwnRules(**{name: self.cleaned_data[name] for name in NAMES})


class ClosureForm(forms.Form):
    """A day on which the council is closed."""

    day_on = TypedDateField(label="Day")
    reason = PlainTextField(
        label="Reason", help_text="For example, Christmas closure", max_length=120, required=False
    )
