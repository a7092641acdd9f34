"""Savings of all programmes in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.all_savings_filters import AllSavingsFilter
from benefits.queries.all_savings import AllSavings, ProgrammeSums, all_savings, read_programmes
from benefits.queries.figures import FIGURE_NAMES, Figures, pence_or_none
from benefits.tables.all_savings import order_of
from core.api.fields import PoundsField
from core.api.views import PROBLEMS
from core.clock import today
from core.errors import Refusal
from programme.rules.rag import RatingWord


class SumsSerializer(serializers.Serializer[Any]):
    """Pounds on each basis; null where `missing` says why there is none.

    The two `to_date` plans end with the programme's data cut-off. The `no_target` amounts are the parts that
    have no target: they are in no rating.
    """

    original = PoundsField(allow_null=True)
    current = PoundsField(allow_null=True)
    forecast = PoundsField(allow_null=True)
    claimed = PoundsField(allow_null=True)
    verified = PoundsField(allow_null=True)
    banked = PoundsField(allow_null=True)
    original_to_date = PoundsField(allow_null=True)
    current_to_date = PoundsField(allow_null=True)
    forecast_no_target = PoundsField(allow_null=True)
    verified_no_target = PoundsField(allow_null=True)
    missing = serializers.DictField(child=serializers.CharField())


class ProgrammeSumsSerializer(serializers.Serializer[Any]):
    """One programme: the year asked for (all where none is), and all its years with their rating."""

    programme = serializers.CharField(source="programme.key")
    partnership = serializers.CharField(source="programme.partnership.key")
    cut_off = serializers.DateField(allow_null=True)
    year = serializers.SerializerMethodField()
    whole = serializers.SerializerMethodField()
    rating = serializers.ChoiceField(
        choices=[word.value for word in RatingWord], source="whole.realised_rating.word"
    )
    reason = serializers.CharField(source="whole.realised_rating.reason")

    @extend_schema_field(SumsSerializer)
    def get_year(self, row: ProgrammeSums) -> Any:
        """Of the year."""
        return sums_of(row.year)

    @extend_schema_field(SumsSerializer)
    def get_whole(self, row: ProgrammeSums) -> Any:
        """Of all years."""
        return sums_of(row.whole)


class AllSavingsSerializer(serializers.Serializer[Any]):
    """The programmes by name, and their totals; a total is null where any programme's figure is."""

    programmes = ProgrammeSumsSerializer(source="rows", many=True)
    year = serializers.SerializerMethodField()
    whole = serializers.SerializerMethodField()

    @extend_schema_field(SumsSerializer)
    def get_year(self, found: AllSavings) -> Any:
        """Of the year."""
        return sums_of(found.year)

    @extend_schema_field(SumsSerializer)
    def get_whole(self, found: AllSavings) -> Any:
        """Of all years."""
        return sums_of(found.whole)


class AllSavingsView(APIView):
    """Savings of every programme that one may read."""

    @extend_schema(
        responses={200: AllSavingsSerializer, **PROBLEMS},
        parameters=[
            OpenApiParameter("partnership", str, description="the key of one partnership"),
            OpenApiParameter("council", str, description="the key of one council"),
            OpenApiParameter(
                "kind", str, description="what lines of one kind count in; all cashable without"
            ),
            OpenApiParameter("year", str, description="one financial year, written 2026-27"),
            OpenApiParameter("sort", str, description="name, current, forecast, verified or realised"),
        ],
    )
    def get(self, request: Request) -> Response:
        """The figures of the page, all rows."""
        readable = read_programmes(person(request), as_of=today())
        form = AllSavingsFilter(request.query_params, readable=readable)
        choice = form.choice()
        for name, messages in form.errors.items():
            raise Refusal(str(messages[0]), name)
        found = all_savings(readable, choice, order=order_of(form.sorting))
        return Response(AllSavingsSerializer(found).data)


def sums_of(figures: Figures) -> Any:
    """Figures as the API gives them."""
    values = {name: getattr(figures, name) for name in FIGURE_NAMES}
    missing = {name: value.reason for name, value in values.items() if not isinstance(value, int)}
    pence = {name: pence_or_none(value) for name, value in values.items()}
    return SumsSerializer({**pence, "missing": missing}).data
