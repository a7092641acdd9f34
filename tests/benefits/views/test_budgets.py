"""Budgets and reductions through the pages and through the API, with each refusal."""

import pytest

from accounts.enums import RoleName
from benefits.models import ActualAmount, BudgetLine, BudgetReduction
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
REDUCE = "/programmes/abc/reductions/new/"
API = "/api/v1/budget-reductions/"


@pytest.fixture
def budget(scene):
    return factories.BudgetLineFactory(council=scene.brockvale, ledger_code="4312", name="Licences")


def typed(scene, budget, amount="12,000", **changes):
    return {"line": scene.saving.pk, "ledger_code": budget.pk, "amount": amount, **changes}


def sent(amount="12000.00", **changes):
    return {
        "programme": "abc",
        "line": "ICT",
        "council": "brockvale",
        "ledger_code": "4312",
        "fy": 2026,
        "amount": amount,
        **changes,
    }


def refused_by_both(scene, budget, message, *, field="amount", on_page=None, in_api=None):
    """The page and the API refuse the reduction with this message, and store nothing."""
    before = BudgetReduction.objects.count()
    assert refusals(page_of(scene.finance).post(REDUCE, typed(scene, budget, **(on_page or {})))) == [message]
    response = api_of(scene.finance).post(API, sent(**(in_api or {})), format="json")
    assert problems(response) == [{"field": field, "message": message}]
    assert BudgetReduction.objects.count() == before


def test_budget_and_reduction_through_page_and_api_store_the_same(scene):
    other = factories.LineFactory(programme=scene.programme, ref="REV", benefit=None)
    browser, api = page_of(scene.finance), api_of(scene.finance)
    council = scene.brockvale.pk
    browser.post(
        "/programmes/abc/budgets/new/",
        {"council": council, "ledger_code": "4312", "fy": "2026", "name": "Licences", "budget": "80,000"},
    )
    answer = api.post(
        "/api/v1/budget-lines/",
        {"council": "brockvale", "ledger_code": "4400", "fy": 2026, "name": "Staff", "budget": "80000"},
        format="json",
    )
    assert (answer.status_code, answer.json()["budget"], answer.json()["version"]) == (201, "80000.00", 1)
    first = BudgetLine.objects.get(ledger_code="4312")
    assert (first.budget_pence, first.name, first.created_by) == (80_000_00, "Licences", scene.finance)
    browser.post(REDUCE, typed(scene, first))
    answer = api.post(API, sent(line=other.ref, ledger_code="4400"), format="json")
    assert (answer.status_code, answer.json()["amount"], answer.json()["withdrawn_at"]) == (
        201,
        "12000.00",
        None,
    )
    rows = BudgetReduction.objects.order_by("pk").values_list("line__ref", "amount_pence", "entered_by")
    assert list(rows) == [("ICT", 12_000_00, scene.finance.pk), ("REV", 12_000_00, scene.finance.pk)]
    actions = AuditEvent.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["record_budget_line"] * 2 + ["record_budget_reduction"] * 2


def test_reductions_over_the_budget_are_refused(scene, budget):
    other = factories.LineFactory(programme=scene.programme)
    scene.benefit.attribution_percent, scene.benefit.attribution_reason = 0, "All of it is another change"
    scene.benefit.save()
    factories.reduction(other, scene.brockvale, 2026, code="4312", pence=70_000_00)
    message = "Savings claimed against code 4312 exceed its budget of £80,000"
    refused_by_both(scene, budget, message, on_page={"amount": "10,000.01"}, in_api={"amount": "10000.01"})
    page_of(scene.finance).post(REDUCE, typed(scene, budget, amount="10,000"))
    assert BudgetReduction.objects.count() == 2


def test_claims_over_the_budget_are_refused(scene, budget):
    factories.actual(scene.saving, scene.brockvale, 2026, 6, 70_000_00, ledger_code="4312")
    message = "Savings claimed against code 4312 exceed its budget of £80,000"
    new = {
        "line": scene.saving.pk,
        "council": scene.brockvale.pk,
        "month": "2026-7",
        "amount": "10,000.01",
        "ledger_code": "4312",
    }
    assert refusals(page_of(scene.finance).post("/programmes/abc/claims/new/", new)) == [message]
    response = api_of(scene.finance).post(
        "/api/v1/actual-amounts/", sent(amount="10000.01", period=7), format="json"
    )
    assert problems(response) == [{"field": "amount", "message": message}]
    assert ActualAmount.objects.count() == 1
    page_of(scene.finance).post("/programmes/abc/claims/new/", new | {"amount": "10,000"})
    assert ActualAmount.objects.count() == 2


