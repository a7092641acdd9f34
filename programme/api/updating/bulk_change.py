"""Owner, phase and forecast of many milestones in one request: all of them or none."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.signed_in import person
from core.api.idempotency import KEY_PARAMETER, idempotent
from core.api.reading import read_sent
from core.api.views import CONFLICT, PROBLEMS
from core.enums import Channel
from programme.actions.updating.bulk_change import Chosen, Wanted, change_many
from programme.api.planning.milestones import named_in, owner_named
from programme.api.serializers import MilestoneSerializer
from programme.api.updating.bulk import MOST_CHANGES, rows_named
from programme.enums import DayUnit
from programme.models import Programme
from programme.policies import check_plan
from programme.rules.updating.shift import MOST_DAYS
from programme.views.context import visible_programme


class MilestoneSeenRowSerializer(serializers.Serializer[Any]):
    """One milestone by its reference, and the version you read."""

    milestone = serializers.CharField()
    version = serializers.IntegerField(min_value=1)


class MilestoneBulkChangeSerializer(serializers.Serializer[Any]):
    """What to change of every milestone named; what is left out stays. A note takes the place of theirs."""

    programme = serializers.CharField()
    milestones: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=MilestoneSeenRowSerializer(), allow_empty=False, max_length=MOST_CHANGES
    )
    owner = serializers.CharField(required=False, help_text="their e-mail address")
    phase = serializers.CharField(required=False, help_text="its reference")
    move_days = serializers.IntegerField(
        required=False,
        min_value=-MOST_DAYS,
        max_value=MOST_DAYS,
        help_text="by how many days each forecast moves",
    )
    unit = serializers.ChoiceField(choices=DayUnit.choices, default=DayUnit.CALENDAR.value)
    note = serializers.CharField(required=False, max_length=4000)


class ChangesManyMilestones:
    """The route that changes owner, phase or forecast of many milestones at once."""

    @extend_schema(
        request=MilestoneBulkChangeSerializer,
        responses={200: MilestoneSerializer(many=True), **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=False, methods=["post"], url_path="bulk-change", pagination_class=None, filter_backends=[])
    @idempotent
    def bulk_change(self, request: Request) -> Response:
        """Change owner, phase or forecast of many milestones: all of them or none, each error by its row."""
        sent = read_sent(MilestoneBulkChangeSerializer, request)
        programme = visible_programme(person(request), sent["programme"])
        check_plan(person(request), programme)
        rows = rows_named(programme, sent["milestones"], "milestones")
        chosen = [
            Chosen(row, one["version"], f"milestones.{number}")
            for number, (row, one) in enumerate(zip(rows, sent["milestones"], strict=True))
        ]
        found = change_many(
            programme,
            by=person(request),
            chosen=chosen,
            wanted=_wanted(programme, sent),
            channel=Channel.API,
        )
        found.check()
        return Response(MilestoneSerializer(found.saved, many=True).data)


def _wanted(programme: Programme, sent: dict[str, Any]) -> Wanted:
    return Wanted(
        owner=owner_named(programme, sent.get("owner")),
        phase=named_in(programme.phases.all(), sent.get("phase"), "phase"),
        days=sent.get("move_days", 0),
        unit=sent["unit"],
        note=sent.get("note", ""),
    )
