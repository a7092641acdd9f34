"""The form of a benefit profile."""

from __future__ import annotations

from typing import Any

from django import forms

from accounts.models import User
from benefits.actions.profile import Profile, profile_of
from benefits.enums import BenefitClass, BenefitKind, Direction
from benefits.models import Benefit
from core.forms.fields import LongTextField, PlainTextField, TypedDateField
from programme.models import Council, Programme
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners
from services.models import Service

_NUMBER = {"invalid": "Enter a number"}


class BenefitForm(forms.Form):
    """The agreed definition of a benefit."""

    title = PlainTextField(
        label="Title",
        help_text="Start with a word such as Reduced, Increased or Faster",
        max_length=200,
    )
    title_reason = PlainTextField(
        label="Why the title starts another way",
        help_text="Only where it does, in at least 10 characters",
        max_length=500,
        required=False,
    )
    description = LongTextField(label="Description", required=False)
    benefit_class = forms.ChoiceField(
        label="Class",
        choices=[("", "Choose a class"), *BenefitClass.choices],
        error_messages={"required": "Choose a class"},
    )
    kind = forms.ChoiceField(label="Kind", choices=BenefitKind.choices, initial=BenefitKind.NOT_STATED)
    is_disbenefit = forms.BooleanField(label="It is a dis-benefit", required=False)
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Owner", empty_label="Choose an owner", required=False
    )
    service = forms.ModelChoiceField(
        Service.objects.none(), label="Service", empty_label="No one service", required=False
    )
    councils = forms.ModelMultipleChoiceField(
        Council.objects.none(),
        label="Councils",
        help_text="None ticked: all partner councils",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    counted_in = forms.ModelChoiceField(
        Benefit.objects.none(),
        label="Counted in",
        help_text="The benefit whose total already holds this one",
        empty_label="No other benefit",
        required=False,
    )
    attribution_percent = forms.IntegerField(
        label="Part of the effect that this programme claims, in per cent",
        initial=100,
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={
            "required": "Enter a whole percentage from 0 to 100",
            "invalid": "Enter a whole percentage from 0 to 100",
        },
    )
    attribution_reason = PlainTextField(label="Why it is less than 100%", max_length=500, required=False)
    measure_name = PlainTextField(label="Measure", max_length=200, required=False)
    measure_unit = PlainTextField(label="Unit", max_length=40, required=False)
    direction = forms.ChoiceField(label="Direction", choices=Direction.choices, initial=Direction.NOT_STATED)
    starting_value = forms.DecimalField(
        label="Starting value",
        max_digits=14,
        decimal_places=3,
        required=False,
        widget=forms.TextInput,
        error_messages=_NUMBER,
    )
    target_value = forms.DecimalField(
        label="Target",
        max_digits=14,
        decimal_places=3,
        required=False,
        widget=forms.TextInput,
        error_messages=_NUMBER,
    )
    starts_on = TypedDateField(label="Starts on", required=False)
    review_on = TypedDateField(label="Next review", required=False)
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(self, data: Any = None, *, programme: Programme, benefit: Benefit | None = None) -> None:
        """Show the benefit as it is, or an empty form for a new one of the programme."""
        super().__init__(data, initial=_initial(benefit))
        others = programme.benefits.exclude(pk=benefit.pk) if benefit else programme.benefits.all()
        councils = [council.pk for council in partner_councils(programme.partnership_id)]
        choices = {
            "owner": possible_owners(programme),
            "service": Service.objects.filter(programme=programme),
            "councils": programme.partnership.councils.filter(pk__in=councils).order_by(
                "memberships__order_index", "name"
            ),
            "counted_in": others.order_by("order_index", "pk"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in ("attribution_percent", "starting_value", "target_value"):
            self.fields[name].is_short = True  # type: ignore[attr-defined]

    def profile(self) -> Profile:
        """What was sent, as the action takes it."""
        data = dict(self.cleaned_data)
        data.pop("seen_version")
        return Profile(**data | {"councils": tuple(data["councils"])})


def _initial(benefit: Benefit | None) -> dict[str, Any]:
    if benefit is None:
        return {}
    profile = profile_of(benefit)
    names = [name for name in BenefitForm.base_fields if hasattr(profile, name)]
    values = {name: getattr(profile, name) for name in names}
    for name in ("starting_value", "target_value"):
        values[name] = None if values[name] is None else format(values[name].normalize(), "f")
    return values | {"councils": list(profile.councils), "seen_version": benefit.version}
