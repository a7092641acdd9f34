"""Say what a milestone waits for, and take that back."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import bank_holidays
from programme.enums import MilestoneState
from programme.models import Milestone, MilestoneDependency, Programme
from programme.policies import check_update_milestone
from programme.queries.planning.plans import coming_dates, proposed_plans
from programme.queries.schedule import links_of
from programme.rules.cycles import check_no_loop
from programme.rules.schedule import Dependency, check_lag, check_plan_order


@transaction.atomic
def add_dependency(
    successor: Milestone,
    *,
    by: User,
    predecessor: Milestone,
    lag_days: int = 0,
    channel: Channel = Channel.PAGE,
) -> MilestoneDependency:
    """`successor` waits for `predecessor`, with so many working days in between.

    Refuses a milestone of another programme, what is there already, a loop (row 52) and an approved plan in
    which the successor comes too early (INV-30).
    """
    check_update_milestone(by, successor)
    Programme.objects.select_for_update().get(pk=successor.programme_id)
    check_lag(lag_days)
    _check_predecessor(successor, predecessor)
    _check_order(successor, predecessor, lag_days)
    made = MilestoneDependency.objects.create(
        predecessor=predecessor, successor=successor, lag_days=lag_days, created_by=by, updated_by=by
    )
    audit.record(
        made,
        by=by,
        action="add_milestone_dependency",
        channel=channel,
        scope=successor.programme.key,
        after=_values(made),
    )
    return made


@transaction.atomic
def change_lag(
    dependency: MilestoneDependency,
    *,
    by: User,
    seen_version: int,
    lag_days: int,
    channel: Channel = Channel.PAGE,
) -> MilestoneDependency:
    """The dependency with other working days in between; refuses a stale edit, and a plan it does not keep.

    The same days leave no trace.
    """
    check_update_milestone(by, dependency.successor)
    Programme.objects.select_for_update().get(pk=dependency.successor.programme_id)
    check_seen(dependency, seen_version)
    check_lag(lag_days)
    if dependency.lag_days == lag_days:
        return dependency
    successor, predecessor = dependency.successor, dependency.predecessor
    try:
        _check_plans(Dependency(predecessor.pk, successor.pk, lag_days), successor, predecessor)
    except Refusal as said:
        raise Refusal(said.message, "lag_days", said.code) from said
    before = _values(dependency)
    write_next(dependency, {"lag_days": lag_days}, by=by, seen_version=seen_version)
    rows = MilestoneDependency.objects.select_related("successor__programme__partnership", "predecessor")
    saved = rows.get(pk=dependency.pk)
    audit.record(
        saved,
        by=by,
        action="change_milestone_dependency",
        channel=channel,
        scope=successor.programme.key,
        before=before,
        after=_values(saved),
    )
    return saved


@transaction.atomic
def remove_dependency(
    dependency: MilestoneDependency, *, by: User, seen_version: int, channel: Channel = Channel.PAGE
) -> None:
    """The successor waits no more; refuses a stale edit."""
    check_update_milestone(by, dependency.successor)
    locked = MilestoneDependency.objects.select_for_update().get(pk=dependency.pk)
    check_seen(locked, seen_version)
    audit.record(
        dependency,
        by=by,
        action="remove_milestone_dependency",
        channel=channel,
        scope=dependency.successor.programme.key,
        before=_values(dependency),
    )
    locked.delete()


def _check_predecessor(successor: Milestone, predecessor: Milestone) -> None:
    if predecessor.programme_id != successor.programme_id:
        raise Refusal("Choose a milestone of this programme", "predecessor")
    if predecessor.stated_state == MilestoneState.CANCELLED:
        raise Refusal(f"{predecessor.title} is cancelled. Choose another milestone", "predecessor")
    if MilestoneDependency.objects.filter(predecessor=predecessor, successor=successor).exists():
        raise Refusal(f"{successor.title} already waits for {predecessor.title}", "predecessor")


def _check_order(successor: Milestone, predecessor: Milestone, lag_days: int) -> None:
    """Refuse a loop, and an approved plan in the wrong order."""
    rows = Milestone.objects.filter(programme=successor.programme_id)
    titles = dict(rows.values_list("pk", "title"))
    waits = {successor.pk: [predecessor.pk]}
    for link in links_of(successor.programme):
        waits.setdefault(link.successor, []).append(link.predecessor)
    new = Dependency(predecessor.pk, successor.pk, lag_days)
    try:
        check_no_loop(waits, titles)
        _check_plans(new, successor, predecessor)
    except Refusal as said:
        raise Refusal(said.message, "predecessor", said.code) from said


def _check_plans(link: Dependency, successor: Milestone, predecessor: Milestone) -> None:
    """Refuse what the plan does not keep, nor one that takes effect later or waits for councils (INV-30)."""
    titles = {one.pk: one.title for one in (successor, predecessor)}
    plans = {one.pk: one.plan_last_on for one in (successor, predecessor) if one.plan_last_on}
    submitted = [plan.dates for plan in proposed_plans(successor.programme) if plan.is_submitted]
    coming = coming_dates(successor.programme, today())
    for dates in (plans, *coming, *submitted):
        check_plan_order(dates, [link], titles, holidays=bank_holidays())


def _values(dependency: MilestoneDependency) -> dict[str, object]:
    return {
        "milestone": dependency.successor.ref,
        "waits_for": dependency.predecessor.ref,
        "lag_days": dependency.lag_days,
    }
