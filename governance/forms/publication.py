"""Forms that withhold a row, review that, and release it."""

from __future__ import annotations

from typing import Any

from django import forms

from core.enums import PublicationClass
from core.forms.fields import LongTextField, TypedDateField
from core.forms.publication import paragraph_field, reason_field
from core.models import Publication
from core.rules.publication import REASON_LIMIT


class WithholdForm(forms.Form):
    """Why a row is not open; what it says is withheld as soon as this is saved."""

    publication_class = forms.ChoiceField(
        label="It is",
        choices=[
            (PublicationClass.EXEMPT.value, "Exempt: the public interest is in withholding it"),
            (
                PublicationClass.CONFIDENTIAL.value,
                "Confidential: law or government forbids disclosure",
            ),
        ],
        widget=forms.RadioSelect,
    )
    exempt_paragraph = paragraph_field()
    public_interest_reason = reason_field(
        "Everyone reads this reason in place of the content. Do not repeat the content in it"
    )
    exempt_review_on = TypedDateField(
        label="Review on",
        help_text="Within a year. Leave empty for a year from today. For example, 14 12 2026",
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, item: Publication) -> None:
        """Show why it is withheld now."""
        is_exempt = not item.is_withheld or item.publication_class == PublicationClass.EXEMPT
        initial = {
            "publication_class": PublicationClass.EXEMPT if is_exempt else PublicationClass.CONFIDENTIAL,
            "exempt_paragraph": item.exempt_paragraph,
            "public_interest_reason": item.public_interest_reason,
            "seen": item.standing,
        }
        super().__init__(data, initial=initial)


class ReleaseForm(forms.Form):
    """Open a row to everyone."""

    why = LongTextField(
        label="Why it can be open now",
        help_text="Kept in the audit trail",
        max_length=REASON_LIMIT,
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, item: Publication) -> None:
        """Remember what the person has seen."""
        super().__init__(data, initial={"seen": item.standing})
