"""Claim, verify, return and reverse actual amounts. Each step is a new row; none is ever edited."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.models import User
from benefits.actions.amounts import Amount, check_belongs
from benefits.actions.answering import already_reversed, read_answering
from benefits.actions.commentary import check_actual_explained
from benefits.actions.period import lock_councils
from benefits.actions.store_actuals import BATCH, Claimed, event_of_actual, store_claims, store_reversals
from benefits.enums import Outcome
from benefits.models import ActualAmount, Verification
from benefits.policies import check_enter_amounts, check_reverse
from benefits.queries.ageing import waiting_claim
from benefits.queries.periods import closed_month
from benefits.rules.ledger import check_actual_entry
from benefits.rules.periods import check_open_to
from benefits.rules.waiting import Apart, apart
from core.actions import audit
from core.clock import london_date, now
from core.enums import Channel
from core.errors import Refusal
from core.models import AuditEvent
from core.rules.calendar import month_name, period_start
from core.rules.text import check_reason, check_text


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
    locked = lock_actual(actual)
    answering = read_answering([locked], by=by, moment=verified_at or now())
    answering.check(locked, outcome)
    if outcome == Outcome.RETURNED:
        check_reason(reason, "Explain why the amount is returned")
    verification = answering.answer(locked, outcome, check_text(reason, "Reason", 500))
    verification.save(force_insert=True)
    _event_of_answer(verification, channel).save(force_insert=True)
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

    Refuses to sign for several councils in one act (INV-15). Ten queries, however many there are.
    """
    if not actuals:
        raise Refusal("Select at least one amount", "claims")
    if len({actual.council_id for actual in actuals}) > 1:
        raise Refusal("Select amounts of one council. Each council is signed for apart", "claims", "INV-15")
    locked = lock_actuals({actual.pk for actual in actuals})
    answering = read_answering(list(locked.values()), by=by, moment=now())
    answers, refused = [], []
    for actual in dict.fromkeys(actuals):
        try:
            answering.check(locked[actual.pk], Outcome.VERIFIED)
            answers.append(answering.answer(locked[actual.pk], Outcome.VERIFIED))
        except Refusal as refusal:
            refused.append((actual, refusal))
    done = Verification.objects.bulk_create(answers, batch_size=BATCH)
    audit.record_all(_event_of_answer(answer, channel) for answer in done)
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
    if ActualAmount.objects.filter(reverses=locked).exists():
        raise already_reversed()
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


def lock_actuals(keys: Collection[int]) -> dict[int, ActualAmount]:
    """Many rows as they are now, by key, locked in one order, so that two who lock the same ones wait."""
    rows = ActualAmount.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    return {row.pk: row for row in rows.select_related("council", "line__benefit", "line__programme")}


def _event_of_answer(answer: Verification, channel: Channel) -> AuditEvent:
    return event_of_actual(
        answer.actual,
        by=answer.verified_by,
        action="verify_actual",
        channel=channel,
        why=answer.reason,
        outcome=Outcome(answer.outcome).value,
        signature=answer.signature,
    )
