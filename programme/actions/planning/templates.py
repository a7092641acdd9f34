"""Start a programme's plan from a template: its phases, milestones and what waits for what, at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.dates import ImpreciseDate
from programme.actions.milestone_dependency import add_dependency
from programme.actions.planning.milestone_terms import MilestoneTerms, create_milestone
from programme.actions.planning.parts import Part, PhaseTerms, create_part
from programme.models import Milestone, Phase, Programme
from programme.policies import check_plan
from programme.rules.planning.templates import Template, TemplateMilestone, TemplatePhase

STARTED = "This programme has phases or milestones already. Add to them one by one"
Made = TypeVar("Made")


@transaction.atomic
def start_from_template(
    programme: Programme, *, by: User, template: Template, channel: Channel = Channel.PAGE
) -> list[Milestone]:
    """The milestones of the template, dated and maybe edited, in a programme that has none; all or nothing.

    What is left out of the template is not made: its phases and milestones with an empty title. Refuses,
    field by field and naming the row ("title.M-3"), what may not be added by hand either.
    """
    check_plan(by, programme)
    Programme.objects.select_for_update().get(pk=programme.pk)
    if not can_start(programme):
        raise Refusal(STARTED)
    said: list[Refusal] = []
    phases = _each(
        said, [one for one in template.phases if one.label.strip()], _phase_maker(programme, by, channel)
    )
    kept = [one for one in template.milestones if one.title.strip()]
    made = _each(said, kept, _milestone_maker(programme, by, channel, phases))
    if said:
        raise Refusals(said)
    _link(kept, made, by, channel)
    audit.record(
        programme,
        by=by,
        action="start_from_template",
        channel=channel,
        scope=programme.key,
        after={
            "template": template.key,
            "template_version": template.version,
            "phases": len(phases),
            "milestones": len(made),
        },
    )
    return list(made.values())


def can_start(programme: Programme) -> bool:
    """Whether the programme is still empty: no phase, no milestone, and so no plan. Two queries."""
    return not programme.phases.exists() and not programme.milestones.exists()


def _each(
    said: list[Refusal],
    rows: Sequence[TemplatePhase] | Sequence[TemplateMilestone],
    make: Callable[..., Made],
) -> dict[str, Made]:
    """What was made of each row, by its reference; what a rule refuses goes to `said`, naming the row."""
    made = {}
    for row in rows:
        try:
            made[row.ref] = make(row)
        except (Refusal, Refusals) as found:
            refusals = found.refusals if isinstance(found, Refusals) else [found]
            said += [Refusal(one.message, f"{one.field}.{row.ref}", one.code) for one in refusals]
    return made


def _phase_maker(programme: Programme, by: User, channel: Channel) -> Callable[[TemplatePhase], Part]:
    def make(row: TemplatePhase) -> Part:
        start, due = (ImpreciseDate.day(day) if day else None for day in (row.start_on, row.due_on))
        return create_part(programme, by=by, terms=PhaseTerms(row.label, start, due), channel=channel)

    return make


def _milestone_maker(
    programme: Programme, by: User, channel: Channel, phases: dict[str, Part]
) -> Callable[[TemplateMilestone], Milestone]:
    def make(row: TemplateMilestone) -> Milestone:
        phase = phases.get(row.phase)
        terms = MilestoneTerms(
            title=row.title,
            kind=row.kind,
            gate_number=row.gate_number,
            phase=phase if isinstance(phase, Phase) else None,
            is_critical=row.is_key,
            plan=ImpreciseDate.day(row.due_on) if row.due_on else None,
        )
        return create_milestone(programme, by=by, terms=terms, channel=channel)

    return make


def _link(rows: Sequence[TemplateMilestone], made: dict[str, Milestone], by: User, channel: Channel) -> None:
    """Let each milestone wait for those of the template that are there too."""
    for row in rows:
        for first in row.waits_for:
            if first not in made:
                continue
            try:
                add_dependency(made[row.ref], by=by, predecessor=made[first], channel=channel)
            except Refusal as said:
                raise Refusal(said.message, f"plan_on.{row.ref}", said.code) from said