def test_returned_claims_and_those_counted_elsewhere_leave_the_budget_free(scene, budget):
    inside = factories.BenefitFactory(programme=scene.programme, counted_in=scene.benefit)
    line = factories.LineFactory(programme=scene.programme, benefit=inside)
    factories.actual(line, scene.brockvale, 2026, 6, 80_000_00, ledger_code="4312")
    factories.reduction(line, scene.brockvale, 2026, code="4312", pence=80_000_00)
    answer = api_of(scene.finance).post(
        "/api/v1/actual-amounts/", sent(amount="80000", period=7), format="json"
    )
    assert answer.status_code == 201
    more = sent(amount="0.01", period=7, line=line.ref, ledger_code="4312")
    assert api_of(scene.finance).post("/api/v1/actual-amounts/", more, format="json").status_code == 201
    assert api_of(scene.finance).post(API, sent("80000"), format="json").status_code == 201


def test_attribution_over_the_whole_is_refused(scene, budget):
    other = factories.BenefitFactory(
        programme=scene.programme, attribution_percent=30, attribution_reason="Shared with the landlord"
    )
    line = factories.LineFactory(programme=scene.programme, benefit=other)
    factories.reduction(line, scene.brockvale, 2026, code="4312")
    message = "These benefits claim 130% of the same saving. Reduce one or link them"
    refused_by_both(scene, budget, message, field="attribution_percent")
    scene.benefit.attribution_percent, scene.benefit.attribution_reason = 70, "The rest is the landlord’s"
    scene.benefit.save()
    page_of(scene.finance).post(REDUCE, typed(scene, budget))
    assert BudgetReduction.objects.count() == 2


def test_linked_benefit_claims_nothing_twice(scene, budget):
    inside = factories.BenefitFactory(programme=scene.programme, counted_in=scene.benefit)
    line = factories.LineFactory(programme=scene.programme, benefit=inside)
    factories.reduction(line, scene.brockvale, 2026, code="4312")
    assert api_of(scene.finance).post(API, sent(), format="json").status_code == 201


def another_programme(scene):
    """A programme of Brockvale and others that claims from the same code and year."""
    partnership = factories.PartnershipFactory(councils=[scene.brockvale, factories.CouncilFactory()])
    other = factories.ProgrammeFactory(name="Waste together", partnership=partnership)
    line = factories.LineFactory(programme=other)
    factories.reduction(line, scene.brockvale, 2026, code="4312")
    return other


def test_code_claimed_in_another_programme_needs_a_confirmation(scene, budget):
    another_programme(scene)
    message = "This code and year are already claimed by Waste together. Confirm it is not the same saving"
    refused_by_both(scene, budget, message, field="not_same_reason")
    reason = "Another contract, ended in another month"
    page_of(scene.finance).post(REDUCE, typed(scene, budget, not_same_reason=reason))
    made = BudgetReduction.objects.get(line=scene.saving)
    assert made.not_same_reason == reason
    assert AuditEvent.objects.get(action="record_budget_reduction").why == reason


def test_programme_that_the_person_may_not_read_is_not_named(scene, budget):
    other = another_programme(scene)
    council_role = scene.finance.roles_held.get()
    other.partnership.memberships.filter(council=scene.brockvale).update(status="declined")
    assert council_role.council == scene.brockvale
    message = "This code and year are already claimed by another programme. Confirm it is not the same saving"
    refused_by_both(scene, budget, message, field="not_same_reason")


def test_code_without_budget_and_cost_line_are_refused_by_the_api(scene, budget):
    api = api_of(scene.finance)
    message = "Record Brockvale’s budget of code 9 for 2026 to 2027 first"
    assert problems(api.post(API, sent(ledger_code="9"), format="json")) == [
        {"field": "ledger_code", "message": message}
    ]
    assert problems(api.post(API, sent(line="TEAM"), format="json")) == [
        {"field": "line", "message": "Choose a line of cashable saving"}
    ]
    assert not BudgetReduction.objects.exists()


