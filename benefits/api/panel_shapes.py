"""Shapes of the panels of savings in the API. Money is pounds with two decimals, as text."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from benefits.enums import Basis, Every, Measure, Sums
from benefits.panel_sentences import plain, trend_sentence
from benefits.queries.figures import Figure
from benefits.queries.over_time import PeriodFigures
from core.api.fields import PoundsField
from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.money import pounds_plain
from core.rules.rounding import round_to
from programme.rules.rag import RatingWord

_POUNDS = {"type": "string", "nullable": True, "pattern": r"^-?[0-9]+\.[0-9]{2}$", "example": "624420.00"}
_WORDS = [(word.value, word.value) for word in RatingWord]


class FigureField(serializers.Field[Any, Any, Any, Any]):
    """Pounds, or null where there is no figure."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Figure) -> str | None:
        """624420.00 of 62442000 pence."""
        return pounds_plain(value) if isinstance(value, int) else None


class PercentField(serializers.Field[Any, Any, Any, Any]):
    """A percentage with one decimal, or null where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:
        """89.2 of all that is 100."""
        return None if isinstance(value, NotAssessable | NotApplicable) else str(round_to(value, 1))


class ValueField(serializers.Field[Any, Any, Any, Any]):
    """A value of a measure, or null where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str:
        """84.5, without idle zeros."""
        return plain(value).replace(",", "").replace("−", "-")


extend_schema_field(_POUNDS)(FigureField)
extend_schema_field({"type": "string", "nullable": True, "example": "89.2"})(PercentField)
extend_schema_field({"type": "string", "nullable": True, "example": "84.5"})(ValueField)


class BasesSerializer(serializers.Serializer[Any]):
    """One figure of each basis; null where it cannot be told or does not apply."""

    original = FigureField()
    current = FigureField()
    forecast = FigureField()
    claimed = FigureField()
    verified = FigureField()
    banked = FigureField()


class PeriodSerializer(serializers.Serializer[Any]):
    """One period; a running sum counts from `since`."""

    words = serializers.CharField()
    first_on = serializers.DateField()
    last_on = serializers.DateField()
    since = serializers.DateField()
    figures = serializers.SerializerMethodField()

    @extend_schema_field(BasesSerializer)
    def get_figures(self, period: PeriodFigures) -> dict[str, Any]:
        """The figure of each basis."""
        return dict(BasesSerializer({basis.value: period.at(basis) for basis in Basis}).data)


class PanelSerializer(serializers.Serializer[Any]):
    """What every panel has: a sentence to read aloud, and what is measured."""

    sentence = serializers.CharField()
    measure = serializers.ChoiceField(choices=Measure.choices)
    not_assessable = serializers.CharField(allow_blank=True)


class OverTimeSerializer(PanelSerializer):
    """Plans, forecast and what is returned, period by period; `total` is of all of them."""

    every = serializers.ChoiceField(choices=Every.choices)
    sums = serializers.ChoiceField(choices=Sums.choices)
    periods = PeriodSerializer(many=True)
    total = BasesSerializer()


class CauseSerializer(serializers.Serializer[Any]):
    """A step from the original plan to the forecast: what it adds or takes off, and what it leads to."""

    step = serializers.CharField(source="label")
    is_total = serializers.BooleanField()
    change = PoundsField(source="change_pence")
    leads_to = PoundsField(source="end_pence")


class CauseLineSerializer(serializers.Serializer[Any]):
    """One line; `changes` holds what each plan version after the first changed.

    Without a forecast the last three are null, and `not_assessable` says why.
    """

    line = serializers.CharField(source="line.ref")
    original = PoundsField(source="original_pence")
    changes = serializers.ListField(child=PoundsField())
    other_amounts = FigureField()
    other_years = FigureField()
    leads_to = FigureField()
    not_assessable = serializers.SerializerMethodField()

    @extend_schema_field(serializers.CharField())
    def get_not_assessable(self, line: Any) -> str:
        """Why there is no forecast of it; empty where there is one."""
        return line.no_forecast.reason if line.no_forecast else ""


class CausesSerializer(PanelSerializer):
    """From the original plan to the forecast, step by step and line by line."""

    steps = CauseSerializer(many=True)
    lines = CauseLineSerializer(many=True)


class DeliverySerializer(serializers.Serializer[Any]):
    """Expected pounds by how sure they are."""

    delivered = PoundsField(source="delivered_pence")
    on_track = PoundsField(source="on_track_pence")
    at_risk = PoundsField(source="at_risk_pence")
    expected = PoundsField(source="expected_pence")


