"""What is sent to the API of the service catalogue."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.enums import Qualifier
from services.api.review_input import council_field
from services.enums import Confidence, MeasureKind, Provider, ServiceKind, ServiceStatus


class _DayField(serializers.DateField):
    """A date, or null."""

    def __init__(self) -> None:
        super().__init__(required=False, allow_null=True)


class ServiceInputSerializer(serializers.Serializer[Any]):
    """What all councils share of a service; what is left out stays."""

    name = serializers.CharField(required=False)
    kind = serializers.ChoiceField(choices=ServiceKind.choices, required=False)
    status = serializers.ChoiceField(choices=ServiceStatus.choices, required=False)
    since_on = _DayField()
    planned_on = _DayField()
    lead_council = council_field(required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)


class ServiceCreateSerializer(ServiceInputSerializer):
    """A new service of a programme."""

    programme = serializers.CharField()
    ref = serializers.CharField()
    name = serializers.CharField()


class ServiceUpdateSerializer(ServiceInputSerializer):
    """What to change of a service. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class PartUpdateSerializer(serializers.Serializer[Any]):
    """One council's part in a service; what is left out stays. `version` is the service's, as you read it."""

    version = serializers.IntegerField(min_value=1)
    council = council_field()
    status = serializers.ChoiceField(choices=ServiceStatus.choices, required=False, allow_blank=True)
    provider = serializers.ChoiceField(choices=Provider.choices, required=False)
    provider_name = serializers.CharField(required=False, allow_blank=True)
    fte = serializers.DecimalField(max_digits=7, decimal_places=2, required=False, allow_null=True)
    contract_break_on = _DayField()
    contract_end_on = _DayField()
    shared_percent = serializers.DecimalField(max_digits=5, decimal_places=2, required=False, allow_null=True)
    note = serializers.CharField(required=False, allow_blank=True)


class CostUpdateSerializer(serializers.Serializer[Any]):
    """What a council spends in a financial year, pounds as text; null takes away what was entered."""

    version = serializers.IntegerField(min_value=1)
    council = council_field()
    fy = serializers.IntegerField(min_value=0, max_value=9999, help_text="2026 is 2026 to 2027")
    amount = serializers.CharField(allow_null=True, max_length=40)
    confidence = serializers.ChoiceField(choices=Confidence.choices, required=False)
    qualifier = serializers.ChoiceField(choices=Qualifier.choices, required=False)
    source = serializers.CharField(required=False, allow_blank=True)  # type: ignore[assignment]


class MeasureUpdateSerializer(serializers.Serializer[Any]):
    """How much work a council's service does in a year, or how well; null takes away what was entered."""

    version = serializers.IntegerField(min_value=1)
    council = council_field()
    name = serializers.CharField()
    fy = serializers.IntegerField(min_value=0, max_value=9999, help_text="2026 is 2026 to 2027")
    value = serializers.DecimalField(max_digits=14, decimal_places=3, allow_null=True)
    kind = serializers.ChoiceField(choices=MeasureKind.choices, required=False)
    unit = serializers.CharField(required=False, allow_blank=True)
    is_higher_better = serializers.BooleanField(required=False, allow_null=True)
    source = serializers.CharField(required=False, allow_blank=True)  # type: ignore[assignment]


class CatalogueImportSerializer(serializers.Serializer[Any]):
    """A catalogue as a CSV or XLSX file, or as rows by column name; `dry_run` changes nothing."""

    file = serializers.FileField(required=False, allow_empty_file=True)
    rows = serializers.ListField(
        child=serializers.DictField(child=serializers.CharField(allow_blank=True, allow_null=True)),
        required=False,
    )
    dry_run = serializers.BooleanField(required=False, default=False)
