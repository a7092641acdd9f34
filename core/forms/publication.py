"""Boxes of forms that withhold a row: its paragraph and the reason, and for a new row whether at all."""

from __future__ import annotations

from django import forms

from core.actions.publication import WITHHOLDING, Withholding, withholding_asked
from core.enums import PublicationClass
from core.forms.fields import LongTextField
from core.rules.ids import number_in
from core.rules.publication import PARAGRAPHS, REASON_LIMIT


def paragraph_field(none: str = "Choose a paragraph") -> forms.TypedChoiceField:
    """A box for the exempt paragraph, in which no choice is called `none`."""
    return forms.TypedChoiceField(
        label="Exempt paragraph",
        help_text="Of Part 1 of Schedule 12A to the Local Government Act 1972",
        choices=[("", none), *((key, f"{key}: {text}") for key, text in PARAGRAPHS.items())],
        coerce=_paragraph,
        empty_value=None,
        required=False,
    )


def reason_field(help_text: str) -> LongTextField:
    """A box for why withholding outweighs publishing."""
    return LongTextField(
        label="Why withholding outweighs publishing",
        help_text=help_text,
        max_length=REASON_LIMIT,
        required=False,
    )


def _paragraph(value: str | int) -> int | None:
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
    exempt_paragraph = paragraph_field("Not exempt")
    public_interest_reason = reason_field("This reason is published. Do not repeat in it what is withheld")

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
