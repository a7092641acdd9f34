"""What passes to the successors of a council that is abolished, in the API."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.signed_in import person
from benefits.actions.succession import pass_forecast, propose_succession
from benefits.api.inputs import CouncilField
from benefits.api.reading import programme_of
from benefits.enums import EntryKind
from benefits.queries.succession import LedgerPassing, Succession, YearPassing, successions_of
from core.api.fields import PoundsField
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import PROBLEMS
from core.clock import today
from core.enums import Channel
from core.rules.money import pounds_plain
from programme.models import Programme

_LEDGERS = [EntryKind.PLAN.value, EntryKind.FORECAST.value]


class YearPassingSerializer(serializers.Serializer[Any]):
    """A line in a year: what stands, what the council keeps, and what each successor takes on, by its key."""

    line = serializers.CharField()
    fy = serializers.IntegerField()
    amount = PoundsField()
    kept = PoundsField()
    taken = serializers.DictField(child=serializers.CharField())


class LedgerSuccessionSerializer(serializers.Serializer[Any]):
    """A council that is to be abolished, and what passes of the latest plan and of the current forecast."""

    council = serializers.CharField()
    vesting_on = serializers.DateField()
    weights = serializers.DictField(child=serializers.CharField())
    plan = YearPassingSerializer(many=True)
    forecast = YearPassingSerializer(many=True)


class PassLedgerSerializer(serializers.Serializer[Any]):
    """The council, and the ledger that is passed: a plan is proposed, a forecast is recorded."""

    council = CouncilField()
    ledger = serializers.ChoiceField(_LEDGERS)


class PassedSerializer(serializers.Serializer[Any]):
    """The proposed plan or the forecast that was made; the other is null."""

    plan_proposal = serializers.IntegerField(allow_null=True)
    forecast_snapshot = serializers.IntegerField(allow_null=True)


class LedgerSuccessionView(APIView):
    """Councils of a programme that are to be abolished."""

    @extend_schema(responses={200: LedgerSuccessionSerializer(many=True), **PROBLEMS})
    def get(self, request: Request, key: str) -> Response:
        """What of each council passes to its successors, to the penny."""
        return Response(_data(programme_of(request, key)))

    @extend_schema(
        request=PassLedgerSerializer,
        responses={201: PassedSerializer, **PROBLEMS},
        parameters=[KEY_PARAMETER],
    )
    @idempotent
    def post(self, request: Request, key: str) -> Response:
        """Propose the plan after the succession, or pass the forecast; the programme manager may."""
        programme, user = programme_of(request, key), person(request)
        sent = read_sent(PassLedgerSerializer, request)
        made: dict[str, int | None] = {"plan_proposal": None, "forecast_snapshot": None}
        if sent["ledger"] == EntryKind.PLAN:
            made["plan_proposal"] = propose_succession(
                programme, sent["council"], by=user, channel=Channel.API
            ).pk
        else:
            made["forecast_snapshot"] = pass_forecast(
                programme, sent["council"], by=user, channel=Channel.API
            ).pk
        return Response(made, status=status.HTTP_201_CREATED)


def _data(programme: Programme) -> Any:
    found = [_succession(one) for one in successions_of(programme, as_of=today())]
    return LedgerSuccessionSerializer(found, many=True).data


def _succession(one: Succession) -> dict[str, Any]:
    return {
        "council": one.council.key,
        "vesting_on": one.vesting_on,
        "weights": {key: f"{weight.normalize():f}" for key, weight in one.weights.items()},
        "plan": _ledger(one, one.plan),
        "forecast": _ledger(one, one.forecast),
    }


def _ledger(one: Succession, ledger: LedgerPassing) -> list[dict[str, Any]]:
    return [_year(one, row) for row in ledger.years]


def _year(one: Succession, row: YearPassing) -> dict[str, Any]:
    taken = zip(one.successors, row.taken_pence, strict=True)
    return {
        "line": row.line.ref,
        "fy": row.fy,
        "amount": row.held_pence,
        "kept": row.kept_pence,
        "taken": {council.key: pounds_plain(pence) for council, pence in taken},
    }
