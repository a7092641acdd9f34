"""Claims: made, verified, returned and reversed through the pages and through the API, with each refusal."""

from datetime import UTC, date, datetime

import pytest

from accounts.enums import RoleName
from benefits.actions.actual import verify_actuals
from benefits.enums import BenefitState, Outcome
from benefits.models import ActualAmount, ForecastSnapshot, Verification
from benefits.queries.register import benefits_register
from core.enums import Channel
from core.models import AuditEvent
from programme.enums import MemberStatus
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
ENTERED = datetime(2026, 11, 10, 9, tzinfo=UTC)
NEW = "/programmes/abc/claims/new/"
LIST = "/programmes/abc/claims/"


def typed(scene, **changes):
    """What a finance officer types into the page."""
    return {
        "line": scene.saving.pk,
        "council": scene.brockvale.pk,
        "month": "2026-7",
        "amount": "1,127.55",
        **changes,
    }


def sent(**changes):
    """The same sent to the API."""
    return {
        "programme": "abc",
        "line": "ICT",
        "council": "brockvale",
        "fy": 2026,
        "period": 7,
        "amount": "1127.55",
        **changes,
    }


def verified():
    return list(Verification.objects.order_by("pk").values_list("actual", flat=True))


def amounts_on(page):
    return sorted(claim.actual.amount_pence for claim in page.context["claims"].open)


def stored():
    return list(ActualAmount.objects.values_list("council__key", "fy", "period", "amount_pence"))


def test_claim_through_the_page_and_the_api_stores_the_same(scene):
    response = page_of(scene.finance).post(NEW, typed(scene, ledger_code="4312"))
    assert (response.status_code, response.url) == (302, LIST)
    answer = api_of(scene.finance).post("/api/v1/actual-amounts/", sent(ledger_code="4312"), format="json")
    assert answer.status_code == 201
    assert (answer.json()["state"], answer.json()["amount"], answer.json()["ledger_code"]) == (
        "claimed",
        "1127.55",
        "4312",
    )
    assert stored() == [("brockvale", 2026, 7, 112_755)] * 2
    channels = AuditEvent.objects.filter(action="claim_actual").order_by("pk")
    assert list(channels.values_list("channel", flat=True)) == [Channel.PAGE, Channel.API]


REFUSED = [
    ({"amount": "-5"}, {"amount": "-5"}, "Explain why this saving is negative, in at least 10 characters"),
    (
        {"amount": "10,000,000,000.01"},
        {"amount": "10000000000.01"},
        "Amount must be £10,000,000,000 or less",
    ),
    ({"month": "2026-8"}, {"period": 8}, "Actual date must be today or in the past"),
    ({"amount": "1.2m"}, {"amount": "1.2m"}, "Enter the amount in full using numbers, for example 1,200,000"),
]


@pytest.mark.parametrize(("on_page", "in_api", "message"), REFUSED)
def test_claim_that_cannot_be_is_refused_by_page_and_api(scene, on_page, in_api, message):
    assert refusals(page_of(scene.finance).post(NEW, typed(scene, **on_page))) == [message]
    response = api_of(scene.finance).post("/api/v1/actual-amounts/", sent(**in_api), format="json")
    assert [error["message"] for error in problems(response)] == [message]
    assert stored() == []


def leave(scene, council, day):
    row = scene.programme.partnership.memberships.get(council=council)
    row.status, row.left_first_on, row.left_last_on = MemberStatus.LEFT, day, day
    row.left_precision, row.left_text = "day", "then"
    row.save()


