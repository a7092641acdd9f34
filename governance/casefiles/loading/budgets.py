"""Budgets, what was taken out of them, and funds. Entries are append-only: one that is there stays."""

from __future__ import annotations

from collections.abc import Mapping

from benefits.models import (
    ActualAmount,
    BudgetLine,
    BudgetReduction,
    Fund,
    FundClosing,
    FundContribution,
    FundDrawdown,
    Line,
)
from core.rules.calendar import format_fy
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.entered import by_whom, recorded_as
from governance.casefiles.loading.rows import Wanted, audit_entry, report_kept, save_row
from programme.models import Programme
from services.models import CostPool

Slot = tuple[str, str, int]


def load_budgets(loading: Loading, file: CaseFile, programme: Programme, lines: dict[str, Line]) -> None:
    """Budget lines, then the reductions that are new or newly withdrawn."""
    budgets = {slot_of(entry): _budget_line(loading, file, entry) for entry in file.entries("budget_lines")}
    rows = BudgetReduction.objects.filter(line__programme=programme).select_related("line", "budget_line")
    recorded = list(rows.order_by("pk"))
    for entry in file.entries("budget_reductions"):
        row = next((row for row in recorded if _is_same(loading, entry, row, lines, budgets)), None)
        if row is None:
            row = _create_reduction(loading, programme, entry, lines, budgets)
        else:
            recorded.remove(row)
        _withdraw(loading, entry, row)


def load_funds(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    actuals: dict[str, ActualAmount],
    pools: Mapping[str, CostPool],
) -> None:
    """Funds, and the payments, withdrawals and closings that are new."""
    existing = {fund.ref: fund for fund in programme.funds.all()}
    named = []
    for entry in file.entries("funds"):
        ref = entry.text("id")
        named.append(ref)
        fund = existing.get(ref) or Fund(programme=programme, ref=ref)
        values = {"name": entry.text("name"), "pool": pools.get(entry.text("pool"))}
        wanted = Wanted("fund", f"Fund {ref}", file.key, values)
        saved = save_row(loading, fund, wanted)
        _load_contributions(loading, programme, saved, entry)
        _load_drawdowns(loading, programme, saved, entry, actuals)
        _load_closings(loading, programme, saved, entry)
    report_kept(loading, "fund", existing, named)


def slot_of(entry: Entry) -> Slot:
    """Council, ledger code and year: what tells one budget from another."""
    return entry.text("council"), entry.text("ledger_code"), entry.fy("fy") or 0


def _budget_line(loading: Loading, file: CaseFile, entry: Entry) -> BudgetLine:
    council, (_, code, fy) = loading.councils[entry.text("council")], slot_of(entry)
    row = BudgetLine.objects.filter(council=council, ledger_code=code, fy=fy).first()
    values = {"name": entry.text("name"), "budget_pence": needed(entry.pence("budget_gbp"))}
    label = f"Budget {code} of {council}, {format_fy(fy)}"
    wanted = Wanted("budget", label, file.key, values)
    return save_row(loading, row or BudgetLine(council=council, ledger_code=code, fy=fy), wanted)


def _is_same(
    loading: Loading,
    entry: Entry,
    row: BudgetReduction,
    lines: dict[str, Line],
    budgets: dict[Slot, BudgetLine],
) -> bool:
    by, at = loading.user(entry, "by"), entry.moment("at")
    said = [
        (lines[entry.text("line")], row.line),
        (budgets[slot_of(entry)], row.budget_line),
        (entry.pence("amount_gbp"), row.amount_pence),
        (entry.text("not_same_reason"), row.not_same_reason),
        (by or row.entered_by, row.entered_by),
        (at or row.entered_at, row.entered_at),
    ]
    return all(given == kept for given, kept in said)


