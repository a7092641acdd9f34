"""Add a milestone to a programme, and change what it is: title, kind, owner, councils, place, plan date.

What is expected of it and what happened is recorded by programme/actions/milestone.py.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import now
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.models import AuditEvent
from core.rules.calendar import bank_holidays
from core.rules.dates import ImpreciseDate
from core.rules.references import next_reference
from core.rules.text import TEXT_LIMIT, check_text
from programme.actions.planning.places import place, place_of
from programme.actions.raid import NOT_AN_OWNER
from programme.enums import MilestoneKind
from programme.models import Council, Milestone, Phase, Programme, Tranche
from programme.policies import check_change_plan, check_plan
from programme.queries.history import IMPORTED_FROM, encode_date
from programme.queries.partners import entering_councils
from programme.queries.people import possible_owners
from programme.queries.planning.plans import latest_plan, period_of, proposed_plans
from programme.queries.schedule import links_of
from programme.rules.planning.terms import check_title, date_refusals, gate_refusals, plan_refusals
from programme.rules.schedule import check_plan_order

REMOVED = "remove_milestone"
OTHER_PROGRAMME = "Choose a {} of this programme"
NO_DATE = "Enter a real date, for example 30 4 2027"


@dataclass(frozen=True, slots=True)
class MilestoneTerms:
    """What a milestone is. No `councils` means all partners; `position` is its place, from 1 on, None: last.

    `plan` is typed only while no plan has been approved; after that it comes from the plan (INV-03).
    """

    title: str
    kind: str = MilestoneKind.NOT_STATED.value
    gate_number: int | None = None
    phase: Phase | None = None
    tranche: Tranche | None = None
    owner: User | None = None
    councils: tuple[Council, ...] = ()
    is_critical: bool = False
    plan: ImpreciseDate | None = None
    position: int | None = None


COLUMNS = ("title", "kind", "gate_number", "phase", "tranche", "owner", "is_critical")


def terms_of(milestone: Milestone) -> MilestoneTerms:
    """What the milestone is now. Two queries, and those of its phase, tranche and owner."""
    return MilestoneTerms(
        **{name: getattr(milestone, name) for name in COLUMNS},
        councils=tuple(sorted(milestone.councils.all(), key=str)),
        plan=milestone.get_date("plan"),
        position=place_of(milestone),
    )


@transaction.atomic
def create_milestone(
    programme: Programme,
    *,
    by: User,
    terms: MilestoneTerms,
    forecast: ImpreciseDate | None = None,
    note: str = "",
    channel: Channel = Channel.PAGE,
    imported_from: str = "",
) -> Milestone:
    """A new milestone under the next reference; its programme manager may add one.

    Once a plan has been approved it needs a forecast and is not in the plan: a re-baseline takes it in.
    `imported_from` names the file that asked for it, for the trail.
    """
    check_plan(by, programme)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    values = _checked(locked, terms, None, forecast)
    milestone = Milestone(
        programme=programme,
        ref=next_reference("M-", _references_given(locked)),
        note=check_text(note, "Note", TEXT_LIMIT, "note"),
        order_index=programme.milestones.count(),
        forecast_updated_at=now() if forecast else None,
        created_by=by,
        updated_by=by,
        **values,
    )
    milestone.set_date("plan", terms.plan)
    milestone.set_date("forecast", forecast)
    milestone.save(force_insert=True)
    milestone.councils.set(terms.councils)
    place(milestone, milestone.order_index + 1 if terms.position is None else terms.position)
    after = {"ref": milestone.ref, **_plain(terms), "forecast": encode_date(forecast), "version": 1}
    after |= {IMPORTED_FROM: imported_from} if imported_from else {}
    _audit(milestone, by, "create_milestone", channel, {}, after, milestone.note)
    return milestone


@transaction.atomic
def change_milestone(
    milestone: Milestone,
    *,
    by: User,
    seen_version: int,
    terms: MilestoneTerms,
    channel: Channel = Channel.PAGE,
    imported_from: str = "",
) -> Milestone:
    """The milestone with other terms; refuses a cancelled one and a stale edit. No change leaves no trace.

    `imported_from` names the file that asked for it, for the trail.
    """
    check_change_plan(by, milestone)
    Programme.objects.select_for_update().get(pk=milestone.programme_id)
    check_seen(milestone, seen_version)
    there = terms_of(milestone)
    values = _checked(milestone.programme, terms, milestone, None)
    before, after = _plain(there), _plain(terms)
    changed = [name for name in after if after[name] != before[name]]
    if not changed:
        return milestone
    milestone.set_date("plan", terms.plan)
    plan = {f"plan_{part}": getattr(milestone, f"plan_{part}") for part in _PARTS}
    write_next(milestone, {**values, **plan}, by=by, seen_version=seen_version)
    milestone.councils.set(terms.councils)
    if "position" in changed and terms.position is not None:
        place(milestone, terms.position)
    saved = Milestone.objects.select_related("programme__partnership").get(pk=milestone.pk)
    old = {name: before[name] for name in changed} | {"version": seen_version}
    new = {name: after[name] for name in changed} | {"version": saved.version}
    new |= {IMPORTED_FROM: imported_from} if imported_from else {}
    _audit(saved, by, "change_milestone", channel, old, new)
    return saved


_PARTS = ("first_on", "last_on", "precision", "text")


def _references_given(programme: Programme) -> list[str]:
    """References of milestones, also of those removed: a file or a link that names one never means another.

    Two queries.
    """
    removed = AuditEvent.objects.filter(
        action=REMOVED, object_type=Milestone._meta.label_lower, scope=programme.key
    ).values_list("object_label", flat=True)
    there = programme.milestones.values_list("ref", flat=True)
    return [*there, *(label.partition(" ")[0] for label in removed)]


def _checked(
    programme: Programme, terms: MilestoneTerms, milestone: Milestone | None, forecast: ImpreciseDate | None
) -> dict[str, Any]:
    """The columns to write; refuses all at once."""
    said = [*_refusals(programme, terms, milestone, forecast)]
    values = {name: getattr(terms, name) for name in COLUMNS}
    try:
        values["title"] = check_title(terms.title)
    except Refusal as refusal:
        said.append(refusal)
    if said:
        raise Refusals(said)
    return values | {"kind": str(MilestoneKind(terms.kind))}


def _refusals(
    programme: Programme, terms: MilestoneTerms, milestone: Milestone | None, forecast: ImpreciseDate | None
) -> Iterator[Refusal]:
    yield from gate_refusals(terms.kind, terms.gate_number)
    yield from _foreign(programme, terms, milestone)
    latest, period = latest_plan(programme), period_of(programme)
    before = milestone.get_date("plan") if milestone else None
    yield from plan_refusals(before, terms.plan, latest.approved_on if latest else None)
    if terms.plan != before:
        yield from date_refusals(terms.plan, period, "plan_on")
        yield from _out_of_order(programme, terms, milestone)
        yield from _proposed(programme, milestone)
    yield from date_refusals(forecast, period, "forecast_on")
    if milestone is None and latest is not None and forecast is None:
        yield Refusal(NO_DATE, "forecast_on", "9")
    if milestone is not None and terms.is_critical and not _is_shown(milestone):
        yield Refusal("Add evidence that the milestone was achieved", "is_critical", "53")


def _foreign(programme: Programme, terms: MilestoneTerms, milestone: Milestone | None) -> Iterator[Refusal]:
    """What belongs to another programme, and people and councils who take no part in this one."""
    for name in ("phase", "tranche"):
        row = getattr(terms, name)
        if row is not None and row.programme_id != programme.pk:
            yield Refusal(OTHER_PROGRAMME.format(name), name)
    owner, stays = terms.owner, milestone.owner_id if milestone else None
    if owner is not None and owner.pk != stays and not possible_owners(programme).filter(pk=owner.pk):
        yield Refusal(NOT_AN_OWNER, "owner")
    partners = {council.pk for council in entering_councils(programme)}
    known = {council.pk for council in milestone.councils.all()} if milestone else set()
    for council in terms.councils:
        if council.pk not in partners | known:
            yield Refusal(f"{council} is not a partner in this programme", "councils")


def _out_of_order(
    programme: Programme, terms: MilestoneTerms, milestone: Milestone | None
) -> Iterator[Refusal]:
    """A typed plan date that comes too early for what it waits for, or too late for others (INV-30)."""
    if milestone is None or terms.plan is None:
        return
    rows = programme.milestones.filter(plan_last_on__isnull=False)
    plans = dict(rows.values_list("pk", "plan_last_on")) | {milestone.pk: terms.plan.last_on}
    own = [link for link in links_of(programme) if milestone.pk in (link.predecessor, link.successor)]
    try:
        check_plan_order(
            plans, own, dict(programme.milestones.values_list("pk", "title")), holidays=bank_holidays()
        )
    except Refusal as said:
        yield Refusal(said.message, "plan_on", said.code)


def _proposed(programme: Programme, milestone: Milestone | None) -> Iterator[Refusal]:
    """A plan date typed beside the one that is proposed for approval, which would take its place unseen."""
    for plan in proposed_plans(programme) if milestone else ():
        if milestone and milestone.pk in plan.dates:
            yield Refusal(
                f"{milestone.ref} is in the proposed plan version {plan.number}. Change its date there",
                "plan_on",
            )


def _is_shown(milestone: Milestone) -> bool:
    """Whether a key milestone would have what shows it, where it is achieved."""
    return milestone.actual_last_on is None or bool(milestone.evidence or milestone.source_id)


def _plain(terms: MilestoneTerms) -> dict[str, Any]:
    return {
        "title": terms.title.strip(),
        "kind": str(terms.kind),
        "gate_number": terms.gate_number,
        "phase": terms.phase.ref if terms.phase else None,
        "tranche": terms.tranche.ref if terms.tranche else None,
        "owner": terms.owner.email if terms.owner else None,
        "councils": sorted(council.key for council in terms.councils),
        "is_critical": terms.is_critical,
        "plan": encode_date(terms.plan),
        "position": terms.position,
    }


def _audit(
    milestone: Milestone,
    by: User,
    action: str,
    channel: Channel,
    before: dict[str, Any],
    after: dict[str, Any],
    why: str = "",
) -> None:
    scope = milestone.programme.key
    audit.record(
        milestone, by=by, action=action, channel=channel, scope=scope, before=before, after=after, why=why
    )