def test_claim_and_forecast_after_a_council_left_are_refused_by_page_and_api(scene):
    leave(scene, scene.brockvale, date(2026, 9, 30))
    message = "Brockvale left on 30 September 2026. Choose an earlier period"
    assert refusals(page_of(scene.finance).post(NEW, typed(scene))) == [message]
    api = api_of(scene.finance)
    expected = [{"field": "period", "message": message}]
    assert problems(api.post("/api/v1/actual-amounts/", sent(), format="json")) == expected
    amount = {"line": "ICT", "council": "brockvale", "fy": 2027, "amount": "5.00"}
    forecast = {"programme": "abc", "as_at_on": "2026-11-20", "amounts": [amount]}
    assert problems(api.post("/api/v1/forecast-amounts/", forecast, format="json")) == expected
    assert (stored(), ForecastSnapshot.objects.count()) == ([], 0)
    page_of(scene.finance).post(NEW, typed(scene, month="2026-6"))
    assert stored() == [("brockvale", 2026, 6, 112_755)]


def test_claim_before_a_council_joined_is_refused(scene):
    row = scene.programme.partnership.memberships.get(council=scene.brockvale)
    row.joined_first_on = row.joined_last_on = date(2026, 11, 1)
    row.save()
    message = "Brockvale joined on 1 November 2026. Choose a later period"
    assert refusals(page_of(scene.finance).post(NEW, typed(scene))) == [message]
    response = api_of(scene.finance).post("/api/v1/actual-amounts/", sent(), format="json")
    assert [error["message"] for error in problems(response)] == [message]
    assert stored() == []


def test_forecast_through_the_api_is_stored(scene):
    amount = {"line": "ICT", "council": "brockvale", "fy": 2027, "amount": "-5.00"}
    forecast = {"programme": "abc", "as_at_on": "2026-11-20", "amounts": [amount]}
    api = api_of(scene.finance)
    message = "Explain why this saving is negative, in at least 10 characters"
    response = api.post("/api/v1/forecast-amounts/", forecast, format="json")
    assert [error["message"] for error in problems(response)] == [message]
    amount["explanation"] = "One licence is paid twice"
    answer = api.post("/api/v1/forecast-amounts/", forecast, format="json")
    assert (answer.status_code, [row["amount"] for row in answer.json()]) == (201, ["-5.00"])


def test_claim_for_another_council_or_by_a_reader(scene):
    response = api_of(scene.finance).post("/api/v1/actual-amounts/", sent(council="ashmere"), format="json")
    assert problems(response)[0]["message"] == "Only an officer of Ashmere can enter its amounts"
    assert page_of(scene.reader).get(NEW).status_code == 403
    assert stored() == []


def test_verify_through_page_and_api(scene):
    factories.reduction(scene.saving, scene.brockvale, 2026)
    first, second = scene.claim(entered_at=ENTERED), scene.claim(200, entered_at=ENTERED)
    response = page_of(scene.s151).post(f"/actual-amounts/{first.pk}/answer/", {"outcome": "verified"})
    assert (response.status_code, response.url) == (302, LIST)
    answer = api_of(scene.s151).post(f"/api/v1/actual-amounts/{second.pk}/verify/")
    assert (answer.status_code, answer.json()["state"]) == (200, "verified")
    rows = Verification.objects.order_by("pk").values_list("actual", "outcome", "verified_by")
    assert list(rows) == [(row.pk, Outcome.VERIFIED, scene.s151.pk) for row in (first, second)]


def test_verify_own_entry_is_refused(scene):
    factories.reduction(scene.saving, scene.brockvale, 2026)
    claim = scene.claim(entered_by=scene.s151)
    message = "You entered this amount. Another officer must verify it"
    address = f"/actual-amounts/{claim.pk}/answer/"
    assert refusals(page_of(scene.s151).post(address, {"outcome": "verified"})) == [message]
    assert page_of(scene.s151).get(address).status_code == 403
    response = api_of(scene.s151).post(f"/api/v1/actual-amounts/{claim.pk}/verify/")
    assert problems(response) == [{"field": "", "message": message}]
    assert not Verification.objects.exists()


