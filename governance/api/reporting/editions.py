"""Editions in the API: what each says, its files, how two differ, and a correction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django_filters import rest_framework as filters
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.exports.responses import NO_STORE, saved_as
from core.publishing.compare import Change, change_sentence
from governance.actions.reporting.downloads import download_file, open_exempt_version, open_exempt_versions
from governance.actions.reporting.drafts import NewReport, start_report
from governance.api.reporting import shapes
from governance.api.reporting.reports import KEYED, answer
from governance.enums import FileFormat
from governance.models import Edition, EditionContent
from governance.queries.reporting.editions import changes_between, open_changes
from governance.queries.reporting.reports import visible_editions
from governance.views.reporting.context import compared_edition, version_of, visible_edition
from programme.api.views import OfProgrammeFilter

JSON_TYPE = "application/json"


class EditionFilter(OfProgrammeFilter):
    """Editions of one programme, of one council alone."""

    council = filters.CharFilter(field_name="council__key")


class EditionViewSet(VisibleViewSet):
    """Published reports, each as it was frozen."""

    queryset = Edition.objects.none()
    serializer_class = shapes.EditionSerializer
    filterset_class = EditionFilter
    ordering_fields = ("published_at", "number")

    def get_queryset(self) -> QuerySet[Edition]:
        """Editions of the programmes that this person may see, the latest first."""
        opened = EditionContent.objects.open().defer("content").prefetch_related("files")
        rows = visible_editions(person(self.request)).prefetch_related(
            Prefetch("contents", opened, to_attr="open_contents")
        )
        return rows.order_by("-published_at", "-pk")


class EditionContentView(APIView):
    """What an edition says."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT, **PROBLEMS})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Its open version, byte for byte: its SHA-256 is the hash that the report names."""
        row = version_of(visible_edition(person(request), pk), is_exempt=False)
        return HttpResponse(bytes(row.content), content_type=JSON_TYPE)


class EditionExemptView(APIView):
    """What the exempt version of an edition says."""

    @extend_schema(request=None, responses={200: OpenApiTypes.OBJECT, **PROBLEMS})
    def post(self, request: Request, pk: int) -> HttpResponse:
        """The whole of it, once; that the person opened it is recorded."""
        user = person(request)
        row = version_of(visible_edition(user, pk), is_exempt=True)
        open_exempt_version(row, by=user, channel=Channel.API)
        return HttpResponse(bytes(row.content), content_type=JSON_TYPE, headers=NO_STORE)


class EditionDownloadView(APIView):
    """A file of an edition."""

    @extend_schema(
        request=shapes.DownloadSerializer,
        responses={
            (200, "application/octet-stream"): OpenApiResponse(OpenApiTypes.BINARY, "The file"),
            **PROBLEMS,
        },
    )
    def post(self, request: Request, pk: int) -> HttpResponse:
        """The file; each download is on record. It is made again where it is no longer kept."""
        user = person(request)
        edition = visible_edition(user, pk)
        sent = read_sent(shapes.DownloadSerializer, request)
        row = version_of(edition, is_exempt=sent["is_exempt"])
        file = download_file(row, FileFormat(sent["format"]), by=user, channel=Channel.API)
        headers = saved_as(file.name) | NO_STORE
        return HttpResponse(file.content, content_type=file.content_type, headers=headers)


class EditionCompareView(APIView):
    """How two editions about the same differ."""

    @extend_schema(responses={200: shapes.EditionComparisonSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int, other: int) -> Response:
        """What differs in this one from the other, in their open versions."""
        user = person(request)
        edition = visible_edition(user, pk)
        return _compared(open_changes(compared_edition(user, edition, other), edition))


class EditionCompareExemptView(APIView):
    """How the exempt versions of two editions about the same differ."""

    @extend_schema(request=None, responses={200: shapes.EditionComparisonSerializer, **PROBLEMS})
    def post(self, request: Request, pk: int, other: int) -> Response:
        """What differs in this one from the other; that the person opened both is recorded."""
        user = person(request)
        edition = visible_edition(user, pk)
        pair = [version_of(one, is_exempt=True) for one in (compared_edition(user, edition, other), edition)]
        open_exempt_versions(pair, by=user, channel=Channel.API)
        return _compared(changes_between(*pair), NO_STORE)


class EditionCorrectView(APIView):
    """A correction of an edition."""

    @extend_schema(
        request=shapes.CorrectionSerializer,
        responses={201: shapes.ReportSerializer, **PROBLEMS},
        parameters=KEYED,
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Begin it: a draft with the texts of this edition, which stays as it is."""
        user = person(request)
        edition = visible_edition(user, pk)
        sent = read_sent(shapes.CorrectionSerializer, request)
        new = NewReport(sent["as_of_on"], None, edition, sent["what_changed"])
        made = start_report(edition.programme, by=user, new=new, channel=Channel.API)
        return answer(made, status.HTTP_201_CREATED)


def _compared(changes: Sequence[Change], headers: Mapping[str, str] | None = None) -> Response:
    shown = {"sentence": change_sentence(changes), "changes": changes}
    return Response(shapes.EditionComparisonSerializer(shown).data, headers=headers)
