"""Save another date of a milestone, and with it those of the milestones that wait for it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import check_unchanged, hold_milestones, update_milestone
from programme.models import Milestone, Programme
from programme.queries.knock_on import knock_on_of
from programme.rules.planning.moves import SeenMove, check_moves


def update_and_move(
    milestone: Milestone,
    *,
    by: User,
    seen_version: int,
    moves: Sequence[SeenMove],
    channel: Channel = Channel.PAGE,
    **changes: Any,
) -> tuple[Milestone, list[Milestone]]:
    """The milestone as `update_milestone` saves it, and those that wait for it on the days they move to.

    Each gets its own entry in the trail. Refuses all, naming them, where one may not be moved by this person
    or to that day, and where other milestones would move than were shown; without `moves` none does.
    """
    if moves:
        return _update_and_move(milestone, by, seen_version, moves, channel, changes)
    saved = update_milestone(milestone, by=by, seen_version=seen_version, channel=channel, **changes)
    return saved, []


@transaction.atomic
def _update_and_move(
    milestone: Milestone,
    by: User,
    seen_version: int,
    moves: Sequence[SeenMove],
    channel: Channel,
    changes: dict[str, Any],
) -> tuple[Milestone, list[Milestone]]:
    programme = Programme.objects.select_for_update().get(pk=milestone.programme_id)
    hold_milestones(programme.milestones.all())
    check_unchanged(milestone, seen_version)
    found = knock_on_of(milestone, _expected(milestone, changes)).moved
    check_moves(moves, [SeenMove(one.milestone.pk, one.milestone.version, one.to_on) for one in found])
    saved = update_milestone(milestone, by=by, seen_version=seen_version, channel=channel, **changes)
    moved, said = [], []
    for one in found:
        try:
            moved.append(_move(one.milestone, one.to_on, by, channel, milestone))
        except (Refusal, Refusals, PermissionDenied) as refused:
            reasons = refused.refusals if isinstance(refused, Refusals) else [refused]
            said += [Refusal(f"{one.milestone}: {reason}", "forecast_on") for reason in reasons]
    if said:
        raise Refusals(said)
    return saved, moved


def _move(shown: Milestone, to_on: date, by: User, channel: Channel, first: Milestone) -> Milestone:
    rows = Milestone.objects.select_related("programme__partnership").prefetch_related("councils")
    return update_milestone(
        rows.get(pk=shown.pk),
        by=by,
        seen_version=shown.version,
        forecast_on=to_on,
        channel=channel,
        because=f"Moved with {first}, which it waits for",
    )


def _expected(milestone: Milestone, changes: dict[str, Any]) -> date | None:
    """The last day on which the milestone is expected with the changes."""
    for name, stored in (("achieved_on", "actual"), ("forecast_on", "forecast")):
        day: date | ImpreciseDate | None = changes.get(name, milestone.get_date(stored))
        if day is not None:
            return day.last_on if isinstance(day, ImpreciseDate) else day
    plan = milestone.get_date("plan")
    return plan.last_on if plan else None
