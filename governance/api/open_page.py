"""Whether a programme's report is public, in the API. What is public is read below /open/, by everybody."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from core.exports.responses import saved_as
from governance.actions.open_publication import set_open_page
from governance.casefiles.published import CASE_TYPE, case_name, published_case
from governance.open_policies import check_open_page, powers_of
from governance.queries.open_publication.editions import (
    latest_number,
    open_page_of,
    previewed_edition,
    public_edition,
)
from programme.models import Programme
from programme.views.context import visible_programme


class OpenPageSerializer(serializers.Serializer[Any]):
    """How the public page stands; send `version` and `latest_edition` back with a change."""

    is_on = serializers.BooleanField()
    is_public = serializers.BooleanField(help_text="on, and there is an open edition to read")
    latest_edition = serializers.IntegerField(allow_null=True)
    version = serializers.IntegerField(help_text="0 where it was never on")


class OpenPageInputSerializer(serializers.Serializer[Any]):
    """On or off; who turns it on says which edition they have looked at."""

    version = serializers.IntegerField(min_value=0)
    is_on = serializers.BooleanField()
    why = serializers.CharField(allow_blank=True)
    seen_edition = serializers.IntegerField(required=False, allow_null=True, default=None)
    has_looked = serializers.BooleanField(required=False, default=False)


class OpenPageView(APIView):
    """The public page of a programme."""

    @extend_schema(responses={200: OpenPageSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """How it stands."""
        return Response(_data(visible_programme(person(request), key)))

    @extend_schema(
        request=OpenPageInputSerializer,
        responses={200: OpenPageSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def put(self, request: Request, key: str) -> Response:
        """Turn it on or off: the senior responsible owner, or democratic services."""
        user = person(request)
        programme = visible_programme(user, key)
        sent = read_sent(OpenPageInputSerializer, request)
        seen_version = sent.pop("version")
        set_open_page(programme, by=user, seen_version=seen_version, channel=Channel.API, **sent)
        return Response(_data(programme))


class PublishedCaseView(APIView):
    """The latest open edition as a case file, for other councils."""

    @extend_schema(
        responses={
            (200, CASE_TYPE): OpenApiResponse(OpenApiTypes.BINARY, "The case file"),
            **PROBLEMS,
        }
    )
    def get(self, request: Request, key: str) -> HttpResponse:
        """The file, for the senior responsible owner or democratic services."""
        user = person(request)
        programme = visible_programme(user, key)
        check_open_page(powers_of(user, programme))
        found = previewed_edition(programme)
        if found is None:
            raise Http404
        return HttpResponse(published_case(found), content_type=CASE_TYPE, headers=saved_as(case_name(found)))


def _data(programme: Programme) -> dict[str, Any]:
    page = open_page_of(programme)
    values = {
        "is_on": page is not None and page.is_on,
        "is_public": public_edition(programme.key) is not None,
        "latest_edition": latest_number(programme),
        "version": page.version if page else 0,
    }
    return dict(OpenPageSerializer(values).data)
