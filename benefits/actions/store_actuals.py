"""Write claims, and rows that take claims back, many at once: no query for each of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.models import User
from benefits.actions.amounts import Amount
from benefits.models import ActualAmount, BudgetLine
from benefits.queries.budgets import CodeYear, claimed_by_code
from benefits.rules.budgets import check_within_budget
from core.actions import audit
from core.enums import Channel
from core.errors import Refusal
from core.models import AuditEvent
from core.rules.text import check_text
from services.enums import LineKind

BATCH = 2_000


@dataclass(frozen=True, slots=True)
class Claimed:
    """An amount to be claimed that was checked; `place` is what a refusal of it is bound to."""

    amount: Amount
    ledger_code: str = ""
    evidence: str = ""
    place: str = ""

    @property
    def code_year(self) -> CodeYear | None:
        """The budget that a cashable saving is claimed from; None without a code.

        None too for a benefit that is counted in another: it claims nothing (INV-18).
        """
        code, amount, benefit = self.ledger_code.strip(), self.amount, self.amount.line.benefit
        if not code or amount.line.kind != LineKind.CASHABLE_SAVING:
            return None
        if benefit is not None and benefit.counted_in_id is not None:
            return None
        return amount.council.pk, amount.fy, code


def check_claims(claims: Iterable[Claimed]) -> None:
    """Refuse claims that `store_claims` would not write. Four queries at most."""
    checked = list(claims)
    _check_within_budgets(checked)
    for one in checked:
        _texts(one)


def store_claims(
    claims: Sequence[Claimed], *, by: User, moment: datetime, channel: Channel
) -> list[ActualAmount]:
    """Write claims that were checked; refuses one over its code's budget (row 40) and texts too long.

    Four queries and one for each BATCH of rows.
    """
    _check_within_budgets(claims)
    rows = ActualAmount.objects.bulk_create([_row(one, by, moment) for one in claims], batch_size=BATCH)
    audit.record_all(
        event_of_actual(row, by=by, action="claim_actual", channel=channel, why=row.explanation)
        for row in rows
    )
    return rows


def store_reversals(
    taken_back: Sequence[tuple[ActualAmount, str]], *, by: User, moment: datetime, channel: Channel
) -> list[ActualAmount]:
    """Write the rows that take back amounts, each with its reason; their lines and councils are read."""
    rows = ActualAmount.objects.bulk_create(
        [_reversal(actual, reason, by, moment) for actual, reason in taken_back], batch_size=BATCH
    )
    audit.record_all(
        event_of_actual(
            row,
            by=by,
            action="reverse_actual",
            channel=channel,
            why=row.explanation,
            reverses=row.reverses_id or 0,
        )
        for row in rows
    )
    return rows


def event_of_actual(
    actual: ActualAmount, *, by: User, action: str, channel: Channel, why: str, **more: str | int
) -> AuditEvent:
    """What the trail keeps of a step of an actual amount."""
    return audit.event_of(
        actual,
        by=by,
        action=action,
        channel=channel,
        scope=actual.line.programme.key,
        after={
            "line": actual.line.ref,
            "council": actual.council.key,
            "fy": actual.fy,
            "period": actual.period,
            "amount_pence": actual.amount_pence,
            **more,
        },
        why=why,
    )


def _row(one: Claimed, by: User, moment: datetime) -> ActualAmount:
    amount = one.amount
    return ActualAmount(
        line=amount.line,
        council=amount.council,
        fy=amount.fy,
        period=amount.period,
        amount_pence=amount.pence,
        **_texts(one),
        source=amount.source,
        qualifier=amount.qualifier,
        entered_by=by,
        entered_at=moment,
    )


def _texts(one: Claimed) -> dict[str, str]:
    """What is told of a claim; refuses what is too long, or holds what is no text."""
    try:
        return {
            "explanation": check_text(one.amount.explanation, "Explanation", 500, "explanation"),
            "ledger_code": check_text(one.ledger_code, "Ledger code", 40, "ledger_code"),
            "evidence": check_text(one.evidence, "Evidence", 500, "evidence"),
        }
    except Refusal as said:
        raise _at(one, said) from said


def _reversal(actual: ActualAmount, reason: str, by: User, moment: datetime) -> ActualAmount:
    return ActualAmount(
        line=actual.line,
        council=actual.council,
        fy=actual.fy,
        period=actual.period,
        amount_pence=-actual.amount_pence,
        explanation=check_text(reason, "Reason", 500, "reason"),
        ledger_code=actual.ledger_code,
        reverses=actual,
        entered_by=by,
        entered_at=moment,
    )


def _check_within_budgets(claims: Sequence[Claimed]) -> None:
    """Refuse a claim of a saving that exceeds its code's budget, where that budget is known (row 40).

    Locks the budgets, in one order, so that two claims cannot pass one together.
    """
    budgets = _locked_budgets({key for one in claims if (key := one.code_year) is not None})
    if not budgets:
        return
    claimed: dict[CodeYear, int] = defaultdict(int, claimed_by_code(budgets))
    for one in claims:
        key = one.code_year
        if key is None or key not in budgets:
            continue
        pence = one.amount.pence
        try:
            check_within_budget(key[2], budgets[key].budget_pence, [claimed[key], pence])
        except Refusal as said:
            raise _at(one, said) from said
        claimed[key] += pence


def _locked_budgets(wanted: set[CodeYear]) -> dict[CodeYear, BudgetLine]:
    if not wanted:
        return {}
    councils, fys, codes = (set(part) for part in zip(*wanted, strict=True))
    rows = BudgetLine.objects.select_for_update().filter(
        council__in=councils, fy__in=fys, ledger_code__in=codes
    )
    found = {(row.council_id, row.fy, row.ledger_code): row for row in rows.order_by("pk")}
    return {key: row for key, row in found.items() if key in wanted}


def _at(one: Claimed, said: Refusal) -> Refusal:
    return Refusal(said.message, one.place or said.field, said.code)
