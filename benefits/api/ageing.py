"""How long claims wait for an answer, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from benefits.api.reading import programme_of
from benefits.queries.ageing import CouncilAgeing, claims_ageing
from core.api.fields import PoundsField
from core.api.views import PROBLEMS
from core.clock import today


class AgeBandSerializer(serializers.Serializer[Any]):
    """Claims that have waited so many working days; `to_days` is null for the last band.

    Costs take off, and a claim of a benefit that is counted in another adds 0.
    """

    from_days = serializers.IntegerField(source="first")
    to_days = serializers.IntegerField(source="last", allow_null=True)
    count = serializers.IntegerField(source="claims.amounts")
    cashable = PoundsField(source="claims.cashable.pence")
    other = PoundsField(source="claims.other.pence")


class CouncilAgeingSerializer(serializers.Serializer[Any]):
    """The claims of one council, or of all where `council` is null."""

    council = serializers.CharField(allow_null=True)
    oldest_days = serializers.IntegerField()
    bands = AgeBandSerializer(many=True)


class AgeingSerializer(serializers.Serializer[Any]):
    """Councils in their fixed order, then all together, with a sentence that says it."""

    sentence = serializers.CharField()
    councils = CouncilAgeingSerializer(many=True)


class AgeingView(APIView):
    """How long claims wait for their section 151 officer."""

    @extend_schema(responses={200: AgeingSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Claims of a programme by council and band of age."""
        found = claims_ageing(programme_of(request, key), as_of=today())
        rows = [_row(row) for row in (*found.rows, found.total)]
        return Response(AgeingSerializer({"sentence": found.sentence, "councils": rows}).data)


def _row(row: CouncilAgeing) -> dict[str, Any]:
    key = row.council.key if row.council else None
    return {"council": key, "oldest_days": row.claims.oldest_days, "bands": row.bands}
