"""Drafts of reports in the API: begun, written, checked, given up, signed; and how far a publication is."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from core.publishing.keeping import to_bytes
from governance.actions.reporting.drafts import (
    NewReport,
    ReportTexts,
    edit_report,
    start_report,
    withdraw_report,
)
from governance.actions.reporting.publishing import cancel_publishing, retry_publishing, start_publishing
from governance.api.reporting import shapes
from governance.models import Report
from governance.queries.reporting.checklist import checklist_of
from governance.queries.reporting.drafts import draft_content, next_number
from governance.queries.reporting.history import report_history
from governance.queries.reporting.reports import programme_reports
from governance.report_policies import powers_of
from governance.tasks import deliver_report
from governance.views.reporting.context import readable_job, readable_report
from programme.views.context import visible_programme

KEYED = [KEY_PARAMETER]
_WRITTEN = {200: shapes.ReportSerializer, **PROBLEMS, **CONFLICT}
_JOB = {200: shapes.PublishingJobSerializer, **PROBLEMS}


class ProgrammeReportsView(APIView):
    """The reports of a programme."""

    @extend_schema(responses={200: shapes.ProgrammeReportsSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Its editions, and the drafts that one works on."""
        user = person(request)
        programme = visible_programme(user, key)
        found = programme_reports(programme, powers_of(user, programme))
        return Response(shapes.ProgrammeReportsSerializer(found).data)

    @extend_schema(
        request=shapes.NewReportSerializer,
        responses={201: shapes.ReportSerializer, **PROBLEMS},
        parameters=KEYED,
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Begin a draft: the programme manager; of one council, also its lead officer."""
        user = person(request)
        programme = visible_programme(user, key)
        sent = read_sent(shapes.NewReportSerializer, request)
        made = start_report(programme, by=user, new=NewReport(**sent), channel=Channel.API)
        return answer(made, status.HTTP_201_CREATED)


class ReportView(APIView):
    """One report that is written."""

    @extend_schema(responses={200: shapes.ReportSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """Its texts and how it stands."""
        return answer(readable_report(person(request), pk))

    @extend_schema(request=shapes.ReportTextsSerializer, responses=_WRITTEN, parameters=KEYED)
    @idempotent
    def patch(self, request: Request, pk: int) -> Response:
        """Change its texts; what is left out stays."""
        user = person(request)
        report = readable_report(user, pk)
        sent = read_sent(shapes.ReportTextsSerializer, request)
        seen_version = sent.pop("version")
        values = {name: getattr(report, name) for name in ReportTexts.__dataclass_fields__} | sent
        values["narratives"] = {**report.narratives, **sent.get("narratives", {})}
        texts = ReportTexts(**values)
        return answer(
            edit_report(report, by=user, seen_version=seen_version, texts=texts, channel=Channel.API)
        )


class ReportGiveUpView(APIView):
    """The end of a draft."""

    @extend_schema(request=shapes.GiveUpSerializer, responses=_WRITTEN, parameters=KEYED)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Give it up; it stays on record, and another can be begun."""
        user = person(request)
        report = readable_report(user, pk)
        sent = read_sent(shapes.GiveUpSerializer, request)
        told: dict[str, Any] = {"seen_version": sent["version"], "why": sent["why"], "channel": Channel.API}
        return answer(withdraw_report(report, by=user, **told))


class ReportChecklistView(APIView):
    """What to know before a report is published."""

    @extend_schema(
        responses={200: shapes.FindingSerializer(many=True), **PROBLEMS}, operation_id="report_checklist"
    )
    def get(self, request: Request, pk: int) -> Response:
        """What is missing, not verified, out of date, exempt or not answered; what blocks it first."""
        found = checklist_of(readable_report(person(request), pk))
        return Response(shapes.FindingSerializer(found.findings, many=True).data)


class ReportHistoryView(APIView):
    """What happened to a report."""

    @extend_schema(
        responses={200: shapes.ReportEventSerializer(many=True), **PROBLEMS}, operation_id="report_history"
    )
    def get(self, request: Request, pk: int) -> Response:
        """Every change of its texts and its way to an edition, the latest first."""
        found = report_history(readable_report(person(request), pk))
        return Response(shapes.ReportEventSerializer(found, many=True).data)


class ReportPreviewView(APIView):
    """A report as it would be published now."""

    @extend_schema(responses={200: OpenApiTypes.OBJECT, **PROBLEMS})
    def get(self, request: Request, pk: int) -> HttpResponse:
        """Its open version: sections of words, tables and charts, as the content of an edition has them."""
        report = readable_report(person(request), pk)
        content = draft_content(report, number=next_number(report.programme_id, report.council_id))
        return HttpResponse(to_bytes(content), content_type="application/json")


class ReportPublishView(APIView):
    """The signature of a report."""

    @extend_schema(
        request=shapes.SignSerializer,
        responses={201: shapes.PublishingJobSerializer, **PROBLEMS, **CONFLICT},
        parameters=KEYED,
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Sign a draft as its senior responsible owner and have it published; ask then how far it is."""
        user = person(request)
        report = readable_report(user, pk)
        sent = read_sent(shapes.SignSerializer, request)
        job = start_publishing(
            report,
            by=user,
            seen_version=sent["version"],
            reason=sent["reason"],
            deliver=deliver_report,
            channel=Channel.API,
        )
        return Response(shapes.PublishingJobSerializer(job).data, status=status.HTTP_201_CREATED)


class PublishingView(APIView):
    """One publication."""

    @extend_schema(responses=_JOB)
    def get(self, request: Request, pk: int) -> Response:
        """How far it is."""
        return Response(shapes.PublishingJobSerializer(readable_job(person(request), pk)).data)


class PublishingCancelView(APIView):
    """The word that ends a publication."""

    @extend_schema(request=None, responses=_JOB, parameters=KEYED)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Publish nothing of it."""
        user = person(request)
        job = cancel_publishing(readable_job(user, pk), by=user, channel=Channel.API)
        return Response(shapes.PublishingJobSerializer(job).data)


class PublishingRetryView(APIView):
    """The word that begins it again."""

    @extend_schema(request=None, responses=_JOB, parameters=KEYED)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Begin again what failed or was cancelled, where the report is as it was signed."""
        user = person(request)
        job = retry_publishing(readable_job(user, pk), by=user, deliver=deliver_report, channel=Channel.API)
        return Response(shapes.PublishingJobSerializer(job).data)


def answer(report: Report, code: int = status.HTTP_200_OK) -> Response:
    """A report as the API answers it."""
    return Response(shapes.ReportSerializer(report).data, status=code)
