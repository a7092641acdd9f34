"""A benefit's life in the API: each write calls the action that its page calls."""

from __future__ import annotations

from typing import Any

from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.models import User
from accounts.signed_in import person
from benefits.actions.benefit_history import Finding, Reading, add_evidence, record_reading, record_review
from benefits.actions.benefit_steps import take_benefit_step
from benefits.actions.handover import accept_handover, cancel_handover, decline_handover, offer_benefit
from benefits.actions.trajectory import set_trajectory
from benefits.api.inputs import EmptySerializer, ReasonSerializer
from benefits.api.life_shapes import (
    BenefitEvidenceSerializer,
    BenefitHandoverSerializer,
    BenefitReviewSerializer,
    BenefitStepSerializer,
    BenefitTransitionSerializer,
    EvidenceInputSerializer,
    HandoverInputSerializer,
    MeasureReadingSerializer,
    ReadingInputSerializer,
    ReviewInputSerializer,
    TrajectoryInputSerializer,
)
from benefits.api.serializers import BenefitSerializer
from benefits.enums import BenefitStep
from benefits.models import (
    Benefit,
    BenefitEvidence,
    BenefitHandover,
    BenefitReview,
    BenefitTransition,
    MeasureReading,
)
from benefits.rules.trajectory import Planned
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel

_MADE = status.HTTP_201_CREATED


