"""A benefit is agreed and changed through the pages and through the API, with each refusal."""

import pytest

from benefits.enums import BenefitClass, BenefitKind
from benefits.models import Benefit
from core.models import AuditEvent
from tests import factories
from tests.benefits.life import make_life
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NEW = "/programmes/abc/benefits/new/"
API = "/api/v1/benefits/"


def typed(scene, **changes):
    return {
        "title": "Faster claims",
        "benefit_class": "quantifiable",
        "kind": "measure",
        "owner": scene.manager.pk,
        "direction": "lower",
        "starting_value": "26",
        "target_value": "13",
        "attribution_percent": "100",
        **changes,
    }


def sent(scene, **changes):
    return {**typed(scene), "programme": "abc", "owner": scene.manager.email, **changes}


def test_benefit_is_added_by_page_and_api_alike(scene):
    page_of(scene.manager).post(NEW, typed(scene))
    answer = api_of(scene.manager).post(API, sent(scene, councils=["carrick"]), format="json")
    assert answer.status_code == 201
    rows = Benefit.objects.exclude(pk=scene.benefit.pk).order_by("pk")
    assert list(rows.values_list("ref", "title", "kind", "owner", "target_value")) == [
        ("B-2", "Faster claims", "measure", scene.manager.pk, 13),
        ("B-3", "Faster claims", "measure", scene.manager.pk, 13),
    ]
    assert [council.key for council in rows.last().councils.all()] == ["carrick"]
    assert AuditEvent.objects.filter(action="create_benefit").count() == 2


REFUSED = [
    (
        {"benefit_class": "cashable", "kind": "cost_avoidance"},
        "A benefit can be cashable or cost avoidance, not both",
    ),
    ({"title": "Claims"}, "Start the title with a word such as Reduced, Increased or Faster"),
    ({"owner": ""}, "Choose a benefit owner who has an active account"),
    ({"target_value": "26"}, "Target must be different from the starting value"),
    (
        {"direction": "higher"},
        "Target is lower than the starting value but the measure should increase",
    ),
    (
        {"target_value": "30"},
        "Target is higher than the starting value but the measure should decrease",
    ),
    ({"attribution_percent": "101"}, "Enter a whole percentage from 0 to 100"),
    (
        {"attribution_percent": "90"},
        "Explain why less than 100% of the saving is claimed, in at least 10 characters",
    ),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED)
def test_benefit_that_cannot_be_is_refused_by_page_and_api(scene, changes, message):
    assert refusals(page_of(scene.manager).post(NEW, typed(scene, **changes))) == [message]
    in_api = {name: value or None for name, value in changes.items()}
    response = api_of(scene.manager).post(API, sent(scene, **in_api), format="json")
    assert [error["message"] for error in problems(response)] == [message]
    assert Benefit.objects.count() == 1


def test_owner_who_left_is_refused(scene):
    gone = factories.UserFactory(is_active=False)
    factories.role(gone, "council_lead", council=scene.brockvale)
    message = "Choose a benefit owner who has an active account"
    response = api_of(scene.manager).post(API, sent(scene, owner=gone.email), format="json")
    assert problems(response) == [{"field": "owner", "message": message}]


def test_title_of_another_kind_is_taken_with_its_reason(scene):
    reason = "The councils agreed these words"
    page_of(scene.manager).post(NEW, typed(scene, title="Claims in two weeks", title_reason=reason))
    made = Benefit.objects.get(ref="B-2")
    assert (made.title, made.title_reason) == ("Claims in two weeks", reason)


WHOLE = {
    "title": "Higher share of claims decided at once",
    "description": "Claims decided on the first day",
    "category": "Service",
    "service_feature": "One team",
    "counterfactual": "Each council would have kept its team",
    "activities": "Train staff",
    "potential_costs": "Training",
    "dependencies": "The new system",
    "benefit_class": "quantifiable",
    "kind": "measure",
    "confidence": "low",
    "attribution_percent": "80",
    "attribution_reason": "The law changed as well",
    "recurrence": "per_year",
    "early_reason": "A pilot comes before go-live",
    "measure_name": "Share decided at once",
    "measure_unit": "%",
    "measure_source": "Case system",
    "measure_method": "Of all claims of the month",
    "frequency": "monthly",
    "combining": "average",
    "direction": "higher",
    "starting_value": "31.5",
    "target_value": "135",
    "percent_reason": "Arrears of the year before count as well",
    "has_observable": True,
    "doam_observable": "It is counted",
}
DAYS = {"starts_on": "2027-02-01", "ends_on": "2029-03-31", "starting_on": "2026-03-31"}


