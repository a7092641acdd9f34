"""Large files of amounts in the API: sent, asked about until they are checked, confirmed or cancelled."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.parsers import MultiPartParser
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.import_jobs import cancel_import, confirm_import, start_import
from benefits.api.reading import programme_of
from benefits.entry_imports import Told
from benefits.enums import EntryKind
from benefits.models import ImportJob
from benefits.tasks import deliver
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.views import PROBLEMS
from core.enums import Channel


class ImportStartSerializer(serializers.Serializer[Any]):
    """A file of amounts, CSV or XLSX, of at most 50,000 rows; `as_at_on` is the day of a forecast."""

    file = serializers.FileField()
    kind = serializers.ChoiceField(choices=[EntryKind.ACTUAL.value, EntryKind.FORECAST.value])
    explanation = serializers.CharField(required=False, allow_blank=True, default="")
    as_at_on = serializers.DateField(required=False, allow_null=True, default=None)


class ImportJobSerializer(serializers.ModelSerializer[ImportJob]):
    """How far it is. `problems` are the first wrong cells, each with its row, column, text and message."""

    programme = serializers.CharField(source="programme.key")
    problems = serializers.ListField(child=serializers.ListField())

    class Meta:
        model = ImportJob
        fields = (
            "id", "programme", "kind", "file_name", "state", "rows", "rows_done", "change_count",
            "problem_count", "problems", "error", "created_at", "ended_at",
        )  # fmt: skip


class ImportStartView(APIView):
    """A large file to import."""

    parser_classes = (MultiPartParser,)

    @extend_schema(
        request=ImportStartSerializer,
        responses={201: ImportJobSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Keep the file and have it checked; nothing is imported before it is confirmed."""
        programme = programme_of(request, key)
        sent = ImportStartSerializer(data=request.data)
        sent.is_valid(raise_exception=True)
        given = sent.validated_data
        job = start_import(
            programme,
            EntryKind(given["kind"]),
            by=person(request),
            uploaded=given["file"],
            told=Told(given["explanation"], given["as_at_on"]),
            deliver=deliver,
            channel=Channel.API,
        )
        return Response(ImportJobSerializer(job).data, status=status.HTTP_201_CREATED)


class ImportJobView(APIView):
    """One large file that one sent."""

    @extend_schema(responses={200: ImportJobSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """How far it is."""
        return Response(ImportJobSerializer(_own(request, pk)).data)


class ImportConfirmView(APIView):
    """The word that lets a checked file be imported."""

    @extend_schema(
        request=None,
        responses={200: ImportJobSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Import what was checked, all of it or nothing."""
        job = confirm_import(_own(request, pk), by=person(request), deliver=deliver, channel=Channel.API)
        return Response(ImportJobSerializer(job).data)


class ImportCancelView(APIView):
    """The word that ends it."""

    @extend_schema(
        request=None,
        responses={200: ImportJobSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Import nothing of it."""
        return Response(
            ImportJobSerializer(
                cancel_import(_own(request, pk), by=person(request), channel=Channel.API)
            ).data
        )


def _own(request: Request, pk: int) -> ImportJob:
    rows = ImportJob.objects.of(person(request)).select_related("programme")
    return get_object_or_404(rows, pk=pk)
