"""Shapes of services and their reviews in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from core.api.fields import ImpreciseDateField, PoundsField
from services.models import (
    Service,
    ServiceCost,
    ServiceCouncil,
    ServiceReview,
)


class ServiceCostSerializer(serializers.ModelSerializer[ServiceCost]):
    """What a council spends on a service in one financial year, in pounds."""

    amount = PoundsField(source="amount_pence")
    source = serializers.StringRelatedField[Any]()

    class Meta:
        model = ServiceCost
        fields = ("fy", "amount", "confidence", "qualifier", "source")


class ServiceCouncilSerializer(serializers.ModelSerializer[ServiceCouncil]):
    """One council's own version of a service."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    costs = ServiceCostSerializer(many=True)

    class Meta:
        model = ServiceCouncil
        fields = ("council", "status", "provider", "fte", "contract_end_on", "costs")


class ServiceReviewSerializer(serializers.ModelSerializer[ServiceReview]):
    """A review of a service."""

    class Meta:
        model = ServiceReview
        fields = ("ref", "state", "is_sensitive", "chosen_because", "started_on")


class ServiceSerializer(serializers.ModelSerializer[Service]):
    """A service of a programme, with each council's cost."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    lead_council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    since = ImpreciseDateField()
    planned = ImpreciseDateField()
    provisions = ServiceCouncilSerializer(many=True)
    reviews = ServiceReviewSerializer(many=True)

    class Meta:
        model = Service
        fields = (
            "id",
            "programme",
            "ref",
            "name",
            "status",
            "lead_council",
            "since",
            "planned",
            "note",
            "provisions",
            "reviews",
        )
