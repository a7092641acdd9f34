"""Claim, verify, return and reverse actual amounts. Each step is a new row; none is ever edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from benefits.actions.amounts import Amount, check_belongs
from benefits.actions.budget import lock_reductions
from benefits.actions.commentary import check_actual_explained
from benefits.actions.period import lock_councils
from benefits.actions.store_actuals import Claimed, event_of_actual, store_claims, store_reversals
from benefits.enums import Outcome
from benefits.models import ActualAmount, BudgetReduction, Verification
from benefits.policies import check_enter_amounts, check_reverse, check_verify, deputy_role
from benefits.queries.ageing import waiting_claim
from benefits.queries.budgets import has_reduction
from benefits.queries.periods import closed_month
from benefits.rules.budgets import check_reduction_recorded
from benefits.rules.ledger import check_actual_entry
from benefits.rules.periods import check_open_to
from benefits.rules.waiting import Apart, apart
from core.clock import london_date, now
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import month_name, period_start
from core.rules.text import check_reason, check_text
from services.enums import LineKind


@transaction.atomic
def claim_actual(
    amount: Amount,
    *,
    by: User,
    ledger_code: str = "",
    evidence: str = "",
    entered_at: datetime | None = None,
    channel: Channel = Channel.PAGE,
) -> ActualAmount:
    """The claimed amount of one month; verified once that council's section 151 officer says so."""
    lock_councils([amount.council])
    moment = entered_at or now()
    day = london_date(moment)
    check_enter_amounts(by, amount.council, as_of=day)
    check_actual_entry(amount.entry, as_of=day)
    check_belongs(amount.line.programme, [amount])
    closed = closed_month(amount.council, amount.fy, amount.period, before=moment)
    check_open_to(closed, person=by.pk, day=day)
    check_actual_explained(amount, as_of=day)
    return store_claim(
        amount, by=by, ledger_code=ledger_code, evidence=evidence, moment=moment, channel=channel
    )


def store_claim(
    amount: Amount, *, by: User, ledger_code: str, evidence: str, moment: datetime, channel: Channel
) -> ActualAmount:
    """Write a claim that was checked; refuses one over its code's budget (row 40) and texts too long."""
    return store_claims([Claimed(amount, ledger_code, evidence)], by=by, moment=moment, channel=channel)[0]


@transaction.atomic
def verify_actual(
    actual: ActualAmount,
    *,
    by: User,
    outcome: Outcome,
    reason: str = "",
    verified_at: datetime | None = None,
    channel: Channel = Channel.PAGE,
) -> Verification:
    """The answer of the section 151 officer, or their deputy, to one claimed amount: verified, or returned
    with a reason."""
    moment = verified_at or now()
    locked = lock_actual(actual)
    check_verify(by, locked, as_of=london_date(moment))
    _check_open(locked)
    if outcome == Outcome.RETURNED:
        check_reason(reason, "Explain why the amount is returned")
    else:
        _check_budget_reduced(locked)
    verification = Verification.objects.create(
        actual=locked,
        outcome=outcome,
        reason=check_text(reason, "Reason", 500),
        verified_by=by,
        verified_at=moment,
        deputy_role=deputy_role(by, locked.council, as_of=london_date(moment)),
    )
    _audit(
        locked,
        by=by,
        action="verify_actual",
        channel=channel,
        why=verification.reason,
        outcome=outcome.value,
        signature=verification.signature,
    )
    return verification


@dataclass(frozen=True, slots=True)
class Verified:
    """What came of verifying several: the answers stored, and the amounts that stay with the reason why."""

    done: tuple[Verification, ...]
    refused: tuple[tuple[ActualAmount, Refusal], ...]

    @property
    def claims(self) -> Apart:
        """What the verified amounts come to, cashable savings apart from the rest."""
        return apart(waiting_claim(one.actual, until=london_date(one.verified_at)) for one in self.done)


@transaction.atomic
def verify_actuals(actuals: Sequence[ActualAmount], *, by: User, channel: Channel = Channel.PAGE) -> Verified:
    """Verify several claimed amounts of one council at once, each by itself: one that cannot be stays.

    Refuses to sign for several councils in one act (INV-15).
    """
    if not actuals:
        raise Refusal("Select at least one amount", "claims")
    if len({actual.council_id for actual in actuals}) > 1:
        raise Refusal("Select amounts of one council. Each council is signed for apart", "claims", "INV-15")
    lock_actuals({actual.pk for actual in actuals})
    _lock_what_they_rest_on(actuals)
    done, refused = [], []
    for actual in actuals:
        try:
            done.append(verify_actual(actual, by=by, outcome=Outcome.VERIFIED, channel=channel))
        except Refusal as refusal:
            refused.append((actual, refusal))
    return Verified(tuple(done), tuple(refused))


