"""What was measured of a benefit by year, in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.models import Benefit
from benefits.queries.measured import MeasuredYear, measured_years, plain_value
from core.api.views import PROBLEMS
from core.rules.assessment import NotAssessable


class MeasuredYearSerializer(serializers.Serializer[Any]):
    """The value of a year, or of all where `fy` is null; `council` is empty for the whole benefit.

    `value` is null where it cannot be told; `not_assessable` then says why.
    """

    fy = serializers.IntegerField(allow_null=True)
    council = serializers.CharField(source="council_key")
    value = serializers.SerializerMethodField("get_shown")
    not_assessable = serializers.SerializerMethodField()
    readings = serializers.IntegerField()

    @extend_schema_field(serializers.CharField(allow_null=True))
    def get_shown(self, row: MeasuredYear) -> str | None:
        """The value with at most three decimals."""
        return None if isinstance(row.value, NotAssessable) else f"{plain_value(row.value):f}"

    @extend_schema_field(serializers.CharField())
    def get_not_assessable(self, row: MeasuredYear) -> str:
        """Why there is no value; empty where there is one."""
        return row.value.reason if isinstance(row.value, NotAssessable) else ""


class MeasuredView(APIView):
    """A measure, year by year."""

    @extend_schema(responses={200: MeasuredYearSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Values added up, averaged or the latest, as the measure says."""
        benefit = get_object_or_404(Benefit.objects.visible_to(person(request)), pk=pk)
        return Response(MeasuredYearSerializer(measured_years(benefit), many=True).data)
