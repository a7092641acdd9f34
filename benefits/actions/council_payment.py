"""Record what one council pays another as compensation, confirm it, and take it back (INV-26)."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from benefits.actions.partners import check_day
from benefits.fairness_policies import check_pay, check_receive
from benefits.models import CouncilPayment, PaymentReceipt
from benefits.queries.compensation import TrackedCompensation, holding, tracked_for
from benefits.rules.payments import REVERSED, check_payment, check_received_on, check_reversal
from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.assessment import Withheld
from core.rules.text import check_text
from programme.models import Council
from services.models import Compensation


@transaction.atomic
def record_council_payment(
    compensation: Compensation,
    *,
    by: User,
    payer: Council,
    fy: int,
    pence: int,
    paid_on: date,
    evidence: str = "",
    channel: Channel = Channel.PAGE,
) -> CouncilPayment:
    """What a council paid of what it owes for a year under an agreed arrangement; never more than is due."""
    check_pay(by, payer)
    check_day(paid_on, "Payment date", "paid_on")
    _lock(compensation)
    tracked = _shown(tracked_for(compensation, by))
    if not tracked.is_agreed:
        raise Refusal("This compensation is not agreed yet. Nothing is due before its decision is in effect")
    check_payment(pence, tracked.year_of(payer, fy), str(payer))
    row = CouncilPayment.objects.create(
        compensation=compensation,
        payer=payer,
        receiver=tracked.compensation.beneficiary,
        fy=fy,
        amount_pence=pence,
        paid_on=paid_on,
        evidence=check_text(evidence, "Evidence", 500, "evidence"),
        entered_by=by,
        entered_at=now(),
    )
    _record(row, by=by, action="record_council_payment", channel=channel)
    return row


@transaction.atomic
def confirm_council_payment(
    payment: CouncilPayment, *, by: User, received_on: date, channel: Channel = Channel.PAGE
) -> PaymentReceipt:
    """Say that the council which was paid has the money; never by the person who entered the payment.

    Of the reversal of a payment that it had confirmed: that it does not have it, or gave it back. Only then
    does the reversal count.
    """
    check_receive(by, payment.receiver)
    if payment.entered_by_id == by.pk:
        raise Refusal("You entered this amount. Another officer must verify it", code="37")
    check_day(received_on, "Date received", "received_on")
    check_received_on(received_on, payment.paid_on)
    _lock(payment.compensation)
    _shown(holding(payment, by))
    if _cannot_be_confirmed(payment):
        raise Refusal(REVERSED)
    if PaymentReceipt.objects.filter(payment=payment).exists():
        raise Refusal("This payment is confirmed already. Reverse it if that is wrong")
    receipt = PaymentReceipt.objects.create(
        payment=payment, received_on=received_on, entered_by=by, entered_at=now()
    )
    audit.record(
        payment,
        by=by,
        action="confirm_council_payment",
        channel=channel,
        scope=payment.compensation.business_case.programme.key,
        after={"received_on": received_on.isoformat()},
    )
    return receipt


@transaction.atomic
def reverse_council_payment(
    payment: CouncilPayment, *, by: User, reason: str, channel: Channel = Channel.PAGE
) -> CouncilPayment:
    """Take back a payment that was entered wrongly, by a new row of the other sign with the reason.

    Of a payment that the receiver confirmed, it counts when the receiver confirms the reversal too.
    """
    check_pay(by, payment.payer)
    _lock(payment.compensation)
    _shown(holding(payment, by))
    words = check_text(reason, "Reason", 500, "reason")
    is_reversed = CouncilPayment.objects.filter(reverses=payment).exists()
    check_reversal(words, is_reversal=payment.reverses_id is not None, is_reversed=is_reversed)
    row = CouncilPayment.objects.create(
        compensation=payment.compensation,
        payer=payment.payer,
        receiver=payment.receiver,
        fy=payment.fy,
        amount_pence=-payment.amount_pence,
        paid_on=payment.paid_on,
        explanation=words,
        reverses=payment,
        entered_by=by,
        entered_at=now(),
    )
    _record(row, by=by, action="reverse_council_payment", channel=channel, why=words)
    return row


def _cannot_be_confirmed(payment: CouncilPayment) -> bool:
    """Whether it is reversed, or is a reversal of what nobody had confirmed."""
    if payment.reverses_id:
        return not PaymentReceipt.objects.filter(payment=payment.reverses_id).exists()
    return CouncilPayment.objects.filter(reverses=payment).exists()


def _lock(compensation: Compensation) -> None:
    """Lock the arrangements of every version of the case: two payments must not both take what is left."""
    case = compensation.business_case
    rows = Compensation.objects.filter(
        business_case__programme=case.programme_id, business_case__ref=case.ref
    )
    list(rows.select_for_update(of=("self",)).order_by("pk").values_list("pk"))


def _shown(tracked: TrackedCompensation | Withheld) -> TrackedCompensation:
    if isinstance(tracked, Withheld):
        raise PermissionDenied(tracked.reason)
    return tracked


def _record(row: CouncilPayment, *, by: User, action: str, channel: Channel, why: str = "") -> None:
    audit.record(
        row,
        by=by,
        action=action,
        channel=channel,
        scope=row.compensation.business_case.programme.key,
        after={
            "payer": row.payer.key,
            "receiver": row.receiver.key,
            "fy": row.fy,
            "amount_pence": row.amount_pence,
            "paid_on": row.paid_on.isoformat(),
        },
        why=why,
    )
