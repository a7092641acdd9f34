"""Routes that draft a decision and take it from step to step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields
from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.publication import withholding_of
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.ids import number_in
from governance.actions.conditions import add_condition
from governance.actions.decisions import (
    DecisionDraft,
    announce_decision,
    confirm_legal_basis,
    draft_decision,
    implement_decision,
    record_recommendation,
    send_to_councils,
    table_decision,
    update_decision,
    withdraw_decision,
)
from governance.actions.milestones import tie_milestone
from governance.actions.requirements import require_council
from governance.actions.resolutions import record_resolution
from governance.actions.ways_on import proceed_without, put_new_version, start_dispute
from governance.api.decision_shapes import (
    ConditionCreateSerializer,
    ConditionSerializer,
    DecisionCreateSerializer,
    DecisionUpdateSerializer,
    DisputeSerializer,
    ImplementSerializer,
    NewVersionSerializer,
    ProceedSerializer,
    ReadinessSerializer,
    RecommendSerializer,
    RequireSerializer,
    ResolveSerializer,
    SeenSerializer,
    TableSerializer,
    TieSerializer,
    WhySerializer,
)
from governance.api.serializers import CouncilDecisionSerializer, DecisionSerializer
from governance.models import Decision
from governance.queries.readiness import readiness_of
from programme.models import Milestone, Programme

_DRAFT = tuple(field.name for field in fields(DecisionDraft))
_SAYS = {200: DecisionSerializer, **PROBLEMS, **CONFLICT}


def _step(shape: type[serializers.Serializer[Any]], path: str = "") -> Callable[[Any], Any]:
    """A route that takes what `shape` holds and answers with the decision after the step."""

    def decorate(method: Any) -> Any:
        named = {"url_path": path} if path else {}
        routed = action(detail=True, methods=["post"], **named)(method)
        return extend_schema(request=shape, responses=_SAYS)(routed)

    return decorate


class TakesDecisionsFurther:
    """A route for each step of a decision; `version` is that of the decision as it was read."""

    @extend_schema(request=DecisionCreateSerializer, responses={201: DecisionSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Draft a decision."""
        sent, user = read_sent(DecisionCreateSerializer, request), person(request)
        programme = get_object_or_404(Programme.objects.visible_to(user), key=sent.pop("programme"))
        withholding = withholding_of(sent)
        draft = DecisionDraft(**{"text": "", **sent})
        made = draft_decision(programme, draft, by=user, withholding=withholding, channel=Channel.API)
        return self._answer(made, status.HTTP_201_CREATED)

    @extend_schema(request=DecisionUpdateSerializer, responses=_SAYS)
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a draft; what is left out stays."""
        decision: Decision = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(DecisionUpdateSerializer, request)
        seen_version = sent.pop("version")
        draft = DecisionDraft(**{name: sent.get(name, getattr(decision, name)) for name in _DRAFT})
        saved = update_decision(
            decision, draft, by=person(request), seen_version=seen_version, channel=Channel.API
        )
        return self._answer(saved)

    @_step(SeenSerializer)
    def announce(self, request: Request, **kwargs: Any) -> Response:
        """Put a draft into the public forward plan."""
        return self._take(request, SeenSerializer, announce_decision)

    @_step(TableSerializer)
    def table(self, request: Request, **kwargs: Any) -> Response:
        """Put it on the agenda of the joint body: its words can no longer change."""
        return self._take(request, TableSerializer, table_decision)

    @_step(RecommendSerializer)
    def recommend(self, request: Request, **kwargs: Any) -> Response:
        """Record what the joint body recommends; no council has decided yet."""
        return self._take(request, RecommendSerializer, record_recommendation)

    @_step(ResolveSerializer)
    def resolve(self, request: Request, **kwargs: Any) -> Response:
        """Record what a joint committee resolved inside its powers."""
        return self._take(request, ResolveSerializer, record_resolution)

    @_step(SeenSerializer)
    def send(self, request: Request, **kwargs: Any) -> Response:
        """Send the recommendation to every council that must decide."""
        return self._take(request, SeenSerializer, send_to_councils)

    @_step(ImplementSerializer)
    def implement(self, request: Request, **kwargs: Any) -> Response:
        """Record that it is carried out; refused until it is in effect for every council."""
        return self._take(request, ImplementSerializer, implement_decision)

    @_step(WhySerializer)
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Withdraw it, with the reason."""
        return self._take(request, WhySerializer, withdraw_decision)

    @_step(SeenSerializer, "legal-basis")
    def legal_basis(self, request: Request, **kwargs: Any) -> Response:
        """Confirm its legal basis, as a monitoring officer."""
        return self._take(request, SeenSerializer, confirm_legal_basis)

    @_step(NewVersionSerializer, "new-version")
    def new_version(self, request: Request, **kwargs: Any) -> Response:
        """Put other words: every council decides again."""
        return self._take(request, NewVersionSerializer, put_new_version)

    @_step(ProceedSerializer, "proceed-without")
    def proceed(self, request: Request, **kwargs: Any) -> Response:
        """Go ahead without councils that object: only if severable and the case was run without them."""
        decision: Decision = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(ProceedSerializer, request)
        seen_version, councils = sent.pop("version"), sent.pop("councils")
        case = sent.pop("rerun_case", None)
        saved = proceed_without(
            decision,
            councils,
            by=person(request),
            seen_version=seen_version,
            rerun_case=case,
            why=sent["why"],
            channel=Channel.API,
        )
        return self._answer(saved)

    @_step(DisputeSerializer)
    def dispute(self, request: Request, **kwargs: Any) -> Response:
        """Start the agreement's dispute steps."""
        return self._take(request, DisputeSerializer, start_dispute)

    @extend_schema(
        request=RequireSerializer, responses={201: CouncilDecisionSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def requirements(self, request: Request, **kwargs: Any) -> Response:
        """Name a council that must decide."""
        decision: Decision = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(RequireSerializer, request)
        seen_version, council = sent.pop("version"), sent.pop("council")
        asked = require_council(
            decision, council, by=person(request), seen_version=seen_version, channel=Channel.API, **sent
        )
        return Response(CouncilDecisionSerializer(asked).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=ConditionCreateSerializer, responses={201: ConditionSerializer, **PROBLEMS, **CONFLICT}
    )
    @action(detail=True, methods=["post"])
    def conditions(self, request: Request, **kwargs: Any) -> Response:
        """Set a condition: nothing takes effect before it is met."""
        decision: Decision = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(ConditionCreateSerializer, request)
        seen_version = sent.pop("version")
        made = add_condition(
            decision, by=person(request), seen_version=seen_version, channel=Channel.API, **sent
        )
        return Response(ConditionSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=TieSerializer, responses={204: None, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def milestones(self, request: Request, **kwargs: Any) -> Response:
        """Tie a milestone to the decision: it cannot be achieved before the decision is in effect."""
        decision: Decision = self.get_object()  # type: ignore[attr-defined]
        sent, user = read_sent(TieSerializer, request), person(request)
        own = Milestone.objects.filter(programme=decision.programme_id)
        milestone = get_object_or_404(own, ref=sent["milestone"])
        tie_milestone(
            decision,
            milestone,
            by=user,
            seen_version=sent["version"],
            is_tied=sent["is_tied"],
            channel=Channel.API,
        )
        return Response(status=status.HTTP_204_NO_CONTENT)

    @extend_schema(
        parameters=[
            OpenApiParameter("id", OpenApiTypes.STR, "path", description="its reference, or its id"),
            OpenApiParameter("programme", OpenApiTypes.STR, description="key, where references repeat"),
        ],
        responses={200: ReadinessSerializer, **PROBLEMS},
        filters=False,
    )
    @action(detail=True, methods=["get"])
    def readiness(self, request: Request, pk: str = "", **kwargs: Any) -> Response:
        """Can we start? Each thing waited for, whose it is, and the earliest lawful day."""
        found = readiness_of(self._named(pk), as_of=today())
        return Response(ReadinessSerializer(found).data)

    def _named(self, name: str) -> Decision:
        """The decision with this reference, or else this id; refuses a reference of several programmes."""
        rows = self.get_queryset().prefetch_related(None)  # type: ignore[attr-defined]
        request: Request = self.request  # type: ignore[attr-defined]
        if programme := request.query_params.get("programme"):
            rows = rows.filter(programme__key=programme)
        found = list(rows.filter(ref=name).order_by("programme__key")[:2])
        if len(found) > 1:
            keys = " or ".join(decision.programme.key for decision in found)
            message = f"Several programmes have a decision {name}. Say which with programme={keys}"
            raise Refusal(message, "programme")
        if found:
            return found[0]
        return get_object_or_404(rows, pk=number_in(name))

    def _take(self, request: Request, shape: Any, take: Callable[..., Decision]) -> Response:
        """Take one step with what was sent; the fields of the shape are the words of the action."""
        decision: Decision = self.get_object()  # type: ignore[attr-defined]
        sent = read_sent(shape, request)
        seen_version = sent.pop("version")
        saved = take(decision, by=person(request), seen_version=seen_version, channel=Channel.API, **sent)
        return self._answer(saved)

    def _answer(self, decision: Decision, code: int = status.HTTP_200_OK) -> Response:
        stored = self.get_queryset().get(pk=decision.pk)  # type: ignore[attr-defined]
        return Response(DecisionSerializer(stored).data, status=code)
