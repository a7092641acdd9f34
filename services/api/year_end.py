"""The year end of every pool of a programme in the API."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.models import User
from accounts.signed_in import person
from core.api.fields import PoundsField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.clock import today
from core.enums import Channel
from core.rules.calendar import financial_year, parse_fy
from core.rules.rounding import round_to
from programme.models import Programme
from services.actions.true_up import TrueUpEntry
from services.actions.year_end import PoolYear, run_year_end
from services.api.key_shapes import CountedSerializer, FyInput, WeightField
from services.api.keys import numbers_of
from services.models import ApportionmentKey
from services.queries.key_runs import TrueUpRow
from services.queries.keys import visible_keys
from services.queries.year_end import YearEnd, YearEndPool, year_end

_YEAR = OpenApiParameter("year", str, description="Financial year, as 2025-26; else the last one over")


class PoolCouncilSerializer(serializers.Serializer[Any]):
    """One council of a pool: what was counted, its shares in percent and pounds, and what it owes."""

    council = serializers.CharField(source="council.key")
    counted = WeightField(source="quantity")
    estimated_percent = serializers.SerializerMethodField()
    actual_percent = serializers.SerializerMethodField()
    estimated = PoundsField(source="charged_pence")
    final = PoundsField(source="final_pence")
    owed = PoundsField(source="settlement_pence")

    def get_estimated_percent(self, row: TrueUpRow) -> str:
        """The share by the key, in percent with six decimals."""
        return str(round_to(row.estimated_percent, 6))

    def get_actual_percent(self, row: TrueUpRow) -> str:
        """The share by what was counted, in percent with six decimals."""
        return str(round_to(row.actual_percent, 6))


class YearEndPoolSerializer(serializers.Serializer[Any]):
    """A pool at the end of the year. `result` is keep or adopt, empty before its true-up."""

    pool = serializers.CharField(source="pool.ref")
    name = serializers.CharField(source="pool.name")
    key = serializers.IntegerField(source="key.pk", allow_null=True, default=None)
    result = serializers.SerializerMethodField()
    driver = serializers.CharField(source="true_up.driver", default="")
    true_up = serializers.IntegerField(source="true_up.pk", allow_null=True, default=None)
    total = PoundsField(source="total_pence", allow_null=True)
    councils = PoolCouncilSerializer(source="rows", many=True)

    def get_result(self, row: YearEndPool) -> str:
        """Keep or adopt; empty before the true-up."""
        return row.true_up.result if row.true_up else ""


class SettledSerializer(serializers.Serializer[Any]):
    """What a council owes for the year by all its true-ups; negative where it gets money back."""

    council = serializers.CharField(source="council.key")
    owed = PoundsField(source="pence")


class YearEndSerializer(serializers.Serializer[Any]):
    """The year end of a programme."""

    fy = serializers.IntegerField()
    pools = YearEndPoolSerializer(many=True)
    settled = SettledSerializer(many=True)


class PoolYearSerializer(CountedSerializer):
    """What was shared and counted in the pool of a key, by the key of each council."""


class YearEndInputSerializer(serializers.Serializer[Any]):
    """The true-ups of a year: all are kept, or none."""

    fy = FyInput()
    pools = PoolYearSerializer(many=True)


class YearEndView(APIView):
    """The true-ups of every pool of a programme for one year."""

    @extend_schema(parameters=[_YEAR], responses={200: YearEndSerializer, **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """Each pool with its estimate, what was counted and what is owed, and each council in all."""
        asked = request.query_params.get("year", "")
        fy = parse_fy(asked) if asked else financial_year(today()) - 1
        return Response(_data(year_end(_programme(request, key), fy, as_of=today())))

    @extend_schema(
        request=YearEndInputSerializer,
        responses={201: YearEndSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Run the year end of these pools at once; refusals name the pool by its place, as `pools.0`."""
        programme, user = _programme(request, key), person(request)
        sent = read_sent(YearEndInputSerializer, request)
        keys = visible_keys(user).filter(pool__programme=programme)
        pools = [
            _pool(one, keys, sent["fy"], f"pools.{index}", user) for index, one in enumerate(sent["pools"])
        ]
        run_year_end(programme, pools, by=user, channel=Channel.API)
        found = year_end(programme, sent["fy"], as_of=today())
        return Response(_data(found), status=status.HTTP_201_CREATED)


def _programme(request: Request, key: str) -> Programme:
    return get_object_or_404(Programme.objects.visible_to(person(request)), key=key)


def _pool(
    sent: dict[str, Any], keys: QuerySet[ApportionmentKey], fy: int, place: str, user: User
) -> PoolYear:
    entry = TrueUpEntry(
        fy=fy,
        total_pence=sent["total"],
        driver=sent["driver"],
        drivers=numbers_of(f"{place}.drivers", sent["drivers"], user),
        tolerance_pp=sent["tolerance_pp"],
        driver_source=sent["driver_source"],
    )
    return PoolYear(get_object_or_404(keys, pk=sent["key"]), entry, place)


def _data(found: YearEnd) -> Any:
    return YearEndSerializer(found).data
