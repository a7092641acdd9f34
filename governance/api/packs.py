"""The whole pack of a meeting in the API: the same parts as its page, withheld or opened alike."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.shortcuts import get_object_or_404
from django.urls import reverse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from core.api.views import PROBLEMS
from core.enums import Channel
from core.exports.responses import NO_STORE
from core.publication import Shown
from core.publishing.content import Content
from core.publishing.keeping import to_bytes
from governance.actions.packs import open_pack
from governance.models import Meeting
from governance.packs.whole import whole_pack
from governance.queries.meetings import PaperRow, meetings_of
from governance.queries.openable import openable_in
from governance.queries.pack import Opened, PackItem, meeting_pack, nothing


class PackTextSerializer(serializers.Serializer[Shown]):
    """A text, or the sentence that stands for it and why that outweighs publishing.

    One that the reader has opened has in `sentence` that it is not for publication.
    """

    text = serializers.CharField()
    is_withheld = serializers.BooleanField()
    sentence = serializers.CharField()
    reason = serializers.CharField()


class PackPaperSerializer(serializers.Serializer[PaperRow]):
    """A paper; its file is at `papers/{id}/file/`. `withheld` says why it is not here."""

    id = serializers.IntegerField(source="paper.pk")
    title = serializers.CharField(source="paper.title")
    number = serializers.IntegerField(source="paper.number")
    withheld = serializers.CharField()
    mark = serializers.CharField()


class PackDecisionSerializer(serializers.Serializer[Any]):
    """The text of a decision on the agenda."""

    ref = serializers.CharField(source="decision.ref")
    title = serializers.CharField(source="decision.title")
    text = PackTextSerializer()
    reasons = PackTextSerializer()


class PackItemSerializer(serializers.Serializer[PackItem]):
    """An item of the agenda with its papers and its decision."""

    number = serializers.IntegerField(source="row.item.number")
    title = serializers.CharField(source="row.item.title")
    text = PackTextSerializer(source="row.text")
    outcome = PackTextSerializer(source="row.outcome")
    papers = PackPaperSerializer(source="row.papers", many=True)
    decision = PackDecisionSerializer(allow_null=True)


class PackBlockSerializer(serializers.Serializer[Any]):
    """Words, points, a statement, a notice, figures or a picture, with what belongs to it."""

    kind = serializers.CharField()

    def to_representation(self, instance: Mapping[str, Any]) -> dict[str, Any]:
        """All of it, as it is."""
        return dict(instance)


class PackSectionSerializer(serializers.Serializer[Any]):
    """A part made of blocks."""

    number = serializers.CharField(help_text="its anchor on the page")
    title = serializers.CharField()
    blocks = PackBlockSerializer(many=True)


class MeetingPackSerializer(serializers.Serializer[Any]):
    """Agenda, where each programme stands, papers, decisions, and what was agreed before.

    `openable` is how many withheld items one may open; `pdf` is the same for a browser that is signed in.
    """

    meeting = serializers.IntegerField()
    day = serializers.DateField()
    made_on = serializers.DateField()
    is_exempt = serializers.BooleanField()
    left_out = serializers.CharField(help_text="what it says of the items that are withheld from it")
    openable = serializers.IntegerField()
    items = PackItemSerializer(many=True)
    standing = PackSectionSerializer(many=True)
    closing = PackSectionSerializer(many=True)
    annexes = PackPaperSerializer(many=True)
    pdf = serializers.CharField()


class MeetingPackView(APIView):
    """The pack of a meeting."""

    @extend_schema(responses={200: MeetingPackSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """All of it; what is withheld is named, with why."""
        user = person(request)
        return _answer(_meeting(user, pk), user, nothing)


class MeetingPackOpenView(APIView):
    """The exempt version of the pack of a meeting."""

    @extend_schema(request=None, responses={200: MeetingPackSerializer, **PROBLEMS})
    def post(self, request: Request, pk: int) -> Response:
        """The same with everything withheld that the person may open, once; each item opened is recorded."""
        user = person(request)
        meeting = _meeting(user, pk)
        opened = {(item._meta.label, item.pk) for item in open_pack(meeting, by=user, channel=Channel.API)}
        return _answer(meeting, user, lambda item: (item._meta.label, item.pk) in opened)


def _meeting(user: User, pk: int) -> Meeting:
    return get_object_or_404(meetings_of(user), pk=pk)


def _answer(meeting: Meeting, user: User, opened: Opened) -> Response:
    pack = meeting_pack(meeting, user, opened)
    whole = whole_pack(meeting, pack, user)
    kind = "exempt" if pack.is_exempt else "full"
    shown = {
        "meeting": meeting.pk,
        "day": pack.day,
        "made_on": pack.made_on,
        "is_exempt": pack.is_exempt,
        "left_out": pack.left_out,
        "openable": len(openable_in(pack, user)),
        "items": pack.items,
        "standing": _sections(whole.standing),
        "closing": _sections(whole.closing),
        "annexes": whole.annexes,
        "pdf": urljoin(settings.BASE_URL, reverse("governance:meeting_pack_pdf", args=[meeting.pk, kind])),
    }
    return Response(MeetingPackSerializer(shown).data, headers=NO_STORE)


def _sections(content: Content) -> Any:
    return json.loads(to_bytes(content))["sections"]
