"""What a milestone waits for: on its page, in lists, by form, and what another date would move."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.messages import get_messages

from benefits.models import BenefitLink
from core.models import AuditEvent
from programme.enums import MilestoneState
from programme.models import Milestone, MilestoneDependency
from tests.factories import BenefitFactory, MilestoneDependencyFactory
from tests.programme.views.conftest import Scene

TESTED, LIVE, LATER = date(2027, 3, 22), date(2027, 4, 1), date(2027, 3, 25)
TOO_EARLY = "it waits for Testing (M-1), so it comes on 5 April 2027 at the earliest"


def text_of(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ")


def rows_of(page: str) -> list[list[str]]:
    """The words of the cells of every table, without the rows of headings."""
    bodies = "".join(re.findall(r"<tbody.*?</tbody>", page, re.DOTALL))
    cells = [re.findall(r"<t[dh].*?</t[dh]>", row, re.DOTALL) for row in bodies.split("</tr>")]
    return [[re.sub(r"<[^>]+>", "", cell) for cell in row] for row in cells if row]


@pytest.fixture
def testing(scene: Scene) -> Milestone:
    return scene.milestone("Testing", TESTED, ref="M-1")


@pytest.fixture
def go_live(scene: Scene, testing: Milestone) -> Milestone:
    """Go-live waits for testing with five working days in between, over Easter."""
    made = scene.milestone("Go-live", LIVE, ref="M-2")
    MilestoneDependencyFactory(successor=made, predecessor=testing, lag_days=5)
    return made


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    first = scene.milestone("Testing", TESTED)
    for index in range(number):
        MilestoneDependencyFactory(successor=scene.milestone(f"Next {index}", LIVE), predecessor=first)
    with django_assert_num_queries(14):
        scene.client.get(first.get_absolute_url())
    with django_assert_num_queries(13):
        scene.client.get("/programmes/shared/milestones/")
    with django_assert_num_queries(10):
        scene.client.get(f"/milestones/{first.pk}/preview/?forecast_on=25+3+2027")
    with django_assert_num_queries(4):
        scene.client.get("/api/v1/milestone-dependencies/")


def test_is_added_and_removed_by_form_and_both_pages_say_so(scene: Scene, testing: Milestone) -> None:
    go_live = scene.milestone("Go-live", LIVE, ref="M-2")
    url = f"/milestones/{go_live.pk}/waits-for/new/"
    assert "Choose a milestone" in text_of(scene.client.get(url))
    assert scene.as_reader().get(url).status_code == 403
    answer = scene.client.post(url, {"predecessor": testing.pk, "lag_days": "6"})
    assert answer.headers["Location"] == go_live.get_absolute_url()

    made = MilestoneDependency.objects.get()
    assert (made.predecessor, made.successor, made.lag_days) == (testing, go_live, 6)
    page = text_of(scene.client.get(go_live.get_absolute_url()))
    assert rows_of(page)[0] == [
        "Testing M-1",
        "22 March 2027",
        "Working days between M-1 and M-2 Save working days between M-1 and M-2",
        "Kept",
        "Remove M-1 before M-2",
    ]
    for words in ("On the critical path", "None: a day later here moves the last date too"):
        assert words in page
    assert "Go-live" in text_of(scene.client.get(testing.get_absolute_url())).split("What waits for it", 1)[1]

    removed = scene.client.post(f"/milestone-dependencies/{made.pk}/remove/", {"seen_version": "1"})
    assert [str(one) for one in get_messages(removed.wsgi_request)][-1] == "M-2 waits for M-1 no more"
    assert not MilestoneDependency.objects.exists()
    values = {"milestone": "M-2", "waits_for": "M-1", "lag_days": 6}
    events = AuditEvent.objects.filter(action__contains="dependency").order_by("pk")
    assert list(events.values_list("action", "before", "after", "by")) == [
        ("add_milestone_dependency", {}, values, scene.manager.pk),
        ("remove_milestone_dependency", values, {}, scene.manager.pk),
    ]


def test_what_cannot_be_waited_for_is_refused(scene: Scene, testing: Milestone, go_live: Milestone) -> None:
    gone = scene.milestone("Gone", TESTED, stated_state=MilestoneState.CANCELLED, ref="M-3")
    whole = "Enter the working days in between as a whole number from 0 to 999"
    cases = {
        (testing.pk, testing.ref, "0"): "Go-live already waits for Testing",
        (gone.pk, gone.ref, "0"): "Gone is cancelled. Choose another milestone",
        (go_live.pk, go_live.ref, "0"): "This link would make a loop: Go-live depends on Go-live",
        (testing.pk, testing.ref, "1000"): whole,
    }
    said = {}
    for case in cases:
        _, ref, lag = case
        sent = {"programme": "shared", "milestone": "M-2", "waits_for": ref, "lag_days": lag}
        answer = scene.client.post(
            "/api/v1/milestone-dependencies/", json.dumps(sent), content_type="application/json"
        )
        said[case] = answer.json()["errors"][0]["message"]
    assert said == cases
    late = scene.milestone("Data moved", date(2027, 4, 2), ref="M-4")
    page = scene.client.post(
        f"/milestones/{go_live.pk}/waits-for/new/", {"predecessor": late.pk, "lag_days": "0"}
    )
    assert page.status_code == 422
    assert "Go-live waits for Data moved. Its planned date must be 2 April 2027 or later" in text_of(page)
    typed = scene.client.post(f"/milestones/{go_live.pk}/waits-for/new/", {"lag_days": "some"})
    assert (whole in text_of(typed), MilestoneDependency.objects.count()) == (True, 1)


def test_lists_mark_the_critical_path_and_what_comes_too_early(scene: Scene, go_live: Milestone) -> None:
    Milestone.objects.filter(ref="M-1").update(forecast_first_on=LATER, forecast_last_on=LATER)
    scene.milestone("Party", date(2027, 6, 1))
    for url in ("/programmes/shared/milestones/", "/programmes/shared/"):
        page = text_of(scene.client.get(url))
        assert (page.count("On the critical path"), f"Too early: {TOO_EARLY}" in page) == (2, True)
    row = scene.client.get(f"/milestones/{go_live.pk}/row/?row=list", headers={"HX-Request": "true"})
    assert f"Too early: {TOO_EARLY}" in text_of(row)


def test_another_date_shows_what_it_moves_before_it_is_saved(scene: Scene, go_live: Milestone) -> None:
    """By the button without JavaScript, in the part that is swapped in with it, and through the API."""
    testing = Milestone.objects.get(ref="M-1")
    benefit = BenefitFactory(
        programme=scene.programme, ref="B-1", title="Lower cost", full_year_pence=480_000_00, starts_on=LIVE
    )
    BenefitLink.objects.create(
        programme=scene.programme, from_milestone=go_live, to_benefit=benefit, entered_by=scene.manager
    )
    sent = {"forecast_on": "25 3 2027", "achieved_on": "", "evidence": "", "note": "", "seen_version": "1"}
    button = scene.client.post(f"/milestones/{testing.pk}/update/", sent | {"then": "look"})
    part = scene.client.get(f"/milestones/{testing.pk}/preview/?forecast_on=25+3+2027")
    for answer in (button, part):
        tables = rows_of(text_of(answer))
        assert tables[2:] == [
            ["Go-live M-2Waits for Testing", "1 April 2027", "5 April 2027", "4 days"],
            ["B-1 Lower costCashable, 4 days later", "1 April 2027", "5 April 2027", "£5,245.90"],
        ]
        assert "The critical path changes. It would be: Testing, then Go-live." in re.sub(
            r"</?strong>", "", text_of(answer)
        )
    api = scene.client.get(f"/api/v1/milestones/{testing.pk}/knock-on/?forecast_on=2027-03-25").json()
    span = {"from_on": "2027-04-01", "to_on": "2027-04-05", "days": 4}
    assert api == {
        "too_early": [],
        "moved": [{"milestone": "M-2", "title": "Go-live", "because": "M-1", **span, "version": 1}],
        "later": [{"title": "B-1 Lower cost", "kind": "Cashable", **span, "cost": "5245.90", "note": ""}],
        "costs": [{"kind": "Cashable", "cost": "5245.90"}],
        "is_critical_path_changed": True,
        "critical_path_before": ["M-2"],
        "critical_path_after": ["M-1", "M-2"],
    }
    assert Milestone.objects.get(pk=testing.pk).version == 1
    same = scene.client.post(
        f"/milestones/{testing.pk}/update/", sent | {"forecast_on": "22 3 2027", "then": "look"}
    )
    assert "Saving this moves nothing" in text_of(same)
    early = text_of(scene.client.get(f"/milestones/{go_live.pk}/preview/?forecast_on=26+3+2027"))
    assert "It waits for Testing (M-1), so it comes on 31 March 2027 at the earliest" in early