@transaction.atomic
def reverse_actual(
    actual: ActualAmount,
    *,
    by: User,
    reason: str,
    entered_at: datetime | None = None,
    channel: Channel = Channel.PAGE,
) -> ActualAmount:
    """A new row that takes the amount back. It counts as the amount it reverses does, claimed or verified."""
    lock_councils([actual.council])
    moment = entered_at or now()
    locked = lock_actual(actual)
    verification = Verification.objects.filter(actual=locked).first()
    is_verified = verification is not None and verification.outcome == Outcome.VERIFIED
    check_reverse(by, locked, is_verified=is_verified, as_of=london_date(moment))
    check_reason(reason, "Explain why this amount is reversed")
    if locked.reverses_id is not None:
        raise Refusal("This entry is itself a reversal. Enter a new amount")
    if verification is not None and not is_verified:
        raise Refusal("This amount was returned, so it counts nowhere. Enter a new amount")
    _check_not_reversed(locked)
    closed = closed_month(locked.council, locked.fy, locked.period, before=moment)
    check_open_to(closed, person=by.pk, day=london_date(moment))
    return store_reversal(locked, by=by, reason=reason, moment=moment, channel=channel)


def store_reversal(
    actual: ActualAmount, *, by: User, reason: str, moment: datetime, channel: Channel
) -> ActualAmount:
    """Write the row that takes back an amount, for which that was checked."""
    return store_reversals([(actual, reason)], by=by, moment=moment, channel=channel)[0]


def amount_words(actual: ActualAmount) -> str:
    """Lower cost of ICT, Carrick, October 2026."""
    first = period_start(actual.fy, actual.period or 1)
    return f"{actual.line.title}, {actual.council}, {month_name(first)} {first.year}"


def lock_actual(actual: ActualAmount) -> ActualAmount:
    """The row as it is now, locked, so that two answers to it cannot cross."""
    rows = ActualAmount.objects.select_for_update(of=("self",))
    return rows.select_related("council", "line__benefit", "line__programme").get(pk=actual.pk)


def lock_actuals(keys: Collection[int]) -> None:
    """Lock many rows, always in one order, so that two people who lock the same ones wait for each other."""
    rows = ActualAmount.objects.select_for_update(of=("self",)).filter(pk__in=keys)
    list(rows.order_by("pk"))


def _lock_what_they_rest_on(actuals: Sequence[ActualAmount]) -> None:
    """Lock the reductions of all of them, in one order, so that two who verify cannot wait for each other."""
    rows = BudgetReduction.objects.standing().filter(line__in={actual.line_id for actual in actuals})
    rows = rows.filter(budget_line__council__in={actual.council_id for actual in actuals})
    list(rows.select_for_update(of=("self",)).order_by("pk"))


def _check_open(actual: ActualAmount) -> None:
    answer = Verification.objects.filter(actual=actual).select_related("verified_by").first()
    if answer is not None:
        word = answer.get_outcome_display().lower()
        raise Refusal(f"{answer.signature} has already {word} this amount")
    if actual.reverses_id is not None:
        raise Refusal("A reversal needs no verification: it counts as the amount it reverses does")
    _check_not_reversed(actual)


def _check_budget_reduced(actual: ActualAmount) -> None:
    lock_reductions(actual.line, actual.council, actual.fy)
    check_reduction_recorded(
        is_cashable=actual.line.kind == LineKind.CASHABLE_SAVING,
        pence=actual.amount_pence,
        has_reduction=has_reduction(actual.line, actual.council, actual.fy),
    )


def _check_not_reversed(actual: ActualAmount) -> None:
    if ActualAmount.objects.filter(reverses=actual).exists():
        raise Refusal("This amount has already been reversed")


def _audit(
    actual: ActualAmount, *, by: User, action: str, channel: Channel, why: str, **more: str | int
) -> None:
    event_of_actual(actual, by=by, action=action, channel=channel, why=why, **more).save(force_insert=True)
