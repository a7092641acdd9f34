"""Acceptance scenarios 12 and 13, walked through the pages and through the API."""

import pytest

from accounts.enums import RoleName
from benefits.models import Benefit, BudgetReduction, Verification
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
CLAIMS = "/programmes/abc/claims/"
OWN = "You entered this amount. Another officer must verify it"
APART = "Select amounts of one council. Each council is signed for apart"
TOO_MUCH = "These benefits claim 130% of the same saving. Reduce one or link them"


def claimed_by(user, scene, council, way):
    """The key of what a person claims for October 2026, through the page or the API."""
    if way == "page":
        typed = {"line": scene.saving.pk, "council": council.pk, "month": "2026-7", "amount": "1,127.55"}
        assert page_of(user).post(f"{CLAIMS}new/", typed).status_code == 302
        return council.actualamounts.latest("pk").pk
    sent = {"programme": "abc", "line": "ICT", "council": council.key, "fy": 2026, "period": 7}
    made = api_of(user).post("/api/v1/actual-amounts/", sent | {"amount": "1127.55"}, format="json")
    assert made.status_code == 201
    return made.json()["id"]


@pytest.mark.parametrize("way", ["page", "api"])
def test_scenario_12_no_own_entry_and_a_shared_officer_signs_council_by_council(scene, way):
    _, brockvale, carrick = scene.councils
    shared = scene.s151
    factories.role(shared, RoleName.S151, council=carrick)
    for council in scene.councils:
        factories.reduction(scene.saving, council, 2026)
    own = claimed_by(shared, scene, brockvale, way)
    browser, api = page_of(shared), api_of(shared)
    assert refusals(browser.post(f"/actual-amounts/{own}/answer/", {"outcome": "verified"})) == [OWN]
    assert problems(api.post(f"/api/v1/actual-amounts/{own}/verify/")) == [{"field": "", "message": OWN}]
    words = f"Lower cost of ICT, Brockvale, October 2026: {OWN}"
    assert refusals(browser.post(f"{CLAIMS}verify/?council=brockvale", {"claims": [own]})) == [words]
    assert not Verification.objects.exists()
    theirs = {}
    for council in scene.councils:
        finance = factories.UserFactory()
        factories.role(finance, RoleName.FINANCE_OFFICER, council=council)
        theirs[council.key] = claimed_by(finance, scene, council, way)
    both = [theirs["brockvale"], theirs["carrick"]]
    assert refusals(browser.post(f"{CLAIMS}verify/?council=all", {"claims": both})) == [APART]
    foreign = "Only Ashmere's section 151 officer can verify this amount"
    said = problems(api.post(f"/api/v1/actual-amounts/{theirs['ashmere']}/verify/"))
    assert said == [{"field": "", "message": foreign}]
    assert not Verification.objects.exists()
    for key in ("brockvale", "carrick"):
        if way == "page":
            shown = text_of(browser.get(f"{CLAIMS}?council={key}"))
            assert "Verify the selected amounts" in shown
            browser.post(f"{CLAIMS}verify/?council={key}", {"claims": [theirs[key]]})
        else:
            assert api.post(f"/api/v1/actual-amounts/{theirs[key]}/verify/").status_code == 200
    rows = Verification.objects.order_by("pk").values_list("actual", "actual__council__key", "verified_by")
    assert list(rows) == [(theirs[key], key, shared.pk) for key in ("brockvale", "carrick")]


@pytest.mark.parametrize("way", ["page", "api"])
def test_scenario_13_sixty_and_seventy_per_cent_of_one_saving_are_refused(scene, way):
    other = factories.BenefitFactory(programme=scene.programme, ref="B-2")
    factories.LineFactory(programme=scene.programme, ref="TWO", benefit=other)
    reason = "The rest is another change"
    for ref, percent in (("B-1", 60), ("B-2", 70)):
        Benefit.objects.filter(ref=ref).update(attribution_percent=percent, attribution_reason=reason)
    budget = factories.BudgetLineFactory(council=scene.brockvale, ledger_code="4312", fy=2026)
    browser, api = page_of(scene.finance), api_of(scene.finance)

    def reduce(line):
        if way == "page":
            typed = {"line": line.pk, "ledger_code": budget.pk, "amount": "100"}
            return browser.post("/programmes/abc/reductions/new/", typed)
        sent = {"programme": "abc", "line": line.ref, "council": "brockvale", "ledger_code": "4312"}
        return api.post("/api/v1/budget-reductions/", sent | {"fy": 2026, "amount": "100"})

    assert reduce(scene.saving).status_code == (302 if way == "page" else 201)
    refused = reduce(other.lines.get())
    said = refusals(refused) if way == "page" else [one["message"] for one in problems(refused)]
    assert (said, BudgetReduction.objects.count()) == ([TOO_MUCH], 1)
    Benefit.objects.filter(ref="B-2").update(attribution_percent=40)
    assert reduce(other.lines.get()).status_code == (302 if way == "page" else 201)
    assert BudgetReduction.objects.count() == 2