def test_verify_for_another_council_is_refused(scene):
    claim = scene.claim()
    other = factories.UserFactory()
    factories.role(other, RoleName.S151, council=scene.councils[0])
    message = "Only Brockvale's section 151 officer can verify this amount"
    response = page_of(other).post(f"/actual-amounts/{claim.pk}/answer/", {"outcome": "verified"})
    assert refusals(response) == [message]
    response = api_of(other).post(f"/api/v1/actual-amounts/{claim.pk}/verify/")
    assert problems(response) == [{"field": "", "message": message}]
    assert not Verification.objects.exists()


def test_verify_cashable_without_budget_reduction_is_refused(scene):
    claim = scene.claim()
    factories.reduction(scene.saving, scene.brockvale, 2027)
    factories.reduction(scene.saving, scene.councils[0], 2026)
    message = "Record the budget code and amount that was reduced"
    response = page_of(scene.s151).post(f"/actual-amounts/{claim.pk}/answer/", {"outcome": "verified"})
    assert refusals(response) == [message]
    response = api_of(scene.s151).post(f"/api/v1/actual-amounts/{claim.pk}/verify/")
    assert problems(response) == [{"field": "", "message": message}]
    response = page_of(scene.s151).post("/programmes/abc/claims/verify/", {"claims": [claim.pk]})
    assert refusals(response) == [f"Lower cost of ICT, Brockvale, October 2026: {message}"]
    assert not Verification.objects.exists()


def test_cost_is_verified_without_budget_reduction(scene):
    cost = scene.spent()
    page_of(scene.s151).post(f"/actual-amounts/{cost.pk}/answer/", {"outcome": "verified"})
    assert Verification.objects.get().actual == cost


def test_several_are_verified_at_once_each_by_itself(scene):
    factories.reduction(scene.saving, scene.brockvale, 2026)
    first, second = scene.claim(), scene.claim(200)
    own = scene.claim(300, entered_by=scene.s151)
    address = "/programmes/abc/claims/verify/"
    browser = page_of(scene.s151)
    assert refusals(browser.post(address, {})) == ["Select at least one amount"]
    assert not Verification.objects.exists()
    answer = browser.post(address, {"claims": [first.pk, second.pk, own.pk, "x", "9" * 30]})
    assert refusals(answer) == [
        "Lower cost of ICT, Brockvale, October 2026: You entered this amount. Another officer must verify it"
    ]
    assert "2 amounts verified: £1,129.55 of cashable savings. 1 stays" in answer.content.decode()
    assert f'href="#claim-{own.pk}"' in answer.content.decode()
    assert set(verified()) == {first.pk, second.pk}
    third = scene.claim(400)
    answer = browser.post(address, {"claims": [third.pk]}, follow=True)
    assert "1 amount verified: £4.00 of cashable savings" in text_of(answer)
    factories.reduction(scene.saving, scene.councils[0], 2026)
    other = factories.actual(scene.saving, scene.councils[0], 2026, 7, 1)
    factories.role(scene.s151, RoleName.S151, council=scene.councils[0])
    both = browser.post(address, {"claims": [other.pk, scene.claim(500).pk]})
    assert refusals(both) == ["Select amounts of one council. Each council is signed for apart"]
    assert set(verified()) == {first.pk, second.pk, third.pk}


def test_several_are_verified_through_the_api_each_by_itself(scene):
    factories.reduction(scene.saving, scene.brockvale, 2026)
    claim, own = scene.claim(), scene.claim(300, entered_by=scene.s151)
    sent = {"programme": "abc", "amounts": [claim.pk, own.pk]}
    answer = api_of(scene.s151).post("/api/v1/actual-amounts/verify-many/", sent, format="json")
    message = "You entered this amount. Another officer must verify it"
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "verified": [claim.pk],
            "cashable": "1127.55",
            "other": "0.00",
            "stays": [{"id": own.pk, "message": message, "code": "37"}],
        },
    )
    assert verified() == [claim.pk]
    assert AuditEvent.objects.get(action="verify_actual").channel == Channel.API
    sent["amounts"] = []
    answer = api_of(scene.s151).post("/api/v1/actual-amounts/verify-many/", sent, format="json")
    assert [error["field"] for error in problems(answer)] == ["amounts"]


