"""The form of a benefit profile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms

from accounts.models import User
from benefits.actions.profile import Profile, profile_of
from benefits.enums import BenefitClass, BenefitKind, Combining, Direction, Frequency, Recurrence
from benefits.models import Benefit
from benefits.models.benefit import DOAM
from benefits.rules.templates import Template
from core.forms.fields import LongTextField, PlainTextField, PoundsField, TypedDateField
from programme.models import Council, Programme, Risk
from programme.queries.partners import partner_councils
from programme.queries.people import possible_owners
from services.enums import Confidence
from services.models import Service

_NUMBER = {"invalid": "Enter a number"}
_SHARE = "share_"
_VALUES = ("starting_value", "target_value")


def _reason(label: str, help_text: str = "") -> PlainTextField:
    return PlainTextField(label=label, help_text=help_text, max_length=500, required=False)


def _number(label: str) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        max_digits=14,
        decimal_places=3,
        required=False,
        widget=forms.TextInput,
        error_messages=_NUMBER,
    )


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of the form and the boxes below it."""

    title: str
    fields: list[forms.BoundField]

    @property
    def anchor(self) -> str:
        """The id of the heading."""
        return f"h-{self.title.lower().replace(' ', '-')}"


SECTIONS: dict[str, tuple[str, ...]] = {
    "What it is": (
        "title", "title_reason", "description", "category", "benefit_class", "kind", "is_disbenefit",
        "service", "service_feature", "activities", "potential_costs", "dependencies", "risks",
    ),
    "Who answers for it, and who has it": (
        "owner", "sro", "councils", "counted_in", "attribution_percent", "attribution_reason",
        "counterfactual",
    ),
    "When, and how sure": (
        "starts_on", "ends_on", "early_reason", "recurrence", "full_year_pence", "confidence", "review_on",
    ),
    "How it is measured": (
        "measure_name", "measure_unit", "direction", "measure_source", "measure_method", "frequency",
        "combining", "starting_value", "starting_on", "starting_reason", "target_value", "target_text",
        "no_target_reason", "percent_reason",
    ),
    "The four tests": tuple(name for test in DOAM for name in (f"has_{test}", f"doam_{test}")),
}  # fmt: skip
_WITH_SHARES = "Who answers for it, and who has it"


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
    category = PlainTextField(
        label="Category",
        help_text="The councils’ own heading, if they use one",
        max_length=60,
        required=False,
    )
    benefit_class = forms.ChoiceField(
        label="Class",
        choices=[("", "Choose a class"), *BenefitClass.choices],
        error_messages={"required": "Choose a class"},
    )
    kind = forms.ChoiceField(label="Kind", choices=BenefitKind.choices, initial=BenefitKind.NOT_STATED)
    is_disbenefit = forms.BooleanField(label="It is a dis-benefit", required=False)
    service_feature = _reason("What in the service brings it about")
    potential_costs = _reason("Potential costs")
    activities = LongTextField(label="Activities required", required=False)
    dependencies = _reason("What it depends on", "Beside what the benefits map shows")
    risks = forms.ModelMultipleChoiceField(
        Risk.objects.none(), label="Risks", required=False, widget=forms.CheckboxSelectMultiple
    )
    owner = forms.ModelChoiceField(
        User.objects.none(), label="Owner", empty_label="Choose an owner", required=False
    )
    sro = forms.ModelChoiceField(
        User.objects.none(),
        label="Senior responsible owner",
        empty_label="The programme’s own",
        required=False,
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
    counterfactual = _reason(
        "What would have happened anyway", "Without this programme. Only what goes beyond it is claimed"
    )
    measure_name = PlainTextField(label="Measure", max_length=200, required=False)
    measure_unit = PlainTextField(label="Unit", max_length=40, required=False)
    direction = forms.ChoiceField(label="Direction", choices=Direction.choices, initial=Direction.NOT_STATED)
    measure_source = PlainTextField(label="Where the values come from", max_length=200, required=False)
    measure_method = _reason("How they are counted")
    frequency = forms.ChoiceField(
        label="How often it is measured",
        choices=Frequency.choices,
        initial=Frequency.NOT_STATED,
        required=False,
    )
    combining = forms.ChoiceField(
        label="How the values of a year come together",
        choices=Combining.choices,
        initial=Combining.NOT_STATED,
        required=False,
    )
    starting_value = _number("Starting value")
    starting_on = TypedDateField(label="Day of the starting value", required=False)
    starting_reason = _reason("Why there is no starting value", "Only where there is none")
    target_value = _number("Target")
    target_text = PlainTextField(
        label="Target in words",
        help_text="Where it is not a number",
        max_length=200,
        required=False,
    )
    no_target_reason = _reason("Why no target is set", "Only where there is to be none")
    percent_reason = _reason(
        "Why a percentage is below 0 or above 100", "Only where one is: say that it is correct"
    )
    starts_on = TypedDateField(label="Starts on", required=False)
    ends_on = TypedDateField(label="Ends on", required=False)
    early_reason = _reason("Why it starts before what enables it", "Only where it does")
    recurrence = forms.ChoiceField(
        label="How often it comes",
        choices=[(value, label.capitalize()) for value, label in Recurrence.choices],
        initial=Recurrence.NOT_STATED,
        required=False,
    )
    full_year_pence = PoundsField(
        label="Worth of a full year, in pounds",
        help_text="Once it comes in full. For example, 12,500",
        noun="worth",
        minimum_pence=0,
        required=False,
    )
    confidence = forms.ChoiceField(
        label="Confidence", choices=[("", "Not stated"), *Confidence.choices], required=False
    )
    review_on = TypedDateField(label="Next review", required=False)
    has_description = forms.BooleanField(label="Description: it says who gains what", required=False)
    doam_description = _reason("How it meets the test of description")
    has_observable = forms.BooleanField(
        label="Observable outcome: anyone can see that it is there", required=False
    )
    doam_observable = _reason("How it meets the test of an observable outcome")
    has_attribution = forms.BooleanField(label="Attribution: this programme brings it about", required=False)
    doam_attribution = _reason("How it meets the test of attribution")
    has_measurement = forms.BooleanField(
        label="Measurement: it is known how and when it is counted", required=False
    )
    doam_measurement = _reason("How it meets the test of measurement")
    seen_version = forms.IntegerField(min_value=1, widget=forms.HiddenInput, required=False)

    def __init__(
        self,
        data: Any = None,
        *,
        programme: Programme,
        benefit: Benefit | None = None,
        template: Template | None = None,
    ) -> None:
        """Show the benefit as it is, or a form for a new one, filled in from a template if one is chosen."""
        partners = partner_councils(programme.partnership_id)
        profile = profile_of(benefit) if benefit else None
        super().__init__(data, initial=_initial(profile, benefit) or (template.initial if template else {}))
        others = programme.benefits.exclude(pk=benefit.pk) if benefit else programme.benefits.all()
        owners = possible_owners(programme)
        choices = {
            "owner": owners,
            "sro": owners,
            "service": Service.objects.filter(programme=programme),
            "councils": programme.partnership.councils.filter(
                pk__in=[council.pk for council in partners]
            ).order_by("memberships__order_index", "name"),
            "counted_in": others.order_by("order_index", "pk"),
            "risks": programme.risks.order_by("order_index", "pk"),
        }
        for name, rows in choices.items():
            self.fields[name].queryset = rows  # type: ignore[attr-defined]
        for name in ("attribution_percent", "full_year_pence", *_VALUES):
            self.fields[name].is_short = True  # type: ignore[attr-defined]
        self.partners = partners
        self._add_shares(partners, profile)

    @property
    def sections(self) -> list[Section]:
        """The boxes under their headings."""
        shares = [name for name in self.fields if name.startswith(_SHARE)]
        return [
            Section(title, [self[name] for name in (*names, *(shares if title == _WITH_SHARES else ()))])
            for title, names in SECTIONS.items()
        ]

    def profile(self) -> Profile:
        """What was sent, as the action takes it."""
        data = {name: value for name, value in self.cleaned_data.items() if not name.startswith(_SHARE)}
        data.pop("seen_version")
        for name in ("frequency", "combining", "recurrence"):
            data[name] = data[name] or self.fields[name].initial
        return Profile(
            **data
            | {
                "councils": tuple(data["councils"]),
                "risks": tuple(data["risks"]),
                "shares": tuple(
                    (council, self.cleaned_data[f"{_SHARE}{council.key}"])
                    for council in self.partners
                    if self.cleaned_data.get(f"{_SHARE}{council.key}") is not None
                ),
            }
        )

    def _add_shares(self, partners: Sequence[Council], profile: Profile | None) -> None:
        """A box for each council’s share."""
        known = dict(profile.shares) if profile else {}
        for council in partners:
            box = forms.DecimalField(
                label=f"{council}’s share of it, in per cent",
                max_digits=6,
                decimal_places=3,
                required=False,
                widget=forms.TextInput,
                error_messages=_NUMBER,
                initial=_plain(known.get(council)),
            )
            box.is_short = True  # type: ignore[attr-defined]
            self.fields[f"{_SHARE}{council.key}"] = box


def _initial(profile: Profile | None, benefit: Benefit | None) -> dict[str, Any]:
    if profile is None or benefit is None:
        return {}
    names = [name for name in BenefitForm.base_fields if hasattr(profile, name)]
    values = {name: getattr(profile, name) for name in names}
    for name in _VALUES:
        values[name] = _plain(values[name])
    return values | {
        "councils": list(profile.councils),
        "risks": list(profile.risks),
        "seen_version": benefit.version,
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else format(value.normalize(), "f")
