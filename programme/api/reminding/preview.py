"""What goes out next, and why, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.filters import BaseFilterBackend
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.views import PROBLEMS
from programme.policies import powers_of
from programme.queries.reminding.preview import next_run_day, preview
from programme.rules.reminder_previews import day_asked


class PreviewRowSerializer(serializers.Serializer[Any]):
    """One thing that one person would be told, and because of which role; `mail_on` is null for the inbox
    alone."""

    recipient = serializers.CharField()
    rule = serializers.CharField()
    title = serializers.CharField()
    programme = serializers.CharField()
    due_on = serializers.DateField()
    told = serializers.CharField()
    because = serializers.CharField()
    in_place_of = serializers.CharField()
    path = serializers.CharField()
    mail_on = serializers.DateField(allow_null=True)


class ReminderPreviewView(GenericAPIView[Any]):
    """What would go out on a day to come."""

    serializer_class = PreviewRowSerializer
    filter_backends: tuple[type[BaseFilterBackend], ...] = ()

    @extend_schema(
        parameters=[OpenApiParameter("on", str), OpenApiParameter("to", str, enum=["all"])],
        responses={200: PreviewRowSerializer(many=True), **PROBLEMS},
    )
    def get(self, request: Request) -> Response:
        """What you would be told; with `to=all`, everybody about the programmes that you manage."""
        user = person(request)
        managed = powers_of(user).managed if request.query_params.get("to") == "all" else ()
        day = day_asked(request.query_params.get("on", ""), next_run_day())
        page = self.paginate_queryset(preview(day, own=user, managed=managed)) or []
        return self.get_paginated_response(PreviewRowSerializer(page, many=True).data)
