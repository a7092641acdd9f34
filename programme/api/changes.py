"""What is sent to change programmes and the councils of a partnership."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from programme.models import Council, CouncilSuccessor


class CouncilKeyField(serializers.SlugRelatedField[Council]):
    """A council by its key."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(slug_field="key", queryset=Council.objects.all(), **kwargs)


class WholeYearsField(serializers.CharField):
    """A number of years, read by the rule that says what it may be (row 30)."""


extend_schema_field({"type": "integer", "minimum": 1, "maximum": 60, "default": 5})(WholeYearsField)


class ProgrammeCreateSerializer(serializers.Serializer[Any]):
    """A programme that starts: in the partnership of this key, or in a new one of this name.

    `councils` are keys of those that join; the partners of an existing partnership are in it already.
    """

    name = serializers.CharField(max_length=200)
    partnership = serializers.CharField(required=False, allow_null=True)
    partnership_name = serializers.CharField(required=False, allow_blank=True, max_length=200, default="")
    summary = serializers.CharField(required=False, allow_blank=True, default="")
    councils = serializers.ListField(child=CouncilKeyField(), required=False, default=list)
    base_fy = serializers.IntegerField(required=False, allow_null=True, default=None)
    horizon_years = WholeYearsField(required=False, default="5")


class JoinSerializer(serializers.Serializer[Any]):
    """A council that joined."""

    council = CouncilKeyField()
    joined_on = serializers.DateField()


class LeaveSerializer(serializers.Serializer[Any]):
    """A council that left, and why. `version` is that of its place in the partnership as you read it."""

    council = CouncilKeyField()
    left_on = serializers.DateField()
    why = serializers.CharField(allow_blank=True)
    version = serializers.IntegerField(min_value=1)


class LeavingAskedSerializer(serializers.Serializer[Any]):
    """A council that leaves, and its last day as a partner."""

    council = CouncilKeyField()
    left_on = serializers.DateField()


class LeavingItemSerializer(serializers.Serializer[Any]):
    """Something to settle when a council leaves; it must be settled first where it `blocks`."""

    step = serializers.CharField()
    text = serializers.CharField()
    is_settled = serializers.BooleanField()
    blocks = serializers.BooleanField()


class SuccessorSerializer(serializers.ModelSerializer[CouncilSuccessor]):
    """A council that takes over, with its weight against the others."""

    council = serializers.SlugRelatedField[Any](slug_field="key", source="successor", read_only=True)

    class Meta:
        model = CouncilSuccessor
        fields = ("council", "weight", "from_on")


class SuccessorWeightSerializer(serializers.Serializer[Any]):
    """A council that is to take over, and its weight."""

    council = CouncilKeyField()
    weight = serializers.CharField(allow_blank=True)


class SuccessionSerializer(serializers.Serializer[Any]):
    """When a council ends, and all its successors. `version` is that of the council as you read it."""

    version = serializers.IntegerField(min_value=1)
    abolished_on = serializers.DateField()
    successors = SuccessorWeightSerializer(many=True)
