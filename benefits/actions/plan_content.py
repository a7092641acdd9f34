"""Change what a proposed plan holds: the whole table of amounts, or of dates, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import transaction

from accounts.models import User
from benefits.actions.amounts import Amount, PlannedDate
from benefits.actions.plan import check_dates_in_order, check_plan_contents
from benefits.enums import ProposalState
from benefits.models import PlanProposal, ProposalAmount, ProposalDate
from benefits.policies import check_propose
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from programme.enums import MilestoneState
from programme.models import PlanVersion, Programme


def amounts_of(plan: PlanProposal | PlanVersion) -> list[Amount]:
    """The amounts of a plan or a proposed plan. One query."""
    rows = plan.amounts.select_related("line", "council", "source").order_by("pk")
    return [
        Amount(
            row.line,
            row.council,
            row.fy,
            row.period,
            row.amount_pence,
            source=row.source,
            qualifier=row.qualifier,
        )
        for row in rows
    ]


def dates_of(plan: PlanProposal | PlanVersion) -> list[PlannedDate]:
    """The milestone dates of a plan or a proposed plan. One query."""
    rows = plan.dates.select_related("milestone", "source").order_by("pk")
    found = ((row, row.get_date("date")) for row in rows)
    return [
        PlannedDate(row.milestone, day, source=row.source, qualifier=row.qualifier)
        for row, day in found
        if day is not None
    ]


def typed_dates(programme: Programme) -> list[PlannedDate]:
    """The plan dates that people typed before the first plan, without cancelled milestones. One query."""
    rows = programme.milestones.exclude(stated_state=MilestoneState.CANCELLED).order_by("order_index", "pk")
    found = ((row, row.get_date("plan")) for row in rows)
    return [PlannedDate(row, day) for row, day in found if day is not None]


@transaction.atomic
def save_amounts(
    proposal: PlanProposal,
    *,
    by: User,
    seen_version: int,
    amounts: Sequence[Amount],
    channel: str = Channel.PAGE,
) -> PlanProposal:
    """The draft with these amounts in place of all that it held; without an effect nothing is written."""
    locked = opened_draft(proposal, by=by, seen_version=seen_version)
    check_plan_contents(locked.programme, (), amounts)
    before, after = _by_place(amounts_of(locked)), _by_place(amounts)
    if before == after:
        return locked
    locked.amounts.all().delete()
    write_amounts(locked, amounts)
    return _saved(locked, by=by, action="save_amounts", channel=channel, before=before, after=after)


@transaction.atomic
def save_dates(
    proposal: PlanProposal,
    *,
    by: User,
    seen_version: int,
    dates: Sequence[PlannedDate],
    channel: str = Channel.PAGE,
) -> PlanProposal:
    """The draft with these dates in place of all that it held; without an effect nothing is written."""
    locked = opened_draft(proposal, by=by, seen_version=seen_version)
    check_plan_contents(locked.programme, dates, ())
    check_dates_in_order(locked.programme, dates)
    before, after = _by_milestone(dates_of(locked)), _by_milestone(dates)
    if before == after:
        return locked
    locked.dates.all().delete()
    write_dates(locked, dates)
    return _saved(locked, by=by, action="save_dates", channel=channel, before=before, after=after)


def opened_draft(proposal: PlanProposal, *, by: User, seen_version: int) -> PlanProposal:
    """The draft as it is stored now, locked; refuses another's edit (row 84) and what is submitted."""
    check_propose(by, proposal.programme)
    locked = locked_proposal(proposal)
    check_draft(locked)
    check_seen(locked, seen_version)
    return locked


def locked_proposal(proposal: PlanProposal) -> PlanProposal:
    """The proposal as it is stored now, locked until the transaction ends."""
    rows = PlanProposal.objects.select_for_update(of=("self",)).select_related(
        "programme__partnership", "based_on", "plan_version", "submitted_by"
    )
    return rows.get(pk=proposal.pk)


def check_draft(proposal: PlanProposal) -> None:
    """Refuse a change of what is submitted, or settled."""
    if proposal.state != ProposalState.DRAFT:
        state = str(proposal.get_state_display()).lower()
        raise Refusal(f"This proposal is {state} and cannot be changed. Withdraw it and start again")


def write_amounts(proposal: PlanProposal, amounts: Iterable[Amount]) -> None:
    """Store amounts of a draft that holds none."""
    ProposalAmount.objects.bulk_create(
        ProposalAmount(
            proposal=proposal,
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


def write_dates(proposal: PlanProposal, dates: Iterable[PlannedDate]) -> None:
    """Store milestone dates of a draft that holds none."""
    rows = []
    for planned in dates:
        row = ProposalDate(
            proposal=proposal,
            milestone=planned.milestone,
            source=planned.source,
            qualifier=planned.qualifier,
        )
        row.set_date("date", planned.date)
        rows.append(row)
    ProposalDate.objects.bulk_create(rows)


def _by_place(amounts: Iterable[Amount]) -> dict[str, Any]:
    """Pence by line, council, year and month: ICT.carrick.2027.4, or ICT.carrick.2027 for the whole year."""
    return {
        ".".join(
            str(part) for part in (one.line.ref, one.council.key, one.fy, one.period) if part is not None
        ): one.pence
        for one in amounts
    }


def _by_milestone(dates: Iterable[PlannedDate]) -> dict[str, Any]:
    return {
        one.milestone.ref: [one.date.first_on.isoformat(), one.date.last_on.isoformat(), str(one.date)]
        for one in dates
    }


def _saved(
    proposal: PlanProposal,
    *,
    by: User,
    action: str,
    channel: str,
    before: dict[str, Any],
    after: dict[str, Any],
) -> PlanProposal:
    seen = proposal.version
    for name, value in write_next(proposal, {}, by=by, seen_version=seen).items():
        setattr(proposal, name, value)
    changed = [name for name in before | after if before.get(name) != after.get(name)]
    audit.record(
        proposal,
        by=by,
        action=action,
        channel=channel,
        scope=proposal.programme.key,
        before={name: before.get(name) for name in changed} | {"version": seen},
        after={name: after.get(name) for name in changed} | {"version": proposal.version},
    )
    return proposal
