"""The form that changes the owner and the next review of many benefits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from accounts.models import User
from benefits.actions.bulk_profile import NOTHING_CHOSEN, BenefitChange
from benefits.models import Benefit
from core.forms.fields import TypedDateField
from programme.models import Programme
from programme.queries.people import possible_owners

SEEN = "seen_"


class BenefitChangeForm(forms.Form):
    """What to change, of the benefits whose versions stand in hidden boxes."""

    owner = forms.ModelChoiceField(
        User.objects.none(),
        label="New owner",
        empty_label="Leave the owner as it is",
        required=False,
        error_messages={"invalid_choice": "Choose a benefit owner who has an active account"},
    )
    review_on = TypedDateField(label="Next review", required=False)

    def __init__(self, data: Any = None, *, programme: Programme, benefits: Sequence[Benefit]) -> None:
        """Offer who may own a benefit here, over the benefits as they are now."""
        super().__init__(data)
        self.benefits = benefits
        owner: Any = self.fields["owner"]
        owner.queryset = possible_owners(programme)
        self.fields["review_on"].help_text = "Empty: it stays. For example, 14 12 2026"
        for benefit in benefits:
            self.fields[f"{SEEN}{benefit.pk}"] = forms.IntegerField(
                min_value=1, widget=forms.HiddenInput, required=False, initial=benefit.version
            )

    def clean(self) -> dict[str, Any]:
        """Anything at all is to change."""
        given = self.cleaned_data
        if not self.errors and not given.get("owner") and not given.get("review_on"):
            self.add_error("owner", NOTHING_CHOSEN)
        return given

    def changes(self) -> list[BenefitChange]:
        """What was sent, as the action takes it; call it on a valid form."""
        given = self.cleaned_data
        owner, review_on = given["owner"], given["review_on"]
        return [
            BenefitChange(one, given[f"{SEEN}{one.pk}"] or 0, owner, review_on, place=one.ref)
            for one in self.benefits
        ]
