"""What is withheld, in the API: which rows, who says so, and opening one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from core.actions.publication import Withholding
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel, PublicationClass
from core.models import ExemptAccess, Publication
from core.publication import withheld_sentence
from governance.actions.publication import open_exempt, release, review_withheld, withhold
from governance.publication_policies import check_read_access, powers_of
from governance.queries.exempt import Withheld, accesses_of, kind_of, visible_item, withheld_items
from governance.queries.exempt_content import content_of
from programme.models import Programme


class WithheldSerializer(serializers.Serializer[Any]):
    """One row and why it is withheld; never what it says beside its title. Send `standing` back as `seen`."""

    kind = serializers.SerializerMethodField()
    id = serializers.IntegerField(source="pk")
    title = serializers.SerializerMethodField()
    publication_class = serializers.ChoiceField(choices=PublicationClass.choices)
    sentence = serializers.SerializerMethodField()
    exempt_paragraph = serializers.IntegerField(allow_null=True)
    public_interest_reason = serializers.CharField()
    exempt_review_on = serializers.DateField(allow_null=True)
    certified_at = serializers.DateTimeField(allow_null=True)
    released_at = serializers.DateTimeField(allow_null=True)
    standing = serializers.CharField()

    def get_kind(self, item: Publication) -> str:
        """decisions, agenda-items, papers, notes, lines, risks, consultations, equity-notes or
        report-additions.
        """
        return kind_of(item).key

    def get_title(self, item: Publication) -> str:
        """Its title, which is open."""
        return str(item)

    def get_sentence(self, item: Publication) -> str:
        """What stands in place of what it says; empty where it is open."""
        return withheld_sentence(item)


class WithholdSerializer(serializers.Serializer[Any]):
    """Why a row is withheld."""

    publication_class = serializers.ChoiceField(
        choices=PublicationClass.choices, default=PublicationClass.EXEMPT
    )
    exempt_paragraph = serializers.IntegerField(required=False, allow_null=True, default=None)
    public_interest_reason = serializers.CharField(required=False, allow_blank=True, default="")
    exempt_review_on = serializers.DateField(required=False, allow_null=True, default=None)
    seen = serializers.CharField()


class ReleaseSerializer(serializers.Serializer[Any]):
    """Why a row can be open now."""

    why = serializers.CharField(required=False, allow_blank=True, default="")
    seen = serializers.CharField()


class PassageSerializer(serializers.Serializer[Any]):
    """One text, or one amount in pounds, by its name."""

    name = serializers.CharField()
    text = serializers.CharField()


class OpenedSerializer(serializers.Serializer[Any]):
    """What a row withholds, for the person who has just opened it; that is recorded."""

    sentence = serializers.CharField()
    texts = PassageSerializer(many=True)
    amounts = PassageSerializer(many=True)


class AccessSerializer(serializers.ModelSerializer[ExemptAccess]):
    """Who opened what, and when."""

    by = serializers.CharField(source="by.email")

    class Meta:
        model = ExemptAccess
        fields = ("at", "by", "object_type", "object_id", "object_label")


class WithheldListView(APIView):
    """What is withheld in a programme."""

    @extend_schema(
        responses={200: WithheldSerializer(many=True), **PROBLEMS},
        operation_id="exempt_items_list",
    )
    def get(self, request: Request, key: str) -> Response:
        """Every exempt or confidential row, the review due first."""
        rows: list[Withheld] = withheld_items(_programme(request, key))
        return Response(WithheldSerializer([row.item for row in rows], many=True).data)


class AccessListView(APIView):
    """Who opened what of a programme."""

    @extend_schema(
        responses={200: AccessSerializer(many=True), **PROBLEMS},
        operation_id="exempt_accesses_list",
    )
    def get(self, request: Request, key: str) -> Response:
        """The latest first; for monitoring officers and auditors."""
        programme = _programme(request, key)
        check_read_access(powers_of(person(request)), programme)
        return Response(AccessSerializer(accesses_of(programme), many=True).data)


class WithheldView(APIView):
    """One row that is or was withheld."""

    @extend_schema(responses={200: WithheldSerializer, **PROBLEMS})
    def get(self, request: Request, kind: str, pk: int) -> Response:
        """Why it is withheld, and its `standing`."""
        return Response(WithheldSerializer(_item(person(request), kind, pk)).data)


class WithholdView(APIView):
    """Say that a row is exempt or confidential."""

    @extend_schema(request=WithholdSerializer, responses={200: WithheldSerializer, **PROBLEMS, **CONFLICT})
    def post(self, request: Request, kind: str, pk: int) -> Response:
        """Withhold it at once; certified where the person is its monitoring officer, else proposed."""
        return _withhold(request, kind, pk, withhold)


class ReviewView(APIView):
    """Certify that a row stays withheld."""

    @extend_schema(request=WithholdSerializer, responses={200: WithheldSerializer, **PROBLEMS, **CONFLICT})
    def post(self, request: Request, kind: str, pk: int) -> Response:
        """Certify it for a year at most; for its monitoring officer alone."""
        return _withhold(request, kind, pk, review_withheld)


class ReleaseView(APIView):
    """Open an exempt row to everyone."""

    @extend_schema(request=ReleaseSerializer, responses={200: WithheldSerializer, **PROBLEMS, **CONFLICT})
    def post(self, request: Request, kind: str, pk: int) -> Response:
        """Release it; for its monitoring officer alone. Confidential content is never released here."""
        sent, user = read_sent(ReleaseSerializer, request), person(request)
        item = _item(user, kind, pk)
        return Response(WithheldSerializer(release(item, by=user, channel=Channel.API, **sent)).data)


class OpenView(APIView):
    """Open what a row withholds."""

    @extend_schema(request=None, responses={200: OpenedSerializer, **PROBLEMS})
    def post(self, request: Request, kind: str, pk: int) -> Response:
        """What it says, once; that the person opened it is recorded."""
        user = person(request)
        item = _item(user, kind, pk)
        open_exempt(item, by=user, channel=Channel.API)
        content = content_of(item)
        answer = Response(
            {
                "sentence": withheld_sentence(item),
                "texts": [{"name": name, "text": text} for name, text in content.texts],
                "amounts": [{"name": name, "text": text} for name, text in content.amounts],
            }
        )
        answer.headers["Cache-Control"] = "no-store, private"
        return answer


STEPS: Mapping[str, type[APIView]] = {
    "withhold": WithholdView,
    "review": ReviewView,
    "release": ReleaseView,
    "open": OpenView,
}


def _withhold(request: Request, kind: str, pk: int, action: Callable[..., Publication]) -> Response:
    sent, user = read_sent(WithholdSerializer, request), person(request)
    item, seen = _item(user, kind, pk), sent.pop("seen")
    saved = action(item, Withholding(**sent), by=user, seen=seen, channel=Channel.API)
    return Response(WithheldSerializer(saved).data)


def _item(user: User, kind: str, pk: int) -> Publication:
    found = visible_item(user, kind, pk)
    if found is None:
        raise Http404
    return found


def _programme(request: Request, key: str) -> Programme:
    programmes = Programme.objects.visible_to(person(request)).select_related("partnership")
    return get_object_or_404(programmes, key=key)
