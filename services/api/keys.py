"""Apportionment in the API: pools, keys, runs, true-ups, and what passes to successors."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db.models import Prefetch
from django.shortcuts import get_object_or_404
from django_filters import rest_framework as filters
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS, VisibleViewSet
from core.enums import Channel
from core.errors import Refusal, Refusals
from programme.api.views import OfProgrammeFilter
from programme.models import Council, Programme
from services.actions.keys import KeyDraft, create_key, create_pool, end_key, update_key, update_pool
from services.actions.runs import share_amount
from services.actions.succession import move_to_successors
from services.actions.true_up import TrueUpEntry, record_true_up
from services.api.key_shapes import (
    KeyCreateSerializer,
    KeyEndSerializer,
    KeySerializer,
    KeyUpdateSerializer,
    PassSerializer,
    PoolCreateSerializer,
    PoolSerializer,
    PoolUpdateSerializer,
    RunCreateSerializer,
    RunSerializer,
    SuccessionsSerializer,
    TrueUpCreateSerializer,
    TrueUpSerializer,
)
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    BusinessCase,
    CostPool,
    KeyWeight,
    TrueUp,
    TrueUpDriver,
)
from services.policies import check_edit_case, powers_of
from services.queries.business_cases import visible_cases
from services.queries.key_runs import with_privacy
from services.queries.keys import visible_keys, visible_pools
from services.queries.succession import Succession, successions_of
from services.rules.key_record import parse_weight

_WEIGHTS = Prefetch("weights", KeyWeight.objects.select_related("council").order_by("pk"))


def _shares(path: str = "shares") -> Prefetch[Any]:
    return Prefetch(path, ApportionmentShare.objects.select_related("council").order_by("pk"))


class KeyFilter(filters.FilterSet):
    """Keys of one programme, one pool."""

    programme = filters.CharFilter(field_name="pool__programme__key")

    class Meta:
        model = ApportionmentKey
        fields = ("programme", "pool", "basis")


class RunFilter(filters.FilterSet):
    """Runs of one programme, pool, key, line or financial year."""

    programme = filters.CharFilter(field_name="pool__programme__key")

    class Meta:
        model = ApportionmentRun
        fields = ("programme", "pool", "key", "line", "fy")


class TrueUpFilter(filters.FilterSet):
    """True-ups of one programme, key or financial year."""

    programme = filters.CharFilter(field_name="key__pool__programme__key")

    class Meta:
        model = TrueUp
        fields = ("programme", "key", "fy")


class PoolViewSet(VisibleViewSet):
    """Pools of what the councils share."""

    queryset = CostPool.objects.select_related("programme")
    serializer_class = PoolSerializer
    filterset_class = OfProgrammeFilter
    ordering_fields = ("order_index", "name")

    @extend_schema(request=PoolCreateSerializer, responses={201: PoolSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Add a pool."""
        sent, user = read_sent(PoolCreateSerializer, request), person(request)
        programme = get_object_or_404(Programme.objects.visible_to(user), key=sent.pop("programme"))
        made = create_pool(programme, by=user, channel=Channel.API, **sent)
        return _made(self.get_serializer(made))

    @extend_schema(request=PoolUpdateSerializer, responses={200: PoolSerializer, **PROBLEMS, **CONFLICT})
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change its name, while it has shared nothing, and what is in it."""
        sent, user = read_sent(PoolUpdateSerializer, request), person(request)
        pool = get_object_or_404(visible_pools(user), pk=self.kwargs["pk"])
        seen = sent.pop("version")
        saved = update_pool(pool, by=user, seen_version=seen, channel=Channel.API, **sent)
        return Response(self.get_serializer(saved).data)


class KeyViewSet(VisibleViewSet):
    """Apportionment keys, with each council's weight."""

    queryset = ApportionmentKey.objects.select_related("pool__programme__partnership").prefetch_related(
        _WEIGHTS
    )
    serializer_class = KeySerializer
    filterset_class = KeyFilter
    ordering_fields = ("effective_from_on", "pool")

    @extend_schema(request=KeyCreateSerializer, responses={201: KeySerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Add a key to a pool. One key a pool and day applies, and a decision must have agreed it."""
        sent, user = read_sent(KeyCreateSerializer, request), person(request)
        pool = get_object_or_404(visible_pools(user), pk=sent.pop("pool"))
        made = create_key(pool, _draft(sent, user), by=user, channel=Channel.API)
        return _made(self.get_serializer(made))

    @extend_schema(request=KeyUpdateSerializer, responses={200: KeySerializer, **PROBLEMS, **CONFLICT})
    def update(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Change a key that has shared nothing yet: send all that it is to hold.

        Answers 409 when someone changed it after the `version` that you read.
        """
        sent, user = read_sent(KeyUpdateSerializer, request), person(request)
        key = get_object_or_404(visible_keys(user), pk=self.kwargs["pk"])
        seen = sent.pop("version")
        saved = update_key(key, _draft(sent, user), by=user, seen_version=seen, channel=Channel.API)
        return Response(self.get_serializer(saved).data)

    @extend_schema(request=KeyEndSerializer, responses={200: KeySerializer, **PROBLEMS, **CONFLICT})
    @action(detail=True, methods=["post"])
    def end(self, request: Request, *args: Any, **kwargs: Any) -> Response:
        """Say which is the last day of a key; what it has shared stays as it was."""
        sent, user = read_sent(KeyEndSerializer, request), person(request)
        key = get_object_or_404(visible_keys(user), pk=self.kwargs["pk"])
        saved = end_key(
            key,
            to_on=sent["effective_to_on"],
            by=user,
            seen_version=sent["version"],
            channel=Channel.API,
        )
        return Response(self.get_serializer(saved).data)


class RunViewSet(VisibleViewSet):
    """Amounts as they were shared, with the weights used; none ever changes."""

    queryset = with_privacy(ApportionmentRun.objects.select_related("pool__programme")).prefetch_related(
        _shares()
    )
    serializer_class = RunSerializer
    filterset_class = RunFilter
    ordering_fields = ("fy", "entered_at")

    @extend_schema(request=RunCreateSerializer, responses={201: RunSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Share an amount of a pool and financial year by the keys in force, and keep how."""
        sent, user = read_sent(RunCreateSerializer, request), person(request)
        pool = get_object_or_404(visible_pools(user), pk=sent["pool"])
        made = share_amount(
            pool,
            fy=sent["fy"],
            pence=sent["total"],
            purpose=sent["purpose"],
            by=user,
            channel=Channel.API,
        )
        return _made(self.get_serializer(made))


class TrueUpViewSet(VisibleViewSet):
    """True-ups: the estimated shares of a year beside what was really done."""

    queryset = TrueUp.objects.select_related(
        "key__pool__programme", "estimate_run__pool__programme", "final_run__pool__programme"
    ).prefetch_related(
        Prefetch("drivers", TrueUpDriver.objects.select_related("council").order_by("pk")),
        _shares("estimate_run__shares"),
        _shares("final_run__shares"),
    )
    serializer_class = TrueUpSerializer
    filterset_class = TrueUpFilter
    ordering_fields = ("fy", "entered_at")

    @extend_schema(request=TrueUpCreateSerializer, responses={201: TrueUpSerializer, **PROBLEMS})
    def create(self, request: Request) -> Response:
        """Enter the actual drivers of a year; the estimate is kept within the tolerance, else replaced."""
        sent, user = read_sent(TrueUpCreateSerializer, request), person(request)
        key = get_object_or_404(visible_keys(user), pk=sent["key"])
        entry = TrueUpEntry(
            fy=sent["fy"],
            total_pence=sent["total"],
            driver=sent["driver"],
            drivers=numbers_of("drivers", sent["drivers"], user),
            tolerance_pp=sent["tolerance_pp"],
            driver_source=sent["driver_source"],
        )
        return _made(self.get_serializer(record_true_up(key, entry, by=user, channel=Channel.API)))


class CaseSuccessionView(APIView):
    """Amounts of a draft that councils would bear after their abolition."""

    @extend_schema(responses={200: SuccessionsSerializer, **PROBLEMS})
    def get(self, request: Request, pk: int) -> Response:
        """What each council keeps and each successor would take on; for the programme manager."""
        return Response(_succession_data(self._case(request, pk)))

    @extend_schema(request=PassSerializer, responses={200: SuccessionsSerializer, **PROBLEMS, **CONFLICT})
    def post(self, request: Request, pk: int) -> Response:
        """Pass these amounts to the successors, to the penny."""
        sent, case = read_sent(PassSerializer, request), self._case(request, pk)
        saved = move_to_successors(
            case, by=person(request), seen_version=sent["version"], channel=Channel.API
        )
        return Response(_succession_data(saved))

    def _case(self, request: Request, pk: int) -> BusinessCase:
        user = person(request)
        case = get_object_or_404(visible_cases(user), pk=pk)
        check_edit_case(powers_of(user, case.programme), case)
        return case


def _succession_data(case: BusinessCase) -> Mapping[str, Any]:
    found = [_succession(one) for one in successions_of(case)]
    return SuccessionsSerializer({"version": case.version, "successions": found}).data


def _succession(one: Succession) -> dict[str, Any]:
    successors = [council.key for council in one.successors]
    return {
        "council": one.council.key,
        "vesting_on": one.abolition.vesting_on,
        "successors": successors,
        "amounts": [
            {
                "line": row.line.ref,
                "fy": row.amount.fy,
                "amount": row.amount.amount_pence,
                "kept": row.kept_pence,
                "passed": dict(zip(successors, row.passed_pence, strict=True)),
            }
            for row in one.rows
        ],
    }


def _draft(sent: Mapping[str, Any], user: User) -> KeyDraft:
    return KeyDraft(**{**sent, "weights": numbers_of("weights", sent["weights"], user)})


def numbers_of(word: str, sent: Mapping[str, str], user: User) -> dict[str, Decimal]:
    """The numbers sent, by the key of each council; refuses all that cannot be read at once."""
    councils = Council.objects.visible_to(user).filter(key__in=sent)
    names = {council.key: str(council) for council in councils}
    found: dict[str, Decimal] = {}
    refused = []
    for key, text in sent.items():
        try:
            found[key] = parse_weight(text, names.get(key, key))
        except Refusal as said:
            refused.append(Refusal(said.message, f"{word}.{key}", said.code))
    if refused:
        raise Refusals(refused)
    return found


def _made(shown: serializers.BaseSerializer[Any]) -> Response:
    return Response(shown.data, status=status.HTTP_201_CREATED)
