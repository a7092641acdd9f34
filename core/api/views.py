"""What lists of the API have in common."""

from __future__ import annotations

from typing import Any, Protocol, cast

from django.db import models
from drf_spectacular.openapi import AutoSchema
from drf_spectacular.utils import OpenApiResponse
from rest_framework import mixins, viewsets

from core.api.problems import ProblemSerializer

PROBLEMS = {
    400: OpenApiResponse(ProblemSerializer, "There is a problem with what was sent"),
    401: OpenApiResponse(ProblemSerializer, "Sign in first"),
    403: OpenApiResponse(ProblemSerializer, "You may not do this"),
    404: OpenApiResponse(ProblemSerializer, "There is nothing here that you can see"),
}
NOTHING = {204: OpenApiResponse(description="It is gone")}
CONFLICT = {409: OpenApiResponse(ProblemSerializer, "Someone changed this before you")}


class _Visible(Protocol):
    def visible_to(self, user: Any) -> Any: ...


class ReadSchema(AutoSchema):
    """What reads answer: their rows, or a problem."""

    def get_response_serializers(self) -> Any:
        """The shape of the view set for what is there, beside every problem."""
        found = super().get_response_serializers()
        return {200: found, **PROBLEMS} if self.method == "GET" and found is not None else found


class VisibleViewSet(mixins.ListModelMixin, mixins.RetrieveModelMixin, viewsets.GenericViewSet[Any]):
    """Reads of the rows that the signed-in person may see; anything else is not there."""

    schema = ReadSchema()

    def get_queryset(self) -> models.QuerySet[Any]:
        """The rows that this person may see, in the order of the page."""
        rows = cast(_Visible, super().get_queryset())
        return cast("models.QuerySet[Any]", rows.visible_to(self.request.user))
