"""Budgets, reductions, funds, agreements and successors."""

from __future__ import annotations

from benefits.models import (
    ActualAmount,
    BudgetLine,
    BudgetReduction,
    CloseException,
    Fund,
    FundClosing,
    PeriodClose,
)
from core.rules.calendar import fy_file_key
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    email_of,
    inline,
    moment_of,
    number_of,
    pounds_of,
    ref_of,
)
from governance.casefiles.writing import Inline
from programme.models import Agreement, CouncilSuccessor, Partnership, Programme


def dump_agreements(partnership: Partnership) -> list[Fields]:
    """Agreements by id."""
    return [_agreement(row) for row in partnership.agreements.order_by("ref")]


def dump_successors(keys: list[str]) -> list[Inline]:
    """Who takes over from the councils with these keys, and by what share, where both are among them."""
    rows = CouncilSuccessor.objects.filter(council__key__in=keys, successor__key__in=keys)
    return [
        inline(
            {
                "council": row.council.key,
                "successor": row.successor.key,
                "weight": number_of(row.weight),
                "from": day_of(row.from_on),
            }
        )
        for row in rows.select_related("council", "successor").order_by("council__key", "successor__key")
    ]


def dump_closed_months(partnership: Partnership) -> list[Fields]:
    """The months that partner councils closed, the earliest first, with who may still enter amounts."""
    rows = PeriodClose.objects.filter(council__in=partnership.councils.all()).select_related(
        "council", "entered_by"
    )
    found = rows.prefetch_related("exceptions__user", "exceptions__entered_by")
    return [
        compact(
            {
                "council": row.council.key,
                "fy": fy_file_key(row.fy),
                "period": row.period,
                "by": email_of(row.entered_by),
                "at": moment_of(row.entered_at),
                "exceptions": [_exception(one) for one in row.exceptions.all()],
            }
        )
        for row in found.order_by("council__key", "fy", "period")
    ]


def _exception(row: CloseException) -> Inline:
    return inline(
        {
            "person": email_of(row.user),
            "until": day_of(row.until_on),
            "reason": row.reason,
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
        }
    )


def dump_budget_lines(programme: Programme) -> list[Inline]:
    """The budgets that the programme's savings took something out of."""
    rows = BudgetLine.objects.filter(reductions__line__programme=programme).distinct()
    return [
        inline(
            {
                "council": row.council.key,
                "ledger_code": row.ledger_code,
                "fy": fy_file_key(row.fy),
                "name": row.name,
                "budget_gbp": pounds_of(row.budget_pence),
            }
        )
        for row in rows.select_related("council").order_by("council__key", "ledger_code", "fy")
    ]


def dump_budget_reductions(programme: Programme) -> list[Fields]:
    """Every reduction in the order of entry, also those withdrawn."""
    rows = BudgetReduction.objects.filter(line__programme=programme).select_related(
        "line", "budget_line__council", "entered_by", "withdrawn_by"
    )
    return [_reduction(row) for row in rows.order_by("pk")]


def dump_funds(programme: Programme) -> list[Fields]:
    """Funds by id, each with its entries in the order of entry."""
    actuals = ActualAmount.objects.filter(line__programme=programme).order_by("pk")
    ids = {key: f"A-{number}" for number, key in enumerate(actuals.values_list("pk", flat=True), 1)}
    return [_fund(fund, ids) for fund in programme.funds.select_related("pool").order_by("ref")]


def _agreement(row: Agreement) -> Fields:
    return compact(
        {
            "id": row.ref,
            "kind": str(row.kind),
            "title": row.title,
            "in_force_on": day_of(row.in_force_on),
            "notice_months": row.notice_months,
            "exit_terms": row.exit_terms,
            "officers_consulted": row.officers_consulted or None,
        }
    )


def _reduction(row: BudgetReduction) -> Fields:
    withdrawn = {
        "by": email_of(row.withdrawn_by),
        "at": moment_of(row.withdrawn_at),
        "reason": row.withdrawn_reason,
    }
    return compact(
        {
            "line": row.line.ref,
            "council": row.budget_line.council.key,
            "ledger_code": row.budget_line.ledger_code,
            "fy": fy_file_key(row.budget_line.fy),
            "amount_gbp": pounds_of(row.amount_pence),
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
            "not_same_reason": row.not_same_reason,
            "withdrawn": inline(withdrawn) if row.withdrawn_at else None,
        }
    )


def _fund(fund: Fund, ids: dict[int, str]) -> Fields:
    paid = fund.contributions.select_related("council", "entered_by").order_by("pk")
    drawn = fund.drawdowns.select_related("entered_by").order_by("pk")
    closed = fund.closings.select_related("entered_by").order_by("pk")
    return compact(
        {
            "id": fund.ref,
            "name": fund.name,
            "pool": ref_of(fund.pool),
            "contributions": [
                inline(
                    {
                        "council": row.council.key,
                        "amount_gbp": pounds_of(row.amount_pence),
                        "paid_on": day_of(row.paid_on),
                        "explanation": row.explanation,
                        "by": email_of(row.entered_by),
                        "at": moment_of(row.entered_at),
                    }
                )
                for row in paid
            ],
            "drawdowns": [
                inline(
                    {
                        "actual": ids[row.actual_id],
                        "amount_gbp": pounds_of(row.amount_pence),
                        "drawn_on": day_of(row.drawn_on),
                        "by": email_of(row.entered_by),
                        "at": moment_of(row.entered_at),
                    }
                )
                for row in drawn
            ],
            "closings": [_closing(row) for row in closed],
        }
    )


def _closing(row: FundClosing) -> Inline:
    return inline(
        {
            "closed_on": day_of(row.closed_on),
            "returned_gbp": pounds_of(row.returned_pence),
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
        }
    )
