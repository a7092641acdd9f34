"""Budgets, reductions and funds."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import BaseSerializer

from accounts.signed_in import person
from benefits.actions.budget import (
    Reduction,
    record_budget_line,
    record_budget_reduction,
    update_budget_line,
    withdraw_budget_reduction,
)
from benefits.actions.fund import close_fund, open_fund, record_contribution, record_drawdown
from benefits.api.inputs import (
    BudgetInputSerializer,
    BudgetUpdateSerializer,
    ContributionInputSerializer,
    DrawdownInputSerializer,
    FundClosingInputSerializer,
    FundInputSerializer,
    ReasonSerializer,
    ReductionInputSerializer,
)
from benefits.api.money_serializers import (
    BudgetLineSerializer,
    BudgetReductionSerializer,
    FundDetailSerializer,
    FundSerializer,
)
from benefits.api.reading import line_of, programme_of
from benefits.models import ActualAmount, BudgetLine, BudgetReduction, Fund
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal
from programme.api.views import OfProgrammeFilter
from programme.models import Programme
from services.models import CostPool


class BudgetLineFilter(filters.FilterSet):
    """Budgets of one council, one code, one year."""

    council = filters.CharFilter(field_name="council__key")

    class Meta:
        model = BudgetLine
        fields = ("council", "ledger_code", "fy")


class ReductionFilter(filters.FilterSet):
    """Reductions of one programme, line, council, code or year; standing or withdrawn."""

    programme = filters.CharFilter(field_name="line__programme__key")
    line = filters.CharFilter(field_name="line__ref")
    council = filters.CharFilter(field_name="budget_line__council__key")
    ledger_code = filters.CharFilter(field_name="budget_line__ledger_code")
    fy = filters.NumberFilter(field_name="budget_line__fy")
    is_standing = filters.BooleanFilter(field_name="withdrawn_at", lookup_expr="isnull")


class BudgetLineViewSet(VisibleViewSet):
    """Budgets of councils by ledger code and year, before any saving."""

    queryset = BudgetLine.objects.select_related("council")
    serializer_class = BudgetLineSerializer
    filterset_class = BudgetLineFilter
    ordering_fields = ("council", "ledger_code", "fy")

    @extend_schema(
        request=BudgetInputSerializer,
        responses={201: BudgetLineSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record a budget; a finance officer of that council may."""
        sent = read_sent(BudgetInputSerializer, request)
        made = record_budget_line(
            sent["council"],
            by=person(request),
            ledger_code=sent["ledger_code"],
            fy=sent["fy"],
            budget_pence=sent["budget"],
            name=sent["name"],
            channel=Channel.API,
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=BudgetUpdateSerializer, responses={200: BudgetLineSerializer, **PROBLEMS, **CONFLICT}
    )
    def partial_update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change the amount or the name of a budget."""
        row = self.get_object()
        sent = read_sent(BudgetUpdateSerializer, request)
        saved = update_budget_line(
            row,
            by=person(request),
            seen_version=sent["version"],
            budget_pence=sent.get("budget", row.budget_pence),
            name=sent.get("name", row.name),
            channel=Channel.API,
        )
        return Response(self.get_serializer(saved).data)


class BudgetReductionViewSet(VisibleViewSet):
    """What councils took out of their budgets for savings."""

    queryset = BudgetReduction.objects.select_related("line__programme", "budget_line__council", "entered_by")
    serializer_class = BudgetReductionSerializer
    filterset_class = ReductionFilter
    ordering_fields = ("entered_at", "amount_pence")

    @extend_schema(
        request=ReductionInputSerializer,
        responses={201: BudgetReductionSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Record a reduction; a finance officer of that council may."""
        sent = read_sent(ReductionInputSerializer, request)
        line = line_of(programme_of(request, sent["programme"]), sent["line"])
        made = record_budget_reduction(
            Reduction(line, sent["council"], sent["ledger_code"], sent["fy"], sent["amount"]),
            by=person(request),
            not_same_reason=sent["not_same_reason"],
            channel=Channel.API,
        )
        return Response(self.get_serializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=ReasonSerializer,
        responses={200: BudgetReductionSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def withdraw(self, request: Request, **kwargs: Any) -> Response:
        """Take back a reduction that was entered wrongly, with the reason."""
        reason = read_sent(ReasonSerializer, request)["reason"]
        saved = withdraw_budget_reduction(
            self.get_object(), by=person(request), reason=reason, channel=Channel.API
        )
        return Response(self.get_serializer(saved).data)


class FundViewSet(VisibleViewSet):
    """Funds for one-off costs; one fund shows its entries, its balance and each council's share."""

    queryset = Fund.objects.select_related("programme__partnership", "pool")
    serializer_class = FundSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("ref", "name")

    def get_serializer_class(self) -> type[BaseSerializer[Any]]:
        """The whole statement for one fund, names for a list."""
        return FundSerializer if self.action == "list" else FundDetailSerializer

    @extend_schema(
        request=FundInputSerializer,
        responses={201: FundDetailSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def create(self, request: Request) -> Response:
        """Open a fund; the programme manager may."""
        sent = read_sent(FundInputSerializer, request)
        programme = programme_of(request, sent["programme"])
        pool = _pool_of(programme, sent["pool"])
        made = open_fund(programme, by=person(request), name=sent["name"], pool=pool, channel=Channel.API)
        return Response(FundDetailSerializer(made).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=ContributionInputSerializer,
        responses={201: FundDetailSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def contributions(self, request: Request, **kwargs: Any) -> Response:
        """Record what a council paid in, or got back; an officer of that council may."""
        fund = self.get_object()
        sent = read_sent(ContributionInputSerializer, request)
        record_contribution(
            fund,
            by=person(request),
            council=sent["council"],
            pence=sent["amount"],
            paid_on=sent["paid_on"],
            explanation=sent["explanation"],
            channel=Channel.API,
        )
        return Response(FundDetailSerializer(fund).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=DrawdownInputSerializer,
        responses={201: FundDetailSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def drawdowns(self, request: Request, **kwargs: Any) -> Response:
        """Record what the fund paid of one cost; an officer of the council that bore it may."""
        fund = self.get_object()
        sent = read_sent(DrawdownInputSerializer, request)
        costs = ActualAmount.objects.visible_to(person(request)).select_related("line", "council")
        record_drawdown(
            fund,
            by=person(request),
            actual=get_object_or_404(costs, pk=sent["actual"]),
            pence=sent["amount"],
            drawn_on=sent["drawn_on"],
            channel=Channel.API,
        )
        return Response(FundDetailSerializer(fund).data, status=status.HTTP_201_CREATED)

    @extend_schema(
        request=FundClosingInputSerializer,
        responses={201: FundDetailSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=True, methods=["post"])
    @idempotent
    def close(self, request: Request, **kwargs: Any) -> Response:
        """Pay back what is not spent, and close the fund; the programme manager may."""
        fund = self.get_object()
        on = read_sent(FundClosingInputSerializer, request)["closed_on"]
        close_fund(fund, by=person(request), on=on, channel=Channel.API)
        return Response(FundDetailSerializer(fund).data, status=status.HTTP_201_CREATED)


def _pool_of(programme: Programme, ref: str) -> CostPool | None:
    """The pool with this reference, if one is named; refuses one that the programme does not have."""
    found = programme.cost_pools.filter(ref=ref).first() if ref else None
    if ref and found is None:
        raise Refusal(f"There is no pool {ref} in this programme", "pool")
    return found