def test_many_are_verified_in_as_many_queries_as_one(scene, django_assert_num_queries):
    factories.reduction(scene.saving, scene.brockvale, 2026)
    for number in (1, 50):
        claims = [
            ActualAmount(line=scene.saving, council=scene.brockvale, fy=2026, period=7, amount_pence=100)
            for _ in range(number)
        ]
        for claim in claims:
            claim.entered_by = scene.finance
        made = ActualAmount.objects.bulk_create(claims)
        with django_assert_num_queries(10):
            found = verify_actuals([*made, made[0]], by=scene.s151)
        assert ([one.actual for one in found.done], found.refused) == (made, ())
    assert AuditEvent.objects.filter(action="verify_actual").count() == 51


def test_all_that_is_not_unusual_is_verified_by_one_tick_and_the_rest_needs_its_own(scene):
    lines = [factories.LineFactory(programme=scene.programme) for _ in range(4)]
    for line in lines:
        factories.reduction(line, scene.brockvale, 2026)
    one, two, late, odd = [
        factories.actual(line, scene.brockvale, 2026, 7, 100_00, entered_by=scene.finance) for line in lines
    ]
    planned = [(line, scene.brockvale, 2026, 7, 100_00) for line in lines[:3]]
    amounts = [*planned, (odd.line, scene.brockvale, 2026, 7, 9_999_00)]
    factories.plan_version(scene.programme, 1, amounts=amounts)
    browser = page_of(scene.s151)
    page = browser.get(LIST)
    claims = page.context["claims"]
    assert [claim.pk for claim in claims.usual] == [one.pk, two.pk, late.pk]
    assert "Select the 3 with nothing unusual: £300.00 of cashable savings" in text_of(page)
    factories.actual(late.line, scene.brockvale, 2026, 7, 1_00, entered_by=scene.finance)
    sent = {"all_usual": "1", "usual": [one.pk, two.pk, late.pk], "claims": [late.pk]}
    answer = browser.post(f"{LIST}verify/", sent)
    where = f"{late.line.title}, Brockvale, October 2026"
    assert refusals(answer) == [f"{where}: Tick it by itself. One of 2 amounts for this month"]
    assert verified() == [one.pk, two.pk]
    browser.post(f"{LIST}verify/", {"usual": [late.pk], "claims": [odd.pk]})
    assert verified() == [one.pk, two.pk, odd.pk]


def test_list_says_what_changed_since_the_last_answer(scene):
    old = scene.claim(100, entered_at=ENTERED)
    browser = page_of(scene.s151)
    assert browser.get(LIST).context["claims"].changed == "Nobody has answered a claim here yet."
    reason = {"outcome": "returned", "reason": "The wrong ledger code"}
    browser.post(f"/actual-amounts/{old.pk}/answer/", reason)
    scene.claim(700, entered_at=datetime(2026, 11, 24, 13, tzinfo=UTC))
    page = browser.get(LIST)
    assert page.context["claims"].changed == (
        "Since the last answer, on 24 November 2026: 1 new claim, £7.00 of cashable savings; "
        "1 claimed again after a return."
    )
    assert "Claimed again: Returned on 24 November 2026: The wrong ledger code" in text_of(page)
    assert page.context["claims"].usual == ()


