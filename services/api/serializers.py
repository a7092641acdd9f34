"""Shapes of services in the API: one by one, side by side, ranked, and what an import does."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from core.api.fields import ImpreciseDateField, PoundsField
from core.rules.assessment import Withheld
from services.models import Service, ServiceCost, ServiceCouncil, ServiceMeasure, ServiceReview
from services.rules.service_entry import fte_to_show


class _RateField(PoundsField):
    """Pounds as text; null where the figure cannot be worked out."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, allow_null=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:  # type: ignore[override]
        """333.00 of 33300 pence."""
        return super().to_representation(value) if isinstance(value, int) else None


class _RatioField(serializers.Field[Any, Any, Any, Any]):
    """A number of times as text with two decimals; null where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Any) -> str | None:
        """2.31."""
        return str(value) if isinstance(value, Decimal) else None


extend_schema_field({"type": "string", "nullable": True, "example": "624420.00"})(_RateField)
extend_schema_field({"type": "string", "nullable": True, "example": "2.31"})(_RatioField)


class ServiceCostSerializer(serializers.ModelSerializer[ServiceCost]):
    """What a council spends on a service in one financial year, in pounds."""

    amount = PoundsField(source="amount_pence")
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = ServiceCost
        fields = ("fy", "amount", "confidence", "qualifier", "source")


class ServiceMeasureSerializer(serializers.ModelSerializer[ServiceMeasure]):
    """How much work a council's service does in a year, or how well."""

    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = ServiceMeasure
        fields = ("kind", "name", "unit", "fy", "value", "is_higher_better", "source")


class ServicePartSerializer(serializers.ModelSerializer[ServiceCouncil]):
    """One council's part in a service; fewer than 5 posts are withheld."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    fte = serializers.SerializerMethodField()
    is_fte_withheld = serializers.SerializerMethodField()
    costs = ServiceCostSerializer(many=True)
    measures = ServiceMeasureSerializer(many=True)

    class Meta:
        model = ServiceCouncil
        fields = (
            "council",
            "status",
            "provider",
            "provider_name",
            "fte",
            "is_fte_withheld",
            "contract_break_on",
            "contract_end_on",
            "shared_percent",
            "note",
            "costs",
            "measures",
        )

    def get_fte(self, part: ServiceCouncil) -> str | None:
        """The posts, unless there are so few that they could identify people (INV-38)."""
        shown = fte_to_show(part.fte)
        return str(shown) if isinstance(shown, Decimal) else None

    def get_is_fte_withheld(self, part: ServiceCouncil) -> bool:
        """Whether there are posts that are not shown."""
        return isinstance(fte_to_show(part.fte), Withheld)


class ServiceReviewSerializer(serializers.ModelSerializer[ServiceReview]):
    """A review of a service."""

    class Meta:
        model = ServiceReview
        fields = ("ref", "state", "is_sensitive", "chosen_because", "started_on")


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """A service of a programme, with each council's part. `version` goes back with a change."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    lead_council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    since = ImpreciseDateField()
    planned = ImpreciseDateField()
    provisions = ServicePartSerializer(many=True)
    reviews = ServiceReviewSerializer(many=True)

    class Meta:
        model = Service
        fields = (
            "id",
            "programme",
            "ref",
            "name",
            "kind",
            "status",
            "lead_council",
            "since",
            "planned",
            "note",
            "provisions",
            "reviews",
            "version",
            "updated_at",
        )


class CouncilRateSerializer(serializers.Serializer[Any]):
    """One council's cost, volume and population of a year, and what they come to."""

    council = serializers.CharField(source="council.key")
    cost = _RateField(source="cost_pence")
    volume = serializers.CharField(source="volume.value", default=None, allow_null=True)
    unit_cost = _RateField(source="unit_pence")
    population = serializers.CharField(source="population.quantity", default=None, allow_null=True)
    population_year = serializers.IntegerField(source="population.year", default=None, allow_null=True)
    cost_per_head = _RateField(source="head_pence")
    missing = serializers.ListField(child=serializers.CharField())


class ServiceComparisonSerializer(serializers.Serializer[Any]):
    """A service across its councils in one year."""

    service = serializers.CharField(source="service.ref")
    name = serializers.CharField(source="service.name")
    fy = serializers.IntegerField(allow_null=True)
    measure = serializers.CharField(allow_null=True)
    councils = CouncilRateSerializer(source="rows", many=True)
    unit_cost_difference = _RateField(source="unit_difference")
    unit_cost_ratio = _RatioField(source="unit_ratio")
    cost_per_head_difference = _RateField(source="head_difference")
    cost_per_head_ratio = _RatioField(source="head_ratio")


class ContractSerializer(serializers.Serializer[Any]):
    """A council's contract: when it ends, and when work on sharing should start."""

    service = serializers.CharField(source="service.ref")
    name = serializers.CharField(source="service.name")
    council = serializers.CharField(source="council.key")
    provider_name = serializers.CharField()
    end_on = serializers.DateField()
    break_on = serializers.DateField(allow_null=True)
    start_on = serializers.DateField()
    stage = serializers.CharField(source="stage_words")


class CandidateSerializer(serializers.Serializer[Any]):
    """A ranked service: its points of 100, why, and what is not stated."""

    place = serializers.IntegerField()
    service = serializers.CharField(source="service.ref")
    name = serializers.CharField(source="service.name")
    points = serializers.IntegerField(source="candidate.points")
    reasons = serializers.ListField(child=serializers.CharField(), source="candidate.reasons")
    missing = serializers.ListField(child=serializers.CharField(), source="candidate.missing")


class UnrankedSerializer(serializers.Serializer[Any]):
    """A service that is not ranked, and why."""

    service = serializers.CharField(source="service.ref")
    name = serializers.CharField(source="service.name")
    reason = serializers.CharField(source="unranked.reason")


class CandidatesSerializer(serializers.Serializer[Any]):
    """The ranking, for contracts that can be left within `months` of each other."""

    months = serializers.IntegerField()
    ranked = CandidateSerializer(source="rows", many=True)
    unranked = UnrankedSerializer(many=True)


class ValueChangeSerializer(serializers.Serializer[Any]):
    """One value, in words."""

    label = serializers.CharField()
    before = serializers.CharField()
    after = serializers.CharField()


class ImportedRowSerializer(serializers.Serializer[Any]):
    """One thing added or changed."""

    service = serializers.CharField()
    what = serializers.CharField()
    changes = ValueChangeSerializer(many=True)


class CatalogueImportedSerializer(serializers.Serializer[Any]):
    """What an import did, or would do; `changes` lists the first 200."""

    dry_run = serializers.BooleanField()
    added = serializers.IntegerField()
    changed = serializers.IntegerField()
    changes = ImportedRowSerializer(many=True)
