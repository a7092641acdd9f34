"""What is recorded of many milestones in one request: all of it or nothing."""

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
from core.errors import Refusal, Refusals
from programme.actions.updating.many import MilestoneChange, update_all_milestones
from programme.api.serializers import MilestoneSerializer, MilestoneUpdateSerializer
from programme.models import Milestone, Programme
from programme.queries.milestones import with_relations
from programme.views.context import visible_programme

MOST_CHANGES = 500


class MilestoneRowSerializer(MilestoneUpdateSerializer):
    """One milestone by its reference, the version you read, and what to record; what is left out stays."""

    milestone = serializers.CharField()


class MilestoneRowsSerializer(serializers.Serializer[Any]):
    """Changes of milestones of one programme."""

    programme = serializers.CharField()
    changes: serializers.ListSerializer[Any] = serializers.ListSerializer(
        child=MilestoneRowSerializer(), allow_empty=False, max_length=MOST_CHANGES
    )


class UpdatesMilestones:
    """The route that updates many milestones at once."""

    @extend_schema(
        request=MilestoneRowsSerializer,
        responses={200: MilestoneSerializer(many=True), **PROBLEMS, **CONFLICT},
        parameters=[KEY_PARAMETER],
    )
    @action(detail=False, methods=["post"], pagination_class=None, filter_backends=[])
    @idempotent
    def bulk(self, request: Request) -> Response:
        """Update many milestones: all of them or none, each error by its row.

        The answer holds those that were changed; one that is so already is left.
        """
        sent = read_sent(MilestoneRowsSerializer, request)
        programme = visible_programme(person(request), sent["programme"])
        changes = _changes(programme, sent["changes"])
        saved = update_all_milestones(changes, by=person(request), channel=Channel.API)
        return Response(MilestoneSerializer(saved, many=True).data)


def rows_named(programme: Programme, sent: list[dict[str, Any]], place: str) -> list[Milestone]:
    """The milestones that were sent by reference; refuses references that the programme does not have."""
    named = with_relations(programme.milestones.filter(ref__in={one["milestone"] for one in sent}))
    rows = {row.ref: row for row in named}
    unknown = [
        Refusal(f"There is no milestone {one['milestone']} in this programme", f"{place}.{number}.milestone")
        for number, one in enumerate(sent)
        if one["milestone"] not in rows
    ]
    if unknown:
        raise Refusals(unknown)
    return [rows[one["milestone"]] for one in sent]


def _changes(programme: Programme, sent: list[dict[str, Any]]) -> list[MilestoneChange]:
    rows = rows_named(programme, sent, "changes")
    return [
        MilestoneChange(
            row,
            one["version"],
            {name: value for name, value in one.items() if name not in ("milestone", "version")},
            f"changes.{number}",
        )
        for number, (row, one) in enumerate(zip(rows, sent, strict=True))
    ]
