"""Plan versions, which nobody changes, and the plans proposed to follow them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.signed_in import person
from benefits.actions.amounts import Amount, PlannedDate
from benefits.actions.plan_approval import make_plan_current
from benefits.actions.plan_content import dates_of, save_amounts, save_dates
from benefits.actions.plan_proposal import (
    give_opinion,
    propose_plan,
    submit_plan_proposal,
    update_plan_proposal,
    withdraw_plan_proposal,
)
from benefits.api.inputs import EmptySerializer
from benefits.api.plan_serializers import (
    AmountsInputSerializer,
    DatesInputSerializer,
    OpinionInputSerializer,
    PlanProposalDetailSerializer,
    PlanProposalSerializer,
    PlanVersionSerializer,
    ProposalAmountSerializer,
    ProposalDateSerializer,
    ProposeSerializer,
    ReasonsSerializer,
    StepSerializer,
    WithdrawSerializer,
)
from benefits.api.reading import programme_of
from benefits.models import PlanProposal
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from core.rules.dates import ImpreciseDate
from programme.api.views import OfProgrammeFilter
from programme.models import PlanVersion, Programme
from programme.rules.planning.terms import sealed

DETAIL = {200: PlanProposalDetailSerializer, **PROBLEMS, **CONFLICT}


class PlanVersionViewSet(VisibleViewSet):
    """Approved plans. An attempt to change one is refused (row 33)."""

    queryset = PlanVersion.objects.select_related("programme", "entered_by")
    serializer_class = PlanVersionSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("number", "effective_on")

    def get_queryset(self) -> QuerySet[Any]:
        """The versions of the programmes that this person may see."""
        own = Programme.objects.visible_to(person(self.request))
        return super(VisibleViewSet, self).get_queryset().filter(programme__in=own)

    @extend_schema(request=EmptySerializer, responses=PROBLEMS)
    def update(self, request: Request, **kwargs: Any) -> Response:
        """Refused: an approved plan cannot be changed; propose another at `plan-proposals`."""
        raise sealed(self.get_object().approved_on)

    @extend_schema(request=EmptySerializer, responses=PROBLEMS)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Refused: an approved plan cannot be changed; propose another at `plan-proposals`."""
        raise sealed(self.get_object().approved_on)


