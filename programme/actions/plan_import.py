"""Add the milestones of a plan from elsewhere: all of it, or nothing."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.imports.tables import ImportRow
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from core.rules.references import next_reference
from core.rules.text import check_text
from programme.actions.milestone import update_milestone
from programme.actions.milestone_dependency import add_dependency
from programme.actions.milestone_file import LONGEST_NAME
from programme.exchange.plan_rows import Matching, NewPlan, read_plan
from programme.exchange.plan_sheet import PlanSheet
from programme.models import Milestone, Phase, Programme
from programme.policies import check_record_risk

_PREDECESSOR = "predecessor"


@transaction.atomic
def try_plan(programme: Programme, sheet: PlanSheet, matching: Matching, *, by: User) -> NewPlan:
    """What the rows would add, and among its problems what an action would refuse; leaves nothing behind."""
    plan, _ = _add(programme, sheet, matching, by, Channel.IMPORT)
    transaction.set_rollback(True)
    return plan


@transaction.atomic
def import_plan(
    programme: Programme,
    sheet: PlanSheet,
    matching: Matching,
    *,
    by: User,
    file_name: str,
    channel: Channel = Channel.IMPORT,
) -> list[Milestone]:
    """Add the phases, milestones and dependencies of the rows, each by its own action.

    Refuses as rows 33 and 83, and then stores nothing. The same file a second time is refused: its
    milestones are there already.
    """
    plan, made = _add(programme, sheet, matching, by, channel)
    plan.table.check()
    name = check_text(file_name, "Name of the file", LONGEST_NAME, "file") or "a file"
    audit.record(
        programme,
        by=by,
        action="import_plan",
        channel=channel,
        scope=programme.key,
        after={"imported_from": name, "milestones": [one.ref for one in made], "links": len(plan.links)},
    )
    return made


def _add(
    programme: Programme, sheet: PlanSheet, matching: Matching, by: User, channel: Channel
) -> tuple[NewPlan, list[Milestone]]:
    """Read the rows and add what they hold, row by row; what is refused is among the problems."""
    check_record_risk(by, programme)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    _check_no_plan(locked, matching)
    plan = read_plan(locked, sheet, matching)
    phases = _phases(locked, plan, by, channel)
    made: dict[int, Milestone] = {}
    for row in plan.table.rows:
        milestone = _told(plan, row, {}, lambda row=row: _milestone(locked, row, phases, by, channel))
        if milestone is not None:
            made[row.number] = milestone
    for link in plan.links:
        after = made.get(link.after_row) if link.after_row else link.after
        if after is not None and link.row.number in made:
            waits = made[link.row.number]
            _told(
                plan,
                link.row,
                {_PREDECESSOR: "waits_for", "lag_days": "waits_for"},
                lambda waits=waits, after=after, lag=link.lag_days: add_dependency(
                    waits, by=by, predecessor=after, lag_days=lag, channel=channel
                ),
            )
    return plan, list(made.values())


def _told(plan: NewPlan, row: ImportRow, columns: Mapping[str, str], make: Callable[[], Any]) -> Any:
    """What was made; None where it was refused, which is then told of the row's cell."""
    try:
        with transaction.atomic():
            return make()
    except Refusals as said:
        refusals = said.refusals
    except Refusal as refusal:
        refusals = [refusal]
    for one in refusals:
        plan.table.refuse(row, columns.get(one.field or "", one.field or "title"), one.message)
    return None


def _check_no_plan(programme: Programme, matching: Matching) -> None:
    """Refuse plan dates once a plan is approved: they come from it alone (row 33, INV-03)."""
    latest = programme.plan_versions.order_by("number").last()
    if latest is not None and "plan_on" in matching:
        approved = format_date(latest.approved_on)
        message = f"This plan was approved on {approved} and cannot be changed. Start a re-baseline"
        raise Refusal(message, "plan_on", "33")


def _phases(programme: Programme, plan: NewPlan, by: User, channel: Channel) -> dict[str, Phase]:
    """Every phase by its name in small letters, those that are new made after the others."""
    phases = {one.label.casefold(): one for one in programme.phases.all()}
    taken = [one.ref for one in phases.values()]
    last = max((one.order_index for one in phases.values()), default=-1)
    for place, label in enumerate(plan.phases, last + 1):
        ref = next_reference("P-", taken)
        taken.append(ref)
        made = Phase.objects.create(
            programme=programme, ref=ref, label=label, order_index=place, created_by=by, updated_by=by
        )
        after = {"ref": ref, "label": label}
        audit.record(made, by=by, action="create_phase", channel=channel, scope=programme.key, after=after)
        phases[label.casefold()] = made
    return phases


def _milestone(
    programme: Programme, row: ImportRow, phases: Mapping[str, Phase], by: User, channel: Channel
) -> Milestone | None:
    """The milestone of a row, with what it says was achieved; None where a cell of it cannot be read."""
    values = row.values
    if not values["title"]:
        return None
    made = _create(programme, values, phases.get((values.get("phase") or "").casefold()), by, channel)
    said = {name: values.get(name) for name in ("forecast_on", "achieved_on", "evidence")}
    given = {name: value for name, value in said.items() if value}
    return update_milestone(made, by=by, seen_version=1, **given, channel=channel) if given else made


def _create(
    programme: Programme, values: Mapping[str, Any], phase: Phase | None, by: User, channel: Channel
) -> Milestone:
    made = Milestone(
        programme=programme,
        phase=phase,
        ref=next_reference("M-", programme.milestones.values_list("ref", flat=True)),
        title=values["title"],
        owner=values.get("owner"),
        is_critical=bool(values.get("is_key")),
        note=values.get("note") or "",
        order_index=programme.milestones.count(),
        created_by=by,
        updated_by=by,
    )
    day = values.get("plan_on")
    made.set_date("plan", ImpreciseDate.day(day) if day else None)
    made.save(force_insert=True)
    after = {"ref": made.ref, "title": made.title, "version": 1}
    audit.record(made, by=by, action="create_milestone", channel=channel, scope=programme.key, after=after)
    return made
