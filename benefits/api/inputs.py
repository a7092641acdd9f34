"""What is sent to write benefits, amounts, budgets and funds. Money is pounds in text, as it is shown."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from benefits.enums import BenefitClass, BenefitKind, Combining, Direction, Frequency, Recurrence
from core.api.fields import IdField
from core.errors import Refusal
from core.rules.money import parse_pounds
from programme.models import Council
from services.enums import Confidence


class PoundsInput(serializers.CharField):
    """Pounds as people type them, read as whole pence; refuses as rows 1 to 4, 7 and 8."""

    def __init__(self, *, noun: str = "saving", **kwargs: Any) -> None:
        self.noun = noun
        super().__init__(**kwargs)

    def to_internal_value(self, data: Any) -> Any:
        """Pence."""
        try:
            return parse_pounds(super().to_internal_value(data), noun=self.noun)
        except Refusal as refusal:
            raise serializers.ValidationError(refusal.message, code=refusal.code) from None


extend_schema_field({"type": "string", "example": "624420.00"})(PoundsInput)


class CouncilField(serializers.SlugRelatedField[Council]):
    """A council by its key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="key", queryset=Council.objects.all(), **kwargs)


class OfLineSerializer(serializers.Serializer[Any]):
    """A line of a programme: the programme by its key, the line by its reference."""

    programme = serializers.CharField()
    line = serializers.CharField()


class ActualInputSerializer(OfLineSerializer):
    """An amount that a council claims for one month; `period` 1 is April."""

    council = CouncilField()
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(min_value=1, max_value=12)
    amount = PoundsInput()
    explanation = serializers.CharField(required=False, allow_blank=True, default="")
    ledger_code = serializers.CharField(required=False, allow_blank=True, default="")
    evidence = serializers.CharField(required=False, allow_blank=True, default="")


class ReasonSerializer(serializers.Serializer[Any]):
    """Why something is taken back."""

    reason = serializers.CharField(allow_blank=True)


class EmptySerializer(serializers.Serializer[Any]):
    """Nothing."""


class ForecastLineSerializer(serializers.Serializer[Any]):
    """One amount of a forecast: of a month, or of the whole year where `period` is left out."""

    line = serializers.CharField()
    council = CouncilField()
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(
        min_value=1, max_value=12, required=False, allow_null=True, default=None
    )
    amount = PoundsInput()
    explanation = serializers.CharField(required=False, allow_blank=True, default="")


class ForecastInputSerializer(serializers.Serializer[Any]):
    """What is expected as at a day."""

    programme = serializers.CharField()
    as_at_on = serializers.DateField()
    commentary = serializers.CharField(required=False, allow_blank=True, default="")
    amounts = ForecastLineSerializer(many=True)


class BudgetInputSerializer(serializers.Serializer[Any]):
    """The budget of one ledger code in one year, before any saving."""

    council = CouncilField()
    ledger_code = serializers.CharField(allow_blank=True)
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    name = serializers.CharField(allow_blank=True)
    budget = PoundsInput(noun="budget")


