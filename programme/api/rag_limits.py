"""The limits between Green, Amber and Red of one programme in the API."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from programme.actions.rag_limits import set_rag_limits
from programme.models import Programme
from programme.rules.rag_limits import own_limits


class RagLimitsChangeSerializer(serializers.Serializer[Any]):
    """Limits to set: percents of plan, pence, days and scores. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    savings_green_percent = serializers.IntegerField(required=False)
    savings_amber_percent = serializers.IntegerField(required=False)
    shortfall_amber_pence = serializers.IntegerField(required=False)
    cost_green_percent = serializers.IntegerField(required=False)
    cost_amber_percent = serializers.IntegerField(required=False)
    milestone_amber_days = serializers.IntegerField(required=False)
    stale_forecast_days = serializers.IntegerField(required=False)
    risk_green_score = serializers.IntegerField(required=False)
    risk_amber_score = serializers.IntegerField(required=False)
    measure_green_percent = serializers.IntegerField(required=False)
    measure_amber_percent = serializers.IntegerField(required=False)


class RagLimitsSerializer(serializers.Serializer[Any]):
    """The limits that hold; `own` names those that are not the default."""

    version = serializers.IntegerField()
    savings_green_percent = serializers.IntegerField()
    savings_amber_percent = serializers.IntegerField()
    shortfall_amber_pence = serializers.IntegerField()
    cost_green_percent = serializers.IntegerField()
    cost_amber_percent = serializers.IntegerField()
    milestone_amber_days = serializers.IntegerField()
    stale_forecast_days = serializers.IntegerField()
    risk_green_score = serializers.IntegerField()
    risk_amber_score = serializers.IntegerField()
    measure_green_percent = serializers.IntegerField()
    measure_amber_percent = serializers.IntegerField()
    own = serializers.ListField(child=serializers.CharField())


class SetsRagLimits:
    """The routes of a programme's limits."""

    @extend_schema(responses={200: RagLimitsSerializer, **PROBLEMS}, filters=False)
    @action(detail=True, methods=["get"], url_path="rag-thresholds", pagination_class=None)
    def rag_thresholds(self, request: Request, **kwargs: Any) -> Response:
        """Where Green and Amber end in this programme."""
        programme: Programme = self.get_object()  # type: ignore[attr-defined]
        return Response(RagLimitsSerializer(_limits(programme)).data)

    @extend_schema(
        request=RagLimitsChangeSerializer, responses={200: RagLimitsSerializer, **PROBLEMS, **CONFLICT}
    )
    @rag_thresholds.mapping.patch
    def change_rag_thresholds(self, request: Request, **kwargs: Any) -> Response:
        """Set limits of the programme's own; what is left out stays."""
        programme: Programme = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(RagLimitsChangeSerializer, request)
        seen_version = sent.pop("version")
        saved = set_rag_limits(
            programme, by=person(request), seen_version=seen_version, limits=sent, channel=Channel.API
        )
        return Response(RagLimitsSerializer(_limits(saved)).data)


def _limits(programme: Programme) -> dict[str, Any]:
    held = programme.thresholds
    return {"version": programme.version, **asdict(held), "own": list(own_limits(held))}