def _create_reduction(
    loading: Loading,
    programme: Programme,
    entry: Entry,
    lines: dict[str, Line],
    budgets: dict[Slot, BudgetLine],
) -> BudgetReduction:
    budget_line = budgets[slot_of(entry)]
    row = BudgetReduction(
        line=lines[entry.text("line")],
        budget_line=budget_line,
        amount_pence=needed(entry.pence("amount_gbp")),
        not_same_reason=entry.text("not_same_reason"),
        entered_by=loading.author(entry),
        entered_at=entry.moment("at") or noon(loading.as_of),
    )
    _set_withdrawn(loading, entry, row)
    row.save()
    after = {
        "line": row.line.ref,
        "council": entry.text("council"),
        "ledger_code": budget_line.ledger_code,
        "fy": budget_line.fy,
        "amount_pence": row.amount_pence,
    }
    audit_entry(loading, row, noun="budget reduction", scope=programme.key, after=after)
    return row


def _withdraw(loading: Loading, entry: Entry, row: BudgetReduction) -> None:
    if "withdrawn" in entry and row.withdrawn_at is None:
        _set_withdrawn(loading, entry, row)
        row.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawn_reason"])
        after = {"withdrawn_reason": row.withdrawn_reason}
        audit_entry(loading, row, noun="withdrawal", scope=row.line.programme.key, after=after)


def _set_withdrawn(loading: Loading, entry: Entry, row: BudgetReduction) -> None:
    if "withdrawn" in entry:
        given = entry.entry("withdrawn")
        row.withdrawn_at = needed(given.moment("at"))
        row.withdrawn_by = loading.author(given)
        row.withdrawn_reason = given.text("reason")


def _load_contributions(loading: Loading, programme: Programme, fund: Fund, entry: Entry) -> None:
    recorded = list(fund.contributions.order_by("pk"))
    for given in entry.entries("contributions"):
        values = {
            "council": loading.councils[given.text("council")],
            "amount_pence": needed(given.pence("amount_gbp")),
            "paid_on": needed(given.day("paid_on")),
            "explanation": given.text("explanation"),
        }
        row = next((one for one in recorded if all(getattr(one, n) == v for n, v in values.items())), None)
        if row is not None:
            recorded.remove(row)
            continue
        made = FundContribution.objects.create(
            fund=fund,
            entered_by=loading.author(given),
            entered_at=given.moment("at") or noon(loading.as_of),
            **values,
        )
        after = {"fund": fund.ref, "council": made.council.key, "amount_pence": made.amount_pence}
        audit_entry(loading, made, noun="payment", scope=programme.key, after=after)


def _load_drawdowns(
    loading: Loading, programme: Programme, fund: Fund, entry: Entry, actuals: dict[str, ActualAmount]
) -> None:
    recorded = list(fund.drawdowns.order_by("pk"))
    for given in entry.entries("drawdowns"):
        actual = actuals.get(given.text("actual"))
        if actual is None:
            loading.report.refused.append(f"{given.text('actual')}: the cost of a withdrawal was not entered")
            continue
        values = {
            "actual": actual,
            "amount_pence": needed(given.pence("amount_gbp")),
            "drawn_on": needed(given.day("drawn_on")),
        }
        row = next((one for one in recorded if all(getattr(one, n) == v for n, v in values.items())), None)
        if row is not None:
            recorded.remove(row)
            continue
        made = FundDrawdown.objects.create(
            fund=fund,
            entered_by=loading.author(given),
            entered_at=given.moment("at") or noon(loading.as_of),
            **values,
        )
        after = {"fund": fund.ref, "line": actual.line.ref, "amount_pence": made.amount_pence}
        audit_entry(loading, made, noun="withdrawal from a fund", scope=programme.key, after=after)


def _load_closings(loading: Loading, programme: Programme, fund: Fund, entry: Entry) -> None:
    """What went back to the councils is among the payments: a closing says the day and the sum."""
    recorded = list(fund.closings.select_related("entered_by").order_by("pk"))
    for given in entry.entries("closings"):
        values = {
            "closed_on": needed(given.day("closed_on")),
            "returned_pence": needed(given.pence("returned_gbp")),
        }
        if recorded_as(loading, given, recorded, values) is None:
            made = FundClosing.objects.create(fund=fund, **by_whom(loading, given), **values)
            after = {"fund": fund.ref, "returned_pence": made.returned_pence}
            audit_entry(loading, made, noun="closing of a fund", scope=programme.key, after=after)
