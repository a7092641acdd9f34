"""Change the owner, the phase or the forecast of many milestones at once: all of them or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import bank_holidays
from programme.actions.milestone import check_unchanged, hold_milestones, update_milestone
from programme.actions.planning.milestone_terms import change_milestone, terms_of
from programme.actions.updating.many import Outcome, check_once
from programme.enums import DayUnit, MilestoneState
from programme.models import Milestone, Phase, Programme
from programme.policies import check_plan
from programme.rules.updating.shift import check_days, shifted

NOTHING_CHOSEN = "Choose an owner or a phase, or enter by how many days the forecasts move"
ACHIEVED = (MilestoneState.DONE, MilestoneState.DONE_UNDATED)
IS_ACHIEVED = "It is achieved: its forecast says nothing any more"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to change of every milestone; None, or 0 days, leaves it. A note takes the place of theirs."""

    owner: User | None = None
    phase: Phase | None = None
    days: int = 0
    unit: str = DayUnit.CALENDAR.value
    note: str = ""

    def check(self) -> None:
        """Refuse a change of nothing, and a number of days that cannot be meant."""
        if self.owner is None and self.phase is None and self.days == 0:
            raise Refusal(NOTHING_CHOSEN, "owner")
        if self.days:
            check_days(self.days)


@dataclass(frozen=True, slots=True)
class Chosen:
    """A milestone to be changed, the version that was seen, and the name to which refusals are bound."""

    milestone: Milestone
    seen_version: int
    place: str


@transaction.atomic
def change_many(
    programme: Programme,
    *,
    by: User,
    chosen: Sequence[Chosen],
    wanted: Wanted,
    is_trial: bool = False,
    channel: Channel = Channel.PAGE,
) -> Outcome:
    """Change every milestone chosen, each by the actions of its own pages, with its own entry in the trail.

    Saves nothing where one is refused or was saved by someone else meanwhile. A trial saves nothing either:
    it says what would be saved.
    """
    check_plan(by, programme)
    wanted.check()
    check_once((one.place, one.milestone) for one in chosen)
    found = Outcome()
    Programme.objects.select_for_update().get(pk=programme.pk)
    hold_milestones(programme.milestones.filter(pk__in=[one.milestone.pk for one in chosen]))
    for one in chosen:
        found.take(one.place, one.milestone, lambda one=one: _change(one, wanted, by, channel))  # type: ignore[misc]
    if is_trial or found.refused or found.stale:
        transaction.set_rollback(True)
    return found


def _change(chosen: Chosen, wanted: Wanted, by: User, channel: Channel) -> Milestone:
    milestone = chosen.milestone
    check_unchanged(milestone, chosen.seen_version)
    milestone = _with_terms(milestone, wanted, by, channel)
    recorded: dict[str, Any] = {"note": wanted.note} if wanted.note else {}
    if wanted.days:
        recorded["forecast_on"] = _shifted(milestone, wanted)
    if not recorded:
        return milestone
    return update_milestone(milestone, by=by, seen_version=milestone.version, channel=channel, **recorded)


def _with_terms(milestone: Milestone, wanted: Wanted, by: User, channel: Channel) -> Milestone:
    if wanted.owner is None and wanted.phase is None:
        return milestone
    # The action sets what it is given on the row in its hand; the row shown stays as it was.
    own = Milestone.objects.select_related("programme__partnership").get(pk=milestone.pk)
    there = terms_of(own)
    terms = replace(there, owner=wanted.owner or there.owner, phase=wanted.phase or there.phase)
    return change_milestone(own, by=by, seen_version=own.version, terms=terms, channel=channel)


def _shifted(milestone: Milestone, wanted: Wanted) -> Any:
    if milestone.get_date("actual") is not None or milestone.stated_state in ACHIEVED:
        raise Refusal(IS_ACHIEVED, "forecast_on")
    due = milestone.get_date("forecast") or milestone.get_date("plan")
    return shifted(due, wanted.days, wanted.unit, bank_holidays())
