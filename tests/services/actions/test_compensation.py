"""Compensation: what is stored, every refusal, the audit trail and its rollback."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied

from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from services.actions import compensation as action
from services.actions.compensation import (
    Terms,
    record_compensation,
    update_compensation,
    withdraw_compensation,
)
from services.enums import CaseState, LineKind, TestBasis
from services.models import BusinessCase, Compensation, CompensationPayment
from services.queries.appraisal import appraise_case
from services.queries.fairness import Payment, case_fairness
from services.rules.compensation import CompensationProposal
from tests.factories import CaseOptionFactory, UserFactory
from tests.services.factories import amounts
from tests.services.golden_rows import Golden, golden, line, manager_of, officer_of

pytestmark = pytest.mark.django_db
GOLDEN_PAYMENTS = (-16_711_32, -19_087_87, 35_799_19)


@pytest.fixture
def made() -> Golden:
    return golden()


def terms(made: Golden, pence=GOLDEN_PAYMENTS, *, fy=2026, **values) -> Terms:
    payments = [Payment(council, fy, one) for council, one in zip(made.councils, pence, strict=True)]
    return Terms(**{"beneficiary": made.councils[2], "basis": TestBasis.NPV, "payments": payments, **values})


def stored() -> list[tuple[str, int, int]]:
    rows = CompensationPayment.objects.order_by("fy", "council__key")
    return [(row.council.key, row.fy, row.amount_pence) for row in rows]


def fairness_of(made: Golden):
    appraisal = appraise_case(BusinessCase.objects.get())
    return case_fairness(appraisal, appraisal.preferred)


def test_proposal_of_the_golden_programme_is_stored_and_leaves_nobody_worse_off(made):
    proposal = fairness_of(made).proposals[TestBasis.NPV]
    assert isinstance(proposal, CompensationProposal)
    assert tuple(proposal.balance_pence.values()) == GOLDEN_PAYMENTS
    manager = manager_of(made.programme)
    saved = record_compensation(made.case, by=manager, terms=terms(made, note="As the board agreed"))
    assert stored() == [
        ("ashmere", 2026, -16_711_32),
        ("brockvale", 2026, -19_087_87),
        ("carrick", 2026, 35_799_19),
    ]
    after = fairness_of(made)
    assert after.binding == TestBasis.NPV
    assert all(test.position.is_passed for test in after.tests)
    assert [test.position.after_pence for test in after.on(TestBasis.NPV)] == [301_478_05, 344_351_75, 0]
    event = AuditEvent.objects.get(action="record_compensation")
    assert (event.by, event.object_id, event.scope) == (manager, saved.pk, "abc")
    assert event.after == {
        "beneficiary": "carrick",
        "basis": "npv",
        "cap_pence": None,
        "decision_ref": "",
        "note": "As the board agreed",
        "payments": {
            "ashmere 2026-27": -16_711_32,
            "brockvale 2026-27": -19_087_87,
            "carrick 2026-27": 35_799_19,
        },
    }


def test_payment_of_a_later_year_counts_at_its_present_value(made):
    record_compensation(made.case, by=manager_of(made.programme), terms=terms(made, fy=2027))
    carrick = fairness_of(made).on(TestBasis.NPV)[2].position
    assert (carrick.compensation_pence, carrick.after_pence) == (34_588_59, -1_210_60)
    assert fairness_of(made).on(TestBasis.NOMINAL)[2].position.after_pence == 54_473_32


def priced_without_carrick(made: Golden, savings: tuple[int, int]) -> None:
    """An option without Carrick in which Ashmere and Brockvale save so much in year 0."""
    option = CaseOptionFactory(
        business_case=made.case,
        ref="TWO",
        name="Share between two",
        variant_of=made.share,
        without_council=made.councils[2],
        order_index=2,
    )
    for council, pence in zip(made.councils, savings, strict=False):
        own = line(made, f"TWO-{council.key}", LineKind.CASHABLE_SAVING, option=option)
        amounts(own, [pence], council=council)


def test_payer_that_would_be_worse_off_than_without_the_partner_is_refused(made):
    priced_without_carrick(made, (304_678_05, 100_00))
    with pytest.raises(Refusal) as said:
        record_compensation(made.case, by=manager_of(made.programme), terms=terms(made))
    assert (said.value.code, said.value.field, said.value.message) == (
        "74",
        "payments",
        "Ashmere would be worse off than without the partnership by £3,200.00",
    )
    assert stored() == []
    proposal = fairness_of(made).proposals[TestBasis.NPV]
    assert proposal.is_worth_it is False
    assert proposal.balance_pence == {"Ashmere": -13_511_32, "Brockvale": -19_087_87, "Carrick": 32_599_19}
    assert proposal.gaps_pence == {"Carrick": 3_200_00}


def test_partner_worth_its_compensation_passes_both_tests(made):
    priced_without_carrick(made, (301_478_05, 100_00))
    record_compensation(made.case, by=manager_of(made.programme), terms=terms(made))
    proposal = fairness_of(made).proposals[TestBasis.NPV]
    assert (proposal.is_affordable, proposal.is_worth_it) == (True, True)


@pytest.mark.parametrize(
    ("values", "code", "message"),
    [
        (
            {"pence": (-16_711_31, -19_087_87, 35_799_19)},
            "73",
            "Payments in (£35,799.18) and out (£35,799.19) must be equal",
        ),
        (
            {"fy": 2032},
            "16",
            "2032 to 2033 is after the end of the appraisal period. Remove it or extend the period",
        ),
        (
            {"fy": 2025},
            "16",
            "2025 to 2026 is before the start of the appraisal period. Remove it or extend the period",
        ),
        ({"pence": (0, 0, 0)}, "", "Enter what each council pays or receives"),
        ({"pence": (-10_00, 10_00, 0)}, "", "Only Carrick receives payments of this arrangement"),
        ({"cap_pence": 100_00}, "", "Payments of £35,799.19 are above the cap of £100.00"),
        ({"decision_ref": "D-999"}, "", "Choose the decision that agreed this arrangement"),
        ({"note": "x" * 4001}, "85", "Note must be 4,000 characters or less"),
    ],
)
def test_what_is_refused_is_not_stored(made, values, code, message):
    with pytest.raises(Refusal) as said:
        record_compensation(made.case, by=manager_of(made.programme), terms=terms(made, **values))
    assert (said.value.message, said.value.code) == (message, code)
    assert (Compensation.objects.count(), AuditEvent.objects.count()) == (0, 0)


def test_second_arrangement_of_the_same_kind_is_refused(made):
    manager = manager_of(made.programme)
    record_compensation(made.case, by=manager, terms=terms(made))
    with pytest.raises(Refusal) as said:
        record_compensation(made.case, by=manager, terms=terms(made))
    assert said.value.message == (
        "Compensation for Carrick on net present value is recorded already. Change it"
    )


def test_changed_terms_replace_the_payments(made):
    manager = manager_of(made.programme)
    saved = record_compensation(made.case, by=manager, terms=terms(made))
    changed = update_compensation(
        saved, by=manager, seen_version=saved.version, terms=terms(made, (-10_00, -5_00, 15_00), fy=2028)
    )
    assert changed.version == saved.version + 1
    assert stored() == [("ashmere", 2028, -10_00), ("brockvale", 2028, -5_00), ("carrick", 2028, 15_00)]
    event = AuditEvent.objects.get(action="update_compensation")
    assert event.before["payments"]["carrick 2026-27"] == 35_799_19
    assert event.after["payments"] == {
        "ashmere 2028-29": -10_00,
        "brockvale 2028-29": -5_00,
        "carrick 2028-29": 15_00,
    }
    with pytest.raises(StaleEdit):
        update_compensation(changed, by=manager, seen_version=saved.version, terms=terms(made))


def test_same_terms_leave_no_trace(made):
    manager = manager_of(made.programme)
    saved = record_compensation(made.case, by=manager, terms=terms(made))
    update_compensation(saved, by=manager, seen_version=saved.version, terms=terms(made))
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["record_compensation"]


def test_only_the_manager_or_a_finance_officer_may_record(made):
    with pytest.raises(PermissionDenied) as said:
        record_compensation(made.case, by=UserFactory(), terms=terms(made))
    assert str(said.value) == "Only the programme manager or a finance officer can record compensation"
    made.case.state = CaseState.WITHDRAWN
    with pytest.raises(PermissionDenied) as said:
        record_compensation(made.case, by=manager_of(made.programme), terms=terms(made))
    assert str(said.value) == "This version is withdrawn, so nothing can be agreed for it"


def test_officer_who_may_not_see_a_draft_cost_cannot_test_it(made):
    with pytest.raises(Refusal) as said:
        record_compensation(made.case, by=officer_of(made.councils[0]), terms=terms(made))
    assert said.value.message == ("Compensation cannot be tested: Held by Carrick until the case is issued")


def test_failed_audit_stores_nothing(made, monkeypatch):
    def fail(*args, **values):
        raise RuntimeError

    monkeypatch.setattr(action.audit, "record", fail)
    with pytest.raises(RuntimeError):
        record_compensation(made.case, by=manager_of(made.programme), terms=terms(made))
    assert Compensation.objects.count() == 0


def test_proposed_compensation_is_withdrawn_with_its_trace(made):
    manager = manager_of(made.programme)
    saved = record_compensation(made.case, by=manager, terms=terms(made))
    pk = saved.pk
    with pytest.raises(StaleEdit):
        withdraw_compensation(saved, by=manager, seen_version=2)
    assert len(stored()) == 3
    withdraw_compensation(saved, by=manager, seen_version=1)
    assert (Compensation.objects.count(), stored()) == (0, [])
    event = AuditEvent.objects.get(action="withdraw_compensation")
    assert (event.by, event.object_id, event.after) == (manager, pk, {})
    assert event.before["payments"] == {
        "ashmere 2026-27": -16_711_32,
        "brockvale 2026-27": -19_087_87,
        "carrick 2026-27": 35_799_19,
    }


def test_withdrawal_without_its_trace_does_not_happen(made, monkeypatch):
    manager = manager_of(made.programme)
    saved = record_compensation(made.case, by=manager, terms=terms(made))

    def fail(*args, **values):
        raise RuntimeError

    monkeypatch.setattr(action.audit, "record", fail)
    with pytest.raises(RuntimeError):
        withdraw_compensation(saved, by=manager, seen_version=1)
    assert len(stored()) == 3


def test_reader_may_not_withdraw_compensation(made):
    saved = record_compensation(made.case, by=manager_of(made.programme), terms=terms(made))
    with pytest.raises(PermissionDenied):
        withdraw_compensation(saved, by=UserFactory(), seen_version=1)
    assert len(stored()) == 3
