"""Verify several claims of one council in one request."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from benefits.actions.verify_selected import Selected, verify_selected
from benefits.api.reading import programme_of
from core.api.fields import IdField, PoundsField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.clock import today
from core.enums import Channel

MOST_AT_ONCE = 1_000


class VerifyManySerializer(serializers.Serializer[Any]):
    """Ids of claims of one programme and one council, each of which you looked at."""

    programme = serializers.CharField()
    amounts: serializers.ListField = serializers.ListField(
        child=IdField(), allow_empty=False, max_length=MOST_AT_ONCE
    )


class StaysSerializer(serializers.Serializer[Any]):
    """A claim that was not verified, and why."""

    id = serializers.IntegerField()
    message = serializers.CharField()
    code = serializers.CharField()


class VerifiedManySerializer(serializers.Serializer[Any]):
    """Ids of what is verified now, what it comes to, and what stays as it was.

    Costs take off, and an amount of a benefit that is counted in another adds 0.
    """

    verified = serializers.ListField(child=serializers.IntegerField())
    cashable = PoundsField(source="claims.cashable.pence")
    other = PoundsField(source="claims.other.pence")
    stays = StaysSerializer(many=True)


class VerifiesMany:
    """The route that verifies several amounts."""

    @extend_schema(
        request=VerifyManySerializer,
        responses={200: VerifiedManySerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=False, methods=["post"], url_path="verify-many", url_name="verify-many")
    @idempotent
    def verify_many(self, request: Request) -> Response:
        """Verify several claims, each by itself: those that cannot be stay, with the reason."""
        sent = read_sent(VerifyManySerializer, request)
        found = verify_selected(
            programme_of(request, sent["programme"]),
            None,
            Selected(frozenset(sent["amounts"])),
            by=person(request),
            as_of=today(),
            channel=Channel.API,
        )
        stays = [{"id": row.pk, "message": said.message, "code": said.code} for row, said in found.refused]
        done = [one.actual.pk for one in found.done]
        answer = {"verified": done, "claims": found.claims, "stays": stays}
        return Response(VerifiedManySerializer(answer).data)
