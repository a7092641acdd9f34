"""Scrutiny's recommendations and each executive's response, in the API."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response as Answered

from accounts.models import User
from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from governance.actions.scrutiny import (
    Recommended,
    Response,
    finish_recommendation,
    make_recommendation,
    respond_to_recommendation,
)
from governance.enums import BodyType, ResponseState
from governance.models import ScrutinyRecommendation, ScrutinyResponse
from governance.queries.scrutiny import answered_call_ins, scrutiny_bodies
from programme.api.changes import CouncilKeyField
from programme.api.views import OfProgrammeFilter
from programme.models import Programme

_SCRUTINY = (BodyType.SCRUTINY, BodyType.JOINT_SCRUTINY)


class ScrutinyResponseSerializer(serializers.ModelSerializer[ScrutinyResponse]):
    """One executive's answer, and what came of it."""

    recommendation = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    council = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    owner = serializers.SlugRelatedField[Any](slug_field="email", read_only=True)

    class Meta:
        model = ScrutinyResponse
        fields = (
            "id",
            "recommendation",
            "council",
            "state",
            "response_due_on",
            "text",
            "responded_on",
            "action",
            "owner",
            "action_due_on",
            "done_on",
            "version",
        )


class ScrutinyRecommendationSerializer(serializers.ModelSerializer[ScrutinyRecommendation]):
    """What scrutiny recommends, with every executive's answer."""

    programme = serializers.SlugRelatedField[Any](slug_field="key", read_only=True)
    body = serializers.SlugRelatedField[Any](slug_field="name", read_only=True)
    decision = serializers.SlugRelatedField[Any](slug_field="ref", read_only=True)
    responses = ScrutinyResponseSerializer(many=True)

    class Meta:
        model = ScrutinyRecommendation
        fields = (
            "id",
            "programme",
            "ref",
            "body",
            "body_text",
            "decision",
            "call_in",
            "text",
            "made_on",
            "responses",
        )


class RecommendationInputSerializer(serializers.Serializer[Any]):
    """A recommendation in the programme with this key; `body` and `call_in` are ids."""

    programme = serializers.CharField()
    text = serializers.CharField(allow_blank=True)
    made_on = serializers.DateField()
    body = serializers.IntegerField(required=False, allow_null=True, default=None)
    body_text = serializers.CharField(required=False, allow_blank=True, default="")
    call_in = serializers.IntegerField(required=False, allow_null=True, default=None)
    councils = serializers.ListField(child=CouncilKeyField(), required=False, default=list)


class ResponseInputSerializer(serializers.Serializer[Any]):
    """An executive's answer; `owner` is an e-mail address. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    state = serializers.ChoiceField(choices=ResponseState.choices)
    text = serializers.CharField(allow_blank=True)
    responded_on = serializers.DateField()
    action = serializers.CharField(required=False, allow_blank=True, default="")
    owner = serializers.EmailField(required=False, allow_null=True, default=None)
    action_due_on = serializers.DateField(required=False, allow_null=True, default=None)


class DoneInputSerializer(serializers.Serializer[Any]):
    """The day on which it was done. `version` is the one you read."""

    version = serializers.IntegerField(min_value=1)
    done_on = serializers.DateField()


class ScrutinyRecommendationViewSet(VisibleViewSet):
    """Recommendations of scrutiny."""

    queryset = ScrutinyRecommendation.objects.select_related(
        "programme", "body", "decision"
    ).prefetch_related("responses__council", "responses__owner")
    serializer_class = ScrutinyRecommendationSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("made_on", "ref")

    @extend_schema(
        request=RecommendationInputSerializer, responses={201: ScrutinyRecommendationSerializer, **PROBLEMS}
    )
    def create(self, request: Request) -> Answered:
        """Record a recommendation: scrutiny members may, or democratic services for them."""
        sent = read_sent(RecommendationInputSerializer, request)
        user = person(request)
        programme: Programme = get_object_or_404(
            Programme.objects.visible_to(user).select_related("partnership"), key=sent["programme"]
        )
        body, call_in = sent["body"], sent["call_in"]
        new = Recommended(
            text=sent["text"],
            made_on=sent["made_on"],
            body=get_object_or_404(scrutiny_bodies(programme, _SCRUTINY), pk=body) if body else None,
            body_text=sent["body_text"],
            call_in=get_object_or_404(answered_call_ins(programme), pk=call_in) if call_in else None,
            councils=tuple(sent["councils"]),
        )
        made = make_recommendation(programme, by=user, new=new, channel=Channel.API)
        return Answered(self.get_serializer(made).data, status=status.HTTP_201_CREATED)


class ScrutinyResponseFilter(filters.FilterSet):
    """Responses in one state, of one council, of one programme."""

    programme = filters.CharFilter(field_name="recommendation__programme__key")
    council = filters.CharFilter(field_name="council__key")

    class Meta:
        model = ScrutinyResponse
        fields = ("programme", "council", "state")


class ScrutinyResponseViewSet(VisibleViewSet):
    """Executives' answers to scrutiny."""

    queryset = ScrutinyResponse.objects.select_related(
        "recommendation__programme__partnership", "council", "owner"
    )
    serializer_class = ScrutinyResponseSerializer
    filterset_class = ScrutinyResponseFilter
    ordering_fields = ("response_due_on", "action_due_on")

    @extend_schema(
        request=ResponseInputSerializer, responses={200: ScrutinyResponseSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Answered:
        """Answer for an executive, whole: one that accepts says what will be done, by whom and when."""
        response = self.get_object()
        sent = read_sent(ResponseInputSerializer, request)
        seen_version, owner = sent.pop("version"), sent.pop("owner")
        known = User.objects.filter(email__iexact=owner).first() if owner else None
        saved = respond_to_recommendation(
            response,
            by=person(request),
            seen_version=seen_version,
            answer=Response(**sent, owner=known),
            channel=Channel.API,
        )
        return Answered(self.get_serializer(saved).data)

    @extend_schema(
        request=DoneInputSerializer, responses={200: ScrutinyResponseSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def done(self, request: Request, *args: Any, **kwargs: Any) -> Answered:
        """What the executive agreed to is done."""
        response = self.get_object()
        sent = read_sent(DoneInputSerializer, request)
        saved = finish_recommendation(
            response,
            by=person(request),
            seen_version=sent["version"],
            done_on=sent["done_on"],
            channel=Channel.API,
        )
        return Answered(self.get_serializer(saved).data)
