"""Boxes of a form that makes a row: whether it is withheld from its beginning, and why."""

from __future__ import annotations

from django import forms

from core.actions.publication import WITHHOLDING, Withholding, withholding_asked
from core.enums import PublicationClass
from core.forms.fields import LongTextField
from core.rules.ids import number_in
from core.rules.publication import PARAGRAPHS, REASON_LIMIT


def paragraph_of(value: str | int) -> int | None:
    """The paragraph that was chosen."""
    return number_in(str(value)) or None


class WithholdingForm(forms.Form):
    """What stands beside the title of a new row may be withheld at once."""

    publication_class = forms.ChoiceField(
        label="Open or withheld",
        help_text="What is withheld is so from the moment it is saved",
        choices=PublicationClass.choices,
        initial=PublicationClass.OPEN,
        required=False,
    )
    exempt_paragraph = forms.TypedChoiceField(
        label="Exempt paragraph",
        help_text="Of Part 1 of Schedule 12A to the Local Government Act 1972",
        choices=[("", "Not exempt"), *((key, f"{key}: {text}") for key, text in PARAGRAPHS.items())],
        coerce=paragraph_of,
        empty_value=None,
        required=False,
    )
    public_interest_reason = LongTextField(
        label="Why withholding outweighs publishing",
        help_text="This reason is published. Do not repeat in it what is withheld",
        max_length=REASON_LIMIT,
        required=False,
    )

    def without_withholding(self) -> None:
        """Leave these boxes out, of a form that changes a row: that has a page of its own."""
        for name in WITHHOLDING:
            self.fields.pop(name)

    def withholding(self) -> Withholding | None:
        """Why it is to be withheld; None for what is open."""
        return withholding_asked(self.cleaned_data)

    def clean_publication_class(self) -> str:
        """Open where nothing else is said."""
        return str(self.cleaned_data["publication_class"] or PublicationClass.OPEN)
