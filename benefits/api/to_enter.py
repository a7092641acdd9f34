"""What is still to enter, and by whom, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benefits.api.reading import programme_of
from benefits.enums import Awaited
from benefits.queries.to_enter import to_enter
from core.api.fields import PoundsField
from core.api.views import PROBLEMS
from core.clock import today
from programme.queries.partners import entering_councils


class WaitingMonthSerializer(serializers.Serializer[Any]):
    """A month; `period` 1 is April."""

    fy = serializers.IntegerField()
    period = serializers.IntegerField()


class ToEnterSerializer(serializers.Serializer[Any]):
    """Months of one line and council that wait for the same thing, and who has to do it."""

    line = serializers.CharField(source="line.ref")
    council = serializers.CharField(source="council.key")
    awaited = serializers.ChoiceField(choices=Awaited.choices)
    months = WaitingMonthSerializer(many=True)
    amount = PoundsField(source="pence")
    age_days = serializers.IntegerField()
    owners = serializers.ListField(child=serializers.CharField())


class ToEnterView(APIView):
    """Amounts late, missing, returned or not verified."""

    @extend_schema(
        responses={200: ToEnterSerializer(many=True), **PROBLEMS},
        parameters=[OpenApiParameter("council", str, description="the key of one council")],
    )
    def get(self, request: Request, key: str) -> Response:
        """All of a programme, or of one council, the most urgent first."""
        programme = programme_of(request, key)
        asked = request.query_params.get("council", "")
        councils = [one for one in entering_councils(programme) if asked in {"", one.key}]
        rows = to_enter([programme], as_of=today(), councils=councils)
        return Response(ToEnterSerializer(rows, many=True).data)
