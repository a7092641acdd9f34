from datetime import UTC, datetime

import pytest
from django.db import DatabaseError

from accounts.enums import RoleName
from benefits.actions.actual import claim_actual, reverse_actual, verify_actual
from benefits.actions.amounts import Amount
from benefits.enums import Outcome
from benefits.models import ActualAmount, Verification
from core.errors import Refusal
from core.models import AuditEvent
from tests.benefits.actions.faults import unwritable
from tests.factories import (
    BenefitFactory,
    CouncilFactory,
    LineFactory,
    PartnershipFactory,
    ProgrammeFactory,
    UserFactory,
    actual,
    reduction,
    role,
)

pytestmark = pytest.mark.django_db
OCTOBER = 7
CLAIMED_AT = datetime(2026, 11, 10, 9, tzinfo=UTC)
VERIFIED_AT = datetime(2026, 11, 12, 9, tzinfo=UTC)


@pytest.fixture
def councils():
    return [CouncilFactory(short_name=name) for name in ("Ashmere", "Brockvale")]


@pytest.fixture
def line(councils):
    partnership = PartnershipFactory(councils=councils)
    return LineFactory(programme=ProgrammeFactory(key="abc", partnership=partnership))


def officer(name, council):
    user = UserFactory()
    role(user, name, council=council)
    return user


@pytest.fixture
def claim(line, councils):
    reduction(line, councils[1], 2026)
    return actual(line, councils[1], 2026, OCTOBER, 112_755, entered_by=UserFactory(), entered_at=CLAIMED_AT)


def test_claim_by_the_councils_finance_officer_is_recorded_and_audited(line, councils):
    finance = officer(RoleName.FINANCE_OFFICER, councils[0])
    entry = claim_actual(
        Amount(line, councils[0], 2026, OCTOBER, 138_107),
        by=finance,
        ledger_code="4312",
        evidence="October return",
        entered_at=CLAIMED_AT,
    )
    assert (entry.amount_pence, entry.period, entry.ledger_code, entry.entered_by) == (
        138_107,
        OCTOBER,
        "4312",
        finance,
    )
    assert not Verification.objects.exists()
    event = AuditEvent.objects.get()
    assert (event.action, event.scope, event.after) == (
        "claim_actual",
        "abc",
        {"line": line.ref, "council": councils[0].key, "fy": 2026, "period": 7, "amount_pence": 138_107},
    )


def test_claim_by_another_councils_officer_or_a_reader_is_refused(line, councils):
    programme_manager = UserFactory()
    role(programme_manager, RoleName.PROGRAMME_MANAGER, partnership=line.programme.partnership)
    for user in (
        officer(RoleName.FINANCE_OFFICER, councils[1]),
        officer(RoleName.MEMBER, councils[0]),
        programme_manager,
    ):
        with pytest.raises(Refusal) as refused:
            claim_actual(Amount(line, councils[0], 2026, OCTOBER, 1), by=user, entered_at=CLAIMED_AT)
        assert refused.value.message == "Only an officer of Ashmere can enter its amounts"
    assert ActualAmount.objects.count() == 0


@pytest.mark.parametrize(
    ("period", "pence", "explanation", "message"),
    [
        (None, 1, "", "Choose the month"),
        (8, 1, "", "Actual date must be today or in the past"),
        (OCTOBER, -1, "short", "Explain why this saving is negative, in at least 10 characters"),
        (OCTOBER, 10**12 + 1, "", "Amount must be £10,000,000,000 or less"),
        (OCTOBER, 1, "x" * 501, "Explanation must be 500 characters or less"),
    ],
)
def test_claim_that_cannot_be_is_refused(line, councils, period, pence, explanation, message):
    finance = officer(RoleName.FINANCE_OFFICER, councils[0])
    with pytest.raises(Refusal) as refused:
        claim_actual(
            Amount(line, councils[0], 2026, period, pence, explanation), by=finance, entered_at=CLAIMED_AT
        )
    assert refused.value.message == message
    assert ActualAmount.objects.count() == 0


def test_verification_by_the_councils_own_section_151_officer_is_recorded(claim, councils):
    s151 = officer(RoleName.S151, councils[1])
    verification = verify_actual(claim, by=s151, outcome=Outcome.VERIFIED, verified_at=VERIFIED_AT)
    assert (verification.actual, verification.outcome, verification.verified_by) == (
        claim,
        Outcome.VERIFIED,
        s151,
    )
    event = AuditEvent.objects.get()
    assert (event.action, event.after["outcome"], event.after["amount_pence"]) == (
        "verify_actual",
        "verified",
        112_755,
    )


def test_verification_by_another_councils_section_151_officer_is_refused(claim, councils):
    finance = officer(RoleName.FINANCE_OFFICER, councils[1])
    for user in (officer(RoleName.S151, councils[0]), finance):
        with pytest.raises(Refusal) as refused:
            verify_actual(claim, by=user, outcome=Outcome.VERIFIED)
        assert (refused.value.message, refused.value.code) == (
            "Only Brockvale's section 151 officer can verify this amount",
            "38",
        )


def test_verification_of_ones_own_entry_is_refused(line, councils):
    s151 = officer(RoleName.S151, councils[1])
    own = claim_actual(Amount(line, councils[1], 2026, OCTOBER, 1), by=s151, entered_at=CLAIMED_AT)
    with pytest.raises(Refusal) as refused:
        verify_actual(own, by=s151, outcome=Outcome.VERIFIED)
    assert (refused.value.message, refused.value.code) == (
        "You entered this amount. Another officer must verify it",
        "37",
    )


