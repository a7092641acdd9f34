"""Milestones as they were recorded on a past day, and how they slipped, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.views import PROBLEMS
from core.clock import today
from core.errors import Refusal
from programme.models import Programme
from programme.policies import powers_of
from programme.queries.overview.recorded_rows import recorded_rows
from programme.queries.overview.slippage import slippage_of


class DaysSerializer(serializers.Serializer[Any]):
    """The first and the last day that a date can mean."""

    first_on = serializers.DateField()
    last_on = serializers.DateField()


class AsAtAskedSerializer(serializers.Serializer[Any]):
    """A past day, or today."""

    as_at = serializers.DateField()


class SinceAskedSerializer(serializers.Serializer[Any]):
    """A past day, or today."""

    since = serializers.DateField()


class RecordedMilestoneSerializer(serializers.Serializer[Any]):
    """A milestone as it was recorded at the end of that day."""

    ref = serializers.CharField(source="milestone.ref")
    title = serializers.CharField(source="milestone.title")
    original_plan = DaysSerializer(source="original", allow_null=True)
    plan = DaysSerializer(allow_null=True)
    forecast = DaysSerializer(allow_null=True)
    actual = DaysSerializer(allow_null=True)
    state = serializers.CharField(source="word")
    rating = serializers.CharField(source="rating.word")
    reason = serializers.CharField(source="rating.reason")


class RecordedSerializer(serializers.Serializer[Any]):
    """A programme's milestones at the end of `as_at`; `words` say what the record cannot tell."""

    as_at = serializers.DateField()
    begins_on = serializers.DateField(allow_null=True, help_text="the first day of the record")
    words = serializers.CharField()
    milestones = RecordedMilestoneSerializer(many=True)


class SlipSerializer(serializers.Serializer[Any]):
    """How a milestone moved, in calendar days; more than 0 is later, null where two dates are missing."""

    ref = serializers.CharField(source="row.milestone.ref")
    title = serializers.CharField(source="row.milestone.title")
    forecast_then = DaysSerializer(source="then", allow_null=True)
    slippage_days = serializers.IntegerField(allow_null=True)
    original_days = serializers.IntegerField(allow_null=True, help_text="from the original plan")
    current_days = serializers.IntegerField(allow_null=True, help_text="from the current plan")


class ShowsOverview:
    """The routes that look back on a programme."""

    @extend_schema(
        parameters=[AsAtAskedSerializer], responses={200: RecordedSerializer, **PROBLEMS}, filters=False
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def recorded(self, request: Request, **kwargs: Any) -> Response:
        """The milestones as they were recorded at the end of a past day; nothing is guessed."""
        programme: Programme = self.get_object()  # type: ignore[attr-defined]
        past, rows = recorded_rows(programme, _past_day(AsAtAskedSerializer, "as_at", request))
        found = {
            "as_at": past.day,
            "begins_on": past.begins_on,
            "words": past.words,
            "milestones": rows,
        }
        return Response(RecordedSerializer(found).data)

    @extend_schema(
        parameters=[SinceAskedSerializer],
        responses={200: SlipSerializer(many=True), **PROBLEMS},
        filters=False,
    )
    @action(detail=True, methods=["get"], pagination_class=None)
    def slippage(self, request: Request, **kwargs: Any) -> Response:
        """How each milestone moved since a day, and stands against the original and the current plan."""
        programme: Programme = self.get_object()  # type: ignore[attr-defined]
        since = _past_day(SinceAskedSerializer, "since", request)
        found = slippage_of(programme, since=since, as_of=today(), powers=powers_of(person(request)))
        return Response(SlipSerializer(found.rows, many=True).data)


def _past_day(shape: type[serializers.Serializer[Any]], name: str, request: Request) -> Any:
    asked = shape(data=request.query_params)
    asked.is_valid(raise_exception=True)
    day = asked.validated_data[name]
    if day > today():
        raise Refusal("Enter a day in the past", name)
    return day
