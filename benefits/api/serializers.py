"""Shapes of benefits, lines and ledger entries in the API. Money is pounds with two decimals, as text."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from benefits.enums import LedgerState
from benefits.models import (
    ActualAmount,
    Benefit,
    BenefitShare,
    ForecastAmount,
    Line,
    PlanAmount,
    ProfileEntry,
    StatedFigure,
)
from benefits.models.benefit import DOAM
from benefits.rules.targets import target_words
from core.api.fields import PoundsField
from core.clock import today


class BenefitShareSerializer(serializers.ModelSerializer[BenefitShare]):
    """What part of a benefit one council has, in per cent."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = BenefitShare
        fields = ("council", "percent")


class TrajectorySerializer(serializers.ModelSerializer[ProfileEntry]):
    """The planned value of the measure at the end of a month (1 is April), or of a year where it is null."""

    class Meta:
        model = ProfileEntry
        fields = ("fy", "period", "value")


class BenefitSerializer(serializers.ModelSerializer[Benefit]):
    """A benefit profile; a null `target_value` with an empty `target_text` means that no target is set.

    `full_year` is what a full year is worth. What it depends on and leads to is in the links of the map.
    """

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    owner = serializers.StringRelatedField[Any]()
    service = serializers.StringRelatedField[Any]()
    councils = serializers.SlugRelatedField[Any](slug_field="key", many=True, read_only=True)
    counted_in = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    sro = serializers.StringRelatedField[Any]()
    shares = BenefitShareSerializer(many=True, read_only=True)
    risks = serializers.SlugRelatedField[Any](slug_field="ref", many=True, read_only=True)
    full_year = PoundsField(source="full_year_pence", allow_null=True)
    trajectory = TrajectorySerializer(many=True, read_only=True)
    lesson = serializers.StringRelatedField[Any]()
    target = serializers.SerializerMethodField(help_text="the target in words; No target set where none is")
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = Benefit
        fields = (
            "id",
            "programme",
            "ref",
            "title",
            "title_reason",
            "description",
            "category",
            "service_feature",
            "potential_costs",
            "activities",
            "dependencies",
            "benefit_class",
            "kind",
            "is_disbenefit",
            "state",
            "approved_on",
            "confidence",
            "owner",
            "sro",
            "service",
            "councils",
            "shares",
            "risks",
            "counted_in",
            "attribution_percent",
            "attribution_reason",
            "counterfactual",
            "full_year",
            "recurrence",
            "starts_on",
            "ends_on",
            "early_reason",
            "review_on",
            "measure_name",
            "measure_unit",
            "measure_source",
            "measure_method",
            "frequency",
            "combining",
            "direction",
            "starting_value",
            "starting_on",
            "starting_reason",
            "target_value",
            "target_text",
            "target",
            "no_target_reason",
            "percent_reason",
            "trajectory",
            "actual_value",
            "measured_text",
            *(f"{part}_{test}" for test in DOAM for part in ("has", "doam")),
            "lesson",
            "qualifier",
            "source",
            "version",
        )

    @extend_schema_field(str)
    def get_target(self, benefit: Benefit) -> str:
        """13 days; In pounds; No target set."""
        has_plan = getattr(benefit, "has_plan", None)
        if has_plan is None:
            has_plan = Benefit.objects.planned(today()).filter(pk=benefit.pk).exists()
        return target_words(
            benefit.target_value,
            benefit.measure_unit,
            benefit.target_text,
            is_left_out=bool(benefit.no_target_reason),
            has_pounds=has_plan,
        )


class LineSerializer(serializers.ModelSerializer[Line]):
    """A money line; its kind fixes the sign of its amounts."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    benefit = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)

    class Meta:
        model = Line
        fields = (
            "id",
            "programme",
            "ref",
            "title",
            "kind",
            "cost_type",
            "benefit",
            "is_budgeted",
            "starts_on",
            "ends_on",
        )


ENTRY_FIELDS = ("id", "line", "council", "fy", "period", "amount", "qualifier", "source")


class PlanAmountSerializer(serializers.ModelSerializer[PlanAmount]):
    """An amount of a plan version; `period` 1 is April, null is the whole financial year."""

    line = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    plan_version = serializers.SlugRelatedField[Any](slug_field="number", read_only=True)
    amount = PoundsField(source="amount_pence")
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = PlanAmount
        fields = (*ENTRY_FIELDS, "plan_version")


class ForecastAmountSerializer(serializers.ModelSerializer[ForecastAmount]):
    """An amount of the forecast; the latest snapshot that holds a line for a council is the current one."""

    line = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    as_at_on = serializers.DateField(source="snapshot.as_at_on")
    amount = PoundsField(source="amount_pence")
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = ForecastAmount
        fields = (*ENTRY_FIELDS, "as_at_on", "explanation")


class ActualAmountSerializer(serializers.ModelSerializer[ActualAmount]):
    """An amount that a council claims for a month, and whether its section 151 officer verified it."""

    line = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    state = serializers.SerializerMethodField()
    amount = PoundsField(source="amount_pence")
    entered_by = serializers.StringRelatedField[Any]()
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = ActualAmount
        fields = (
            *ENTRY_FIELDS,
            "state",
            "entered_at",
            "entered_by",
            "ledger_code",
            "evidence",
            "explanation",
            "reverses",
        )

    def get_state(self, entry: ActualAmount) -> LedgerState:
        """Claimed, verified or returned; a reversal counts as the amount that it takes back."""
        answers = (getattr(one, "verification", None) for one in (entry, entry.reverses))
        outcome = next((answer.outcome for answer in answers if answer), None)
        return LedgerState(outcome) if outcome else LedgerState.CLAIMED


class StatedFigureSerializer(serializers.ModelSerializer[StatedFigure]):
    """A figure as its source prints it; a null amount is not stated."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    councils = serializers.SlugRelatedField[Any](slug_field="key", many=True, read_only=True)
    amount = PoundsField(source="amount_pence", allow_null=True)
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = StatedFigure
        fields = (
            "id",
            "programme",
            "ref",
            "section",
            "label",
            "stated_kind",
            "category",
            "amount",
            "qualifier",
            "recurrence",
            "period_text",
            "is_combined",
            "councils",
            "counts_in_total",
            "note",
            "source",
        )
