"""The inbox in the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from programme.actions.reminding.inbox import mark_read
from programme.models import Reminder
from programme.queries.reminding.inbox import inbox_of, inbox_rows

MOST_AT_ONCE = 1_000


class InboxRowSerializer(serializers.Serializer[Any]):
    """One reminder: `told` says when it was told against the due day, `told_instead` who was told in one's
    place."""

    id = serializers.IntegerField()
    kind = serializers.CharField()
    title = serializers.CharField()
    programme = serializers.CharField()
    due_on = serializers.DateField()
    told = serializers.CharField()
    told_at = serializers.DateTimeField()
    url = serializers.CharField()
    in_place_of = serializers.CharField()
    told_instead = serializers.CharField()
    read_at = serializers.DateTimeField(allow_null=True)
    is_dropped = serializers.BooleanField()
    is_unread = serializers.BooleanField()


class InboxReadSerializer(serializers.Serializer[Any]):
    """The reminders to tick off; all of them where they are left out."""

    reminders = serializers.ListField(
        child=serializers.IntegerField(min_value=1), required=False, max_length=MOST_AT_ONCE
    )


class InboxReadAnswerSerializer(serializers.Serializer[Any]):
    """How many were not ticked off before."""

    count = serializers.IntegerField()


class InboxView(ListAPIView[Reminder]):
    """What you were told, the latest first."""

    serializer_class = InboxRowSerializer
    filter_backends: tuple[type[BaseFilterBackend], ...] = ()

    def get_queryset(self) -> QuerySet[Reminder]:
        """One's own, or of these what waits to be ticked off."""
        is_unread = self.request.query_params.get("unread") == "true"
        return inbox_of(person(self.request), is_unread=is_unread)

    @extend_schema(
        parameters=[OpenApiParameter("unread", bool)],
        responses={200: InboxRowSerializer(many=True), **PROBLEMS},
    )
    def get(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """What you were told, and what others were told in your place."""
        page = self.paginate_queryset(self.get_queryset()) or []
        rows = inbox_rows(page, person(request))
        return self.get_paginated_response(InboxRowSerializer(rows, many=True).data)


class InboxReadView(APIView):
    """Ticks off what you were told."""

    @extend_schema(
        request=InboxReadSerializer,
        responses={200: InboxReadAnswerSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request) -> Response:
        """Tick off these of your own reminders, or all."""
        sent = read_sent(InboxReadSerializer, request)
        count = mark_read(by=person(request), reminders=sent.get("reminders"))
        return Response({"count": count})
