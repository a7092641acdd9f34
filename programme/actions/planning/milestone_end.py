"""Cancel a milestone, take that back, or remove one that was never planned."""

from __future__ import annotations

from django.db import transaction
from django.db.models import ProtectedError

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from core.models import AuditEvent
from core.rules.calendar import bank_holidays, format_date
from core.rules.text import check_reason, check_text
from core.rules.words import are, listed
from programme.actions.planning.milestone_terms import REMOVED, terms_of
from programme.enums import MilestoneState
from programme.models import Milestone, Programme
from programme.policies import check_change_plan, check_plan
from programme.queries.history import STATE_THEN, encode_date
from programme.queries.planning.plans import latest_plan, plan_naming, proposed_plans
from programme.queries.schedule import is_done, links_of
from programme.rules.cycles import check_no_loop
from programme.rules.schedule import check_plan_order

WHY_LIMIT = 500
CANCELLED = "cancel_milestone"


@transaction.atomic
def cancel_milestone(
    milestone: Milestone, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE
) -> Milestone:
    """The milestone as cancelled, for this reason; it stays in the lists and in the history.

    Refuses one that a plan in effect or a proposed plan names: a re-baseline takes it out first
    (domain.md 2.4).
    """
    check_change_plan(by, milestone)
    Programme.objects.select_for_update().get(pk=milestone.programme_id)
    check_seen(milestone, seen_version)
    if is_done(milestone):
        raise Refusal(f"{milestone.ref} is achieved and cannot be cancelled")
    _check_not_planned(milestone)
    reason = check_text(why, "Why it is cancelled", WHY_LIMIT, "why")
    check_reason(reason, "Explain why it is cancelled", "why")
    write_next(milestone, {"stated_state": MilestoneState.CANCELLED}, by=by, seen_version=seen_version)
    saved = Milestone.objects.select_related("programme__partnership").get(pk=milestone.pk)
    audit.record(
        saved,
        by=by,
        action=CANCELLED,
        channel=channel,
        scope=saved.programme.key,
        before={"is_cancelled": False, STATE_THEN: milestone.stated_state, "version": seen_version},
        after={"is_cancelled": True, "version": saved.version},
        why=reason,
    )
    return saved


@transaction.atomic
def reinstate_milestone(
    milestone: Milestone, *, by: User, seen_version: int, why: str, channel: Channel = Channel.PAGE
) -> Milestone:
    """The milestone as it stood before it was cancelled, for this reason; what was recorded of it stays.

    It is in no plan that was approved meanwhile: a re-baseline takes it in (domain.md 2.4).
    """
    check_plan(by, milestone.programme)
    Programme.objects.select_for_update().get(pk=milestone.programme_id)
    check_seen(milestone, seen_version)
    if milestone.stated_state != MilestoneState.CANCELLED:
        raise Refusal(f"{milestone.ref} is not cancelled")
    reason = check_text(why, "Why it is taken up again", WHY_LIMIT, "why")
    check_reason(reason, "Explain why it is taken up again", "why")
    _check_links(milestone)
    state = _state_before_it_was_cancelled(milestone)
    write_next(milestone, {"stated_state": state}, by=by, seen_version=seen_version)
    saved = Milestone.objects.select_related("programme__partnership").get(pk=milestone.pk)
    audit.record(
        saved,
        by=by,
        action="reinstate_milestone",
        channel=channel,
        scope=saved.programme.key,
        before={"is_cancelled": True, "version": seen_version},
        after={"is_cancelled": False, "version": saved.version},
        why=reason,
    )
    return saved


def _check_links(milestone: Milestone) -> None:
    """Refuse one whose links, counted again, close a loop that was made meanwhile (row 52), or whose planned
    date no longer keeps them (INV-30)."""
    rows = list(milestone.programme.milestones.values_list("pk", "title", "plan_last_on"))
    titles, plans = {pk: title for pk, title, _ in rows}, {pk: day for pk, _, day in rows if day}
    links = links_of(milestone.programme, taken_up=milestone.pk)
    waits: dict[int, list[int]] = {}
    for link in links:
        waits.setdefault(link.successor, []).append(link.predecessor)
    check_no_loop(waits, titles)
    own = [link for link in links if milestone.pk in (link.predecessor, link.successor)]
    check_plan_order(plans, own, titles, holidays=bank_holidays())


def _state_before_it_was_cancelled(milestone: Milestone) -> str:
    """As the trail has it; planned where it came as cancelled out of a file."""
    events = AuditEvent.objects.filter(
        object_type=Milestone._meta.label_lower, object_id=milestone.pk, action=CANCELLED
    )
    last = events.order_by("pk").last()
    return str(last.before.get(STATE_THEN, MilestoneState.PLANNED)) if last else MilestoneState.PLANNED.value


@transaction.atomic
def remove_milestone(
    milestone: Milestone, *, by: User, seen_version: int, channel: Channel = Channel.PAGE
) -> None:
    """Take away a milestone that no plan has named, with what waits for it; the audit trail keeps it.

    Refuses once the programme has an approved plan, and what is achieved or used elsewhere.
    """
    check_plan(by, milestone.programme)
    Programme.objects.select_for_update().get(pk=milestone.programme_id)
    locked = Milestone.objects.select_for_update(of=("self",)).get(pk=milestone.pk)
    check_seen(locked, seen_version)
    _check_removable(milestone)
    terms = terms_of(milestone)
    before = {
        "title": terms.title,
        "plan": encode_date(terms.plan),
        "forecast": encode_date(milestone.get_date("forecast")),
        "waits_for": sorted(milestone.waits_for.values_list("predecessor__ref", flat=True)),
        "waited_for": sorted(milestone.waited_for.values_list("successor__ref", flat=True)),
        "version": seen_version,
    }
    audit.record(
        milestone,
        by=by,
        action=REMOVED,
        channel=channel,
        scope=milestone.programme.key,
        before=before,
    )
    try:
        locked.delete()
    except ProtectedError as said:
        nouns = sorted({str(row._meta.verbose_name) for row in said.protected_objects})
        raise Refusal(
            f"{milestone.ref} is used elsewhere ({', '.join(nouns)}). Cancel it instead of removing it"
        ) from said


def why_not_removed(milestone: Milestone) -> str:
    """Why the milestone cannot be removed, in words; empty where it can as far as this floor knows."""
    try:
        _check_removable(milestone)
    except Refusal as said:
        return said.message
    return ""


def _check_removable(milestone: Milestone) -> None:
    if latest_plan(milestone.programme) is not None:
        raise Refusal("This programme has an approved plan. Cancel the milestone instead of removing it")
    if is_done(milestone):
        raise Refusal(f"{milestone.ref} is achieved, so it stays")
    lessons = sorted(milestone.lessons.values_list("ref", flat=True))
    if lessons:
        words = f"{listed(lessons)} {are(len(lessons))} about it"
        raise Refusal(f"{words}. Cancel {milestone.ref} instead of removing it")


def _check_not_planned(milestone: Milestone) -> None:
    named = plan_naming(milestone, today())
    if named is not None:
        raise Refusal(
            f"{milestone.ref} is in the plan approved on {format_date(named.approved_on)}. "
            "Start a re-baseline that leaves it out. You can cancel it when that is in effect",
            code="33",
        )
    for plan in proposed_plans(milestone.programme):
        if milestone.pk in plan.dates:
            raise Refusal(
                f"{milestone.ref} is in the proposed plan version {plan.number}. Take it out of that first"
            )