@pytest.mark.parametrize("who", ["reader", "s151", "manager"])
def test_only_a_finance_officer_records_budgets(scene, budget, who):
    user = getattr(scene, who)
    assert page_of(user).get(REDUCE).status_code == 403
    assert api_of(user).post(API, sent(), format="json").status_code == 403
    assert page_of(user).get(f"/programmes/abc/budgets/{budget.pk}/update/").status_code == 403
    assert not BudgetReduction.objects.exists()


def test_stranger_finds_no_reduction(scene, budget):
    stranger = factories.UserFactory()
    factories.role(stranger, RoleName.FINANCE_OFFICER, council=factories.CouncilFactory())
    reduction = factories.reduction(scene.saving, scene.brockvale, 2026, code="4312")
    assert api_of(stranger).post(f"{API}{reduction.pk}/withdraw/", {"reason": "Wrong"}).status_code == 404
    assert api_of(stranger).post(API, sent(), format="json").status_code == 404


def test_budget_is_changed_and_not_below_its_claims(scene, budget):
    factories.reduction(scene.saving, scene.brockvale, 2026, code="4312", pence=70_000_00)
    address, api = f"/programmes/abc/budgets/{budget.pk}/update/", f"/api/v1/budget-lines/{budget.pk}/"
    message = "Savings claimed against code 4312 exceed its budget of £69,999.99"
    given = {"name": "Licences", "budget": "69,999.99", "seen_version": 1}
    assert refusals(page_of(scene.finance).post(address, given)) == [message]
    sent_low = {"version": 1, "budget": "69999.99"}
    assert problems(api_of(scene.finance).patch(api, sent_low, format="json"))[0]["message"] == message
    page_of(scene.finance).post(address, given | {"budget": "90,000"})
    budget.refresh_from_db()
    assert (budget.budget_pence, budget.version, budget.updated_by) == (90_000_00, 2, scene.finance)
    stale = page_of(scene.finance).post(address, given | {"budget": "91,000"})
    assert stale.status_code == 409
    assert api_of(scene.finance).patch(api, {"version": 1, "name": "X"}, format="json").status_code == 409
    budget.refresh_from_db()
    assert budget.budget_pence == 90_000_00


def test_reduction_is_withdrawn_with_a_reason_unless_verified_amounts_rest_on_it(scene, budget):
    reduction = factories.reduction(scene.saving, scene.brockvale, 2026, code="4312")
    page, api = f"/reductions/{reduction.pk}/withdraw/", f"{API}{reduction.pk}/withdraw/"
    short = "Explain why this reduction is withdrawn, in at least 10 characters"
    assert refusals(page_of(scene.finance).post(page, {"reason": "no"})) == [short]
    claim = scene.claim(verified_by=scene.s151)
    rests = "Verified amounts rest on this reduction. Reverse them first"
    given = {"reason": "Entered under the wrong code"}
    assert refusals(page_of(scene.finance).post(page, given)) == [rests]
    assert problems(api_of(scene.finance).post(api, given, format="json")) == [
        {"field": "", "message": rests}
    ]
    api_of(scene.s151).post(f"/api/v1/actual-amounts/{claim.pk}/reverse/", {"reason": "The code was wrong"})
    answer = api_of(scene.finance).post(api, given, format="json")
    assert (answer.status_code, answer.json()["withdrawn_reason"]) == (200, "Entered under the wrong code")
    again = api_of(scene.finance).post(api, given, format="json")
    assert problems(again)[0]["message"] == "This reduction has already been withdrawn"


def test_list_shows_budgets_with_what_was_taken_out(scene, budget):
    factories.reduction(scene.saving, scene.brockvale, 2026, code="4312", pence=12_000_00)
    another_programme(scene)
    page = text_of(page_of(scene.reader).get("/programmes/abc/budgets/"))
    assert "4312 Licences Brockvale 2026 to 2027 80,000.00 Lower cost of ICT: 12,000.00" in page
    assert "Another programme: 10.00" in page
    assert "67,990.00" in page
    assert "Withdraw" not in page
    assert "Withdraw" in text_of(page_of(scene.finance).get("/programmes/abc/budgets/"))


@pytest.mark.parametrize("rows", [1, 4])
def test_list_takes_one_number_of_queries(scene, rows, django_assert_num_queries):
    for _ in range(rows):
        factories.reduction(factories.LineFactory(programme=scene.programme), scene.brockvale, 2026)
    browser = page_of(scene.finance)
    with django_assert_num_queries(8):
        browser.get("/programmes/abc/budgets/")
