"""Evidence files of actual amounts in the API."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from benefits.actions.claim_files import add_files
from benefits.models import ActualAmount, ClaimFile
from benefits.views.claim_files import send_file
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS, VisibleViewSet
from core.enums import Channel


class FilesInputSerializer(serializers.Serializer[Any]):
    """One file or more."""

    evidence_files = serializers.ListField(
        child=serializers.FileField(allow_empty_file=True), allow_empty=False
    )


class ClaimFileSerializer(serializers.ModelSerializer[ClaimFile]):
    """A file that proves an actual amount."""

    entered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = ClaimFile
        fields = (
            "id",
            "actual",
            "file_name",
            "content_type",
            "size_bytes",
            "sha256",
            "entered_at",
            "entered_by",
        )


class ClaimFileViewSet(VisibleViewSet):
    """Evidence files; more can be added to an amount, and none taken away."""

    queryset = ClaimFile.objects.select_related("entered_by", "actual__line", "actual__council")
    serializer_class = ClaimFileSerializer
    filterset_fields = ("actual",)
    ordering_fields = ("entered_at",)

    @extend_schema(
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The file"),
            **PROBLEMS,
        }
    )
    @action(detail=True, methods=["get"])
    def file(self, request: Request, **kwargs: Any) -> HttpResponse:
        """The file itself."""
        return send_file(self.get_object())


class TakesFiles:
    """The route that adds evidence to an amount."""

    @extend_schema(
        request={"multipart/form-data": FilesInputSerializer},
        responses={201: ClaimFileSerializer(many=True), **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"], parser_classes=[MultiPartParser])
    @idempotent
    def files(self, request: Request, **kwargs: Any) -> Response:
        """Add one or more evidence files; an officer of that council or the benefit's owner may."""
        actual: ActualAmount = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(FilesInputSerializer, request)
        made = add_files(actual, by=person(request), files=sent["evidence_files"], channel=Channel.API)
        return Response(ClaimFileSerializer(made, many=True).data, status=status.HTTP_201_CREATED)
