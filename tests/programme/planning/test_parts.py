"""Phases and tranches that people add, change, put in order and remove."""

from __future__ import annotations

import json
from datetime import date
from html import unescape
from typing import Any

import pytest

from core.models import AuditEvent
from programme.models import Phase, Tranche
from tests import factories
from tests.programme.views.conftest import Scene

LIST = "/programmes/shared/phases/"
JSON = "application/json"


def said_on(answer: Any) -> str:
    return unescape(answer.content.decode()).replace("\xa0", " ")


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for _ in range(number):
        tranche = factories.TrancheFactory(programme=scene.programme)
        phase = factories.PhaseFactory(programme=scene.programme)
        scene.milestone("Go-live", date(2027, 4, 1), phase=phase, tranche=tranche)
    with django_assert_num_queries(9):
        scene.client.get(LIST)
    with django_assert_num_queries(5):
        scene.client.get("/api/v1/tranches/")


def test_phase_is_added_moved_and_removed_only_when_empty(scene: Scene) -> None:
    sent = {"label": "Vision", "start": "1 4 2026", "due": "30 9 2026", "position": "1"}
    assert scene.as_reader().post(f"{LIST}new/", sent).status_code == 403
    answer = scene.client.post(f"{LIST}new/", sent)
    assert answer.headers["Location"] == LIST
    made = Phase.objects.get(label="Vision")
    assert (made.ref, made.order_index, str(made.get_date("due"))) == ("P-4", 0, "30 September 2026")
    wrong = scene.client.post(
        f"/phases/{made.pk}/update/",
        sent | {"due": "31 3 2026", "end": "1 12 2026", "start": "1 4 2026", "seen_version": "1"},
    )
    for words in ("End date must be after 1 April 2026", "Actual date must be today or in the past"):
        assert words in said_on(wrong)
    scene.client.post(f"/phases/{made.pk}/update/", sent | {"position": "2", "seen_version": "1"})
    assert list(scene.programme.phases.values_list("ref", flat=True)) == ["P-3", "P-4"]
    event = AuditEvent.objects.get(action="change_phase")
    assert (event.before, event.after) == ({"position": 1, "version": 1}, {"position": 2, "version": 2})
    left_alone = sent | {"initial-position": "1", "position": "1", "seen_version": "2"}
    scene.client.post(f"/phases/{made.pk}/update/", left_alone)
    assert Phase.objects.get(pk=made.pk).version == 2

    scene.milestone("Go-live", date(2027, 4, 1))
    full = scene.client.post(f"/phases/{scene.phase.pk}/remove/", {"seen_version": "1"})
    assert "Design has 1 milestone. Move them to another phase first" in said_on(full)
    assert "remove<span" in said_on(scene.client.get(LIST))
    scene.client.post(f"/phases/{made.pk}/remove/", {"seen_version": "2"})
    assert list(Phase.objects.values_list("ref", flat=True)) == ["P-3"]


def test_tranche_through_the_api_and_on_the_page(scene: Scene) -> None:
    sent = {"programme": "shared", "label": "Waste", "is_indicative": True}
    for _ in range(2):
        made = scene.client.post(
            "/api/v1/tranches/", json.dumps(sent), JSON, headers={"Idempotency-Key": "a"}
        )
    tranche = Tranche.objects.get()
    assert made.json() == {
        "id": tranche.pk,
        "programme": "shared",
        "ref": "T-1",
        "label": "Waste",
        "is_indicative": True,
        "note": "",
        "milestones": [],
        "version": 1,
    }
    scene.milestone("Go-live", date(2027, 4, 1), tranche=tranche)
    address = f"/api/v1/tranches/{tranche.pk}/"
    changed = scene.client.patch(address, json.dumps({"is_indicative": False, "version": 1}), JSON)
    assert (changed.json()["is_indicative"], changed.json()["version"]) == (False, 2)
    assert scene.client.delete(address, json.dumps({"version": 1}), JSON).status_code == 409
    page = said_on(scene.client.get(LIST))
    for words in ("Waste", "Decided", "Go-live", "Add a tranche"):
        assert words in page
    assert "Add a tranche" not in said_on(scene.as_reader().get(LIST))
