"""What only the exempt version of a report says, in the API: listed without its text, added and changed."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from governance.actions.reporting.additions import AdditionWords, add_exempt_words, change_exempt_words
from governance.api.reporting import shapes
from governance.api.reporting.reports import KEYED
from governance.models import ReportAddition
from governance.queries.reporting.drafts import additions_of
from governance.views.reporting.context import readable_addition, readable_report


class ReportAdditionsView(APIView):
    """Additions to the texts of a draft."""

    @extend_schema(
        responses={200: shapes.AdditionSerializer(many=True), **PROBLEMS}, operation_id="report_additions"
    )
    def get(self, request: Request, pk: int) -> Response:
        """Each with what the open version says in its place; never what it says."""
        rows = additions_of(readable_report(person(request), pk)).select_related("updated_by")
        return Response(shapes.AdditionSerializer(rows, many=True).data)

    @extend_schema(
        request=shapes.NewAdditionSerializer,
        responses={201: shapes.AdditionSerializer, **PROBLEMS},
        parameters=KEYED,
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Add to a text, for who changes the draft and may open what is exempt."""
        user = person(request)
        report = readable_report(user, pk)
        sent = read_sent(shapes.NewAdditionSerializer, request)
        place = sent.pop("place")
        made = add_exempt_words(
            report, by=user, place=place, words=AdditionWords(**sent), channel=Channel.API
        )
        return Response(shapes.AdditionSerializer(made).data, status=status.HTTP_201_CREATED)


class ReportAdditionView(APIView):
    """One addition."""

    @extend_schema(
        request=shapes.AdditionChangeSerializer,
        responses={200: shapes.AdditionSerializer, **PROBLEMS, **CONFLICT},
        parameters=KEYED,
    )
    @idempotent
    def put(self, request: Request, pk: int) -> Response:
        """Change it; the sentence that stands for its text leaves that as it is stored."""
        user = person(request)
        addition: ReportAddition = readable_addition(user, pk)
        sent: dict[str, Any] = read_sent(shapes.AdditionChangeSerializer, request)
        version = sent.pop("version")
        saved = change_exempt_words(
            addition, by=user, seen_version=version, words=AdditionWords(**sent), channel=Channel.API
        )
        return Response(shapes.AdditionSerializer(saved).data)
