"""Monthly bulletins in the API: begun, written, given up, sent, read and corrected."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from core.api.idempotency import idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from governance.actions.bulletins import (
    BulletinTexts,
    correct_bulletin,
    edit_bulletin,
    send_bulletin,
    start_bulletin,
    withdraw_bulletin,
)
from governance.api.reporting.reports import KEYED
from governance.api.reporting.shapes import GiveUpSerializer, email_field, key_field
from governance.bulletin_policies import powers_of
from governance.bulletins.content import as_values
from governance.models import Bulletin, SentBulletin
from governance.queries.all_bulletins import BulletinChoice, all_sent
from governance.queries.bulletins import (
    FILES,
    ProgrammeBulletins,
    draft_content,
    fingerprint_of,
    programme_bulletins,
    sent_content,
    visible_sent,
    warnings_of,
)
from governance.views.bulletins import readable_bulletin, visible_sent_bulletin
from programme.api.views import OfProgrammeFilter
from programme.views.context import visible_programme


class BulletinRowSerializer(serializers.ModelSerializer[Bulletin]):
    """A draft in the list."""

    updated_by = email_field()

    class Meta:
        model = Bulletin
        fields = ("id", "month_on", "corrects", "updated_by", "updated_at", "version")


class SentBulletinRowSerializer(serializers.ModelSerializer[SentBulletin]):
    """A bulletin that was sent, in the list; `corrects` is the id of the one that it corrects."""

    programme = key_field()
    sent_by = email_field()

    class Meta:
        model = SentBulletin
        fields = (
            "id",
            "programme",
            "number",
            "month_on",
            "corrects",
            "what_changed",
            "content_hash",
            "sent_at",
            "sent_by",
        )


class ProgrammeBulletinsSerializer(serializers.Serializer[ProgrammeBulletins]):
    """What was sent, the latest first; drafts that one may read; how many subscribe, for who may know."""

    drafts = BulletinRowSerializer(many=True)
    sent = SentBulletinRowSerializer(many=True)
    subscribers = serializers.IntegerField(allow_null=True)
    may_begin = serializers.BooleanField(source="can_draft")


class BulletinItemSerializer(serializers.Serializer[Any]):
    """One thing that happened: `path` is its page, `figures` pence by council, the total last."""

    key = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField()
    path = serializers.CharField()
    note = serializers.CharField()
    figures = serializers.ListField(
        child=serializers.ListField(help_text="a name, then pence"),
        help_text="empty where it is told in words",
    )


class BulletinPartSerializer(serializers.Serializer[Any]):
    """What happened of one kind; `nothing` says so where nothing did."""

    key = serializers.CharField()
    title = serializers.CharField()
    items = BulletinItemSerializer(many=True)
    nothing = serializers.CharField()


class BulletinContentSerializer(serializers.Serializer[Any]):
    """What a bulletin says; `number` is 0 while it is a draft, `corrects` the number of another, or 0."""

    title = serializers.CharField()
    programme = serializers.CharField()
    month = serializers.CharField()
    number = serializers.IntegerField()
    lead = serializers.CharField()
    introduction = serializers.CharField()
    corrects = serializers.IntegerField()
    what_changed = serializers.CharField()
    parts = BulletinPartSerializer(many=True)


class BulletinSerializer(serializers.ModelSerializer[Bulletin]):
    """A bulletin that is written. `content` is what it would say now; send `seen_content` back to send just
    that, and `version` with any change."""

    programme = key_field()
    created_by = email_field()
    updated_by = email_field()
    notes = serializers.DictField(child=serializers.CharField(), help_text="by key of the item")
    places = serializers.DictField(child=serializers.IntegerField(), help_text="by key of the item")
    left_out = serializers.ListField(child=serializers.CharField(), help_text="keys of items")
    content = BulletinContentSerializer(source="shown.content")
    seen_content = serializers.CharField(source="shown.seen")
    warnings = serializers.ListField(child=serializers.CharField(), source="shown.warnings")

    class Meta:
        model = Bulletin
        fields = (
            "id", "programme", "month_on", "state", "introduction", "notes", "places", "left_out", "corrects",
            "what_changed", "sent", "content", "seen_content", "warnings", "created_by", "updated_by",
            "updated_at", "version",
        )  # fmt: skip


class SentBulletinSerializer(SentBulletinRowSerializer):
    """A bulletin as it was sent; `files` are its addresses as PDF and DOCX, for who is signed in."""

    content = serializers.SerializerMethodField()
    files = serializers.SerializerMethodField()

    class Meta(SentBulletinRowSerializer.Meta):
        fields = (*SentBulletinRowSerializer.Meta.fields, "content", "files")  # type: ignore[assignment]

    @extend_schema_field(BulletinContentSerializer)
    def get_content(self, row: SentBulletin) -> dict[str, Any]:
        """What it said."""
        return as_values(sent_content(row))

    def get_files(self, row: SentBulletin) -> dict[str, str]:
        """By format, where it is."""
        return {
            form.value: urljoin(
                settings.BASE_URL, reverse("governance:sent_bulletin_file", args=[row.pk, form.value])
            )
            for form in FILES
        }


class NewBulletinSerializer(serializers.Serializer[Any]):
    """The month that it is about, by any of its days; it must have ended."""

    month_on = serializers.DateField()


class BulletinTextsSerializer(serializers.Serializer[Any]):
    """What people add to a draft; what is left out here stays. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    introduction = serializers.CharField(required=False, allow_blank=True)
    what_changed = serializers.CharField(required=False, allow_blank=True, help_text="of a correction")
    notes = serializers.DictField(
        child=serializers.CharField(allow_blank=True),
        required=False,
        help_text="by key of the item; an empty text takes one away, what is not named stays",
    )
    places = serializers.DictField(
        child=serializers.IntegerField(allow_null=True),
        required=False,
        help_text="by key of the item; null takes one away, what is not named stays",
    )
    left_out = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        max_length=1_000,
        help_text="all keys of items left out",
    )


