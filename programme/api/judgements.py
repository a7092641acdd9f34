"""Judgements of the senior responsible owner in the API."""

from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.judgement import Judged, end_judgement, give_judgement, renew_judgement
from programme.enums import JudgementSubject
from programme.models import Judgement
from programme.rules.delivery_confidence import DeliveryConfidence
from programme.views.context import visible_programme

POINTS = [(point.value, point.value) for point in DeliveryConfidence]


class JudgementSerializer(serializers.ModelSerializer[Judgement]):
    """What is judged of a programme, beside what was worked out when it was given (INV-45).

    It holds from `given_on` to `until_on`, or to the day before `ended_on`.
    """

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    given_by = serializers.CharField(source="given_by.email", read_only=True)

    class Meta:
        model = Judgement
        fields = (
            "id",
            "programme",
            "ref",
            "subject",
            "point",
            "reason",
            "given_by",
            "given_on",
            "until_on",
            "computed_word",
            "computed_reason",
            "ended_on",
            "ended_because",
            "version",
        )


class JudgedSerializer(serializers.Serializer[Any]):
    """What is judged. A rating takes Green, Amber or Red; delivery confidence takes any of the five."""

    point = serializers.ChoiceField(choices=POINTS)
    reason = serializers.CharField(allow_blank=True)
    until_on = serializers.DateField()


class JudgementCreateSerializer(JudgedSerializer):
    """A judgement of the programme with this key."""

    programme = serializers.CharField()
    subject = serializers.ChoiceField(choices=JudgementSubject.choices)


class JudgementRenewSerializer(JudgedSerializer):
    """The judgement that takes its place. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)


class JudgementEndSerializer(serializers.Serializer[Any]):
    """Why it ends. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    why = serializers.CharField(allow_blank=True)


class JudgementFilter(filters.FilterSet):
    """Judgements of a programme, of one subject, those that were not ended."""

    programme = filters.CharFilter(field_name="programme__key")
    is_ended = filters.BooleanFilter(field_name="ended_on", lookup_expr="isnull", exclude=True)

    class Meta:
        model = Judgement
        fields = ("programme", "subject", "is_ended")


class JudgementViewSet(VisibleViewSet):
    """What the senior responsible owner judges of programmes."""

    queryset = Judgement.objects.select_related("programme__partnership", "given_by")
    serializer_class = JudgementSerializer
    filterset_class = JudgementFilter
    ordering_fields = ("given_on",)

    @extend_schema(request=JudgementCreateSerializer, responses={201: JudgementSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Judge a programme's rating, or the delivery confidence."""
        sent = read_sent(JudgementCreateSerializer, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        subject = sent.pop("subject")
        made = give_judgement(
            programme, by=person(request), subject=subject, judged=Judged(**sent), channel=Channel.API
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=JudgementRenewSerializer, responses={200: JudgementSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def renew(self, request: Request, pk: str) -> Response:
        """Put a new judgement in its place; this one keeps its row and ends today."""
        judgement: Judgement = self.get_object()
        sent = read_sent(JudgementRenewSerializer, request)
        seen_version = sent.pop("version")
        made = renew_judgement(
            judgement,
            by=person(request),
            seen_version=seen_version,
            judged=Judged(**sent),
            channel=Channel.API,
        )
        return Response(self.get_serializer(made).data)

    @extend_schema(
        request=JudgementEndSerializer, responses={200: JudgementSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def end(self, request: Request, pk: str) -> Response:
        """End it: from now on what is worked out stands alone."""
        judgement: Judgement = self.get_object()
        sent = read_sent(JudgementEndSerializer, request)
        ended = end_judgement(
            judgement,
            by=person(request),
            seen_version=sent["version"],
            why=sent["why"],
            channel=Channel.API,
        )
        return Response(self.get_serializer(ended).data)