def test_claims_are_counted_by_how_long_they_wait_and_costs_are_never_added_to_savings(scene):
    ashmere = scene.councils[0]
    factories.actual(scene.saving, ashmere, 2026, 1, 50_00, entered_at=datetime(2026, 5, 5, 9, tzinfo=UTC))
    friday = datetime(2026, 11, 20, 13, tzinfo=UTC)
    scene.claim(700, entered_at=friday)
    scene.spent(500, entered_at=friday)
    counted_in = factories.BenefitFactory(programme=scene.programme, counted_in=scene.benefit)
    elsewhere = factories.LineFactory(programme=scene.programme, benefit=counted_in)
    factories.actual(elsewhere, scene.brockvale, 2026, 7, 999, entered_by=scene.finance, entered_at=friday)
    scene.claim(300, verified_by=scene.s151)
    page = page_of(scene.reader).get(LIST)
    said = "4 claims wait: £57.00 of cashable savings and −£5.00 of other amounts."
    assert page.context["claims"].summary.startswith(said)
    table = page.context["ageing"]
    sentence = f"{said} The oldest has waited for 143 working days; 1 has waited for more than 20."
    assert table.caption == sentence
    none, zero = ("0", ""), ("0.00", "")
    assert [(row.header, [(cell.text, cell.sub) for cell in row.cells]) for row in table.rows[:2]] == [
        ("Ashmere", [none, none, ("1", "50.00 cashable"), ("50.00", ""), zero, ("143", "")]),
        (
            "Brockvale",
            [("3", "7.00 cashable, −5.00 other"), none, none, ("7.00", ""), ("−5.00", ""), ("2", "")],
        ),
    ]
    found = api_of(scene.reader).get("/api/v1/programmes/abc/claims-ageing/").json()
    keys = [one["council"] for one in found["councils"]]
    assert (found["sentence"], keys) == (sentence, ["ashmere", "brockvale", "carrick", None])
    assert found["councils"][3] == {
        "council": None,
        "oldest_days": 143,
        "bands": [
            {"from_days": 0, "to_days": 10, "count": 3, "cashable": "7.00", "other": "-5.00"},
            {"from_days": 11, "to_days": 20, "count": 0, "cashable": "0.00", "other": "0.00"},
            {"from_days": 21, "to_days": None, "count": 1, "cashable": "50.00", "other": "0.00"},
        ],
    }
    csv = b"".join(page_of(scene.reader).get(f"{LIST}ageing.csv")).decode()
    assert "Brockvale,Up to 10 working days,3,7.00,-5.00" in csv
    assert len(csv.strip().splitlines()) == 1 + 4 * 3
    waits = benefits_register(scene.programme, as_of=date(2026, 11, 24)).rows
    assert next((row.benefit.ref, row.waiting.pence, row.waiting.amounts) for row in waits) == (
        "B-1",
        57_00,
        2,
    )
    assert page_of(scene.reader).get(f"{LIST}?council=nobody").status_code == 404


def test_a_long_list_comes_in_pages_and_one_tick_takes_the_page(scene, monkeypatch):
    monkeypatch.setattr("benefits.views.claims.PAGE_SIZE", 2)
    own = scene.claim(entered_by=scene.s151)
    lines = [factories.LineFactory(programme=scene.programme) for _ in range(3)]
    planned = [(line, scene.brockvale, 2026, 7, 100_00) for line in lines]
    factories.plan_version(scene.programme, 1, amounts=planned)
    for line in lines:
        factories.reduction(line, scene.brockvale, 2026)
        factories.actual(line, scene.brockvale, 2026, 7, 100_00, entered_by=scene.finance)
    browser = page_of(scene.s151)
    page = browser.get(f"{LIST}?page=2")
    assert page.context["claims"].summary.startswith("4 claims wait: £1,427.55 of cashable savings.")
    assert "3 to 4 of 4" in text_of(page)
    assert "Select the 2 with nothing unusual on this page: £200.00 of cashable savings" in text_of(page)
    usual = [claim.pk for claim in page.context["claims"].usual]
    answer = browser.post(f"{LIST}verify/?page=1", {"usual": usual, "all_usual": "1", "claims": [own.pk]})
    assert (verified(), answer.status_code) == (usual, 422)
    assert [claim.pk for claim in answer.context["claims"].open][:1] == [own.pk]


