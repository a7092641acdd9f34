"""Each council's own decision, its call-ins and the conditions of a decision, to read and to record."""

from __future__ import annotations

from collections.abc import Callable
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
from governance.actions.call_ins import raise_call_in, settle_call_in
from governance.actions.conditions import meet_condition
from governance.actions.council_decisions import (
    Outcome,
    publish_council_decision,
    record_council_decision,
)
from governance.actions.requirements import (
    Notice,
    Route,
    UrgencyRoute,
    publish_notice,
    record_representations,
    record_urgency,
    release_council,
    set_meeting,
    set_route,
)
from governance.api.decision_shapes import (
    CallInSerializer,
    ConditionSerializer,
    MeetingSerializer,
    MeetSerializer,
    NoticeSerializer,
    OutcomeSerializer,
    PublishSerializer,
    RaiseCallInSerializer,
    RepresentationsSerializer,
    RouteSerializer,
    SeenSerializer,
    SettleCallInSerializer,
    UrgencySerializer,
)
from governance.api.serializers import CouncilDecisionSerializer
from governance.models import CallIn, CouncilDecision, DecisionCondition

_SAYS = {200: CouncilDecisionSerializer, **PROBLEMS, **CONFLICT}


def _step(shape: type[serializers.Serializer[Any]], path: str = "") -> Callable[[Any], Any]:
    """A route that takes what `shape` holds and answers with where the council stands."""

    def decorate(method: Any) -> Any:
        named = {"url_path": path} if path else {}
        routed = action(detail=True, methods=["post"], **named)(method)
        return extend_schema(request=shape, responses=_SAYS)(routed)

    return decorate


class CouncilDecisionFilter(filters.FilterSet):
    """Of one decision by its id, of one council by its key, in one state."""

    council = filters.CharFilter(field_name="council__key")
    programme = filters.CharFilter(field_name="decision__programme__key")

    class Meta:
        model = CouncilDecision
        fields = ("decision", "council", "programme", "state")


