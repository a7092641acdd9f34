"""The record of reminder mails in the API."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema, extend_schema_field
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.sending.resend import resend_digest
from programme.enums import Stage
from programme.models import Digest
from programme.policies import is_administrator
from programme.queries.deliveries import AT_STAGE, may_read_address, stage_of, words_of_fault
from programme.tasks import queue_digest


class ReminderMailSerializer(serializers.ModelSerializer[Digest]):
    """One reminder mail. `address`, and `error`, which can hold it, are empty where not yours to read."""

    recipient = serializers.CharField(source="recipient.name", read_only=True)
    address = serializers.SerializerMethodField()
    error = serializers.SerializerMethodField()
    stage = serializers.SerializerMethodField()
    queued_at = serializers.DateTimeField(source="created_at", read_only=True)
    tried_at = serializers.DateTimeField(source="claimed_at", read_only=True)

    class Meta:
        model = Digest
        fields = (
            "id",
            "day_on",
            "recipient",
            "address",
            "stage",
            "attempts",
            "channel",
            "provider_id",
            "queued_at",
            "tried_at",
            "sent_at",
            "receipt",
            "receipt_at",
            "error",
        )

    def get_address(self, digest: Digest) -> str:
        """Where it went, for its reader and for administrators."""
        may_read = may_read_address(digest, self._reader, administers=self.context["administers"])
        return digest.address if may_read else ""

    def get_error(self, digest: Digest) -> str:
        """Why it did not go."""
        return words_of_fault(digest, self._reader, administers=self.context["administers"])

    @property
    def _reader(self) -> User:
        return person(self.context["request"])

    @extend_schema_field(serializers.ChoiceField(choices=Stage.choices))
    def get_stage(self, digest: Digest) -> str:
        """How far it has come."""
        return stage_of(digest).value


class ResendSerializer(serializers.Serializer[Any]):
    """Why the mail is sent again, in at least 10 characters."""

    reason = serializers.CharField(allow_blank=True, max_length=300)


class DeliveryFilter(django_filters.FilterSet):
    """How far a mail has come, and its day."""

    stage = django_filters.ChoiceFilter(choices=Stage.choices, method="at_stage")

    class Meta:
        model = Digest
        fields = ("day_on", "channel")

    def at_stage(self, rows: QuerySet[Digest], name: str, value: str) -> QuerySet[Digest]:
        """Mails at this stage."""
        return rows.filter(AT_STAGE[Stage(value)])


class DeliveryViewSet(VisibleViewSet):
    """Mails to oneself, about what one manages, and for administrators all."""

    queryset = Digest.objects.select_related("recipient").order_by("-day_on", "pk")
    serializer_class = ReminderMailSerializer
    filterset_class = DeliveryFilter
    ordering_fields = ("day_on",)

    def get_serializer_context(self) -> dict[str, Any]:
        """Also whether the reader administers addresses: asked once, not for each row."""
        user = self.request.user
        administers = user.is_authenticated and is_administrator(person(self.request))
        return {**super().get_serializer_context(), "administers": administers}

    @extend_schema(
        request=ResendSerializer,
        parameters=[KEY_PARAMETER],
        responses={200: ReminderMailSerializer, **PROBLEMS},
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def resend(self, request: Request, **kwargs: Any) -> Response:
        """Have the mail sent again under a new Message-ID; the record of the earlier sending is kept."""
        digest: Digest = self.get_object()
        user = person(request)
        sent = read_sent(ResendSerializer, request)
        queued = resend_digest(
            digest, by=user, reason=sent["reason"], deliver=queue_digest, channel=Channel.API
        )
        return Response(ReminderMailSerializer(queued, context=self.get_serializer_context()).data)
