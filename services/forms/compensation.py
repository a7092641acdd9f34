"""The form of a compensation arrangement: who it is for, on which basis, and a box a year and council."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField

from core.forms.fields import LongTextField, PoundsField
from core.rules.calendar import format_fy
from programme.models import Council
from services.actions.compensation import Terms
from services.enums import TestBasis
from services.models import Compensation
from services.queries.decision_choices import DecisionChoice
from services.queries.fairness import Arrangement, Payment


@dataclass(frozen=True, slots=True)
class BoxRow:
    """The boxes of one financial year, in the order of the councils."""

    fy: int
    boxes: tuple[BoundField, ...]


class CompensationForm(forms.Form):
    """An amount with a minus is paid, one without is received."""

    beneficiary = forms.ModelChoiceField(
        Council.objects.none(),
        label="Who receives it",
        empty_label="Choose a council",
        to_field_name="key",
        error_messages={"required": "Choose who receives it", "invalid_choice": "Choose who receives it"},
    )
    basis = forms.ChoiceField(
        label="What it was worked out on",
        choices=TestBasis.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what it was worked out on"},
    )
    cap_pence = PoundsField(label="Cap in pounds", noun="cap", minimum_pence=0, required=False)
    decision_ref = forms.ChoiceField(label="Decision that agreed it", required=False)
    note = LongTextField(label="Note", required=False)
    seen_version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(
        self,
        data: Any = None,
        *,
        councils: Sequence[Council],
        fys: Sequence[int],
        decisions: Sequence[DecisionChoice],
        initial: dict[str, Any],
    ) -> None:
        """Offer the councils, years and decisions of one case."""
        super().__init__(data, initial=initial)
        self.councils, self.fys = tuple(councils), tuple(fys)
        whom = self.fields["beneficiary"]
        whom.queryset = Council.objects.filter(pk__in=[council.pk for council in councils])  # type: ignore[attr-defined]
        decided = self.fields["decision_ref"]
        decided.choices = [("", "None yet"), *((one.ref, one.label) for one in decisions)]  # type: ignore[attr-defined]
        for fy in self.fys:
            for council in self.councils:
                self.fields[box_name(fy, council)] = PoundsField(
                    label=f"{council}, {format_fy(fy)}", noun="payment", required=False
                )

    def rows(self) -> list[BoxRow]:
        """The boxes by year."""
        return [
            BoxRow(fy, tuple(self[box_name(fy, council)] for council in self.councils)) for fy in self.fys
        ]

    def terms(self) -> Terms:
        """What was entered; an empty box is no payment."""
        entered = self.cleaned_data
        return Terms(
            beneficiary=entered["beneficiary"],
            basis=TestBasis(entered["basis"]),
            payments=[
                Payment(council, fy, pence)
                for fy in self.fys
                for council in self.councils
                if (pence := entered[box_name(fy, council)])
            ],
            cap_pence=entered["cap_pence"],
            decision_ref=entered["decision_ref"],
            note=entered["note"],
        )


def box_name(fy: int, council: Council) -> str:
    """Name of the box of one year and council."""
    return f"pay-{fy}-{council.key}"


def stored_values(arrangement: Arrangement) -> dict[str, Any]:
    """What the form shows of a stored arrangement."""
    stored: Compensation = arrangement.compensation
    boxes = {box_name(one.fy, one.council): one.amount_pence for one in arrangement.payments}
    return {
        "beneficiary": stored.beneficiary.key,
        "basis": stored.basis,
        "cap_pence": stored.cap_pence,
        "decision_ref": stored.decision_ref,
        "note": stored.note,
        "seen_version": stored.version,
        **boxes,
    }