def test_whole_profile_is_saved_by_page_and_api_alike():
    life = make_life()
    manager, risk = life.scene.manager, factories.RiskFactory(programme=life.programme)
    ids = {"owner": life.owner.pk, "sro": life.sro.pk, "risks": [risk.pk], "seen_version": 1}
    shares = {"share_ashmere": "60.5", "share_brockvale": "39.5", "full_year_pence": "12,500.50"}
    answer = page_of(manager).post(f"/benefits/{life.benefit.pk}/update/", WHOLE | DAYS | ids | shares)
    assert answer.status_code == 302
    by_page = api_of(manager).get(f"{API}{life.benefit.pk}/").json()
    named = {"owner": life.owner.email, "sro": life.sro.email, "risks": [risk.ref], "full_year": "12500.50"}
    parts = [{"council": "ashmere", "percent": "60.5"}, {"council": "brockvale", "percent": "39.5"}]
    other = factories.BenefitFactory(programme=life.programme, ref="B-9")
    sent = WHOLE | DAYS | named | {"shares": parts, "version": 1}
    by_api = api_of(manager).patch(f"{API}{other.pk}/", sent, format="json").json()
    own = {"id", "ref", "trajectory"}
    assert {name: by_api[name] for name in by_api if name not in own} == {
        name: by_page[name] for name in by_page if name not in own
    }
    assert (by_page["full_year"], by_page["risks"], by_page["percent_reason"], by_page["version"]) == (
        "12500.50",
        [risk.ref],
        "Arrears of the year before count as well",
        2,
    )
    after = AuditEvent.objects.filter(action="update_benefit").last().after
    assert (after["shares"], after["risks"]) == ({"ashmere": "60.5", "brockvale": "39.5"}, [risk.ref])
    cleared = api_of(manager).patch(
        f"{API}{other.pk}/", {"version": 2, "shares": [], "sro": None}, format="json"
    )
    assert (cleared.json()["shares"], cleared.json()["sro"]) == ([], None)


def change(benefit, scene, **changes):
    return {
        "title": benefit.title,
        "benefit_class": benefit.benefit_class,
        "kind": "cashable_saving",
        "owner": scene.manager.pk,
        "direction": "not_stated",
        "attribution_percent": "100",
        "seen_version": benefit.version,
        **changes,
    }


def test_benefit_is_changed_and_a_stale_edit_refused(scene):
    address, api = f"/benefits/{scene.benefit.pk}/update/", f"{API}{scene.benefit.pk}/"
    page_of(scene.manager).post(address, change(scene.benefit, scene))
    saved = Benefit.objects.get(pk=scene.benefit.pk)
    assert (saved.kind, saved.owner, saved.version) == (BenefitKind.CASHABLE_SAVING, scene.manager, 2)
    event = AuditEvent.objects.get(action="update_benefit")
    assert event.before == {"kind": "not_stated", "owner": None, "version": 1}
    assert event.after == {"kind": "cashable_saving", "owner": scene.manager.email, "version": 2}
    stale = page_of(scene.manager).post(address, change(scene.benefit, scene, title="Lower cost"))
    assert stale.status_code == 409
    assert (
        api_of(scene.manager).patch(api, {"version": 1, "title": "Lower"}, format="json").status_code == 409
    )
    answer = api_of(scene.manager).patch(api, {"version": 2, "title": "Lower cost of all"}, format="json")
    assert (answer.json()["title"], answer.json()["owner"], answer.json()["version"]) == (
        "Lower cost of all",
        "Priya",
        3,
    )


def test_attribution_over_the_whole_of_one_code_is_refused(scene):
    other = factories.BenefitFactory(
        programme=scene.programme, attribution_percent=30, attribution_reason="Shared with the landlord"
    )
    scene.benefit.attribution_percent, scene.benefit.attribution_reason = 70, "The rest is the landlord’s"
    scene.benefit.save()
    line = factories.LineFactory(programme=scene.programme, benefit=other)
    for one in (line, scene.saving):
        factories.reduction(one, scene.brockvale, 2026, code="4312")
    message = "These benefits claim 130% of the same saving. Reduce one or link them"
    sent_page = change(scene.benefit, scene)
    response = page_of(scene.manager).post(f"/benefits/{scene.benefit.pk}/update/", sent_page)
    assert refusals(response) == [message]
    body = {"version": 1, "attribution_percent": 100, "owner": scene.manager.email}
    response = api_of(scene.manager).patch(f"{API}{scene.benefit.pk}/", body, format="json")
    assert problems(response) == [{"field": "attribution_percent", "message": message}]
    scene.benefit.refresh_from_db()
    assert (scene.benefit.attribution_percent, scene.benefit.version) == (70, 1)
    linked = {**body, "counted_in": other.ref}
    answer = api_of(scene.manager).patch(f"{API}{scene.benefit.pk}/", linked, format="json")
    assert (answer.status_code, answer.json()["counted_in"]) == (200, other.ref)


def test_benefit_counted_in_itself_by_a_detour_is_refused(scene):
    inner = factories.BenefitFactory(programme=scene.programme, counted_in=scene.benefit)
    body = {"version": 1, "counted_in": inner.ref, "owner": scene.manager.email}
    response = api_of(scene.manager).patch(f"{API}{scene.benefit.pk}/", body, format="json")
    assert problems(response) == [
        {"field": "counted_in", "message": "A benefit cannot be counted in itself. Choose another"}
    ]


@pytest.mark.parametrize("who", ["reader", "finance", "s151"])
def test_only_the_manager_changes_benefits(scene, who):
    user = getattr(scene, who)
    assert page_of(user).get(NEW).status_code == 403
    assert api_of(user).post(API, sent(scene), format="json").status_code == 403
    assert "Add a benefit" not in text_of(page_of(user).get("/programmes/abc/benefits/"))
    assert "Add a benefit" in text_of(page_of(scene.manager).get("/programmes/abc/benefits/"))
    assert Benefit.objects.get().benefit_class == BenefitClass.CASHABLE
