"""What is passed to the successors of a council that is abolished."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from benefits.enums import EntryKind
from benefits.queries.succession import Succession
from programme.models import Council

PASSED = (EntryKind.PLAN, EntryKind.FORECAST)


class SuccessionForm(forms.Form):
    """One council of the programme, and the ledger that is passed."""

    council = forms.ChoiceField()
    ledger = forms.ChoiceField(choices=[(kind.value, kind.label) for kind in PASSED])

    def __init__(self, data: Any = None, *, successions: Sequence[Succession]) -> None:
        """Choices are the councils that are to be abolished."""
        super().__init__(data)
        self.councils = {one.council.key: one.council for one in successions}
        self.fields["council"].choices = [(key, key) for key in self.councils]  # type: ignore[attr-defined]

    @property
    def chosen(self) -> Council:
        """The council that was chosen."""
        return self.councils[self.cleaned_data["council"]]
