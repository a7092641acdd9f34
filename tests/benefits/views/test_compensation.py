"""Compensation from due to confirmed, by page and API: who may, what is refused, what it sums to."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError

from accounts.enums import RoleName
from benefits.actions.council_payment import (
    confirm_council_payment,
    record_council_payment,
    reverse_council_payment,
)
from benefits.models import CouncilPayment, PaymentReceipt
from benefits.queries.compensation import compensation_balance
from core.models import AuditEvent
from governance.enums import DecisionState
from governance.models import Decision
from services.actions.case_decision import follow_decision
from services.enums import CaseState
from services.models import BusinessCase, Compensation, CompensationPayment
from tests import factories
from tests.benefits.actions.faults import unwritable
from tests.benefits.scene import Scene, api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
DAY, PAID_ON = "2026-10-01", date(2026, 10, 1)


@pytest.fixture
def agreed(scene: Scene) -> Any:
    """Brockvale and Carrick each owe Ashmere £600 for 2026 to 2027 and £400 for 2027 to 2028."""
    return factories.agreed_compensation(scene.programme)


def receiver_of(scene: Scene) -> Any:
    user = factories.UserFactory(name="S Vane")
    factories.role(user, RoleName.S151, council=scene.councils[0])
    return user


def stored(response: Any) -> list[list[str]]:
    return list(csv.reader(io.StringIO(b"".join(response.streaming_content).decode("utf-8-sig"))))


def test_payment_is_recorded_confirmed_reversed_and_balanced(scene, agreed):
    browser, api, receiver = page_of(scene.finance), api_of(scene.finance), receiver_of(scene)
    typed = {"payer": scene.brockvale.pk, "fy": "2026", "amount": "250", "paid_on": "1 10 2026"}
    address = f"/compensations/{agreed.pk}/payments/new/"
    assert browser.post(address, typed | {"evidence": "BACS 4312"}).url == "/programmes/abc/compensation/"
    sent = {"payer": "brockvale", "fy": 2026, "amount": "350.00", "paid_on": DAY}
    answer = api.post(f"/api/v1/compensations/{agreed.pk}/payments/", sent, format="json")
    assert (answer.status_code, answer.json()["receiver"]) == (201, "ashmere")
    first, second = CouncilPayment.objects.order_by("pk")
    confirmed = page_of(receiver).post(f"/council-payments/{first.pk}/confirm/", {"received_on": "2 10 2026"})
    assert confirmed.url == "/programmes/abc/compensation/"
    answer = api_of(receiver).post(
        f"/api/v1/council-payments/{second.pk}/confirm/", {"received_on": DAY}, format="json"
    )
    assert (answer.status_code, answer.json()["is_confirmed"]) == (200, True)
    answer = api.post(
        f"/api/v1/council-payments/{second.pk}/reverse/", {"reason": "Paid twice by mistake"}, format="json"
    )
    assert (answer.status_code, answer.json()["amount"], answer.json()["reverses"]) == (
        201,
        "-350.00",
        second.pk,
    )
    reversal = answer.json()["id"]
    (balance,) = api.get("/api/v1/programmes/abc/compensation/").json()["arrangements"]
    assert [balance["due"][0][name] for name in ("paid", "confirmed", "outstanding")] == [
        "600.00",
        "600.00",
        "0.00",
    ]
    assert [row["is_confirmed"] for row in balance["payments"]] == [True, True, False]
    page = text_of(page_of(receiver).get("/programmes/abc/compensation/"))
    assert "The reversal waits for Ashmere" in page
    assert "−350.00 Reversal, not confirmed Confirm −£350.00 from Brockvale" in page
    assert "2026 to 2027 +600.00 −600.00 0.00 0.00" in page
    file = stored(page_of(receiver).get("/programmes/abc/compensation.csv?table=payments"))
    assert [row[4:6] for row in file[1:]] == [["250.00", "Yes"], ["350.00", "Yes"], ["-350.00", "No"]]
    own = page_of(scene.finance).post(f"/council-payments/{reversal}/confirm/", {"received_on": "2 10 2026"})
    assert own.status_code == 403
    asked = text_of(page_of(receiver).get(f"/council-payments/{reversal}/confirm/"))
    assert "Confirm a reversal" in asked
    answer = api_of(receiver).post(
        f"/api/v1/council-payments/{reversal}/confirm/", {"received_on": DAY}, format="json"
    )
    assert (answer.status_code, answer.json()["is_confirmed"]) == (200, True)
    (balance,) = api.get("/api/v1/programmes/abc/compensation/").json()["arrangements"]
    assert balance["due"][0] == {
        "payer": "brockvale",
        "fy": 2026,
        "due": "600.00",
        "paid": "250.00",
        "confirmed": "250.00",
        "outstanding": "350.00",
    }
    page = text_of(page_of(scene.reader).get("/programmes/abc/compensation/"))
    assert "Brockvale to Ashmere 2026 to 2027 600.00 250.00 250.00 350.00" in page
    assert "2026 to 2027 +250.00 −250.00 0.00 0.00" in page
    due = stored(page_of(scene.reader).get("/programmes/abc/compensation.csv?table=due"))
    assert due[1][2:] == ["Brockvale", "Ashmere", "2026-27", "600.00", "250.00", "250.00", "350.00"]
    paid = stored(page_of(scene.reader).get("/programmes/abc/compensation.csv?table=payments"))
    assert [row[4] for row in paid[1:]] == ["250.00", "350.00", "-350.00"]
    assert page_of(scene.reader).get("/programmes/abc/compensation.csv?table=no").status_code == 404
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        *["record_council_payment"] * 2,
        *["confirm_council_payment"] * 2,
        "reverse_council_payment",
        "confirm_council_payment",
    ]


def test_who_may_pay_and_confirm(scene, agreed):
    payment = record_council_payment(
        agreed, by=scene.finance, payer=scene.brockvale, fy=2026, pence=1_00, paid_on=PAID_ON
    )
    factories.role(scene.finance, RoleName.FINANCE_OFFICER, council=scene.councils[0])
    own = "You entered this amount. Another officer must verify it"
    confirm = f"council-payments/{payment.pk}/confirm/"
    assert refusals(page_of(scene.finance).post(f"/{confirm}", {"received_on": "2 10 2026"})) == [own]
    answer = api_of(scene.finance).post(f"/api/v1/{confirm}", {"received_on": DAY}, format="json")
    assert problems(answer)[0]["message"] == own
    asked = {
        name: page_of(user).get(f"/{address}").status_code
        for name, user, address in (
            ("confirm as the payer", scene.s151, confirm),
            ("reverse as a reader", scene.reader, f"council-payments/{payment.pk}/reverse/"),
            ("pay as section 151 officer", scene.s151, f"compensations/{agreed.pk}/payments/new/"),
        )
    }
    assert set(asked.values()) == {403}
    assert not PaymentReceipt.objects.exists()


def test_refusals_by_page_and_api_store_nothing(scene, agreed):
    browser, api = page_of(scene.finance), api_of(scene.finance)

    def both(change_page: dict[str, Any], change_api: dict[str, Any]) -> list[str]:
        typed = {"payer": scene.brockvale.pk, "fy": "2026", "amount": "1", "paid_on": "1 10 2026"}
        sent = {"payer": "brockvale", "fy": 2026, "amount": "1", "paid_on": DAY}
        said = refusals(browser.post(f"/compensations/{agreed.pk}/payments/new/", typed | change_page))
        answer = api.post(f"/api/v1/compensations/{agreed.pk}/payments/", sent | change_api, format="json")
        assert [one["message"] for one in problems(answer)] == said
        return said

    over = "£600.00 is still due for 2026 to 2027. Payment must be this or less"
    assert both({"amount": "600.01"}, {"amount": "600.01"}) == [over]
    assert both({"amount": "0"}, {"amount": "0"}) == ["Payment must be more than £0"]
    future = ["Payment date must be today or in the past"]
    assert both({"paid_on": "25 11 2026"}, {"paid_on": "2026-11-25"}) == future
    Decision.objects.update(state=DecisionState.RECOMMENDED)
    waits = "This compensation is not agreed yet. Nothing is due before its decision is in effect"
    assert both({}, {}) == [waits]
    assert not CouncilPayment.objects.exists()


def test_confirmed_or_reversed_payment_is_not_confirmed_again_and_a_failed_audit_undoes_all(scene, agreed):
    receiver = receiver_of(scene)
    paid = {"payer": scene.brockvale, "fy": 2026, "pence": 1_00, "paid_on": PAID_ON}
    first, second = (record_council_payment(agreed, by=scene.finance, **paid) for _ in range(2))
    confirm_council_payment(first, by=receiver, received_on=PAID_ON)
    reverse_council_payment(second, by=scene.finance, reason="Paid twice by mistake")
    said = {
        refusals(
            page_of(receiver).post(f"/council-payments/{one.pk}/confirm/", {"received_on": "2 10 2026"})
        )[0]
        for one in (first, second)
    }
    assert said == {
        "This payment is confirmed already. Reverse it if that is wrong",
        "This payment has been reversed already. Record a new payment if one was made",
    }
    before = (CouncilPayment.objects.count(), PaymentReceipt.objects.count())
    third = CouncilPayment.objects.get(reverses__isnull=True, receipt__isnull=False)
    with unwritable("core_auditevent"):
        for attempt in (
            lambda: record_council_payment(agreed, by=scene.finance, **paid),
            lambda: reverse_council_payment(third, by=scene.finance, reason="Paid twice by mistake"),
        ):
            with pytest.raises(DatabaseError):
                attempt()
    with pytest.raises(PermissionDenied):
        confirm_council_payment(first, by=scene.reader, received_on=PAID_ON)
    assert (CouncilPayment.objects.count(), PaymentReceipt.objects.count()) == before


def later_version(agreed: Any, number: int, due: dict[Any, dict[int, int]]) -> Any:
    """Another issued version of the case; `due` is what each payer owes Ashmere in each year."""
    first = agreed.business_case
    case = factories.BusinessCaseFactory(programme=first.programme, ref=first.ref, number=number)
    made = Compensation.objects.create(
        business_case=case,
        beneficiary=agreed.beneficiary,
        basis=agreed.basis,
        decision_ref=agreed.decision_ref,
        created_by=case.created_by,
        updated_by=case.created_by,
    )
    made.payments.bulk_create(
        CompensationPayment(compensation=made, council=council, fy=fy, amount_pence=-pence)
        for council, years in due.items()
        for fy, pence in years.items()
    )
    BusinessCase.objects.filter(pk=case.pk).update(
        state=CaseState.ISSUED, content_hash="1" * 64, issued_at=case.created_at, issued_by=case.created_by
    )
    return made


def approve(case: Any) -> None:
    follow_decision(case, CaseState.APPROVED, by=None, decision_ref="D-77")


def test_payments_stay_and_count_when_a_later_version_is_approved(scene, agreed):
    receiver, carrick = receiver_of(scene), scene.councils[2]
    approve(agreed.business_case)
    paid = record_council_payment(
        agreed, by=scene.finance, payer=scene.brockvale, fy=2026, pence=250_00, paid_on=PAID_ON
    )
    confirm_council_payment(paid, by=receiver, received_on=PAID_ON)
    due = {carrick: {2026: 600_00}, scene.brockvale: {2026: 200_00, 2027: 500_00}}
    second = later_version(agreed, 2, due)
    browser = page_of(scene.reader)

    def shown() -> list[list[str]]:
        """The rows of the file; the page and the API say the same."""
        rows = [row[1:] for row in stored(browser.get("/programmes/abc/compensation.csv?table=due"))[1:]]
        arrangements = api_of(scene.reader).get("/api/v1/programmes/abc/compensation/").json()["arrangements"]
        told = [(one["is_agreed"], row) for one in arrangements for row in one["due"]]
        assert [["Yes" if agreed else "No", row["due"] or "[z]", row["paid"]] for agreed, row in told] == [
            [row[0], row[4], row[5]] for row in rows
        ]
        page = text_of(browser.get("/programmes/abc/compensation/"))
        for _, payer, receiver, fy, *amounts in rows:
            in_year = f"{payer} to {receiver} {fy[:4]} to {int(fy[:4]) + 1} {' '.join(amounts)}"
            assert in_year in page.replace(" 50.00 too much", "")
        return [[row[0], row[1], row[3], *row[4:]] for row in rows]

    still_to_pay = [
        ["Yes", "Brockvale", "2026-27", "600.00", "250.00", "250.00", "350.00"],
        ["Yes", "Carrick", "2026-27", "600.00", "0.00", "0.00", "600.00"],
        ["Yes", "Brockvale", "2027-28", "400.00", "0.00", "0.00", "400.00"],
        ["Yes", "Carrick", "2027-28", "400.00", "0.00", "0.00", "400.00"],
    ]
    proposed = [
        ["No", "Brockvale", "2026-27", "[z]", "0.00", "0.00", "[z]"],
        ["No", "Carrick", "2026-27", "[z]", "0.00", "0.00", "[z]"],
        ["No", "Brockvale", "2027-28", "[z]", "0.00", "0.00", "[z]"],
    ]
    assert shown() == still_to_pay + proposed
    approve(second.business_case)
    assert shown() == [
        ["Yes", "Brockvale", "2026-27", "200.00", "250.00", "250.00", "0.00"],
        ["Yes", "Carrick", "2026-27", "600.00", "0.00", "0.00", "600.00"],
        ["Yes", "Brockvale", "2027-28", "500.00", "0.00", "0.00", "500.00"],
    ]
    balance = compensation_balance(scene.programme, scene.reader)
    # 50.00 too much was paid for the first year, which makes nothing else of it less
    assert [one.outstanding_pence for one in balance.tracked] == [1_100_00]
    ashmere = scene.councils[0].pk
    assert (balance.to_come(date(2026, 11, 24))[ashmere], balance.paid()[ashmere]) == (
        {2026: 600_00, 2027: 500_00},
        {2026: 250_00},
    )
    page = text_of(browser.get("/programmes/abc/compensation/"))
    assert "All All years 1,300.00 250.00 250.00 1,100.00" in page
    with pytest.raises(PermissionDenied, match="This version of the case no longer counts"):
        record_council_payment(
            agreed, by=scene.finance, payer=scene.brockvale, fy=2026, pence=1_00, paid_on=PAID_ON
        )
    reversal = reverse_council_payment(paid, by=scene.finance, reason="Paid to the wrong account")
    states = [row[6] for row in stored(browser.get("/programmes/abc/compensation.csv?table=payments"))]
    assert states == ["State", "Confirmed, reversal waits", "Reversal, not confirmed"]
    answer = api_of(receiver).post(
        f"/api/v1/council-payments/{reversal.pk}/confirm/", {"received_on": DAY}, format="json"
    )
    assert (answer.status_code, answer.json()["state"]) == (200, "reversal_confirmed")
    record_council_payment(
        second, by=scene.finance, payer=scene.brockvale, fy=2026, pence=50_00, paid_on=PAID_ON
    )
    third = later_version(agreed, 3, {})
    Compensation.objects.filter(pk=third.pk).delete()
    approve(third.business_case)
    assert shown() == [["No", "Brockvale", "2026-27", "[z]", "50.00", "0.00", "[z]"]]
    page = text_of(browser.get("/programmes/abc/compensation/"))
    assert "version 2 is superseded. It is kept for what was paid." in page
    assert compensation_balance(scene.programme, scene.reader).paid()[ashmere] == {2026: 50_00}


@pytest.mark.parametrize("rows", [1, 4])
def test_pages_take_one_number_of_queries(scene, agreed, rows, django_assert_num_queries):
    for _ in range(rows):
        record_council_payment(
            agreed, by=scene.finance, payer=scene.brockvale, fy=2026, pence=1_00, paid_on=PAID_ON
        )
    factories.plan_version(
        scene.programme, 1, amounts=[(scene.cost, council, 2026, None, 1_00) for council in scene.councils]
    )
    browser = page_of(scene.reader)
    with django_assert_num_queries(15):
        browser.get("/programmes/abc/compensation/")
    with django_assert_num_queries(20):
        browser.get("/programmes/abc/no-worse-off/")


def test_position_of_today_is_split_in_the_file_and_the_api_as_on_the_page(scene):
    for council, pence in zip(scene.councils, (50_00, 60_00, 70_00), strict=True):
        amounts = [(scene.saving, council, 2026, 8, pence), (scene.cost, council, 2026, 8, 10_00)]
        factories.forecast(scene.programme, date(2026, 11, 1), amounts)
    factories.plan_version(scene.programme, 1, amounts=[(scene.saving, scene.brockvale, 2026, None, 100_00)])
    type(scene.programme).objects.update(base_fy=2026)
    scene.claim(9_00)
    page = text_of(page_of(scene.reader).get("/programmes/abc/no-worse-off/"))
    assert "Brockvale 100.00 Original plan of Brockvale: show the entries 100.00" in page
    rows = stored(page_of(scene.reader).get("/programmes/abc/no-worse-off.csv"))
    now = [row[3:] for row in rows if row[:3] == ["Returns so far and forecast to come", "Cash", "Brockvale"]]
    assert now == [["0.00", "9.00", "50.00", "59.00", "0.00", "59.00", "Yes"]]
    positions = api_of(scene.reader).get("/api/v1/programmes/abc/no-worse-off/").json()["positions"]
    (found,) = (
        one
        for one in positions
        if (one["standing"], one["basis"], one["council"]) == ("now", "nominal", "brockvale")
    )
    assert [found[name] for name in ("verified", "claimed", "to_come", "net")] == [
        "0.00",
        "9.00",
        "50.00",
        "59.00",
    ]
