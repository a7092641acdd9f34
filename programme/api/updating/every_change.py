"""Every change of a milestone in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from core.api.views import PROBLEMS
from programme.models import Milestone
from programme.queries.updating.every_change import Change, every_change

FIELD = OpenApiParameter("field", str, description="only changes of this field, as forecast or owner")


class ChangeSerializer(serializers.Serializer[Change]):
    """One field of one edit; before and after in words. `by` is empty where it happened by itself."""

    at = serializers.DateTimeField()
    by = serializers.CharField()
    channel = serializers.CharField()
    field = serializers.CharField()
    what = serializers.CharField(source="label", help_text="the field as pages name it")
    before = serializers.CharField()
    after = serializers.CharField()
    why = serializers.CharField()


class ShowsChanges:
    """The route that tells every change of a milestone."""

    @extend_schema(
        parameters=[FIELD], responses={200: ChangeSerializer(many=True), **PROBLEMS}, filters=False
    )
    @action(detail=True, methods=["get"], url_path="changes", filter_backends=[])
    def changes(self, request: Request, **kwargs: Any) -> Response:
        """Who changed what of the milestone, when, from what, to what and why; the latest first, in pages."""
        milestone: Milestone = self.get_object()  # type: ignore[attr-defined]
        found = every_change(milestone, request.query_params.get("field", ""))
        page = self.paginate_queryset(found)  # type: ignore[attr-defined]
        return self.get_paginated_response(ChangeSerializer(page, many=True).data)  # type: ignore[attr-defined]
