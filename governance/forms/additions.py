"""Forms of what only the exempt version of a report says."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import LongTextField
from core.forms.publication import paragraph_field, reason_field
from core.publication import shown
from governance.actions.reporting.additions import AdditionWords
from governance.enums import AdditionPlace
from governance.models import Report, ReportAddition

_TEXT_HELP = "Only the exempt version shows it. Everybody else reads the paragraph and the reason below"


class _WordsForm(forms.Form):
    text = LongTextField(label="What the exempt version says", help_text=_TEXT_HELP, required=False)
    exempt_paragraph = paragraph_field()
    public_interest_reason = reason_field(
        "Everyone reads this reason in place of the text. Do not repeat the text in it"
    )

    def words(self) -> AdditionWords:
        """What was sent, once it is valid."""
        data = self.cleaned_data
        return AdditionWords(data["text"], data["exempt_paragraph"], data["public_interest_reason"])


class NewAdditionForm(_WordsForm):
    """To which text something is added."""

    place = forms.ChoiceField(label="Added to")
    field_order = ("place", "text", "exempt_paragraph", "public_interest_reason")

    def __init__(self, data: Any = None, *, report: Report) -> None:
        """Offer the texts that have no addition."""
        super().__init__(data)
        taken = set(report.additions.exclude(text="").values_list("place", flat=True))
        chosen = [
            (key, f"{label[:1].upper()}{label[1:]}")
            for key, label in AdditionPlace.choices
            if key not in taken
        ]
        field: Any = self.fields["place"]
        field.choices = [("", "Choose a text"), *chosen]


class AdditionForm(_WordsForm):
    """An addition as it is; its text to who has opened it, else the sentence that stands for it."""

    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, addition: ReportAddition, is_opened: bool) -> None:
        text = addition.text if is_opened else shown(addition, addition.text).text
        initial = {
            "text": text,
            "exempt_paragraph": addition.exempt_paragraph,
            "public_interest_reason": addition.public_interest_reason,
            "seen_version": addition.version,
        }
        super().__init__(data, initial=initial)
