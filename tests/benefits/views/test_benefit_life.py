"""A benefit's life by page and by API: both write the same, and refuse in the same words."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benefits.enums import BenefitState
from benefits.models import Benefit, BenefitHandover, BenefitLink, MapStep, ProfileEntry
from programme.models import Objective, Programme
from tests import factories
from tests.benefits.life import Life, make_life, stand_at
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NOW = "2026-11-24 10:42:00+00:00"
LATER = "2027-02-01"


@pytest.fixture(scope="module")
def made(module_db: None) -> Life:
    with time_machine.travel(NOW, tick=False):
        return make_life()


@pytest.fixture
def life(made: Life, db: None) -> Iterator[Life]:
    with time_machine.travel(NOW, tick=False):
        yield deepcopy(made)


def test_steps_are_taken_by_page_and_api_alike(life: Life) -> None:
    owner, sro, address = page_of(life.owner), api_of(life.sro), f"/benefits/{life.benefit.pk}"
    api = f"/api/v1/benefits/{life.benefit.pk}/step/"
    assert "goes from “Identified” to “Profiled”" in text_of(owner.get(f"{address}/steps/profile/"))
    assert owner.post(f"{address}/steps/profile/", {"seen_version": 1}).status_code == 302
    answer = sro.post(api, {"version": 2, "step": "approve"}, format="json")
    assert (answer.status_code, answer.json()["state"], answer.json()["approved_on"]) == (
        200,
        "approved",
        "2026-11-24",
    )
    stand_at(life.benefit, BenefitState.ENABLING)
    early = "This benefit starts before go-live on 26 May 2027. Give a reason"
    assert refusals(owner.post(f"{address}/steps/start/", {"seen_version": 3})) == [early]
    response = api_of(life.owner).post(api, {"version": 3, "step": "start"}, format="json")
    assert problems(response) == [{"field": "why", "message": early}]
    assert owner.get(f"{address}/steps/nonsense/").status_code == 404
    assert owner.get(f"{address}/steps/approve/").status_code == 403
    assert sro.post(api, {"version": 3, "step": "nonsense"}, format="json").status_code == 400


def test_what_is_found_is_recorded_by_page_and_api_alike(life: Life) -> None:
    page, api = page_of(life.owner), api_of(life.owner)
    address, route = f"/benefits/{life.benefit.pk}", f"/api/v1/benefits/{life.benefit.pk}"
    page.post(f"{address}/values/new/", {"time": "2026-7", "value": "22", "note": "All claims"})
    assert api.post(f"{route}/readings/", {"fy": 2026, "period": 6, "value": 24}).status_code == 201
    page.post(f"{address}/evidence/new/", {"text": "Report 4"})
    assert api.post(f"{route}/evidence/", {"text": "Report 5"}).status_code == 201
    finding = {"reviewed_on": "20 11 2026", "finding": "Slow", "next_review_on": "1 2 2027"}
    page.post(f"{address}/reviews/new/", finding | {"seen_version": 1})
    sent = {"version": 2, "reviewed_on": "2026-11-24", "finding": "Better", "next_review_on": LATER}
    assert api.post(f"{route}/reviews/", sent, format="json").status_code == 201
    benefit = life.now()
    assert list(benefit.readings.values_list("period", "value")) == [(7, 22), (6, 24)]
    assert list(benefit.evidence.values_list("text", flat=True)) == ["Report 4", "Report 5"]
    assert list(benefit.reviews.values_list("finding", flat=True)) == ["Slow", "Better"]
    assert benefit.review_on == date(2027, 2, 1)
    future = {"fy": 2026, "period": 9, "value": 20}
    late = "Actual date must be today or in the past"
    assert problems(api.post(f"{route}/readings/", future)) == [{"field": "period", "message": late}]
    shown = {name: api.get(f"/api/v1/benefit-{name}/").json()["count"] for name in ("readings", "reviews")}
    assert shown == {"readings": 2, "reviews": 2}
    text = text_of(page.get(f"{address}/"))
    assert "Time Planned Measured Against plan September 2026 24 October 2026 All claims 22" in text


def test_planned_values_are_set_by_page_and_api_alike(life: Life) -> None:
    page, api = page_of(life.scene.manager), api_of(life.scene.manager)
    address = f"/benefits/{life.benefit.pk}/planned-values/"
    assert page.get(address).content.decode().count('id="id_v-') == 6 * 13
    page.post(address, {"seen_version": 1, "v-2026-0": "20", "v-2027-12": "13.5"})
    assert list(ProfileEntry.objects.values_list("fy", "period", "value")) == [
        (2026, None, 20),
        (2027, 12, 13.5),
    ]
    route = f"/api/v1/benefits/{life.benefit.pk}/trajectory/"
    entries = [{"fy": 2033, "value": 13}]
    outside = "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period"
    response = api.put(route, {"version": 2, "entries": entries}, format="json")
    assert problems(response) == [{"field": "trajectory", "message": outside}]
    answer = api.put(route, {"version": 2, "entries": [{"fy": 2028, "value": 13}]}, format="json")
    assert answer.json()["trajectory"] == [{"fy": 2028, "period": None, "value": "13.000"}]
    assert page_of(life.owner).get(address).status_code == 403


def test_benefit_is_handed_over_by_page_and_api_alike(life: Life) -> None:
    owner, other = page_of(life.owner), page_of(life.other)
    sent = {"to": life.other.pk, "note": "Ask the claims team", "review_on": "1 2 2027"}
    assert owner.post(f"/benefits/{life.benefit.pk}/handovers/new/", sent).status_code == 302
    offer = BenefitHandover.objects.get()
    assert "Ask the claims team" in text_of(other.get("/my-benefits/"))
    declined = other.post(f"/benefit-handovers/{offer.pk}/answer/", {"answer": "decline", "reason": "No"})
    assert refusals(declined) == ["Explain why you do not take it, in at least 10 characters"]
    assert other.post(f"/benefit-handovers/{offer.pk}/answer/", {"answer": "accept"}).status_code == 302
    assert life.now().owner == life.other
    api = api_of(life.other)
    sent = {"to": life.owner.email, "note": "It was yours before", "review_on": LATER}
    back = api.post(f"/api/v1/benefits/{life.benefit.pk}/handovers/", sent, format="json")
    assert (back.status_code, back.json()["state"]) == (201, "offered")
    pk = back.json()["id"]
    refused = api.post(f"/api/v1/benefit-handovers/{pk}/accept/")
    assert refused.status_code == 403
    assert api.post(f"/api/v1/benefit-handovers/{pk}/cancel/").json()["state"] == "cancelled"


def test_map_is_drawn_and_changed_by_page_and_api_alike(life: Life) -> None:
    page, api = page_of(life.scene.manager), api_of(life.scene.manager)
    where = "/programmes/abc/benefits-map/"
    response = page.get(where)
    html, text = response.content.decode(), text_of(response)
    assert (
        'role="img"' in html,
        html.count('class="app-map__box '),
        html.count('class="app-map__arrow"'),
    ) == (
        True,
        4,
        3,
    )
    sentence = "1 of 2 benefits lead to 1 objective; 1 milestone and 1 business change come before them."
    assert sentence in text
    assert "These benefits lead to no objective yet: Lower cost of ICT" in text
    assert "Go-live Milestone One team decides Business change Remove" in text
    page.post(f"{where}steps/outcome/new/", {"title": "Peaks are shared"})
    outcome = MapStep.objects.get(kind="outcome")
    page.post(f"{where}links/new/", {"start": f"benefit-{life.benefit.pk}", "end": f"outcome-{outcome.pk}"})
    loop = (
        "This link would make a loop: Faster claims depends on Peaks are shared, "
        "which depends on Faster claims"
    )
    again = {"start": f"outcome-{outcome.pk}", "end": f"benefit-{life.benefit.pk}"}
    assert refusals(page.post(f"{where}links/new/", again)) == [loop]
    named = {"programme": "abc", "from_step": outcome.ref, "to_benefit": "B-2"}
    assert problems(api.post("/api/v1/benefit-links/", named)) == [{"field": "end", "message": loop}]
    assert refusals(page.post(f"{where}links/new/", {})) == ["Choose what leads", "Choose where it leads"]
    nothing = api.post("/api/v1/benefit-links/", {"programme": "abc", "to_benefit": "B-2"})
    assert problems(nothing) == [{"field": "start", "message": "Choose what leads"}]
    last = BenefitLink.objects.get(to_step=outcome)
    assert page.post(f"/benefit-links/{last.pk}/remove/").status_code == 302
    page.post("/programmes/abc/objectives/new/", {"title": "Hold out"})
    aim = Objective.objects.get(title="Hold out")
    renamed = api.patch(
        f"/api/v1/objectives/{aim.pk}/", {"version": 1, "title": "Hold out longer"}, format="json"
    )
    assert renamed.json()["title"] == "Hold out longer"
    linked = api.post(
        "/api/v1/benefit-links/", {"programme": "abc", "from_benefit": "B-1", "to_objective": aim.ref}
    )
    assert linked.json()["to_objective"] == aim.ref
    held = "Hold out longer is linked on the map. Remove its links first"
    assert refusals(page.post(f"/objectives/{aim.pk}/remove/", {"seen_version": 2})) == [held]
    removal = api.delete(f"/api/v1/objectives/{aim.pk}/", {"version": 2}, format="json")
    assert removal.status_code == 400
    assert api.delete(f"/api/v1/benefit-links/{linked.json()['id']}/").status_code == 204
    assert api.delete(f"/api/v1/objectives/{aim.pk}/", {"version": 2}, format="json").status_code == 204
    page.post(f"/map-steps/{outcome.pk}/update/", {"title": "Shared peaks", "seen_version": 1})
    page.post(f"/map-steps/{outcome.pk}/remove/", {"seen_version": 2})
    assert list(MapStep.objects.values_list("title", flat=True)) == ["One team decides"]
    lines = b"".join(page.get("/programmes/abc/benefits-map.csv")).decode("utf-8-sig").splitlines()
    assert lines[:2] == ["From kind,This,To kind,Leads to", "milestone,Go-live,change,One team decides"]
    reader = page_of(life.scene.reader)
    assert "Remove" not in text_of(reader.get(where))


def test_programme_is_closed_by_page_and_api_alike(life: Life) -> None:
    page, api = page_of(life.scene.manager), api_of(life.sro)
    where, route = "/programmes/abc/closure/", "/api/v1/programmes/abc/closure/"
    assert "2 of 2 open benefits still need something before it can close." in text_of(page.get(where))
    page.post(f"{where}day/", {"closes_on": "24 11 2026", "seen_version": 1})
    shown = api.get(route).json()
    assert (shown["state"], shown["closes_on"], [row["needs"] for row in shown["handover"]]) == (
        "closing",
        "2026-11-24",
        [
            ["an owner who has an active account", "a review date after 24 November 2026"],
            ["a review date after 24 November 2026"],
        ],
    )
    review = "a review date after 24 November 2026"
    said = [
        f"B-1 Lower cost of ICT needs an owner who has an active account and {review}",
        f"B-2 Faster claims needs {review}",
    ]
    assert refusals(page.post(f"{where}close/", {"seen_version": 2})) == said
    response = api.post("/api/v1/programmes/abc/close/", {"version": 2}, format="json")
    assert [one["message"] for one in problems(response)] == said
    Benefit.objects.update(owner=life.owner, review_on=date(2027, 2, 1))
    assert (
        api.post("/api/v1/programmes/abc/close/", {"version": 2}, format="json").json()["state"] == "closed"
    )
    assert api.put(route, {"version": 3, "closes_on": LATER}, format="json").status_code == 400
    assert Programme.objects.get(key="abc").state == "closed"


def test_desk_says_what_to_enter_to_review_and_to_hand_over(life: Life) -> None:
    page = page_of(life.owner)
    stand_at(life.benefit, BenefitState.REALISING, review_on=date(2026, 11, 20))
    text = text_of(page.get("/my-benefits/"))
    assert "2 things wait for you." in text
    assert "Faster claims B-2 October 2026 Enter the value of Faster claims" in text
    assert "Faster claims B-2 The review was due on 20 November 2026 Review it" in text
    risk = "Go-live is expected on 26 May 2027, after the benefit starts on 1 April 2027"
    assert f"Faster claims B-2 ABC Realising 20 November 2026 {risk}" in text
    life.benefit.readings.create(fy=2026, period=7, value=22, entered_by=life.owner)
    Programme.objects.update(state="closing", closes_on=date(2026, 12, 31))
    text = text_of(page.get("/my-benefits/"))
    assert "Enter the value" not in text
    assert "Faster claims B-2 A review date after 31 December 2026 Hand it over" in text
    assert "You own no open benefit" in text_of(page_of(life.scene.reader).get("/my-benefits/"))


def queries_of(browser: Any, path: str) -> int:
    with CaptureQueriesContext(connection) as taken:
        assert browser.get(path).status_code == 200
    return len(taken)


def test_pages_take_a_fixed_number_of_queries(life: Life) -> None:
    page = page_of(life.scene.manager)
    desk = page_of(life.owner)
    stand_at(life.benefit, BenefitState.REALISING)
    expected = {
        "/programmes/abc/benefits-map/": 10,
        "/programmes/abc/closure/": 8,
        "/programmes/abc/benefits/": 17,
        f"/benefits/{life.benefit.pk}/": 28,
        "/api/v1/benefit-links/": 4,
        "/api/v1/programmes/abc/closure/": 6,
    }
    found = []
    for number in range(2):
        found.append(
            {path: queries_of(page, path) for path in expected} | {"desk": queries_of(desk, "/my-benefits/")}
        )
        for more in range(3):
            other = factories.BenefitFactory(
                programme=life.programme,
                ref=f"N-{number}-{more}",
                owner=life.owner,
                state=BenefitState.REALISING,
                measure_name="Days",
            )
            factories.MapStepFactory(programme=life.programme, ref=f"S-{number}-{more}")
            BenefitLink.objects.create(
                programme=life.programme,
                from_milestone=life.go_live,
                to_benefit=other,
                entered_by=life.owner,
            )
            other.readings.create(fy=2026, period=1, value=22, entered_by=life.owner)
    assert found == [expected | {"desk": 13}] * 2


def test_templates_start_a_profile_on_page_and_in_the_api(life: Life) -> None:
    page = page_of(life.scene.manager)
    html = page.get("/programmes/abc/benefits/new/?template=processing_time").content.decode()
    assert 'value="Faster decisions for residents"' in html
    found = api_of(life.scene.reader).get("/api/v1/benefit-templates/").json()
    assert [one["key"] for one in found] == [
        "management",
        "procurement",
        "ict",
        "processing_time",
        "resilience",
    ]
    assert found[3]["values"]["measure_unit"] == "days"