class CouncilDeliverySerializer(serializers.Serializer[Any]):
    """The same of one council."""

    council = serializers.CharField()
    delivery = DeliverySerializer()


class BenefitDeliverySerializer(serializers.Serializer[Any]):
    """The same of one benefit, with why it is at risk; `benefit` is empty for lines of none."""

    benefit = serializers.SerializerMethodField()
    title = serializers.CharField()
    confidence = serializers.CharField()
    delivery = DeliverySerializer()
    doubts = serializers.ListField(child=serializers.CharField())

    @extend_schema_field(serializers.CharField())
    def get_benefit(self, row: Any) -> str:
        """The reference of the benefit."""
        return str(row.benefit.ref) if row.benefit else ""


class ConfidenceSerializer(PanelSerializer):
    """Delivered, on track and at risk; the forecast plain and weighed by confidence."""

    councils = CouncilDeliverySerializer(many=True)
    total = DeliverySerializer(allow_null=True)
    benefits = BenefitDeliverySerializer(many=True)
    forecast = FigureField()
    weighed = FigureField()


class RealisationRowSerializer(serializers.Serializer[Any]):
    """How much of one plan is realised; a row without a target is not counted in any percentage."""

    by = serializers.CharField(source="grouping.value")
    name = serializers.CharField()
    benefit = serializers.CharField()
    measure = serializers.ChoiceField(choices=Measure.choices)
    has_target = serializers.BooleanField()
    original_to_date = FigureField(source="to_date.original_to_date")
    plan_to_date = FigureField(source="to_date.current_to_date")
    verified_to_date = FigureField(source="to_date.verified")
    without_target = PoundsField(source="untargeted_pence")
    realised_percent = PercentField()
    variance = FigureField()
    rating = serializers.ChoiceField(choices=_WORDS, source="rating.word.value")
    plan_of_year = FigureField(source="year.current")
    forecast_of_year = FigureField(source="year.forecast")
    forecast_percent = PercentField()


class HouseholdSerializer(serializers.Serializer[Any]):
    """What a year's net saving is equivalent to; `council` is empty for all."""

    council = serializers.SerializerMethodField()
    net_saving = FigureField(source="net")
    tax_base = ValueField()
    equivalent = FigureField()

    @extend_schema_field(serializers.CharField())
    def get_council(self, row: Any) -> str:
        """The key of the council."""
        return str(row.council.key) if row.council else ""


class HouseholdsSerializer(serializers.Serializer[Any]):
    """The forecast net saving of one year a household (F-33)."""

    fy = serializers.IntegerField()
    rows = HouseholdSerializer(many=True)


class RealisationSerializer(PanelSerializer):
    """How much of each plan is realised; `fy` is the year of the full-year forecast."""

    fy = serializers.IntegerField(allow_null=True)
    rows = RealisationRowSerializer(many=True)
    households = HouseholdsSerializer(allow_null=True)


class TrendPointSerializer(serializers.Serializer[Any]):
    """One time; `period` 1 is April, null is the whole year."""

    fy = serializers.IntegerField()
    period = serializers.IntegerField(allow_null=True)
    planned = ValueField()
    measured = ValueField()


class TrendSerializer(serializers.Serializer[Any]):
    """One measure from its starting value to its target."""

    benefit = serializers.CharField(source="benefit.ref")
    name = serializers.CharField()
    unit = serializers.CharField()
    sentence = serializers.SerializerMethodField()
    starting_value = ValueField()
    latest_value = ValueField()
    target_value = ValueField()
    target_text = serializers.SerializerMethodField()
    progress_percent = PercentField()
    trajectory_percent = PercentField()
    rating = serializers.ChoiceField(choices=_WORDS, source="rating.word.value")
    rating_reason = serializers.CharField(source="rating.reason")
    points = TrendPointSerializer(many=True)

    @extend_schema_field(serializers.CharField())
    def get_sentence(self, trend: Any) -> str:
        """Where it started, where it is and where it should get to."""
        return trend_sentence(trend)

    @extend_schema_field(serializers.CharField())
    def get_target_text(self, trend: Any) -> str:
        """The target in words where it is no number; empty where it is."""
        return "" if trend.has_target else str(trend.target_text)


class TrendsSerializer(serializers.Serializer[Any]):
    """Every measure of a programme."""

    sentence = serializers.CharField()
    measures = TrendSerializer(many=True, source="trends")