def test_return_needs_a_reason_and_shows_it(scene):
    claim, other = scene.claim(), scene.claim(5)
    browser, message = page_of(scene.s151), "Explain why the amount is returned, in at least 10 characters"
    address = f"/actual-amounts/{claim.pk}/answer/"
    assert refusals(browser.post(address, {"outcome": "returned", "reason": "no"})) == [message]
    response = api_of(scene.s151).post(f"/api/v1/actual-amounts/{other.pk}/return/", {"reason": "no"})
    assert problems(response) == [{"field": "reason", "message": message}]
    assert not Verification.objects.exists()
    browser.post(address, {"outcome": "returned", "reason": "The ledger shows another code"})
    api_of(scene.s151).post(f"/api/v1/actual-amounts/{other.pk}/return/", {"reason": "No evidence of it"})
    assert sorted(Verification.objects.values_list("outcome", "reason")) == [
        (Outcome.RETURNED, "No evidence of it"),
        (Outcome.RETURNED, "The ledger shows another code"),
    ]
    assert "The ledger shows another code" in text_of(browser.get(LIST))


def test_answer_in_place_swaps_the_row(scene):
    factories.reduction(scene.saving, scene.brockvale, 2026)
    claim, browser = scene.claim(), page_of(scene.s151)
    address, headers = f"/actual-amounts/{claim.pk}/answer/", {"HX-Request": "true"}
    opened = browser.get(address, headers=headers).content.decode()
    assert f'id="claim-{claim.pk}"' in opened
    assert "<html" not in opened
    missing = browser.post(address, {}, headers=headers)
    assert (missing.status_code, "<html" in missing.content.decode()) == (422, False)
    assert "Choose whether to verify or to return it" in missing.content.decode()
    said = browser.post(address, {"outcome": "verified"}, headers=headers).content.decode()
    assert 'data-say="Lower cost of ICT, Brockvale, October 2026: verified"' in said
    assert browser.get(f"/actual-amounts/{claim.pk}/row/", headers=headers).status_code == 200


def test_answered_claim_cannot_be_answered_again(scene):
    claim = scene.claim(verified_by=scene.s151)
    response = page_of(scene.s151).post(f"/actual-amounts/{claim.pk}/answer/", {"outcome": "verified"})
    assert refusals(response) == ["T Grant has already verified this amount"]
    assert Verification.objects.count() == 1


def test_reverse_through_page_and_api(scene):
    first, second = scene.claim(), scene.claim(200)
    message = "Explain why this amount is reversed, in at least 10 characters"
    browser = page_of(scene.finance)
    assert refusals(browser.post(f"/actual-amounts/{first.pk}/reverse/", {"reason": "no"})) == [message]
    api = api_of(scene.finance)
    response = api.post(f"/api/v1/actual-amounts/{second.pk}/reverse/", {"reason": "no"}, format="json")
    assert problems(response) == [{"field": "reason", "message": message}]
    assert ActualAmount.objects.count() == 2
    browser.post(f"/actual-amounts/{first.pk}/reverse/", {"reason": "Entered in the wrong month"})
    answer = api.post(
        f"/api/v1/actual-amounts/{second.pk}/reverse/", {"reason": "Entered twice by us"}, format="json"
    )
    assert (answer.status_code, answer.json()["amount"], answer.json()["reverses"]) == (
        201,
        "-2.00",
        second.pk,
    )
    reversals = ActualAmount.objects.filter(reverses__isnull=False).order_by("pk")
    assert list(reversals.values_list("reverses", "amount_pence")) == [
        (first.pk, -112_755),
        (second.pk, -200),
    ]


def test_reversal_of_a_verified_amount_is_verified_in_the_api(scene):
    claim = scene.claim(verified_by=scene.s151)
    api_of(scene.s151).post(
        f"/api/v1/actual-amounts/{claim.pk}/reverse/", {"reason": "Entered twice by us"}, format="json"
    )
    rows = api_of(scene.reader).get("/api/v1/actual-amounts/").json()["results"]
    assert [(row["amount"], row["state"]) for row in rows] == [
        ("1127.55", "verified"),
        ("-1127.55", "verified"),
    ]


