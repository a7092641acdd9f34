"""Record an approved plan; nothing here or elsewhere edits one (INV-02)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import F

from accounts.models import User
from benefits.actions.amounts import Amount, PlannedDate, check_belongs
from benefits.models import PlanAmount
from benefits.rules.ledger import check_plan_entries, check_rebaseline
from benefits.rules.plan_hash import plan_hash
from core.actions import audit
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import bank_holidays
from core.rules.dates import check_not_future
from core.rules.text import check_text
from programme.enums import MilestoneState
from programme.models import Milestone, PlanDate, PlanVersion, Programme
from programme.queries.history import encode_date
from programme.queries.schedule import links_of
from programme.rules.planning.terms import sealed
from programme.rules.schedule import check_plan_order

# For so many days a plan that took effect is taken up, should no worker have run on its day.
TAKEN_UP_FOR = 366


@transaction.atomic
def record_plan_version(
    programme: Programme,
    *,
    by: User | None,
    entered_by: User,
    number: int,
    approved_on: date,
    effective_on: date,
    reason: str,
    narrative: str,
    dates: Sequence[PlannedDate],
    amounts: Sequence[Amount],
    entered_at: datetime | None = None,
    channel: Channel = Channel.PAGE,
) -> PlanVersion:
    """The new plan version with all its dates and amounts, sealed and hashed.

    Only a decision that takes effect calls this, through `approve_plan_proposal` (INV-14); nobody acts
    (None) when time alone does. Milestones get their plan dates at once where the version is in effect
    today; see `copy_plan_dates`.
    """
    Programme.objects.select_for_update().get(pk=programme.pk)
    check_next_number(programme, number)
    check_not_future(approved_on, today(), "Approval date")
    check_rebaseline(number, reason, narrative)
    check_plan_contents(programme, dates, amounts)
    version = PlanVersion.objects.create(
        programme=programme,
        number=number,
        approved_on=approved_on,
        effective_on=effective_on,
        reason=check_text(reason, "Reason", 300),
        narrative=check_text(narrative, "Explanation"),
        date_count=len(dates),
        amount_count=len(amounts),
        content_hash=hash_of(dates, amounts),
        entered_by=entered_by,
        entered_at=entered_at or now(),
    )
    _write_contents(version, dates, amounts)
    _audit(version, by, channel)
    if number == 1:
        _clear_typed_dates(programme, dates, version, by, channel)
    copy_plan_dates(programme, by=entered_by, as_of=today())
    return version


@transaction.atomic
def copy_plan_dates(programme: Programme, *, by: User, as_of: date) -> int:
    """Give each milestone the date of the plan in effect on `as_of`; how many changed. Idempotent.

    A milestone that the current version does not name keeps the date it had.
    """
    current = PlanVersion.objects.effective(as_of).filter(programme=programme).last()
    if current is None:
        return 0
    changed = 0
    for planned in PlanDate.objects.filter(plan_version=current).select_related("milestone"):
        milestone, day = planned.milestone, planned.get_date("date")
        if milestone.get_date("plan") != day:
            milestone.set_date("plan", day)
            _write_plan_date(milestone, by)
            changed += 1
    return changed


def take_up_plans(*, as_of: date) -> int:
    """Give milestones the dates of plans that took effect in the last days; how many changed. Idempotent.

    A plan approved for a later day, as a case file can hold one, takes effect by time alone (INV-14).
    """
    since = as_of - timedelta(days=TAKEN_UP_FOR)
    versions = PlanVersion.objects.effective(as_of).filter(effective_on__gt=since)
    waited = versions.filter(entered_at__date__lt=F("effective_on"))
    rows = waited.select_related("programme", "entered_by").order_by("number")
    last = {one.programme_id: one for one in rows}
    return sum(copy_plan_dates(one.programme, by=one.entered_by, as_of=as_of) for one in last.values())


def is_intact(version: PlanVersion) -> bool:
    """Whether the stored dates and amounts still give the hash recorded with the plan. Two queries."""
    dates = version.dates.values_list("milestone__ref", "date_first_on", "date_last_on", "date_precision")
    amounts = version.amounts.values_list("line__ref", "council__key", "fy", "period", "amount_pence")
    return plan_hash(dates, amounts) == version.content_hash


def check_next_number(programme: Programme, number: int) -> None:
    """Refuse a number that a plan version has (row 33), or that is not the next. One or two queries."""
    latest = PlanVersion.objects.filter(programme=programme).order_by("number").last()
    if latest is not None and number <= latest.number:
        existing = PlanVersion.objects.filter(programme=programme, number=number).first() or latest
        raise sealed(existing.approved_on)
    if number != (latest.number + 1 if latest else 1):
        raise Refusal(f"The next plan version is number {latest.number + 1 if latest else 1}", "number")


def check_plan_contents(
    programme: Programme, dates: Sequence[PlannedDate], amounts: Sequence[Amount]
) -> None:
    """Refuse dates and amounts that no plan of the programme can hold (rows 5, 7, 15 to 17 and 76)."""
    seen: set[int] = set()
    for planned in dates:
        if planned.milestone.programme_id != programme.pk:
            raise Refusal(f"{planned.milestone.ref} is not a milestone of this programme", "dates")
        if planned.milestone.stated_state == MilestoneState.CANCELLED:
            raise Refusal(f"{planned.milestone.ref} is cancelled. Take it out of the plan", "dates")
        if planned.milestone.pk in seen:
            raise Refusal(f"There are two dates for {planned.milestone.ref}. Keep one", "dates", "15")
        seen.add(planned.milestone.pk)
    last_fy = None if programme.base_fy is None else programme.base_fy + programme.horizon_years
    check_plan_entries([amount.entry for amount in amounts], first_fy=programme.base_fy, last_fy=last_fy)
    check_belongs(programme, amounts, may_outlast=True)


def check_dates_in_order(programme: Programme, dates: Sequence[PlannedDate]) -> None:
    """Refuse a plan in which a milestone comes before what it waits for (INV-30). Two queries."""
    plans = {planned.milestone.pk: planned.date.last_on for planned in dates}
    titles = {planned.milestone.pk: planned.milestone.title for planned in dates}
    try:
        check_plan_order(plans, links_of(programme), titles, holidays=bank_holidays())
    except Refusal as said:
        raise Refusal(said.message, "dates", said.code) from said


def hash_of(dates: Sequence[PlannedDate], amounts: Sequence[Amount]) -> str:
    """The fingerprint of a plan that holds these."""
    return plan_hash(
        [
            (planned.milestone.ref, planned.date.first_on, planned.date.last_on, planned.date.precision)
            for planned in dates
        ],
        [(amount.line.ref, amount.council.key, amount.fy, amount.period, amount.pence) for amount in amounts],
    )


def _write_contents(version: PlanVersion, dates: Sequence[PlannedDate], amounts: Sequence[Amount]) -> None:
    rows = []
    for planned in dates:
        row = PlanDate(
            plan_version=version,
            milestone=planned.milestone,
            source=planned.source,
            qualifier=planned.qualifier,
        )
        row.set_date("date", planned.date)
        rows.append(row)
    PlanDate.objects.bulk_create(rows)
    PlanAmount.objects.bulk_create(
        PlanAmount(
            plan_version=version,
            line=amount.line,
            council=amount.council,
            fy=amount.fy,
            period=amount.period,
            amount_pence=amount.pence,
            source=amount.source,
            qualifier=amount.qualifier,
        )
        for amount in amounts
    )


def _clear_typed_dates(
    programme: Programme,
    planned: Sequence[PlannedDate],
    version: PlanVersion,
    by: User | None,
    channel: Channel,
) -> None:
    """Take the date typed as planned from milestones that the first plan leaves out: nobody approved it."""
    named = {one.milestone.pk for one in planned}
    typed = programme.milestones.filter(plan_first_on__isnull=False).exclude(pk__in=named)
    for milestone in typed.exclude(stated_state=MilestoneState.EXTERNAL_DATE):
        before = {"plan": encode_date(milestone.get_date("plan")), "version": milestone.version}
        milestone.set_date("plan", None)
        _write_plan_date(milestone, version.entered_by)
        audit.record(
            milestone,
            by=by,
            action="change_milestone",
            channel=channel,
            scope=programme.key,
            before=before,
            after={"plan": None, "version": milestone.version + 1},
            why="The first plan leaves it out",
        )


def _write_plan_date(milestone: Milestone, by: User) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(
        plan_first_on=milestone.plan_first_on,
        plan_last_on=milestone.plan_last_on,
        plan_precision=milestone.plan_precision,
        plan_text=milestone.plan_text,
        version=F("version") + 1,
        updated_at=now(),
        updated_by=by,
    )


def _audit(version: PlanVersion, by: User | None, channel: Channel) -> None:
    audit.record(
        version,
        by=by,
        action="record_plan_version",
        channel=channel,
        scope=version.programme.key,
        after={
            "number": version.number,
            "approved_on": version.approved_on.isoformat(),
            "effective_on": version.effective_on.isoformat(),
            "dates": version.date_count,
            "amounts": version.amount_count,
            "content_hash": version.content_hash,
        },
        why=version.reason,
    )
