"""What partnerships before this one took and saved, in the API."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.views import PROBLEMS
from core.errors import Refusal
from programme.enums import PartnershipModel
from programme.filters import NOT_LISTED
from programme.queries.published_cases import published_cases
from programme.rules.reference_class import (
    CaseFigure,
    HistoryMeasure,
    ReferenceClass,
    as_number,
    kinds,
    reference_class,
)


class CaseFigureSerializer(serializers.Serializer[Any]):
    """One figure of one case, in the unit of its measure; null where it is not stated."""

    case = serializers.CharField()
    title = serializers.CharField()
    kind = serializers.ChoiceField(choices=PartnershipModel.choices)
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    bound = serializers.CharField(help_text="empty for a figure as printed, else about, at least or at most")
    counts = serializers.BooleanField(help_text="whether it is of what happened, not of a plan")
    worked = serializers.CharField(help_text="what it is worked out from")
    records = serializers.ListField(
        child=serializers.CharField(), help_text="records of the casebook, or of the published case"
    )
    found_in = serializers.CharField()
    caveat = serializers.CharField()
    is_checked = serializers.BooleanField(
        help_text="of the casebook, whose papers were read; else as another council published it"
    )


class ReferenceClassSerializer(serializers.Serializer[Any]):
    """One measure; `low` and `high` are its range, null with fewer than three cases."""

    measure = serializers.CharField(help_text="time_to_live, realised, payback or yearly_saving")
    title = serializers.CharField()
    unit = serializers.CharField()
    sentence = serializers.CharField()
    low = serializers.CharField(allow_null=True)
    high = serializers.CharField(allow_null=True)
    figures = CaseFigureSerializer(many=True)


class ReferenceClassView(APIView):
    """Cases to compare with before a date or an amount is promised."""

    @extend_schema(
        responses={200: ReferenceClassSerializer(many=True), **PROBLEMS},
        parameters=[OpenApiParameter("kind", str, description="one kind of partnership; all without")],
    )
    def get(self, request: Request) -> Response:
        """The figures of the page."""
        more = published_cases(person(request))
        kind = request.query_params.get("kind", "")
        if kind not in {"", *kinds(more)}:
            raise Refusal(NOT_LISTED.format("kind"), "kind")
        found = [_class(reference_class(measure, kind, more)) for measure in HistoryMeasure]
        return Response(ReferenceClassSerializer(found, many=True).data)


def _class(found: ReferenceClass) -> dict[str, Any]:
    low, high = found.range or (None, None)
    return {
        "measure": found.measure.value,
        "title": found.words.title,
        "unit": found.words.unit,
        "sentence": found.sentence,
        "low": _value(found.measure, low),
        "high": _value(found.measure, high),
        "figures": [_figure(one) for one in found.figures],
    }


def _figure(one: CaseFigure) -> dict[str, Any]:
    plain = (
        "case",
        "title",
        "kind",
        "bound",
        "counts",
        "worked",
        "records",
        "found_in",
        "caveat",
        "is_checked",
    )
    values = {name: getattr(one, name) for name in plain}
    return {**values, "low": _value(one.measure, one.low), "high": _value(one.measure, one.high)}


def _value(measure: HistoryMeasure, value: Fraction | None) -> str | None:
    return None if value is None else str(as_number(measure, value))
