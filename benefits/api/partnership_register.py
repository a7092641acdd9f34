"""The register of partnerships in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.api.all_savings import SumsSerializer, sums_of
from benefits.partnership_register_filters import RegisterFilter
from benefits.queries.partnership_register import RegisterRow, register_rows
from core.api.views import PROBLEMS
from core.clock import today
from core.errors import Refusal
from programme.api.overview import DaysSerializer


class RegisterCouncilSerializer(serializers.Serializer[Any]):
    """A partner council."""

    key = serializers.CharField()
    name = serializers.CharField()


class PartnershipRegisterSerializer(serializers.Serializer[Any]):
    """One partnership. `savings` are of all years of its programmes that have figures."""

    partnership = serializers.CharField(source="partnership.key")
    name = serializers.CharField(source="partnership.name")
    model = serializers.CharField(source="partnership.model")
    councils = RegisterCouncilSerializer(many=True)
    since = DaysSerializer(allow_null=True, help_text="formed, or else its first council joined")
    is_formed = serializers.BooleanField(help_text="whether `since` is the day on which it was formed")
    services = serializers.ListField(child=serializers.CharField(), help_text="services that it shares")
    programmes = serializers.SerializerMethodField()
    is_running = serializers.BooleanField()
    states = serializers.CharField(help_text="states of its programmes in words")
    savings = serializers.SerializerMethodField()
    without = serializers.IntegerField(help_text="programmes that have no figures")

    @extend_schema_field(serializers.ListField(child=serializers.CharField()))
    def get_programmes(self, row: RegisterRow) -> list[str]:
        """Their keys."""
        return [one.key for one in row.programmes]

    @extend_schema_field(SumsSerializer)
    def get_savings(self, row: RegisterRow) -> Any:
        """Pounds."""
        return sums_of(row.figures)


class PartnershipRegisterView(APIView):
    """Every partnership that one may read."""

    @extend_schema(
        responses={200: PartnershipRegisterSerializer(many=True), **PROBLEMS},
        parameters=[
            OpenApiParameter("service", str, description="words in the name of a service that it shares"),
            OpenApiParameter("council", str, description="the key of one council"),
            OpenApiParameter("model", str, description="how the councils work together"),
            OpenApiParameter("state", str, description="running or past"),
            OpenApiParameter("sort", str, description="name, since, councils, planned or verified"),
        ],
    )
    def get(self, request: Request) -> Response:
        """The rows of the page."""
        form = RegisterFilter(request.query_params, rows=register_rows(person(request), as_of=today()))
        rows = form.narrowed()
        for name, messages in form.errors.items():
            raise Refusal(str(messages[0]), name)
        return Response(PartnershipRegisterSerializer(rows, many=True).data)