class BudgetUpdateSerializer(serializers.Serializer[Any]):
    """Another amount or name of a budget; what is left out stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    name = serializers.CharField(required=False)
    budget = PoundsInput(noun="budget", required=False)


class ReductionInputSerializer(OfLineSerializer):
    """What was taken out of a budget for a saving."""

    council = CouncilField()
    ledger_code = serializers.CharField()
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    amount = PoundsInput(noun="reduction")
    not_same_reason = serializers.CharField(
        required=False,
        allow_blank=True,
        default="",
        help_text="why it is not the saving that another programme claims from this code and year",
    )


class FundInputSerializer(serializers.Serializer[Any]):
    """A fund that is opened."""

    programme = serializers.CharField()
    name = serializers.CharField(allow_blank=True)
    pool = serializers.CharField(
        required=False, allow_blank=True, default="", help_text="reference of a pool, whose key says who pays"
    )


class FundClosingInputSerializer(serializers.Serializer[Any]):
    """The day on which what is left of a fund goes back."""

    closed_on = serializers.DateField()


class ContributionInputSerializer(serializers.Serializer[Any]):
    """What a council paid into a fund; negative where it was paid back."""

    council = CouncilField()
    amount = PoundsInput(noun="payment")
    paid_on = serializers.DateField()
    explanation = serializers.CharField(required=False, allow_blank=True, default="")


class DrawdownInputSerializer(serializers.Serializer[Any]):
    """What a fund paid of one actual one-off cost: `actual` is the id of its actual amount."""

    actual = IdField()
    amount = PoundsInput(noun="withdrawal")
    drawn_on = serializers.DateField()


class BenefitShareInputSerializer(serializers.Serializer[Any]):
    """What part of a benefit one council has, in per cent."""

    council = CouncilField()
    percent = serializers.DecimalField(6, 3)


def _text(help_text: str = "") -> serializers.CharField:
    return serializers.CharField(required=False, allow_blank=True, help_text=help_text or None)


def _day() -> serializers.DateField:
    return serializers.DateField(required=False, allow_null=True)


def _value() -> serializers.DecimalField:
    return serializers.DecimalField(14, 3, required=False, allow_null=True)


class ProfileSerializer(serializers.Serializer[Any]):
    """The profile of a benefit; in a change, what is left out stays."""

    title = serializers.CharField(allow_blank=True)
    title_reason = _text()
    description = _text()
    category = _text()
    service_feature = _text("what in the service brings it about")
    potential_costs = _text()
    activities = _text()
    dependencies = _text("what it depends on beside the benefits map")
    benefit_class = serializers.ChoiceField(choices=BenefitClass.choices)
    kind = serializers.ChoiceField(choices=BenefitKind.choices, required=False)
    is_disbenefit = serializers.BooleanField(required=False)
    owner = serializers.EmailField(required=False, allow_null=True, help_text="their e-mail address")
    sro = serializers.EmailField(
        required=False, allow_null=True, help_text="their e-mail address; null: the programme’s own"
    )
    service = serializers.CharField(required=False, allow_null=True, help_text="its reference")
    councils = serializers.ListField(child=CouncilField(), required=False)
    shares = serializers.ListField(child=BenefitShareInputSerializer(), required=False)
    risks = serializers.ListField(
        child=serializers.CharField(), required=False, help_text="references of risks"
    )
    counted_in = serializers.CharField(required=False, allow_null=True, help_text="reference of a benefit")
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False, allow_blank=True)
    attribution_percent = serializers.IntegerField(required=False)
    attribution_reason = _text()
    counterfactual = _text("what would have happened without this programme")
    full_year = PoundsInput(noun="worth", required=False, allow_null=True)
    recurrence = serializers.ChoiceField(choices=Recurrence.choices, required=False)
    measure_name = _text()
    measure_unit = _text()
    measure_source = _text()
    measure_method = _text()
    frequency = serializers.ChoiceField(choices=Frequency.choices, required=False)
    combining = serializers.ChoiceField(choices=Combining.choices, required=False)
    direction = serializers.ChoiceField(choices=Direction.choices, required=False)
    starting_value = _value()
    starting_on = _day()
    starting_reason = _text("why there is no starting value")
    target_value = _value()
    target_text = _text("a target that is not a number")
    no_target_reason = _text("why no target is set")
    percent_reason = _text("why a percentage is below 0 or above 100")
    starts_on = _day()
    ends_on = _day()
    early_reason = _text("why it starts before what enables it")
    review_on = _day()
    has_description = serializers.BooleanField(required=False)
    doam_description = _text()
    has_observable = serializers.BooleanField(required=False)
    doam_observable = _text()
    has_attribution = serializers.BooleanField(required=False)
    doam_attribution = _text()
    has_measurement = serializers.BooleanField(required=False)
    doam_measurement = _text()


class BenefitCreateSerializer(ProfileSerializer):
    """A new benefit of the programme with this key."""

    programme = serializers.CharField()


class BenefitUpdateSerializer(ProfileSerializer):
    """What to change of a benefit. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(required=False, allow_blank=True)
    benefit_class = serializers.ChoiceField(choices=BenefitClass.choices, required=False)
