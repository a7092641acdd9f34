"""Record compensation: payments from councils that gain to a partner that would be worse off (F-22)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.calendar import format_fy, fy_file_key
from core.rules.money import format_pounds
from core.rules.text import check_text, stale_edit
from programme.models import Council
from services.enums import CaseState, TestBasis
from services.models import BusinessCase, Compensation, CompensationPayment
from services.policies import Powers, check_edit_compensation, powers_of
from services.queries.agreements import decision_in_force
from services.queries.appraisal import appraise_case
from services.queries.decision_choices import decisions_to_choose
from services.queries.fairness import Fairness, Payment, case_fairness, nets_of, paid_value, without_pence
from services.rules.compensation import (
    CompensationProposal,
    check_balanced,
    check_payers_not_worse_off,
)

_OVER = frozenset({CaseState.REJECTED, CaseState.SUPERSEDED, CaseState.WITHDRAWN})


@dataclass(frozen=True, slots=True)
class Terms:
    """An arrangement as people agree it; a payment is positive for what a council receives."""

    beneficiary: Council
    basis: TestBasis
    payments: Sequence[Payment]
    cap_pence: int | None = None
    decision_ref: str = ""
    note: str = ""


@transaction.atomic
def record_compensation(
    case: BusinessCase, *, by: User, terms: Terms, channel: Channel = Channel.PAGE
) -> Compensation:
    """A new arrangement for one council on one basis. Refuses as rows 73 and 74."""
    _lock(case)
    _check(case, by=by, terms=terms)
    same = case.compensations.filter(beneficiary=terms.beneficiary, basis=terms.basis)
    if same.exists():
        basis = TestBasis(terms.basis).label.lower()
        raise Refusal(
            f"Compensation for {terms.beneficiary} on {basis} is recorded already. Change it", "beneficiary"
        )
    saved = Compensation.objects.create(business_case=case, created_by=by, updated_by=by, **_columns(terms))
    _write_payments(saved, terms)
    audit.record(
        saved,
        by=by,
        action="record_compensation",
        channel=channel,
        scope=case.programme.key,
        after=_plain(terms),
    )
    return saved


@transaction.atomic
def update_compensation(
    compensation: Compensation, *, by: User, seen_version: int, terms: Terms, channel: Channel = Channel.PAGE
) -> Compensation:
    """The arrangement with other terms. Refuses as rows 73 and 74, and a stale edit. No change, no trace."""
    case = compensation.business_case
    _lock(case)
    _check(case, by=by, terms=terms, but=compensation)
    check_seen(compensation, seen_version)
    before, after = _plain(_terms_of(compensation)), _plain(terms)
    if before == after:
        return compensation
    write_next(compensation, _columns(terms), by=by, seen_version=seen_version)
    saved = Compensation.objects.select_related("beneficiary", "business_case__programme").get(
        pk=compensation.pk
    )
    saved.payments.all().delete()
    _write_payments(saved, terms)
    audit.record(
        saved,
        by=by,
        action="update_compensation",
        channel=channel,
        scope=case.programme.key,
        before=before,
        after=after,
    )
    return saved


@transaction.atomic
def withdraw_compensation(
    compensation: Compensation, *, by: User, seen_version: int, channel: Channel = Channel.PAGE
) -> None:
    """Take back compensation that is only proposed. Refuses what a decision has agreed, and a stale edit."""
    case = compensation.business_case
    check_may_record(powers_of(by, case.programme), case)
    check_only_proposed(compensation)
    rows = Compensation.objects.select_for_update(of=("self",)).select_related("beneficiary")
    stored = rows.filter(pk=compensation.pk).first()
    if stored is None:
        raise stale_edit(compensation.updated_at)
    check_seen(stored, seen_version)
    audit.record(
        stored,
        by=by,
        action="withdraw_compensation",
        channel=channel,
        scope=case.programme.key,
        before=_plain(_terms_of(stored)),
        after={},
    )
    stored.delete()


def _lock(case: BusinessCase) -> None:
    """Let one writer at a time agree terms of a case: what a payer pays elsewhere counts (row 74)."""
    BusinessCase.objects.select_for_update().get(pk=case.pk)


def check_only_proposed(compensation: Compensation) -> None:
    """Refuse to withdraw compensation whose decision is in force: only a new decision ends it."""
    decision = decision_in_force(compensation.business_case.programme, compensation)
    if decision is not None:
        raise Refusal(
            f"Decision {decision.ref} agreed this compensation, so it cannot be withdrawn. "
            "Change it once a new decision says so"
        )


def check_may_record(powers: Powers, case: BusinessCase) -> None:
    """Refuse those who may not record compensation, and a version that no longer counts."""
    check_edit_compensation(powers)
    if case.state in _OVER:
        state = str(case.get_state_display()).lower()
        raise PermissionDenied(f"This version is {state}, so nothing can be agreed for it")


def _check(case: BusinessCase, *, by: User, terms: Terms, but: Compensation | None = None) -> None:
    """Refuse a person who may not record terms, and terms that may not be recorded."""
    powers = powers_of(by, case.programme)
    check_may_record(powers, case)
    appraisal = appraise_case(case, powers)
    option = appraisal.preferred
    if option is None:
        raise Refusal("Add an option before you record compensation")
    fairness = case_fairness(appraisal, option)
    proposal = fairness.proposals[TestBasis(terms.basis)]
    if not isinstance(proposal, CompensationProposal):
        raise Refusal(f"Compensation cannot be tested: {proposal.reason}")
    check_text(terms.note, "Note")
    _check_places(terms, appraisal.fys, [council.pk for council in appraisal.councils])
    _check_decision(case, terms)
    _check_payments(terms)
    _check_payers(fairness, terms, but)


def _check_places(terms: Terms, fys: Sequence[int], councils: Sequence[int]) -> None:
    """Payments are of councils of the case, in years of its appraisal period."""
    for payment in terms.payments:
        if payment.fy not in fys:
            side = "after the end" if payment.fy > fys[-1] else "before the start"
            raise Refusal(
                f"{format_fy(payment.fy)} is {side} of the appraisal period. Remove it or extend the period",
                "payments",
                "16",
            )
        if payment.council.pk not in councils:
            raise Refusal(f"{payment.council} is not a partner in this case", "payments")
    named = Counter((payment.fy, payment.council.pk) for payment in terms.payments)
    for (fy, _council), times in named.items():
        if times > 1:
            raise Refusal(f"There are two entries for {format_fy(fy)}. Keep one", "payments", "15")
    if terms.beneficiary.pk not in councils:
        raise Refusal(f"{terms.beneficiary} is not a partner in this case", "beneficiary")


def _check_decision(case: BusinessCase, terms: Terms) -> None:
    known = {choice.ref for choice in decisions_to_choose(case.programme)}
    if terms.decision_ref and terms.decision_ref not in known:
        raise Refusal("Choose the decision that agreed this arrangement", "decision_ref")


def _check_payments(terms: Terms) -> None:
    """What is paid in each year is received in it (row 73), by the council that it is for."""
    if not any(payment.amount_pence for payment in terms.payments):
        raise Refusal("Enter what each council pays or receives", "payments")
    for fy in sorted({payment.fy for payment in terms.payments}):
        of_year = [payment.amount_pence for payment in terms.payments if payment.fy == fy]
        try:
            check_balanced(
                [-pence for pence in of_year if pence < 0], [pence for pence in of_year if pence > 0]
            )
        except Refusal as said:
            raise Refusal(said.message, "payments", said.code) from None
    if any(
        payment.amount_pence > 0 and payment.council.pk != terms.beneficiary.pk for payment in terms.payments
    ):
        raise Refusal(f"Only {terms.beneficiary} receives payments of this arrangement", "payments")
    received = sum(payment.amount_pence for payment in terms.payments if payment.amount_pence > 0)
    if terms.cap_pence is not None and received > terms.cap_pence:
        raise Refusal(
            f"Payments of {format_pounds(received)} are above the cap of {format_pounds(terms.cap_pence)}",
            "cap_pence",
        )


def _check_payers(fairness: Fairness, terms: Terms, but: Compensation | None) -> None:
    """No payer falls below its position without the beneficiary, where that is priced (row 74)."""
    basis = TestBasis(terms.basis)
    without = without_pence(fairness, basis).get(str(terms.beneficiary), {})
    others = [
        payment
        for one in fairness.arrangements
        if but is None or one.compensation.pk != but.pk
        for payment in one.payments
    ]
    nets = nets_of(fairness.case, fairness.option, basis)
    agreed = paid_value(fairness.case, others, basis)
    paid = paid_value(fairness.case, terms.payments, basis)
    before = {name: net + agreed.get(name, 0) for name, net in nets.items()}
    paying = {name: -pence for name, pence in paid.items() if pence < 0 and name in before}
    try:
        check_payers_not_worse_off(before, paying, without)
    except Refusal as said:
        raise Refusal(said.message, "payments", said.code) from None


def _columns(terms: Terms) -> dict[str, object]:
    return {
        "beneficiary": terms.beneficiary,
        "basis": str(TestBasis(terms.basis).value),
        "cap_pence": terms.cap_pence,
        "decision_ref": terms.decision_ref,
        "note": check_text(terms.note, "Note"),
    }


def _write_payments(compensation: Compensation, terms: Terms) -> None:
    CompensationPayment.objects.bulk_create(
        CompensationPayment(
            compensation=compensation,
            council=payment.council,
            fy=payment.fy,
            amount_pence=payment.amount_pence,
        )
        for payment in terms.payments
        if payment.amount_pence
    )


def _terms_of(compensation: Compensation) -> Terms:
    return Terms(
        compensation.beneficiary,
        TestBasis(compensation.basis),
        [
            Payment(row.council, row.fy, row.amount_pence)
            for row in compensation.payments.select_related("council")
        ],
        compensation.cap_pence,
        compensation.decision_ref,
        compensation.note,
    )


def _plain(terms: Terms) -> dict[str, object]:
    """The terms as the audit trail keeps them."""
    payments: Mapping[str, int] = {
        f"{payment.council.key} {fy_file_key(payment.fy)}": payment.amount_pence
        for payment in sorted(terms.payments, key=lambda payment: (payment.fy, payment.council.key))
        if payment.amount_pence
    }
    return {
        "beneficiary": terms.beneficiary.key,
        "basis": str(TestBasis(terms.basis).value),
        "cap_pence": terms.cap_pence,
        "decision_ref": terms.decision_ref,
        "note": check_text(terms.note, "Note"),
        "payments": dict(payments),
    }
