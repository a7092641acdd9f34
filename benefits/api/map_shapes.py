"""Shapes of the benefits map in the API."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from benefits.enums import MapStepKind
from benefits.models import BenefitLink, MapStep
from programme.models import Objective


class MapStepSerializer(serializers.ModelSerializer[MapStep]):
    """A business change or an outcome of the benefits map."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = MapStep
        fields = ("id", "programme", "ref", "kind", "title", "version")


class ObjectiveSerializer(serializers.ModelSerializer[Objective]):
    """One thing that a programme is for."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)

    class Meta:
        model = Objective
        fields = ("id", "programme", "ref", "title", "version")


class BenefitLinkSerializer(serializers.ModelSerializer[BenefitLink]):
    """A link of the map, its two ends by their references; the others are null."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    from_milestone = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    from_step = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    from_benefit = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    to_step = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    to_benefit = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    to_objective = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)

    class Meta:
        model = BenefitLink
        fields = (
            *("id", "programme", "from_milestone", "from_step", "from_benefit"),
            *("to_step", "to_benefit", "to_objective"),
        )


class MapStepInputSerializer(serializers.Serializer[Any]):
    """A business change or an outcome of the programme with this key."""

    programme = serializers.CharField()
    kind = serializers.ChoiceField(choices=MapStepKind.choices)
    title = serializers.CharField(allow_blank=True)


class ObjectiveInputSerializer(serializers.Serializer[Any]):
    """An objective of the programme with this key."""

    programme = serializers.CharField()
    title = serializers.CharField(allow_blank=True)


class TitleSerializer(serializers.Serializer[Any]):
    """Another title. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    title = serializers.CharField(allow_blank=True)


class SeenThingSerializer(serializers.Serializer[Any]):
    """The version that you read."""

    version = serializers.IntegerField(min_value=1)


class BenefitLinkInputSerializer(serializers.Serializer[Any]):
    """What leads to what, by references: one of the first three, and one of the last three."""

    programme = serializers.CharField()
    from_milestone = serializers.CharField(required=False)
    from_step = serializers.CharField(required=False)
    from_benefit = serializers.CharField(required=False)
    to_step = serializers.CharField(required=False)
    to_benefit = serializers.CharField(required=False)
    to_objective = serializers.CharField(required=False)
