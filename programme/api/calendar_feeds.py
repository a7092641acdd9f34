"""One's own calendar feeds in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import NOTHING, PROBLEMS
from core.enums import Channel
from core.errors import Refusal
from programme.actions.calendar_feed import make_feed, revoke_feed
from programme.enums import FeedScope
from programme.models import CalendarFeed, Council
from programme.queries.calendar_feeds import feed_address, feeds_of
from programme.views.context import visible_programme


class CalendarFeedSerializer(serializers.ModelSerializer[CalendarFeed]):
    """What a feed holds: your own days, those of the programme or those of the council with this key."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True, allow_null=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True, allow_null=True)

    class Meta:
        model = CalendarFeed
        fields = ("id", "scope", "programme", "council", "created_at")


class CalendarFeedMadeSerializer(CalendarFeedSerializer):
    """A new feed with its address, which is told this once: who has it reads the feed."""

    address = serializers.CharField(read_only=True)

    class Meta(CalendarFeedSerializer.Meta):
        fields = (*CalendarFeedSerializer.Meta.fields, "address")  # type: ignore[assignment]


class CalendarFeedInputSerializer(serializers.Serializer[Any]):
    """`mine`, or `programme` or `council` with the key of one."""

    scope = serializers.ChoiceField(choices=FeedScope.choices)
    programme = serializers.CharField(required=False)
    council = serializers.CharField(required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """Refuse a key without its scope, and a scope without its key."""
        keys = {name for name in ("programme", "council") if attrs.get(name)}
        if keys != {attrs["scope"]} - {FeedScope.MINE.value}:
            raise Refusal("Choose one programme, one council, or your own", "scope")
        return attrs


class CalendarFeedsView(APIView):
    """Your own feeds that work."""

    @extend_schema(responses={200: CalendarFeedSerializer(many=True), **PROBLEMS})
    def get(self, request: Request) -> Response:
        """The latest first, without their addresses."""
        return Response(CalendarFeedSerializer(feeds_of(person(request)), many=True).data)

    # Not under a key: its answer is kept, and of an address only the hash may be.
    @extend_schema(
        request=CalendarFeedInputSerializer, responses={201: CalendarFeedMadeSerializer, **PROBLEMS}
    )
    def post(self, request: Request) -> Response:
        """Make a feed; its address is in this answer alone."""
        user, sent = person(request), read_sent(CalendarFeedInputSerializer, request)
        programme = visible_programme(user, sent["programme"]) if sent.get("programme") else None
        councils = Council.objects.visible_to(user)
        council = get_object_or_404(councils, key=sent["council"]) if sent.get("council") else None
        chosen: dict[str, Any] = {"scope": sent["scope"], "programme": programme, "council": council}
        feed, token = make_feed(by=user, channel=Channel.API, **chosen)
        told = CalendarFeedSerializer(feed).data | {"address": feed_address(token)}
        return Response(told, status=status.HTTP_201_CREATED, headers={"Cache-Control": "no-store"})


class CalendarFeedEndView(APIView):
    """Ends a feed."""

    @extend_schema(request=None, responses={**NOTHING, **PROBLEMS}, parameters=[KEY_PARAMETER])
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Make its address stop working."""
        user = person(request)
        revoke_feed(get_object_or_404(feeds_of(user), pk=pk), by=user, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)
