"""Funds through the pages and through the API: balance, shares of what is unspent, refusals."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.enums import Outcome
from benefits.models import Fund, FundContribution, FundDrawdown, Verification
from benefits.rules.fund import unspent_shares
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of
from tests.services.factories import CostPoolFactory, key_of

WHY = "Paid back as agreed"
pytestmark = pytest.mark.django_db


@pytest.fixture
def fund(scene):
    return factories.FundFactory(programme=scene.programme, ref="FUND-1")


def pay(fund, council, pence, **fields):
    return FundContribution.objects.create(
        fund=fund,
        council=council,
        amount_pence=pence,
        paid_on=date(2026, 4, 1),
        entered_by=fund.created_by,
        **fields,
    )


def test_fund_payment_and_withdrawal_through_page_and_api(scene):
    page_of(scene.manager).post("/programmes/abc/funds/new/", {"name": "Transition fund"})
    fund = Fund.objects.get()
    assert (fund.ref, fund.name) == ("FUND-1", "Transition fund")
    answer = api_of(scene.manager).post(
        "/api/v1/funds/", {"programme": "abc", "name": "Second"}, format="json"
    )
    assert (answer.status_code, answer.json()["ref"], answer.json()["balance"]) == (201, "FUND-2", "0.00")
    browser, api = page_of(scene.finance), api_of(scene.finance)
    paid = {"council": scene.brockvale.pk, "amount": "30,000", "paid_on": "1 4 2026"}
    assert browser.post(f"/funds/{fund.pk}/payments/new/", paid).url == f"/funds/{fund.pk}/"
    answer = api.post(
        f"/api/v1/funds/{fund.pk}/contributions/",
        {"council": "brockvale", "amount": "10000", "paid_on": "2026-05-01"},
        format="json",
    )
    assert (answer.status_code, answer.json()["balance"]) == (201, "40000.00")
    cost = scene.spent()
    drawn = {"actual": cost.pk, "amount": "5,000", "drawn_on": "1 10 2026"}
    assert browser.post(f"/funds/{fund.pk}/withdrawals/new/", drawn).url == f"/funds/{fund.pk}/"
    answer = api.post(
        f"/api/v1/funds/{fund.pk}/drawdowns/",
        {"actual": cost.pk, "amount": "5000.00", "drawn_on": "2026-10-02"},
        format="json",
    )
    assert [answer.json()[name] for name in ("paid", "drawn", "balance")] == [
        "40000.00",
        "10000.00",
        "30000.00",
    ]
    assert answer.json()["shares"] == [
        {"council": "brockvale", "paid": "40000.00", "unspent": "30000.00", "by_key": None}
    ]
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == [
        *["open_fund"] * 2,
        *["record_contribution"] * 2,
        *["record_drawdown"] * 2,
    ]


def test_withdrawal_over_the_balance_is_refused(scene, fund):
    pay(fund, scene.brockvale, 40_000_00)
    cost = scene.spent()
    message = "Fund balance is £40,000.00. Withdrawal must be this or less"
    drawn = {"actual": cost.pk, "amount": "40,000.01", "drawn_on": "1 10 2026"}
    assert refusals(page_of(scene.finance).post(f"/funds/{fund.pk}/withdrawals/new/", drawn)) == [message]
    sent = {"actual": cost.pk, "amount": "40000.01", "drawn_on": "2026-10-01"}
    response = api_of(scene.finance).post(f"/api/v1/funds/{fund.pk}/drawdowns/", sent, format="json")
    assert problems(response) == [{"field": "amount", "message": message}]
    assert not FundDrawdown.objects.exists()


def test_withdrawal_is_for_an_actual_one_off_cost_and_no_more_than_it(scene, fund):
    pay(fund, scene.brockvale, 100_000_00)
    api, address = api_of(scene.finance), f"/api/v1/funds/{fund.pk}/drawdowns/"
    saving, cost = scene.claim(), scene.spent(1_000_00)
    sent = {"actual": saving.pk, "amount": "1", "drawn_on": "2026-10-01"}
    assert problems(api.post(address, sent, format="json")) == [
        {"field": "actual", "message": "Choose an actual one-off cost of this programme"}
    ]
    sent = {"actual": cost.pk, "amount": "1000.01", "drawn_on": "2026-10-01"}
    message = "£1,000.00 of this cost is not yet paid. Withdrawal must be this or less"
    assert problems(api.post(address, sent, format="json")) == [{"field": "amount", "message": message}]
    future = {"actual": cost.pk, "amount": "1", "drawn_on": "2026-11-25"}
    assert problems(api.post(address, future, format="json"))[0]["field"] == "drawn_on"
    assert not FundDrawdown.objects.exists()


def test_payment_back_needs_a_reason_and_leaves_no_debt(scene, fund):
    pay(fund, scene.brockvale, 100_00)
    address = f"/funds/{fund.pk}/payments/new/"
    paid = {"council": scene.brockvale.pk, "amount": "-50", "paid_on": "1 5 2026"}
    browser = page_of(scene.finance)
    assert refusals(browser.post(address, paid)) == [
        "Explain why this payment is negative, in at least 10 characters"
    ]
    over = paid | {"amount": "-100.01", "explanation": "Paid twice by mistake"}
    assert refusals(browser.post(address, over)) == [
        "Fund balance is £100.00. Withdrawal must be this or less"
    ]
    browser.post(address, paid | {"explanation": "Paid twice by mistake"})
    assert sum(FundContribution.objects.values_list("amount_pence", flat=True)) == 50_00


def test_council_is_paid_back_no_more_than_its_own_unspent_share(scene, fund):
    ashmere, brockvale, _ = scene.councils
    pay(fund, ashmere, 600_00)
    pay(fund, brockvale, 400_00)
    cost = scene.spent(500_00)
    FundDrawdown.objects.create(
        fund=fund, actual=cost, amount_pence=500_00, drawn_on=date(2026, 10, 1), entered_by=scene.finance
    )
    browser, api = page_of(scene.finance), api_of(scene.finance)

    def both(amount: str) -> list[str]:
        typed = {"council": brockvale.pk, "amount": amount, "paid_on": "1 5 2026", "explanation": WHY}
        sent = {"council": "brockvale", "amount": amount, "paid_on": "2026-05-01", "explanation": WHY}
        said = refusals(browser.post(f"/funds/{fund.pk}/payments/new/", typed))
        answer = api.post(f"/api/v1/funds/{fund.pk}/contributions/", sent, format="json")
        assert problems(answer) == [{"field": "amount", "message": said[0]}]
        return said

    own = "Brockvale’s unspent share is {}. Payment back must be this or less".format
    assert both("-200.01") == [own("£200.00")]
    typed = {"council": brockvale.pk, "amount": "-150", "paid_on": "1 5 2026", "explanation": WHY}
    assert browser.post(f"/funds/{fund.pk}/payments/new/", typed).status_code == 302
    assert both("-50.01") == [own("£50.00")]
    shares = api.get(f"/api/v1/funds/{fund.pk}/").json()["shares"]
    assert [(row["council"], row["unspent"]) for row in shares] == [
        ("ashmere", "300.00"),
        ("brockvale", "50.00"),
    ]
    assert list(fund.contributions.values_list("amount_pence", flat=True)) == [600_00, 400_00, -150_00]


def test_cost_that_is_reversed_gives_the_money_back(scene, fund):
    pay(fund, scene.brockvale, 100_00)
    cost = scene.spent(60_00)
    FundDrawdown.objects.create(
        fund=fund, actual=cost, amount_pence=60_00, drawn_on=date(2026, 10, 1), entered_by=scene.finance
    )
    page_of(scene.finance).post(f"/actual-amounts/{cost.pk}/reverse/", {"reason": "Entered by mistake"})
    page = text_of(page_of(scene.reader).get(f"/funds/{fund.pk}/"))
    assert "Balance £100.00" in page
    assert "The cost was reversed or returned: this is back in the fund" in page


def test_page_shows_what_each_council_gets_back_to_the_penny(scene, fund):
    for council in scene.councils:
        pay(fund, council, 100_00)
    cost = scene.spent(200_00)
    FundDrawdown.objects.create(
        fund=fund, actual=cost, amount_pence=200_00, drawn_on=date(2026, 10, 1), entered_by=scene.finance
    )
    page = text_of(page_of(scene.reader).get(f"/funds/{fund.pk}/"))
    assert (
        "Ashmere 100.00 33.34 Brockvale 100.00 33.33 Carrick 100.00 33.33 All councils 300.00 100.00" in page
    )
    assert "Record a payment" not in page


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=6), st.integers(0, 100))
def test_shares_of_what_is_unspent_sum_to_it(paid, percent):
    balance = sum(paid) * percent // 100
    shares = unspent_shares(balance, paid)
    assert (sum(shares), min(shares) >= 0) == (balance, True)


def test_who_may_open_and_pay(scene, fund):
    assert page_of(scene.finance).get("/programmes/abc/funds/new/").status_code == 403
    sent = {"programme": "abc", "name": "Mine"}
    assert api_of(scene.reader).post("/api/v1/funds/", sent, format="json").status_code == 403
    assert page_of(scene.reader).get(f"/funds/{fund.pk}/payments/new/").status_code == 403
    other = {"council": "ashmere", "amount": "1", "paid_on": "2026-04-01"}
    response = api_of(scene.finance).post(f"/api/v1/funds/{fund.pk}/contributions/", other, format="json")
    assert problems(response)[0]["message"] == "Only an officer of Ashmere can enter its amounts"
    assert (Fund.objects.count(), FundContribution.objects.count()) == (1, 0)


@pytest.mark.parametrize("rows", [1, 4])
def test_pages_take_one_number_of_queries(scene, fund, rows, django_assert_num_queries):
    for number in range(rows):
        pay(fund, scene.brockvale, 100_00)
        FundDrawdown.objects.create(
            fund=fund,
            actual=scene.spent(5_00),
            amount_pence=5_00,
            drawn_on=date(2026, 10, 1),
            entered_by=scene.finance,
        )
        factories.FundFactory(programme=scene.programme, ref=f"MORE-{number}")
    browser = page_of(scene.reader)
    with django_assert_num_queries(11):
        browser.get(f"/funds/{fund.pk}/")
    with django_assert_num_queries(10):
        browser.get("/programmes/abc/funds/")


def test_fund_with_a_key_shows_it_and_pays_back_by_it_when_it_closes(scene):
    pool = CostPoolFactory(programme=scene.programme, ref="ONE-OFF", name="One-off costs")
    key_of(pool, dict.fromkeys(scene.councils, 1))
    page_of(scene.manager).post("/programmes/abc/funds/new/", {"name": "Transition", "pool": pool.pk})
    fund = Fund.objects.get()
    for council in scene.councils:
        pay(fund, council, 100_00)
    cost = scene.spent(200_00)
    drawn = {"actual": cost.pk, "amount": "200", "drawn_on": "1 10 2026"}
    page_of(scene.finance).post(f"/funds/{fund.pk}/withdrawals/new/", drawn)
    shown = text_of(page_of(scene.reader).get(f"/funds/{fund.pk}/"))
    assert "Ashmere 100.00 100.00 33.34 Brockvale 100.00 100.00 33.33" in shown
    assert "What is not spent goes back by the key by which it was paid in." in shown
    assert page_of(scene.finance).get(f"/funds/{fund.pk}/close/").status_code == 403
    early = "Money last moved on 1 October 2026. Date paid back must be that day or later"
    before = page_of(scene.manager).post(f"/funds/{fund.pk}/close/", {"closed_on": "30 9 2026"})
    sent = api_of(scene.manager).post(
        f"/api/v1/funds/{fund.pk}/close/", {"closed_on": "2026-09-30"}, format="json"
    )
    assert (refusals(before), problems(sent)) == ([early], [{"field": "closed_on", "message": early}])
    close = {"closed_on": "20 11 2026"}
    assert page_of(scene.manager).post(f"/funds/{fund.pk}/close/", close).url == f"/funds/{fund.pk}/"
    back = fund.contributions.filter(amount_pence__lt=0).order_by("pk")
    assert [(str(row.council), row.amount_pence) for row in back] == [
        ("Ashmere", -33_34),
        ("Brockvale", -33_33),
        ("Carrick", -33_33),
    ]
    closed = "This fund was closed on 20 November 2026. Open another"
    paid = {"council": scene.brockvale.pk, "amount": "1", "paid_on": "21 11 2026"}
    assert refusals(page_of(scene.finance).post(f"/funds/{fund.pk}/payments/new/", paid)) == [closed]
    api, address = api_of(scene.manager), f"/api/v1/funds/{fund.pk}/close/"
    nothing = "This fund was closed on 20 November 2026 and holds nothing"
    assert problems(api.post(address, {"closed_on": "2026-11-21"}, format="json"))[0]["message"] == nothing
    assert refusals(page_of(scene.manager).post(f"/funds/{fund.pk}/close/", close)) == [nothing]
    page_of(scene.finance).post(f"/actual-amounts/{cost.pk}/reverse/", {"reason": "Entered by mistake"})
    answer = api.post(address, {"closed_on": "2026-11-21"}, format="json")
    assert (answer.status_code, answer.json()["balance"], answer.json()["closed_on"]) == (
        201,
        "0.00",
        "2026-11-21",
    )
    assert AuditEvent.objects.filter(action="close_fund").count() == 2


def test_cost_that_was_returned_gives_the_money_back(scene, fund):
    pay(fund, scene.brockvale, 100_00)
    cost = scene.spent(60_00)
    page_of(scene.finance).post(
        f"/funds/{fund.pk}/withdrawals/new/", {"actual": cost.pk, "amount": "60", "drawn_on": "1 10 2026"}
    )
    Verification.objects.create(
        actual=cost, outcome=Outcome.RETURNED, reason="Not a cost of this change", verified_by=scene.s151
    )
    answer = api_of(scene.reader).get(f"/api/v1/funds/{fund.pk}/").json()
    assert (answer["drawn"], answer["balance"]) == ("0.00", "100.00")
