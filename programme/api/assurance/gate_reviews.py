"""Gate reviews and their recommendations in the API."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from programme.actions.assurance.gate_reviews import (
    GateReviewTerms,
    record_gate_review,
    save_checklist,
    terms_of,
    update_gate_review,
)
from programme.actions.assurance.recommendations import (
    RecommendationTerms,
    recommendation_terms,
    record_recommendation,
    reopen_recommendation,
    settle_recommendation,
    update_recommendation,
)
from programme.api.assurance.shapes import (
    ChecklistSentSerializer,
    GateReviewCreateSerializer,
    GateReviewSerializer,
    GateReviewUpdateSerializer,
    RecommendationCreateSerializer,
    RecommendationSerializer,
    RecommendationUpdateSerializer,
    ReopenSerializer,
    SettleSerializer,
)
from programme.api.people import owner_of
from programme.models import GateRecommendation, GateReview
from programme.queries.assurance.gate_reviews import with_parts
from programme.rules.assurance.checklist import Given
from programme.views.assurance.places import visible_review
from programme.views.context import visible_programme


class GateReviewFilter(filters.FilterSet):
    """Reviews of a programme, at one gate, with one confidence."""

    programme = filters.CharFilter(field_name="programme__key")

    class Meta:
        model = GateReview
        fields = ("programme", "gate", "delivery_confidence")


class GateReviewViewSet(VisibleViewSet):
    """Gate reviews of programmes, each with its answers to the eight lessons."""

    queryset = with_parts(GateReview.objects.all())
    serializer_class = GateReviewSerializer
    filterset_class = GateReviewFilter
    ordering_fields = ("held_on", "gate")

    @extend_schema(
        request=GateReviewCreateSerializer,
        responses={201: GateReviewSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record a gate review."""
        sent = read_sent(GateReviewCreateSerializer, request)
        programme = visible_programme(person(request), sent.pop("programme"))
        made = record_gate_review(
            programme, by=person(request), terms=GateReviewTerms(**sent), channel=Channel.API
        )
        return self._shown(made, status.HTTP_201_CREATED)

    @extend_schema(
        request=GateReviewUpdateSerializer, responses={200: GateReviewSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change what is recorded of a review; what is left out stays."""
        review: GateReview = self.get_object()
        sent = read_sent(GateReviewUpdateSerializer, request)
        seen = sent.pop("version")
        saved = update_gate_review(
            review,
            by=person(request),
            seen_version=seen,
            terms=replace(terms_of(review), **sent),
            channel=Channel.API,
        )
        return self._shown(saved)

    @extend_schema(
        request=ChecklistSentSerializer, responses={200: GateReviewSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["put"])
    def checklist(self, request: Request, pk: str) -> Response:
        """Answer all eight lessons, in place of the answers before."""
        review: GateReview = self.get_object()
        sent = read_sent(ChecklistSentSerializer, request)
        answers = {row["lesson"]: Given(row["answer"], row["evidence"]) for row in sent["answers"]}
        saved = save_checklist(
            review, by=person(request), seen_version=sent["version"], answers=answers, channel=Channel.API
        )
        return self._shown(saved)

    def _shown(self, review: GateReview, code: int = status.HTTP_200_OK) -> Response:
        fresh = with_parts(GateReview.objects.all()).get(pk=review.pk)
        return Response(self.get_serializer(fresh).data, status=code)


class RecommendationFilter(filters.FilterSet):
    """Recommendations of a programme, a review, an owner; by state and urgency; due by a day."""

    programme = filters.CharFilter(field_name="review__programme__key")
    owner = filters.CharFilter(field_name="owner__email", lookup_expr="iexact")
    due_by = filters.DateFilter(field_name="due_on", lookup_expr="lte")

    class Meta:
        model = GateRecommendation
        fields = ("programme", "review", "owner", "state", "urgency", "due_by")


class GateRecommendationViewSet(VisibleViewSet):
    """Recommendations of gate reviews."""

    queryset = GateRecommendation.objects.select_related("review__programme__partnership", "owner")
    serializer_class = RecommendationSerializer
    filterset_class = RecommendationFilter
    ordering_fields = ("due_on", "number")

    @extend_schema(
        request=RecommendationCreateSerializer,
        responses={201: RecommendationSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Add a recommendation to a review."""
        sent = _with_owner(read_sent(RecommendationCreateSerializer, request))
        review = visible_review(request, sent.pop("review"))
        made = record_recommendation(
            review, by=person(request), terms=RecommendationTerms(**sent), channel=Channel.API
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=RecommendationUpdateSerializer,
        responses={200: RecommendationSerializer, **PROBLEMS, **CONFLICT},
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change an open recommendation; what is left out stays."""
        one: GateRecommendation = self.get_object()
        sent = _with_owner(read_sent(RecommendationUpdateSerializer, request))
        seen = sent.pop("version")
        terms = replace(recommendation_terms(one), **sent)
        saved = update_recommendation(
            one, by=person(request), seen_version=seen, terms=terms, channel=Channel.API
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(
        request=SettleSerializer, responses={200: RecommendationSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, pk: str) -> Response:
        """Say that a recommendation is done, or reject it."""
        one: GateRecommendation = self.get_object()
        sent = read_sent(SettleSerializer, request)
        saved = settle_recommendation(
            one,
            by=person(request),
            seen_version=sent["version"],
            state=sent["state"],
            why=sent["settled_because"],
            channel=Channel.API,
        )
        return Response(self.get_serializer(saved).data)

    @extend_schema(
        request=ReopenSerializer, responses={200: RecommendationSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def reopen(self, request: Request, pk: str) -> Response:
        """Open a recommendation again that is done or rejected."""
        one: GateRecommendation = self.get_object()
        sent = read_sent(ReopenSerializer, request)
        saved = reopen_recommendation(
            one, by=person(request), seen_version=sent["version"], why=sent["why"], channel=Channel.API
        )
        return Response(self.get_serializer(saved).data)


def _with_owner(sent: dict[str, Any]) -> dict[str, Any]:
    """What was sent with its owner as a person; what was not sent stays out."""
    return sent | ({"owner": owner_of(sent["owner"])} if "owner" in sent else {})