class LivesBenefits:
    """The routes that take a benefit through its life."""

    @extend_schema(
        request=BenefitStepSerializer,
        responses={200: BenefitSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def step(self, request: Request, **kwargs: Any) -> Response:
        """Take the benefit to its next state."""
        benefit = self._benefit()
        sent = read_sent(BenefitStepSerializer, request)
        saved = take_benefit_step(
            benefit,
            by=person(request),
            seen_version=sent["version"],
            step=BenefitStep(sent["step"]),
            why=sent["why"],
            lesson=sent["lesson"],
            channel=Channel.API,
        )
        return Response(BenefitSerializer(saved).data)

    @extend_schema(
        request=ReadingInputSerializer,
        responses={201: MeasureReadingSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def readings(self, request: Request, **kwargs: Any) -> Response:
        """Record a value that was measured."""
        benefit = self._benefit()
        reading = Reading(**read_sent(ReadingInputSerializer, request))
        made = record_reading(benefit, by=person(request), reading=reading, channel=Channel.API)
        return Response(MeasureReadingSerializer(made).data, status=_MADE)

    @extend_schema(
        request=EvidenceInputSerializer,
        responses={201: BenefitEvidenceSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def evidence(self, request: Request, **kwargs: Any) -> Response:
        """Say where one can see that the benefit is there."""
        benefit = self._benefit()
        text = read_sent(EvidenceInputSerializer, request)["text"]
        made = add_evidence(benefit, by=person(request), text=text, channel=Channel.API)
        return Response(BenefitEvidenceSerializer(made).data, status=_MADE)

    @extend_schema(
        request=ReviewInputSerializer,
        responses={201: BenefitReviewSerializer, **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def reviews(self, request: Request, **kwargs: Any) -> Response:
        """Record a review; its confidence and next review date become the benefit's."""
        benefit = self._benefit()
        sent = read_sent(ReviewInputSerializer, request)
        finding = Finding(sent["reviewed_on"], sent["finding"], sent["confidence"], sent["next_review_on"])
        made = record_review(
            benefit,
            by=person(request),
            seen_version=sent["version"],
            finding=finding,
            channel=Channel.API,
        )
        return Response(BenefitReviewSerializer(made).data, status=_MADE)

    @extend_schema(
        request=TrajectoryInputSerializer, responses={200: BenefitSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["put"])
    def trajectory(self, request: Request, **kwargs: Any) -> Response:
        """Set the planned values of the measure."""
        benefit = self._benefit()
        sent = read_sent(TrajectoryInputSerializer, request)
        saved = set_trajectory(
            benefit,
            by=person(request),
            seen_version=sent["version"],
            entries=[Planned(**one) for one in sent["entries"]],
            channel=Channel.API,
        )
        return Response(BenefitSerializer(saved).data)

    @extend_schema(
        request=HandoverInputSerializer,
        responses={201: BenefitHandoverSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def handovers(self, request: Request, **kwargs: Any) -> Response:
        """Offer the benefit to its next owner."""
        benefit = self._benefit()
        sent = read_sent(HandoverInputSerializer, request)
        made = offer_benefit(
            benefit,
            by=person(request),
            to=User.objects.filter(email=(sent["to"] or "").lower()).first(),
            note=sent["note"],
            review_on=sent["review_on"],
            channel=Channel.API,
        )
        return Response(BenefitHandoverSerializer(made).data, status=_MADE)

    def _benefit(self) -> Benefit:
        benefit: Benefit = self.get_object()  # type: ignore[attr-defined]
        return benefit


class OfBenefitFilter(filters.FilterSet):
    """Rows of one programme or one benefit."""

    programme = filters.CharFilter(field_name="benefit__programme__key")
    benefit = filters.NumberFilter(field_name="benefit")


class MeasureReadingViewSet(VisibleViewSet):
    """Values that were measured."""

    queryset = MeasureReading.objects.select_related("benefit", "council", "entered_by")
    serializer_class = MeasureReadingSerializer
    filterset_class = OfBenefitFilter
    ordering_fields = ("fy", "period", "entered_at")


class BenefitEvidenceViewSet(VisibleViewSet):
    """Where one can see that benefits are there."""

    queryset = BenefitEvidence.objects.select_related("benefit", "entered_by")
    serializer_class = BenefitEvidenceSerializer
    filterset_class = OfBenefitFilter
    ordering_fields = ("entered_at",)


class BenefitReviewViewSet(VisibleViewSet):
    """Reviews of benefits."""

    queryset = BenefitReview.objects.select_related("benefit", "entered_by")
    serializer_class = BenefitReviewSerializer
    filterset_class = OfBenefitFilter
    ordering_fields = ("reviewed_on",)


class BenefitTransitionViewSet(VisibleViewSet):
    """Steps that benefits took."""

    queryset = BenefitTransition.objects.select_related("benefit", "by")
    serializer_class = BenefitTransitionSerializer
    filterset_class = OfBenefitFilter
    ordering_fields = ("at",)


class BenefitHandoverViewSet(VisibleViewSet):
    """Benefits that were offered to another owner."""

    queryset = BenefitHandover.objects.select_related(
        "benefit__programme", "from_owner", "to_owner", "offered_by", "answered_by"
    )
    serializer_class = BenefitHandoverSerializer
    filterset_class = OfBenefitFilter
    ordering_fields = ("offered_at",)

    @extend_schema(
        request=EmptySerializer,
        responses={200: BenefitHandoverSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def accept(self, request: Request, **kwargs: Any) -> Response:
        """Answer for the benefit from now on; the person to whom it is offered may."""
        done = accept_handover(self.get_object(), by=person(request), channel=Channel.API)
        return Response(BenefitHandoverSerializer(done).data)

    @extend_schema(
        request=ReasonSerializer,
        responses={200: BenefitHandoverSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def decline(self, request: Request, **kwargs: Any) -> Response:
        """Leave the benefit with its owner, with the reason."""
        reason = read_sent(ReasonSerializer, request)["reason"]
        done = decline_handover(self.get_object(), by=person(request), reason=reason, channel=Channel.API)
        return Response(BenefitHandoverSerializer(done).data)

    @extend_schema(
        request=EmptySerializer,
        responses={200: BenefitHandoverSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def cancel(self, request: Request, **kwargs: Any) -> Response:
        """Take the offer back."""
        done = cancel_handover(self.get_object(), by=person(request), channel=Channel.API)
        return Response(BenefitHandoverSerializer(done).data)
