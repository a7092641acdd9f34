"""Milestones that move with one that they wait for, and the working days in between, changed in their row."""

from __future__ import annotations

import json
import re
from datetime import date
from html import unescape
from typing import Any

import pytest
from django.contrib.messages import get_messages

from core.models import AuditEvent
from programme.models import Milestone, MilestoneDependency
from programme.rules.planning.moves import CHANGED_SINCE
from tests import factories
from tests.programme.views.conftest import Scene

TESTED, LIVE, PARTY = date(2027, 3, 22), date(2027, 4, 1), date(2027, 4, 6)
JSON = "application/json"


def said_on(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ")


def forecasts() -> dict[str, str]:
    return {one.ref: str(one.forecast_last_on) for one in Milestone.objects.order_by("ref")}


BEFORE = {"M-1": "2027-03-22", "M-2": "2027-04-01", "M-3": "2027-04-06"}


@pytest.fixture
def testing(scene: Scene) -> Milestone:
    """Testing, which go-live waits for with five working days in between, and the party waits for that."""
    testing, live, party = (
        scene.milestone(title, day, ref=ref)
        for ref, title, day in (("M-1", "Testing", TESTED), ("M-2", "Go-live", LIVE), ("M-3", "Party", PARTY))
    )
    factories.MilestoneDependencyFactory(predecessor=testing, successor=live, lag_days=5)
    factories.MilestoneDependencyFactory(predecessor=live, successor=party, lag_days=2)
    return testing


def sent(**more: str) -> dict[str, str]:
    return {
        "forecast_on": "25 3 2027", "achieved_on": "", "evidence": "", "note": "", "seen_version": "1",
    } | more  # fmt: skip


def offered(scene: Scene, testing: Milestone) -> str:
    """What the tick sends back, as the preview shows it; it is not ticked."""
    page = said_on(scene.client.get(f"/milestones/{testing.pk}/preview/?forecast_on=25+3+2027"))
    found = re.search(r'<input type="checkbox" name="move_too"[^>]*value="([^"]+)"', page)
    assert found
    assert "checked" not in found[0]
    assert "Move the 2 milestones that wait for it too" in page
    return found[1]


def test_move_together_in_one_save_each_with_its_own_entry(scene: Scene, testing: Milestone) -> None:
    tick = offered(scene, testing)
    url = f"/milestones/{testing.pk}/update/"
    answer = scene.client.post(url, sent(move_too=tick), headers={"HX-Request": "true"})
    assert answer.status_code == 302
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "M-1 is saved, and 2 milestones with it"
    ]
    assert forecasts() == {"M-1": "2027-03-25", "M-2": "2027-04-05", "M-3": "2027-04-07"}
    events = AuditEvent.objects.filter(action="update_milestone").order_by("pk")
    assert [(one.object_label[:3], one.after["forecast"], one.why) for one in events] == [
        ("M-1", "2027-03-25", ""),
        ("M-2", "2027-04-05", "Moved with M-1 Testing, which it waits for"),
        ("M-3", "2027-04-07", "Moved with M-1 Testing, which it waits for"),
    ]


def test_without_the_tick_nothing_else_moves(scene: Scene, testing: Milestone) -> None:
    scene.client.post(f"/milestones/{testing.pk}/update/", sent())
    assert forecasts() == BEFORE | {"M-1": "2027-03-25"}


def test_what_may_not_move_is_named_and_nothing_is_saved(scene: Scene, testing: Milestone) -> None:
    owner = factories.UserFactory()
    factories.role(owner, "member", partnership=scene.programme.partnership)  # type: ignore[arg-type]
    Milestone.objects.filter(pk=testing.pk).update(owner=owner)
    tick = offered(scene, testing)
    url = f"/milestones/{testing.pk}/update/"
    scene.client.force_login(owner)
    refused = scene.client.post(url, sent(move_too=tick))
    assert refused.status_code == 422
    for title in ("M-2 Go-live", "M-3 Party"):
        assert f"{title}: The owner, the programme manager, or the lead officer" in said_on(refused)
    assert forecasts() == BEFORE

    scene.client.force_login(scene.manager)
    Milestone.objects.filter(ref="M-3").update(version=2)
    for stale in (tick, "all of them"):
        answer = scene.client.post(url, sent(move_too=stale))
        assert (answer.status_code, CHANGED_SINCE in said_on(answer)) == (422, True)
    assert forecasts() == BEFORE


def test_through_the_api(scene: Scene, testing: Milestone) -> None:
    address = f"/api/v1/milestones/{testing.pk}/"
    moved = scene.client.get(f"{address}knock-on/?forecast_on=2027-03-25").json()["moved"]
    rows = [{name: one[name] for name in ("milestone", "version", "to_on")} for one in moved]
    change = {"forecast_on": "2027-03-25", "version": 1}
    some = scene.client.patch(address, json.dumps(change | {"move_too": rows[:1]}), JSON)
    assert (some.status_code, some.json()["errors"][0]["message"]) == (400, CHANGED_SINCE)
    both = scene.client.patch(address, json.dumps(change | {"move_too": rows}), JSON)
    assert (both.status_code, forecasts()) == (
        200, {"M-1": "2027-03-25", "M-2": "2027-04-05", "M-3": "2027-04-07"},
    )  # fmt: skip


def test_working_days_in_between_are_changed_in_their_row(scene: Scene, testing: Milestone) -> None:
    link = MilestoneDependency.objects.get(predecessor=testing)
    live = Milestone.objects.get(ref="M-2")
    page = said_on(scene.client.get(live.get_absolute_url()))
    assert f'action="/milestone-dependencies/{link.pk}/update/"' in page
    url = f"/milestone-dependencies/{link.pk}/update/"
    assert scene.as_reader().get(url).status_code == 403
    broken = scene.client.post(url, {"lag_days": "9", "seen_version": "1"})
    words = "Go-live waits for Testing. Its planned date must be 6 April 2027 or later"
    assert (broken.status_code, words in said_on(broken)) == (422, True)
    saved = scene.client.post(url, {"lag_days": "3", "seen_version": "1"})
    assert saved.headers["Location"] == live.get_absolute_url()
    stale = scene.client.post(url, {"lag_days": "4", "seen_version": "1"})
    assert stale.status_code == 409
    same = {"milestone": "M-2", "waits_for": "M-1"}
    event = AuditEvent.objects.get(action="change_milestone_dependency")
    assert (event.before, event.after) == (same | {"lag_days": 5}, same | {"lag_days": 3})
    changes = said_on(scene.client.get(f"/milestones/{live.pk}/changes/"))
    assert "M-1, 3 working days in between" in changes
    address = f"/api/v1/milestone-dependencies/{link.pk}/"
    answer = scene.client.patch(address, json.dumps({"lag_days": 0, "version": 2}), JSON)
    assert (answer.status_code, answer.json()["lag_days"], answer.json()["version"]) == (200, 0, 3)
