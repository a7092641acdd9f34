"""The limits beyond which an amount must be explained, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.commentary_limits import set_commentary_limits
from benefits.api.inputs import PoundsInput
from benefits.api.reading import programme_of
from benefits.queries.commentary_limits import own_limits
from benefits.rules.commentary import PRODUCT_LIMITS, Limits
from core.api.fields import PoundsField
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from programme.models import Programme


class CommentaryLimitsSerializer(serializers.Serializer[Any]):
    """An amount is explained where it is further from plan than both; `set_by` null: the product’s own."""

    percent = serializers.IntegerField()
    pounds = PoundsField(source="pence")
    version = serializers.IntegerField()
    set_by = serializers.CharField(allow_null=True)


class CommentaryLimitsInputSerializer(serializers.Serializer[Any]):
    """Other limits. `version` is the one you read, 0 where none were set."""

    version = serializers.IntegerField(min_value=0)
    percent = serializers.IntegerField()
    pounds = PoundsInput(noun="amount")


class CommentaryLimitsView(APIView):
    """The limits of a programme."""

    @extend_schema(responses={200: CommentaryLimitsSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """The limits that hold, and who set them."""
        return _shown(programme_of(request, key))

    @extend_schema(
        request=CommentaryLimitsInputSerializer,
        responses={200: CommentaryLimitsSerializer, **PROBLEMS, **CONFLICT},
    )
    def put(self, request: Request, key: str) -> Response:
        """Set them; the programme manager may."""
        programme = programme_of(request, key)
        sent = read_sent(CommentaryLimitsInputSerializer, request)
        limits = Limits(sent["percent"], sent["pounds"])
        set_commentary_limits(
            programme,
            by=person(request),
            seen_version=sent["version"],
            limits=limits,
            channel=Channel.API,
        )
        return _shown(programme)


def _shown(programme: Programme) -> Response:
    row = own_limits(programme)
    held = row.limits if row else PRODUCT_LIMITS
    shown = {
        "percent": held.percent,
        "pence": held.pence,
        "version": row.version if row else 0,
        "set_by": row.updated_by.email if row else None,
    }
    return Response(CommentaryLimitsSerializer(shown).data)
