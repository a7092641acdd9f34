"""The form of a programme's own limits between Green, Amber and Red."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.conflict import SeenForm
from core.forms.fields import PoundsField
from programme.forms.council_rules import NumberField
from programme.models import Programme
from programme.rules.rag_limits import LIMITS, Limit, Unit

_MISSING = "Enter a whole number"


class RagLimitsForm(SeenForm):
    """Every limit as it is now, with its default."""

    def __init__(self, data: Any = None, *, programme: Programme) -> None:
        """Start from the limits that hold."""
        held = {one.name: int(getattr(programme.thresholds, one.name)) for one in LIMITS}
        super().__init__(data, initial={**held, "seen_version": programme.version})
        for one in LIMITS:
            self.fields[one.name] = _box(one)

    def limits(self) -> dict[str, int]:
        """What was sent, once it is valid."""
        return {one.name: self.cleaned_data[one.name] for one in LIMITS}


def _box(one: Limit) -> forms.Field:
    default = f"Default: {one.words(one.default)}"
    if one.unit == Unit.PENCE:
        return PoundsField(label=one.label, noun="amount", minimum_pence=one.lowest, help_text=default)
    label = f"{one.label}, in\N{NO-BREAK SPACE}%" if one.unit == Unit.PERCENT else one.label
    return NumberField(label=label, missing=_MISSING, help_text=default)
