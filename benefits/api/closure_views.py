"""The end of a programme in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.closure import close_programme, plan_closure
from benefits.api.map_shapes import SeenThingSerializer
from benefits.api.reading import programme_of
from benefits.queries.closure import HandoverRow, handover_list
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from programme.models import Programme


class HandoverRowSerializer(serializers.Serializer[HandoverRow]):
    """An open benefit, and what it needs before its programme closes."""

    benefit = serializers.IntegerField(source="benefit.pk")
    ref = serializers.CharField(source="benefit.ref")
    title = serializers.CharField(source="benefit.title")
    owner = serializers.CharField(source="benefit.owner", allow_null=True)
    review_on = serializers.DateField(source="benefit.review_on", allow_null=True)
    offered_to = serializers.CharField(source="offered.to_owner", allow_null=True, default=None)
    needs = serializers.ListField(child=serializers.CharField())


class ClosureSerializer(serializers.Serializer[Any]):
    """Where a programme stands on its way to its end, and the handover list of its benefits."""

    state = serializers.CharField()
    closes_on = serializers.DateField(allow_null=True)
    version = serializers.IntegerField()
    handover = HandoverRowSerializer(many=True)


class ClosureInputSerializer(serializers.Serializer[Any]):
    """The day on which a programme closes; null: it goes on. `version` is that of the programme you read."""

    version = serializers.IntegerField(min_value=1)
    closes_on = serializers.DateField(allow_null=True)


class ClosureView(APIView):
    """The end of a programme."""

    @extend_schema(responses={200: ClosureSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Its state, its day, and what each open benefit still needs."""
        return _closure(programme_of(request, key))

    @extend_schema(request=ClosureInputSerializer, responses={200: ClosureSerializer, **PROBLEMS, **CONFLICT})
    def put(self, request: Request, key: str) -> Response:
        """Choose the day."""
        programme = programme_of(request, key)
        sent = read_sent(ClosureInputSerializer, request)
        return _closure(
            plan_closure(
                programme,
                by=person(request),
                seen_version=sent["version"],
                closes_on=sent["closes_on"],
                channel=Channel.API,
            )
        )


class CloseView(APIView):
    """The last step of a programme."""

    @extend_schema(
        request=SeenThingSerializer,
        responses={200: ClosureSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Close it; every open benefit has an owner and a review date after it."""
        programme = programme_of(request, key)
        seen_version = read_sent(SeenThingSerializer, request)["version"]
        closed = close_programme(
            programme, by=person(request), seen_version=seen_version, channel=Channel.API
        )
        return _closure(closed)


def _closure(programme: Programme) -> Response:
    shown = {
        "state": programme.state,
        "closes_on": programme.closes_on,
        "version": programme.version,
        "handover": handover_list(programme),
    }
    return Response(ClosureSerializer(shown).data)
