"""Record what is expected of many milestones and what happened: in one transaction, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal, Refusals, StaleEdit, StaleEdits
from programme.actions.milestone import check_unchanged, hold_milestones, update_milestone
from programme.actions.planning.milestone_terms import change_milestone, terms_of
from programme.models import Milestone


@dataclass(frozen=True, slots=True)
class MilestoneChange:
    """What to record of one milestone, as `update_milestone` takes it.

    `place` is the name to which refusals are bound, as "changes.3". `terms` are what changes of what the
    milestone is, by the names of MilestoneTerms.
    """

    milestone: Milestone
    seen_version: int
    values: Mapping[str, Any]
    place: str
    terms: Mapping[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class Outcome:
    """What was saved, what someone else had saved meanwhile, by place, and what a rule refused, by place."""

    saved: list[Milestone] = field(default_factory=list)
    stale: dict[str, StaleEdit] = field(default_factory=dict)
    refused: dict[str, Refusals] = field(default_factory=dict)

    def take(self, place: str, milestone: Milestone, save: Callable[[], Milestone]) -> None:
        """Save one milestone and keep what came of it; one that is so already is left."""
        try:
            saved = save()
        except StaleEdit as said:
            self.stale[place] = said
        except Refusals as said:
            self.refused[place] = said
        except Refusal as said:
            self.refused[place] = Refusals([said])
        else:
            if saved.version != milestone.version:
                self.saved.append(saved)

    def check(self) -> None:
        """Refuse with Refusals, then with StaleEdits, each at its place, what kept all from being saved."""
        if self.refused:
            raise self.refusals
        if self.stale:
            raise self.stale_edits

    @property
    def stale_edits(self) -> StaleEdits:
        """All that someone else had saved, each at its place."""
        return StaleEdits([StaleEdit(said.message, place, said.code) for place, said in self.stale.items()])

    @property
    def refusals(self) -> Refusals:
        """All that a rule refused, each at its place."""
        return Refusals(
            [
                Refusal(one.message, f"{place}.{one.field}" if one.field else place, one.code)
                for place, said in self.refused.items()
                for one in said.refusals
            ]
        )


@transaction.atomic
def update_milestones(
    changes: Sequence[MilestoneChange], *, by: User, keep_stale_out: bool, channel: Channel = Channel.PAGE
) -> Outcome:
    """Record every change in its order, each by the actions of its own pages; nothing where a rule refuses
    one of them.

    What someone else saved meanwhile is left out of the rest where it is to be kept out; else it keeps all
    from being saved too. An outcome that holds `refused` has saved nothing.
    """
    found = Outcome()
    hold_milestones(Milestone.objects.filter(pk__in=[one.milestone.pk for one in changes]))
    for one in changes:
        _record(one, by, channel, found)
    if found.refused or (found.stale and not keep_stale_out):
        transaction.set_rollback(True)
        found.saved = []
    return found


def update_all_milestones(
    changes: Sequence[MilestoneChange], *, by: User, channel: Channel
) -> list[Milestone]:
    """Record every change or none: refuses with Refusals, then with StaleEdits, each at its place."""
    check_once((one.place, one.milestone) for one in changes)
    found = update_milestones(changes, by=by, keep_stale_out=False, channel=channel)
    found.check()
    return found.saved


def _record(change: MilestoneChange, by: User, channel: Channel, found: Outcome) -> None:
    def save() -> Milestone:
        milestone = _with_terms(change, by, channel) if change.terms else change.milestone
        seen = milestone.version if change.terms else change.seen_version
        return update_milestone(milestone, by=by, seen_version=seen, channel=channel, **change.values)

    found.take(change.place, change.milestone, save)


def _with_terms(change: MilestoneChange, by: User, channel: Channel) -> Milestone:
    """The milestone with other terms, read anew: the action sets them on the row in its hand."""
    own = Milestone.objects.select_related("programme__partnership").get(pk=change.milestone.pk)
    check_unchanged(own, change.seen_version)
    return change_milestone(
        own,
        by=by,
        seen_version=own.version,
        terms=replace(terms_of(own), **change.terms),
        channel=channel,
        imported_from=change.values.get("imported_from", ""),
    )


def check_once(named: Iterable[tuple[str, Milestone]]) -> None:
    """Refuse a milestone that is named twice, at its second place: it would be changed twice."""
    seen: set[int] = set()
    twice = []
    for place, milestone in named:
        if milestone.pk in seen:
            message = f"There are two entries for {milestone.ref}. Keep one"
            twice.append(Refusal(message, f"{place}.milestone"))
        seen.add(milestone.pk)
    if twice:
        raise Refusals(twice)
