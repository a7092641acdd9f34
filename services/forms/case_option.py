"""The form of one option of a business case."""

from __future__ import annotations

from typing import Any

from django import forms

from core.forms.fields import LongTextField, PlainTextField
from core.rules.references import next_letter
from programme.models import Council
from programme.queries.partners import partner_councils
from services.actions.case_option import NAME_LIMIT, REF_LIMIT, OptionValues
from services.enums import OptionKind
from services.models import BusinessCase, CaseOption


class OptionForm(forms.Form):
    """What an option is: its name, what it would do, whether it is preferred, and of what it is a variant."""

    ref = PlainTextField(label="Reference", help_text="For example, B", max_length=REF_LIMIT)
    name = PlainTextField(label="Name of the option", max_length=NAME_LIMIT)
    kind = forms.ChoiceField(
        label="What it would do", error_messages={"required": "Choose what the option would do"}
    )
    description = LongTextField(label="Description", required=False)
    is_preferred = forms.BooleanField(label="This is the preferred option", required=False)
    variant_of = forms.ModelChoiceField(
        label="Variant of",
        queryset=CaseOption.objects.none(),
        required=False,
        empty_label="No other option",
        help_text="For example the same option without one of the councils",
    )
    without_council = forms.ModelChoiceField(
        label="Without which council",
        help_text="For a variant only",
        queryset=Council.objects.none(),
        required=False,
        empty_label="No council is left out",
    )
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, case: BusinessCase, option: CaseOption | None = None) -> None:
        initial: dict[str, Any] = {"seen_version": case.version}
        if option is None:
            initial["ref"] = next_letter(case.options.values_list("ref", flat=True))
        else:
            initial |= {name: getattr(option, name) for name in OptionValues.__slots__}
        super().__init__(data, initial=initial)
        kinds = [
            (kind.value, kind.label)
            for kind in OptionKind
            if (kind == OptionKind.BUSINESS_AS_USUAL) == bool(option and option.is_bau)
        ]
        fields: Any = self.fields
        fields["ref"].is_short = True
        fields["kind"].choices = kinds if option else [("", "Choose one"), *kinds]
        others = case.options.filter(variant_of=None, is_bau=False)
        fields["variant_of"].queryset = others.exclude(pk=option.pk) if option else others
        members = partner_councils(case.programme.partnership_id)
        fields["without_council"].queryset = Council.objects.filter(pk__in=[one.pk for one in members])

    def values(self) -> OptionValues:
        """What the action is to store."""
        return OptionValues(**{name: self.cleaned_data[name] for name in OptionValues.__slots__})