def test_verified_amount_is_reversed_by_the_section_151_officer_alone(scene):
    claim = scene.claim(verified_by=scene.s151)
    assert page_of(scene.finance).get(f"/actual-amounts/{claim.pk}/reverse/").status_code == 403
    assert "Reverse this amount" in text_of(page_of(scene.s151).get(f"/entries/actual/{claim.pk}/"))
    assert "Reverse this amount" not in text_of(page_of(scene.reader).get(f"/entries/actual/{claim.pk}/"))


def test_list_shows_open_claims_oldest_first_with_their_age(scene):
    later = scene.claim(200, entered_at=datetime(2026, 11, 20, 9, tzinfo=UTC))
    sooner = scene.claim(entered_at=ENTERED)
    scene.claim(300, entered_at=ENTERED, verified_by=scene.s151)
    html = page_of(scene.s151).get(LIST).content.decode()
    assert html.index(f"claim-{sooner.pk}") < html.index(f"claim-{later.pk}")
    page = text_of(page_of(scene.s151).get(LIST))
    assert "1,127.55 B Doyle 10 November 2026 10 Claimed" in page.replace("\xa0", " ")
    assert "2.00 B Doyle 20 November 2026 2 Claimed" in page.replace("\xa0", " ")
    assert "Answered last" in page


def test_list_is_first_of_the_own_council_and_shows_all_to_a_reader(scene):
    factories.actual(scene.saving, scene.councils[0], 2026, 7, 99_00)
    mine = scene.claim()
    assert amounts_on(page_of(scene.s151).get(LIST)) == [112_755]
    assert amounts_on(page_of(scene.s151).get(f"{LIST}?council=all")) == [99_00, 112_755]
    page = page_of(scene.reader).get(LIST)
    assert amounts_on(page) == [99_00, 112_755]
    assert "Verify or return" not in text_of(page)
    assert "Verify or return" in text_of(page_of(scene.s151).get(LIST))
    assert page_of(scene.s151).get(f"/actual-amounts/{mine.pk}/row/").url == LIST


def test_owner_of_the_benefit_does_not_verify_it(scene):
    scene.benefit.owner, scene.benefit.state = scene.s151, BenefitState.REALISING
    scene.benefit.save()
    scene.claim()
    assert "You own the benefit" in text_of(page_of(scene.s151).get(LIST))


@pytest.mark.parametrize("rows", [1, 4])
def test_list_takes_one_number_of_queries(scene, rows, django_assert_num_queries):
    for _ in range(rows):
        scene.claim()
        scene.claim(verified_by=scene.s151)
    browser = page_of(scene.s151)
    with django_assert_num_queries(25):
        browser.get(LIST)


def test_list_says_how_much_waits_and_what_to_look_at_twice(scene):
    factories.plan_version(scene.programme, 1, amounts=[(scene.saving, scene.brockvale, 2026, 7, 500_000)])
    factories.actual(scene.saving, scene.brockvale, 2026, 6, 400_000, verified_by=scene.s151)
    first = scene.claim(490_000)
    page = page_of(scene.s151).get(LIST)
    assert page.context["claims"].summary == "1 claim waits: £4,900.00 of cashable savings."
    scene.claim(300_000, explanation="The second invoice of October")
    page = page_of(scene.s151).get(LIST)
    said = "2 claims wait: £7,900.00 of cashable savings. 2 to look at twice."
    assert page.context["claims"].summary == said
    text = text_of(page)
    assert "4,900.00 month before 4,000.00 plan 5,000.00" in text
    assert "One of 2 amounts for this month Look twice: £2,900 above plan" in text
    assert "Explained: The second invoice of October" in text
    answer = text_of(page_of(scene.s151).get(f"/actual-amounts/{first.pk}/answer/"))
    assert "Plan for the month £5,000.00 Month before £4,000.00 Look twice" in answer
