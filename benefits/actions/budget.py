"""Record the budgets of a council and what was taken out of them for a saving."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.db import transaction
from django.db.models import Sum

from accounts.models import User
from benefits.actions.amounts import Amount, check_belongs
from benefits.models import ActualAmount, Benefit, BudgetLine, BudgetReduction, Line
from benefits.policies import check_enter_budgets
from benefits.queries.budgets import attribution_of, claimed_pence, other_programmes, reduced_pence
from benefits.rules.budgets import (
    check_attribution,
    check_budget_amount,
    check_claimed_once,
    check_reduction_amount,
    check_within_budget,
    unknown_code,
)
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text
from programme.models import Council
from services.enums import LineKind


@dataclass(frozen=True, slots=True)
class Reduction:
    """What a council took out of one ledger code in one year for one line of savings."""

    line: Line
    council: Council
    ledger_code: str
    fy: int
    pence: int


@transaction.atomic
def record_budget_line(
    council: Council,
    *,
    by: User,
    ledger_code: str,
    fy: int,
    budget_pence: int,
    name: str,
    channel: Channel = Channel.PAGE,
) -> BudgetLine:
    """The budget of one code in one year, before any saving; a code has one budget a year."""
    check_enter_budgets(by, council)
    code = check_text(ledger_code, "Ledger code", 40)
    if not code:
        raise Refusal("Enter the ledger code", "ledger_code")
    check_budget_amount(budget_pence)
    Council.objects.select_for_update().get(pk=council.pk)
    if BudgetLine.objects.filter(council=council, ledger_code=code, fy=fy).exists():
        raise Refusal("This code already has a budget in this year", "ledger_code", "15")
    row = BudgetLine.objects.create(
        council=council,
        ledger_code=code,
        fy=fy,
        budget_pence=budget_pence,
        name=_name(name),
        created_by=by,
        updated_by=by,
    )
    _audit_line(row, by=by, action="record_budget_line", channel=channel, before={})
    return row


@transaction.atomic
def update_budget_line(
    budget_line: BudgetLine,
    *,
    by: User,
    seen_version: int,
    budget_pence: int,
    name: str,
    channel: Channel = Channel.PAGE,
) -> BudgetLine:
    """The budget with another amount or name; never less than what is claimed from it (row 40)."""
    check_enter_budgets(by, budget_line.council)
    check_budget_amount(budget_pence)
    locked = BudgetLine.objects.select_for_update().get(pk=budget_line.pk)
    check_seen(locked, seen_version)
    for claimed in (reduced_pence(locked), claimed_pence(locked)):
        check_within_budget(locked.ledger_code, budget_pence, [claimed])
    before = {"budget_pence": locked.budget_pence, "name": locked.name}
    values = {"budget_pence": budget_pence, "name": _name(name)}
    write_next(locked, values, by=by, seen_version=seen_version)
    locked.refresh_from_db()
    _audit_line(locked, by=by, action="update_budget_line", channel=channel, before=before)
    return locked


@transaction.atomic
def record_budget_reduction(
    reduction: Reduction, *, by: User, not_same_reason: str = "", channel: Channel = Channel.PAGE
) -> BudgetReduction:
    """The reduction of a budget for a saving: what verification of that saving asks for (row 39).

    Refuses as rows 40 and 41, and as row 42 until `not_same_reason` says why another programme's claim is
    not the same saving.
    """
    check_enter_budgets(by, reduction.council)
    check_reduction_amount(reduction.pence)
    reason = check_text(not_same_reason, "Reason", 500)
    reduction = replace(reduction, line=_locked_line(reduction.line))
    line, budget_line = reduction.line, _locked_budget_line(reduction)
    _check_is_saving(reduction)
    if BudgetReduction.objects.standing().filter(line=line, budget_line=budget_line).exists():
        raise Refusal("A reduction of this code is already recorded for this line", "ledger_code", "15")
    _check_shared_code(reduction, budget_line, by=by, reason=reason)
    row = _create_reduction(reduction, budget_line, by=by, reason=reason)
    _audit_reduction(row, by=by, action="record_budget_reduction", channel=channel, why=reason)
    return row


@transaction.atomic
def withdraw_budget_reduction(
    reduction: BudgetReduction, *, by: User, reason: str, channel: Channel = Channel.PAGE
) -> BudgetReduction:
    """Take back a reduction that was entered wrongly; it stays on record, and counts no more.

    Refuses while a verified saving rests on it alone (INV-21).
    """
    council = reduction.budget_line.council
    check_enter_budgets(by, council)
    check_reason(reason, "Explain why this reduction is withdrawn")
    lock_reductions(reduction.line, council, reduction.budget_line.fy)
    row = BudgetReduction.objects.select_related("budget_line", "line").get(pk=reduction.pk)
    if row.withdrawn_at is not None:
        raise Refusal("This reduction has already been withdrawn")
    _check_nothing_rests_on(row)
    row.withdrawn_at, row.withdrawn_by = now(), by
    row.withdrawn_reason = check_text(reason, "Reason", 500)
    row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
    _audit_reduction(
        row, by=by, action="withdraw_budget_reduction", channel=channel, why=row.withdrawn_reason
    )
    return row


def lock_reductions(line: Line, council: Council, fy: int) -> None:
    """Lock what a verified saving rests on, so that it cannot be withdrawn while it is verified (INV-21)."""
    standing = BudgetReduction.objects.standing().filter(line=line)
    rows = standing.filter(budget_line__council=council, budget_line__fy=fy)
    list(rows.select_for_update(of=("self",)).order_by("pk"))


def _locked_line(line: Line) -> Line:
    """The line as it is now; nobody can change how much its benefit claims until the end (row 41)."""
    if line.benefit_id is not None:
        Benefit.objects.select_for_update().get(pk=line.benefit_id)
    return Line.objects.select_related("benefit", "programme__partnership").get(pk=line.pk)


def _locked_budget_line(reduction: Reduction) -> BudgetLine:
    code = reduction.ledger_code.strip()
    rows = BudgetLine.objects.select_for_update().filter(council=reduction.council, fy=reduction.fy)
    budget_line = rows.filter(ledger_code=code).order_by("pk").first()  # a join would lock the council too
    if budget_line is None:
        raise unknown_code(code, str(reduction.council), reduction.fy)
    return budget_line


def _check_is_saving(reduction: Reduction) -> None:
    if reduction.line.kind != LineKind.CASHABLE_SAVING:
        raise Refusal("Choose a line of cashable saving", "line", "INV-21")
    amount = Amount(reduction.line, reduction.council, reduction.fy, None, reduction.pence)
    check_belongs(reduction.line.programme, [amount])


def _check_shared_code(reduction: Reduction, budget_line: BudgetLine, *, by: User, reason: str) -> None:
    """Rows 40, 41 and 42: what all that is claimed from this code in this year comes to."""
    line = reduction.line
    if line.benefit is None or line.benefit.counted_in_id is None:
        already = reduced_pence(budget_line)
        check_within_budget(budget_line.ledger_code, budget_line.budget_pence, [already, reduction.pence])
        check_attribution(attribution_of(budget_line, line.programme_id, [line]))
    check_claimed_once(other_programmes(budget_line, line.programme_id, by), reason)


def _create_reduction(
    reduction: Reduction, budget_line: BudgetLine, *, by: User, reason: str
) -> BudgetReduction:
    return BudgetReduction.objects.create(
        line=reduction.line,
        budget_line=budget_line,
        amount_pence=reduction.pence,
        not_same_reason=reason,
        entered_by=by,
        entered_at=now(),
    )


def _check_nothing_rests_on(row: BudgetReduction) -> None:
    budget = row.budget_line
    others = BudgetReduction.objects.standing().exclude(pk=row.pk)
    if others.filter(
        line=row.line, budget_line__council=budget.council_id, budget_line__fy=budget.fy
    ).exists():
        return
    verified = ActualAmount.objects.verified().filter(line=row.line, council=budget.council_id, fy=budget.fy)
    if verified.aggregate(total=Sum("amount_pence"))["total"]:
        raise Refusal("Verified amounts rest on this reduction. Reverse them first", code="INV-21")


def _name(name: str) -> str:
    text = check_text(name, "Name", 200)
    if not text:
        raise Refusal("Enter the name", "name")
    return text


def _audit_line(
    row: BudgetLine, *, by: User, action: str, channel: Channel, before: dict[str, object]
) -> None:
    audit.record(
        row,
        by=by,
        action=action,
        channel=channel,
        scope=row.council.key,
        before=before,
        after={
            "council": row.council.key,
            "ledger_code": row.ledger_code,
            "fy": row.fy,
            "budget_pence": row.budget_pence,
            "name": row.name,
        },
    )


def _audit_reduction(row: BudgetReduction, *, by: User, action: str, channel: Channel, why: str) -> None:
    budget = row.budget_line
    audit.record(
        row,
        by=by,
        action=action,
        channel=channel,
        scope=row.line.programme.key,
        after={
            "line": row.line.ref,
            "council": budget.council.key,
            "ledger_code": budget.ledger_code,
            "fy": budget.fy,
            "amount_pence": row.amount_pence,
        },
        why=why,
    )