class SendSerializer(serializers.Serializer[Any]):
    """The approval of what you read: its `version` and `seen_content`; a reason where it warns."""

    version = serializers.IntegerField(min_value=1)
    seen_content = serializers.CharField(max_length=64)
    reason = serializers.CharField(required=False, allow_blank=True, default="")


class WhatChangedSerializer(serializers.Serializer[Any]):
    """What the correction changes, and why."""

    what_changed = serializers.CharField(allow_blank=True)


_WRITTEN = {200: BulletinSerializer, **PROBLEMS, **CONFLICT}


class ProgrammeBulletinsView(APIView):
    """The monthly bulletins of a programme."""

    @extend_schema(responses={200: ProgrammeBulletinsSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """What was sent, and the drafts that one works on."""
        user = person(request)
        programme = visible_programme(user, key)
        found = programme_bulletins(programme, powers_of(user, programme))
        return Response(ProgrammeBulletinsSerializer(found).data)

    @extend_schema(
        request=NewBulletinSerializer, responses={201: BulletinSerializer, **PROBLEMS}, parameters=KEYED
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Begin a draft: the programme manager."""
        user = person(request)
        programme = visible_programme(user, key)
        sent = read_sent(NewBulletinSerializer, request)
        made = start_bulletin(programme, by=user, month_on=sent["month_on"], channel=Channel.API)
        return _answer(made, status.HTTP_201_CREATED)


class BulletinView(APIView):
    """One bulletin that is written."""

    @extend_schema(responses={200: BulletinSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """What was added to it, and what it would say now."""
        return _answer(readable_bulletin(person(request), pk))

    @extend_schema(request=BulletinTextsSerializer, responses=_WRITTEN, parameters=KEYED)
    @idempotent
    def patch(self, request: Request, pk: int) -> Response:
        """Add to it, order it, leave items out; what is not sent stays."""
        user = person(request)
        bulletin = readable_bulletin(user, pk)
        sent = read_sent(BulletinTextsSerializer, request)
        seen_version = sent.pop("version")
        values = {name: getattr(bulletin, name) for name in BulletinTexts.__dataclass_fields__} | sent
        values["notes"] = {**bulletin.notes, **sent.get("notes", {})}
        values["places"] = {**bulletin.places, **sent.get("places", {})}
        texts = BulletinTexts(**values)
        return _answer(
            edit_bulletin(bulletin, by=user, seen_version=seen_version, texts=texts, channel=Channel.API)
        )


class BulletinGiveUpView(APIView):
    """The end of a draft."""

    @extend_schema(request=GiveUpSerializer, responses=_WRITTEN, parameters=KEYED)
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Give it up; it stays on record, and another can be begun."""
        user = person(request)
        bulletin = readable_bulletin(user, pk)
        sent = read_sent(GiveUpSerializer, request)
        told: dict[str, Any] = {"seen_version": sent["version"], "why": sent["why"], "channel": Channel.API}
        return _answer(withdraw_bulletin(bulletin, by=user, **told))


class BulletinSendView(APIView):
    """The approval of a bulletin."""

    @extend_schema(
        request=SendSerializer,
        responses={201: SentBulletinSerializer, **PROBLEMS, **CONFLICT},
        parameters=KEYED,
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Send it once, as senior responsible owner, to everybody who subscribes."""
        user = person(request)
        bulletin = readable_bulletin(user, pk)
        sent = read_sent(SendSerializer, request)
        seen_version = sent.pop("version")
        made = send_bulletin(bulletin, by=user, seen_version=seen_version, channel=Channel.API, **sent)
        return Response(SentBulletinSerializer(made).data, status=status.HTTP_201_CREATED)


class SentBulletinFilter(OfProgrammeFilter):
    """Bulletins of one programme, of one partnership."""

    partnership = filters.CharFilter(field_name="programme__partnership__key")


class SentBulletinViewSet(VisibleViewSet):
    """Bulletins of all programmes, each as it was sent."""

    queryset = SentBulletin.objects.none()
    serializer_class = SentBulletinRowSerializer
    filterset_class = SentBulletinFilter

    def get_queryset(self) -> QuerySet[SentBulletin]:
        """Those of the programmes that this person may see, the latest first."""
        user = person(self.request)
        return visible_sent(user) if self.action == "retrieve" else all_sent(user, BulletinChoice())

    def get_serializer_class(self) -> type[SentBulletinRowSerializer]:
        """What one said is told of one alone."""
        return SentBulletinSerializer if self.action == "retrieve" else SentBulletinRowSerializer


class SentBulletinCorrectView(APIView):
    """A correction of a bulletin that was sent."""

    @extend_schema(
        request=WhatChangedSerializer, responses={201: BulletinSerializer, **PROBLEMS}, parameters=KEYED
    )
    @idempotent
    def post(self, request: Request, pk: int) -> Response:
        """Begin it: a draft with the texts of this one, which stays as it was sent."""
        user = person(request)
        row = visible_sent_bulletin(user, pk)
        sent = read_sent(WhatChangedSerializer, request)
        made = correct_bulletin(row, by=user, what_changed=sent["what_changed"], channel=Channel.API)
        return _answer(made, status.HTTP_201_CREATED)


def _answer(bulletin: Bulletin, code: int = status.HTTP_200_OK) -> Response:
    """A bulletin as the API answers it, with what it says."""
    content = sent_content(bulletin.sent) if bulletin.sent else draft_content(bulletin)
    shown = {
        "content": as_values(content),
        "seen": fingerprint_of(content),
        "warnings": warnings_of(content),
    }
    bulletin.shown = shown  # type: ignore[attr-defined]
    return Response(BulletinSerializer(bulletin).data, status=code)