def test_verification_of_ones_own_benefit_is_refused(line, councils):
    s151 = officer(RoleName.S151, councils[1])
    line.benefit = BenefitFactory(programme=line.programme, owner=s151)
    line.save()
    claimed = actual(line, councils[1], 2026, OCTOBER, 1, entered_by=UserFactory())
    with pytest.raises(Refusal, match="You own this benefit"):
        verify_actual(claimed, by=s151, outcome=Outcome.VERIFIED)


def test_shared_section_151_officer_signs_for_each_council_apart(line, councils):
    shared = officer(RoleName.S151, councils[0])
    claims = [actual(line, council, 2026, OCTOBER, 1, entered_by=UserFactory()) for council in councils]
    for council in councils:
        reduction(line, council, 2026)
    verify_actual(claims[0], by=shared, outcome=Outcome.VERIFIED)
    with pytest.raises(Refusal, match="Only Brockvale's section 151 officer"):
        verify_actual(claims[1], by=shared, outcome=Outcome.VERIFIED)
    role(shared, RoleName.S151, council=councils[1])
    verify_actual(claims[1], by=shared, outcome=Outcome.VERIFIED)
    assert Verification.objects.count() == 2


def test_second_answer_to_an_amount_is_refused(claim, councils):
    s151 = officer(RoleName.S151, councils[1])
    verify_actual(claim, by=s151, outcome=Outcome.VERIFIED)
    with pytest.raises(Refusal) as refused:
        verify_actual(claim, by=s151, outcome=Outcome.RETURNED, reason="Wrong ledger code")
    assert refused.value.message == f"{s151} has already verified this amount"
    assert Verification.objects.get().outcome == Outcome.VERIFIED


def test_return_without_a_reason_is_refused(claim, councils):
    s151 = officer(RoleName.S151, councils[1])
    with pytest.raises(Refusal) as refused:
        verify_actual(claim, by=s151, outcome=Outcome.RETURNED, reason="no")
    assert refused.value.message == "Explain why the amount is returned, in at least 10 characters"
    returned = verify_actual(claim, by=s151, outcome=Outcome.RETURNED, reason="Wrong ledger code")
    assert returned.reason == "Wrong ledger code"


def test_reversal_is_a_new_row_and_counts_as_the_amount_it_reverses(claim, councils):
    s151 = officer(RoleName.S151, councils[1])
    verify_actual(claim, by=s151, outcome=Outcome.VERIFIED)
    reversal = reverse_actual(claim, by=s151, reason="Entered twice by mistake")
    assert (reversal.amount_pence, reversal.reverses, reversal.period) == (-112_755, claim, OCTOBER)
    assert sum(ActualAmount.objects.verified().values_list("amount_pence", flat=True)) == 0
    assert list(ActualAmount.objects.claimed()) == []
    claim.refresh_from_db()
    assert claim.amount_pence == 112_755


def test_reversal_of_a_claim_leaves_nothing_claimed_and_nothing_to_verify(claim, councils):
    finance, s151 = officer(RoleName.FINANCE_OFFICER, councils[1]), officer(RoleName.S151, councils[1])
    reversal = reverse_actual(claim, by=finance, reason="Entered twice by mistake")
    assert sum(ActualAmount.objects.claimed().values_list("amount_pence", flat=True)) == 0
    with pytest.raises(Refusal, match="This amount has already been reversed"):
        verify_actual(claim, by=s151, outcome=Outcome.VERIFIED)
    with pytest.raises(Refusal, match="A reversal needs no verification"):
        verify_actual(reversal, by=s151, outcome=Outcome.VERIFIED)


def test_reversal_that_may_not_be_is_refused(claim, councils):
    finance, s151 = officer(RoleName.FINANCE_OFFICER, councils[1]), officer(RoleName.S151, councils[1])
    with pytest.raises(Refusal, match="Explain why this amount is reversed, in at least 10 characters"):
        reverse_actual(claim, by=finance, reason="")
    with pytest.raises(Refusal, match="Only an officer of Brockvale"):
        reverse_actual(claim, by=officer(RoleName.S151, councils[0]), reason="Entered twice by mistake")
    verify_actual(claim, by=s151, outcome=Outcome.VERIFIED)
    with pytest.raises(Refusal, match="Only Brockvale’s section 151 officer can reverse"):
        reverse_actual(claim, by=finance, reason="Entered twice by mistake")
    reversal = reverse_actual(claim, by=s151, reason="Entered twice by mistake")
    with pytest.raises(Refusal, match="already been reversed"):
        reverse_actual(claim, by=s151, reason="Entered twice by mistake")
    with pytest.raises(Refusal, match="This entry is itself a reversal"):
        reverse_actual(reversal, by=s151, reason="Entered twice by mistake")


def test_reversal_of_a_returned_amount_is_refused(claim, councils):
    s151 = officer(RoleName.S151, councils[1])
    verify_actual(claim, by=s151, outcome=Outcome.RETURNED, reason="Wrong ledger code")
    with pytest.raises(Refusal, match="This amount was returned, so it counts nowhere"):
        reverse_actual(claim, by=s151, reason="Entered twice by mistake")


def test_nothing_is_written_when_the_audit_fails(claim, line, councils):
    s151 = officer(RoleName.S151, councils[1])
    with unwritable("core_auditevent"):
        with pytest.raises(DatabaseError):
            claim_actual(Amount(line, councils[1], 2026, OCTOBER, 1), by=s151, entered_at=CLAIMED_AT)
        with pytest.raises(DatabaseError):
            verify_actual(claim, by=s151, outcome=Outcome.VERIFIED)
        with pytest.raises(DatabaseError):
            reverse_actual(claim, by=s151, reason="Entered twice by mistake")
    assert (list(ActualAmount.objects.all()), Verification.objects.count()) == ([claim], 0)