class PlanProposalViewSet(VisibleViewSet):
    """Proposed plans; one shows what it changes, what it waits for and who supports it."""

    queryset = PlanProposal.objects.select_related(
        "programme__partnership", "based_on", "plan_version", "created_by", "submitted_by"
    )
    serializer_class = PlanProposalSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("number", "submitted_at")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """All that it changes for one proposal, facts for a list."""
        return PlanProposalSerializer if self.action == "list" else PlanProposalDetailSerializer

    @extend_schema(
        request=ProposeSerializer,
        responses={201: PlanProposalDetailSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Start a re-baseline, or the first plan; the programme manager may."""
        sent = read_sent(ProposeSerializer, request)
        programme = programme_of(request, sent.pop("programme"))
        made = propose_plan(programme, by=person(request), channel=Channel.API, **sent)
        return Response(PlanProposalDetailSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(request=ReasonsSerializer, responses=DETAIL)
    def partial_update(self, request: Request, **kwargs: Any) -> Response:
        """Change the reason or the explanation of a draft."""
        proposal = self.get_object()
        sent = read_sent(ReasonsSerializer, request)
        saved = update_plan_proposal(
            proposal,
            by=person(request),
            seen_version=sent["version"],
            reason_code=sent.get("reason_code", proposal.reason_code),
            narrative=sent.get("narrative", proposal.narrative),
            channel=Channel.API,
        )
        return self._detail(saved)

    @extend_schema(responses={200: ProposalAmountSerializer(many=True), **PROBLEMS})
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def amounts(self, request: Request, **kwargs: Any) -> Response:
        """Every amount that the proposed plan holds."""
        rows = self.get_object().amounts.select_related("line", "council")
        return Response(ProposalAmountSerializer(rows, many=True).data)

    @extend_schema(request=AmountsInputSerializer, responses=DETAIL)
    @amounts.mapping.put
    def replace_amounts(self, request: Request, **kwargs: Any) -> Response:
        """Replace every amount of a draft."""
        proposal = self.get_object()
        sent = read_sent(AmountsInputSerializer, request)
        amounts = _amounts(proposal.programme, sent["amounts"])
        saved = save_amounts(
            proposal, by=person(request), seen_version=sent["version"], amounts=amounts, channel=Channel.API
        )
        return self._detail(saved)

    @extend_schema(responses={200: ProposalDateSerializer(many=True), **PROBLEMS})
    @action(detail=True, methods=["get"], pagination_class=None, filterset_class=None)
    def dates(self, request: Request, **kwargs: Any) -> Response:
        """Every milestone date that the proposed plan holds."""
        rows = self.get_object().dates.select_related("milestone")
        return Response(ProposalDateSerializer(rows, many=True).data)

    @extend_schema(request=DatesInputSerializer, responses=DETAIL)
    @dates.mapping.put
    def replace_dates(self, request: Request, **kwargs: Any) -> Response:
        """Replace every milestone date of a draft."""
        proposal = self.get_object()
        sent = read_sent(DatesInputSerializer, request)
        dates = _dates(proposal, sent["dates"])
        saved = save_dates(
            proposal, by=person(request), seen_version=sent["version"], dates=dates, channel=Channel.API
        )
        return self._detail(saved)

    @extend_schema(
        request=StepSerializer,
        responses=DETAIL,
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def submit(self, request: Request, **kwargs: Any) -> Response:
        """Freeze the proposal, so that councils can be asked to approve it."""
        seen = read_sent(StepSerializer, request)["version"]
        saved = submit_plan_proposal(
            self.get_object(), by=person(request), seen_version=seen, channel=Channel.API
        )
        return self._detail(saved)

    @extend_schema(
        request=WithdrawSerializer,
        responses=DETAIL,
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take the proposal back, with the reason."""
        sent = read_sent(WithdrawSerializer, request)
        saved = withdraw_plan_proposal(
            self.get_object(),
            by=person(request),
            seen_version=sent["version"],
            reason=sent["reason"],
            channel=Channel.API,
        )
        return self._detail(saved)

    @extend_schema(
        request=OpinionInputSerializer,
        responses={201: PlanProposalDetailSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def opinions(self, request: Request, **kwargs: Any) -> Response:
        """Say whether the plan is supported; the section 151 officer of that council may."""
        proposal = self.get_object()
        sent = read_sent(OpinionInputSerializer, request)
        give_opinion(
            proposal,
            sent["council"],
            by=person(request),
            is_in=sent["is_in"],
            reason=sent["reason"],
            channel=Channel.API,
        )
        return Response(PlanProposalDetailSerializer(proposal).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=EmptySerializer,
        responses=PROBLEMS,
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"], url_path="make-current", url_name="make-current")
    @idempotent
    def make_current(self, request: Request, **kwargs: Any) -> Response:
        """Refused, with the decision that it waits for: a plan takes effect when its decision does."""
        make_plan_current(self.get_object(), by=person(request))
        return Response(status=status.HTTP_204_NO_CONTENT)

    def _detail(self, proposal: PlanProposal) -> Response:
        return Response(PlanProposalDetailSerializer(proposal).data)


def _amounts(programme: Programme, sent: list[dict[str, Any]]) -> list[Amount]:
    """What was sent, with the lines that it names. One query."""
    lines = {line.ref: line for line in programme.lines.all()}
    unknown = next((one["line"] for one in sent if one["line"] not in lines), None)
    if unknown is not None:
        raise Refusal(f"There is no line {unknown} in this programme", "line")
    return [
        Amount(lines[one["line"]], one["council"], one["fy"], one["period"], one["amount"]) for one in sent
    ]


def _dates(proposal: PlanProposal, sent: list[dict[str, Any]]) -> list[PlannedDate]:
    """What was sent, with the milestones that it names; a date that stays is the one stored. Two queries."""
    milestones = {one.ref: one for one in proposal.programme.milestones.all()}
    unknown = next((one["milestone"] for one in sent if one["milestone"] not in milestones), None)
    if unknown is not None:
        raise Refusal(f"There is no milestone {unknown} in this programme", "milestone")
    held = {one.milestone.ref: one for one in dates_of(proposal)}
    return [
        held[ref]
        if ref in held and held[ref].date.last_on == day
        else PlannedDate(milestones[ref], ImpreciseDate.day(day))
        for ref, day in ((one["milestone"], one["date"]) for one in sent)
    ]
