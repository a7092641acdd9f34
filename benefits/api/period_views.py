"""Closed months and their exceptions in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.period import close_period, grant_exception
from benefits.api.inputs import CouncilField
from benefits.models import CloseException, PeriodClose
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal


class CloseInputSerializer(serializers.Serializer[Any]):
    """A month that a council closes; `period` 1 is April."""

    council = CouncilField()
    fy = serializers.IntegerField(min_value=1974, max_value=2199)
    period = serializers.IntegerField(min_value=1, max_value=12)


class ExceptionInputSerializer(serializers.Serializer[Any]):
    """Who may still enter amounts of the month, by their e-mail address, and up to which day."""

    user = serializers.EmailField()
    until_on = serializers.DateField()
    reason = serializers.CharField(allow_blank=True)


class CloseExceptionSerializer(serializers.ModelSerializer[CloseException]):
    """An exception to a closed month."""

    user = serializers.StringRelatedField[Any]()
    entered_by = serializers.StringRelatedField[Any]()

    class Meta:
        model = CloseException
        fields = ("id", "user", "until_on", "reason", "entered_at", "entered_by")


class PeriodCloseSerializer(serializers.ModelSerializer[PeriodClose]):
    """A month that a council has closed."""

    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    entered_by = serializers.StringRelatedField[Any]()
    exceptions = CloseExceptionSerializer(many=True)

    class Meta:
        model = PeriodClose
        fields = ("id", "council", "fy", "period", "entered_at", "entered_by", "exceptions")


class PeriodCloseViewSet(VisibleViewSet):
    """Months that councils have closed."""

    queryset = PeriodClose.objects.select_related("council", "entered_by").prefetch_related(
        "exceptions__user", "exceptions__entered_by"
    )
    serializer_class = PeriodCloseSerializer
    filterset_fields = ("council__key", "fy", "period")
    ordering_fields = ("fy", "period")

    @extend_schema(
        request=CloseInputSerializer,
        responses={201: PeriodCloseSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Close a month; a finance or section 151 officer of that council may."""
        sent = read_sent(CloseInputSerializer, request)
        made = close_period(
            sent["council"], by=person(request), fy=sent["fy"], period=sent["period"], channel=Channel.API
        )
        return Response(PeriodCloseSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=ExceptionInputSerializer,
        responses={201: PeriodCloseSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def exceptions(self, request: Request, **kwargs: Any) -> Response:
        """Let one officer enter amounts of the month up to a day; its section 151 officer may."""
        close: PeriodClose = self.get_object()
        sent = read_sent(ExceptionInputSerializer, request)
        user = User.objects.filter(email=sent["user"].lower()).first()
        if user is None:
            raise Refusal(f"Choose an officer who enters the amounts of {close.council}", "user")
        grant_exception(
            close,
            by=person(request),
            user=user,
            until_on=sent["until_on"],
            reason=sent["reason"],
            channel=Channel.API,
        )
        again = self.get_queryset().get(pk=close.pk)
        return Response(PeriodCloseSerializer(again).data, status=status.HTTP_201_CREATED)
