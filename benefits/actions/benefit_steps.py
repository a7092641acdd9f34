"""Take a benefit from one state to the next: the one door through which its state changes (domain.md 2.9)."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.enums import BenefitStep
from benefits.models import Benefit, BenefitTransition
from benefits.profile_policies import check_not_author, check_take_step
from benefits.queries.benefit_gates import gate_facts
from benefits.rules.gates import GateFacts, check_step
from benefits.rules.machine import next_state
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import now, today
from core.enums import Channel
from core.rules.text import check_text
from programme.actions.assurance.lessons import add_lesson
from programme.models import Programme

_AGREED = (
    "measure_name",
    "measure_unit",
    "direction",
    "starting_value",
    "starting_on",
    "starting_reason",
    "target_value",
    "target_text",
    "no_target_reason",
)


@transaction.atomic
def take_benefit_step(
    benefit: Benefit,
    *,
    by: User,
    seen_version: int,
    step: BenefitStep,
    why: str = "",
    lesson: str = "",
    channel: Channel = Channel.PAGE,
) -> Benefit:
    """The benefit after a step, which leaves a transition for ever.

    Refuses, each with what to do, a step that its state does not allow or that something stops, an approval
    by who proposed it (row 35), and a stale edit. What was learnt becomes a lesson of the programme.
    """
    check_take_step(by, benefit, step)
    Programme.objects.select_for_update().get(pk=benefit.programme_id)
    check_seen(benefit, seen_version)
    to_state = next_state(benefit.state, step)
    why = check_text(why, "Reason", field="why")
    lesson = check_text(lesson, "Lesson", field="lesson")
    if step == BenefitStep.APPROVE:
        check_not_author(by, benefit, author_of(benefit))
    facts = gate_facts(benefit, why=why, lesson=lesson)
    check_step(facts, step)
    values = {"state": to_state.value} | _values(benefit, step, by, lesson)
    write_next(benefit, values, by=by, seen_version=seen_version)
    BenefitTransition.objects.create(
        benefit=benefit,
        step=step,
        from_state=benefit.state,
        to_state=to_state,
        at=now(),
        by=by,
        why=why,
        agreed=_agreed(benefit, facts) if step == BenefitStep.APPROVE else {},
    )
    audit.record(
        benefit,
        by=by,
        action=f"{step.value}_benefit",
        channel=channel,
        scope=benefit.programme.key,
        before={"state": benefit.state, "version": seen_version},
        after={"state": to_state.value, "version": seen_version + 1},
        why=why or lesson,
    )
    return Benefit.objects.select_related("programme__partnership").get(pk=benefit.pk)


def author_of(benefit: Benefit) -> int:
    """Who said last that the profile is complete, or who recorded it first. One query."""
    proposed = benefit.transitions.filter(step=BenefitStep.PROFILE).order_by("-pk").first()
    return proposed.by_id if proposed else benefit.created_by_id


def _values(benefit: Benefit, step: BenefitStep, by: User, lesson: str) -> dict[str, Any]:
    """What a step writes beside the state."""
    if step == BenefitStep.APPROVE:
        return {"approved_on": today()}
    if step == BenefitStep.FAIL:
        return {"lesson": add_lesson(benefit.programme, by=by, values={"text": lesson})}
    return {}


def _agreed(benefit: Benefit, facts: GateFacts) -> dict[str, Any]:
    """Measure and target as they are approved, so that they stay visible when the profile is reopened."""
    values = {name: getattr(benefit, name) for name in _AGREED}
    plain = {name: str(value) for name, value in values.items() if value not in (None, "")}
    trajectory = [[row.fy, row.period, f"{row.value.normalize():f}"] for row in benefit.trajectory.all()]
    return plain | {"trajectory": trajectory, "planned_pence": facts.planned_pence}
