"""What follows from a new date of a milestone, in the API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rest_framework import serializers

from core.api.fields import PoundsField
from core.errors import Refusal
from programme.models import Programme
from programme.queries.knock_on import KnockOn
from programme.rules.planning.moves import SeenMove


class KnockOnAskedSerializer(serializers.Serializer[Any]):
    """The day on which the milestone is now expected."""

    forecast_on = serializers.DateField()


class MovedMilestoneSerializer(serializers.Serializer[Any]):
    """A milestone that has to move; `because` is the one that it waits for."""

    milestone = serializers.CharField(source="milestone.ref")
    title = serializers.CharField(source="milestone.title")
    because = serializers.CharField(source="because.ref")
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    days = serializers.IntegerField(help_text="calendar days later")
    version = serializers.IntegerField(source="milestone.version")


class LaterStartSerializer(serializers.Serializer[Any]):
    """A benefit that starts later; `cost` in pounds is null where `note` says why there is none."""

    title = serializers.CharField()
    kind = serializers.CharField()
    from_on = serializers.DateField()
    to_on = serializers.DateField()
    days = serializers.IntegerField(help_text="calendar days later")
    cost = PoundsField(source="cost_pence", allow_null=True)
    note = serializers.CharField()


class KindCostSerializer(serializers.Serializer[Any]):
    """What is lost in all of one kind of pounds."""

    kind = serializers.CharField()
    cost = PoundsField(source="cost_pence")


class KnockOnSerializer(serializers.Serializer[Any]):
    """What else follows from a new date; nothing is saved. Critical paths are references in order."""

    too_early = serializers.ListField(child=serializers.CharField())
    moved = MovedMilestoneSerializer(many=True)
    later = LaterStartSerializer(many=True)
    costs = KindCostSerializer(many=True)
    is_critical_path_changed = serializers.BooleanField()
    critical_path_before = serializers.ListField(child=serializers.CharField())
    critical_path_after = serializers.ListField(child=serializers.CharField())


def knock_on_data(found: KnockOn) -> dict[str, Any]:
    """The answer of the API."""
    return dict(
        KnockOnSerializer(
            {
                "too_early": found.too_early,
                "moved": found.moved,
                "later": found.later,
                "costs": [{"kind": kind, "cost_pence": pence} for kind, pence in found.costs.items()],
                "is_critical_path_changed": found.is_path_changed,
                "critical_path_before": [one.ref for one in found.path_before],
                "critical_path_after": [one.ref for one in found.path_after],
            }
        ).data
    )


def sent_moves(programme: Programme, sent: Sequence[Mapping[str, Any]]) -> list[SeenMove]:
    """The moves that were sent, with the milestones that they name. One query, none without moves."""
    if not sent:
        return []
    keys = dict(programme.milestones.values_list("ref", "pk"))
    unknown = next((one["milestone"] for one in sent if one["milestone"] not in keys), None)
    if unknown is not None:
        raise Refusal(f"There is no milestone {unknown} in this programme", "move_too")
    return [SeenMove(keys[one["milestone"]], one["version"], one["to_on"]) for one in sent]