class CouncilDecisionViewSet(VisibleViewSet):
    """What each council is asked, and where it stands; `version` is that of this row as it was read."""

    queryset = CouncilDecision.objects.select_related(
        "council", "element", "decision__programme__partnership"
    )
    serializer_class = CouncilDecisionSerializer
    filterset_class = CouncilDecisionFilter
    ordering_fields = ("decision", "order_index", "next_meeting_on")

    @_step(MeetingSerializer)
    def meeting(self, request: Request, **kwargs: Any) -> Response:
        """Say when the council decides."""
        return self._take(request, MeetingSerializer, set_meeting)

    @_step(RouteSerializer)
    def route(self, request: Request, **kwargs: Any) -> Response:
        """Set how the council decides, as its monitoring officer."""
        return self._record(request, RouteSerializer, Route, set_route)

    @_step(UrgencySerializer)
    def urgency(self, request: Request, **kwargs: Any) -> Response:
        """Record general exception or special urgency, as its monitoring officer."""
        return self._record(request, UrgencySerializer, UrgencyRoute, record_urgency)

    @_step(NoticeSerializer)
    def notice(self, request: Request, **kwargs: Any) -> Response:
        """Record a notice that the council published."""
        return self._take(request, NoticeSerializer, _publish_notice)

    @_step(RepresentationsSerializer)
    def representations(self, request: Request, **kwargs: Any) -> Response:
        """Record what was said against a private meeting, and the answer."""
        return self._take(request, RepresentationsSerializer, record_representations)

    @_step(OutcomeSerializer)
    def record(self, request: Request, **kwargs: Any) -> Response:
        """Record what the council decided, as its democratic services."""
        return self._record(request, OutcomeSerializer, Outcome, record_council_decision)

    @_step(PublishSerializer)
    def publish(self, request: Request, **kwargs: Any) -> Response:
        """Record the day on which the council published its decision: call-in runs from then."""
        return self._take(request, PublishSerializer, publish_council_decision)

    @extend_schema(request=SeenSerializer, responses={204: None, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def release(self, request: Request, **kwargs: Any) -> Response:
        """Say that the council need not decide after all; only until councils are asked."""
        asked = self.get_object()
        seen_version = read_sent(SeenSerializer, request)["version"]
        release_council(asked, by=person(request), seen_version=seen_version, channel=Channel.API)
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(request=RaiseCallInSerializer, responses={201: CallInSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"], url_path="call-in")
    def call_in(self, request: Request, **kwargs: Any) -> Response:
        """Call the council's decision in: nothing of it is implemented until scrutiny has answered."""
        asked = self.get_object()
        sent = read_sent(RaiseCallInSerializer, request)
        raised = raise_call_in(
            asked,
            by=person(request),
            seen_version=sent["version"],
            signatories=sent["signatories"],
            grounds=sent["grounds"],
            scrutiny_meets_on=sent.get("scrutiny_meets_on"),
            moment=sent.get("received_at"),
            channel=Channel.API,
        )
        return Response(CallInSerializer(raised).data, status=status.HTTP_201_CREATED)

    def _take(self, request: Request, shape: Any, take: Callable[..., CouncilDecision]) -> Response:
        asked = self.get_object()
        sent = read_sent(shape, request)
        seen_version = sent.pop("version")
        saved = take(asked, by=person(request), seen_version=seen_version, channel=Channel.API, **sent)
        return self._answer(saved)

    def _record(self, request: Request, shape: Any, given: Any, take: Callable[..., Any]) -> Response:
        """The same for actions that take what is given as one value."""
        asked = self.get_object()
        sent = read_sent(shape, request)
        seen_version = sent.pop("version")
        saved = take(asked, given(**sent), by=person(request), seen_version=seen_version, channel=Channel.API)
        return self._answer(saved)

    def _answer(self, asked: CouncilDecision) -> Response:
        return Response(self.get_serializer(self.get_queryset().get(pk=asked.pk)).data)


class CallInFilter(filters.FilterSet):
    """Call-ins of one decision by its id, or of one council by its key."""

    decision = filters.NumberFilter(field_name="council_decision__decision")
    council = filters.CharFilter(field_name="council_decision__council__key")


class CallInViewSet(VisibleViewSet):
    """Call-ins of what councils decided."""

    queryset = CallIn.objects.select_related(
        "council_decision__council", "council_decision__decision__programme__partnership"
    ).prefetch_related("signatories")
    serializer_class = CallInSerializer
    filterset_class = CallInFilter
    ordering_fields = ("raised_at",)

    @extend_schema(request=SettleCallInSerializer, responses={200: CallInSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def settle(self, request: Request, **kwargs: Any) -> Response:
        """Record what scrutiny did."""
        raised = self.get_object()
        sent = read_sent(SettleCallInSerializer, request)
        seen_version = sent.pop("version")
        settle_call_in(raised, by=person(request), seen_version=seen_version, channel=Channel.API, **sent)
        return Response(self.get_serializer(self.get_queryset().get(pk=raised.pk)).data)


class ConditionViewSet(VisibleViewSet):
    """What must be met before decisions take effect."""

    queryset = DecisionCondition.objects.select_related("council", "decision__programme__partnership")
    serializer_class = ConditionSerializer
    filterset_fields = ("decision",)
    ordering_fields = ("decision", "order_index")

    @extend_schema(request=MeetSerializer, responses={200: ConditionSerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def meet(self, request: Request, **kwargs: Any) -> Response:
        """Record that the condition is met, and what shows it."""
        condition = self.get_object()
        sent = read_sent(MeetSerializer, request)
        seen_version = sent.pop("version")
        saved = meet_condition(
            condition, by=person(request), seen_version=seen_version, channel=Channel.API, **sent
        )
        return Response(self.get_serializer(saved).data)


def _publish_notice(asked: CouncilDecision, *, notice: str, **sent: Any) -> CouncilDecision:
    return publish_notice(asked, notice=Notice(notice), **sent)
