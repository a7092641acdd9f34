"""Many milestones updated by one request of the API."""

from __future__ import annotations

from datetime import date
from typing import Any

from rest_framework.test import APIClient

from core.models import AuditEvent
from programme.models import Milestone
from tests.programme.views.conftest import Scene

LATE = date(2026, 11, 13)
URL = "/api/v1/milestones/bulk/"


def asked(scene: Scene, *changes: dict[str, Any], key: str = "") -> Any:
    client = APIClient()
    client.force_authenticate(scene.manager)
    headers = {"HTTP_IDEMPOTENCY_KEY": key} if key else {}
    return client.post(URL, {"programme": "shared", "changes": changes}, format="json", **headers)


def versions(scene: Scene) -> list[int]:
    return list(Milestone.objects.order_by("pk").values_list("version", flat=True))


def test_all_are_saved_once_however_often_they_are_sent(scene: Scene) -> None:
    for ref in ("M-1", "M-2", "M-3"):
        scene.milestone(ref, LATE, ref=ref)
    changes = [
        {"milestone": "M-1", "version": 1, "forecast_on": "2026-12-14"},
        {"milestone": "M-3", "version": 1, "achieved_on": "2026-11-20", "note": "Done early."},
        {"milestone": "M-2", "version": 1, "forecast_on": "2026-11-13"},
    ]
    first = asked(scene, *changes, key="Tuesday")
    again = asked(scene, *changes, key="Tuesday")
    assert (first.status_code, first.json()) == (again.status_code, again.json())
    assert [(row["ref"], row["version"]) for row in first.json()] == [("M-1", 2), ("M-3", 2)]
    assert versions(scene) == [2, 1, 2]
    events = AuditEvent.objects.filter(action="update_milestone").order_by("pk")
    assert [(event.channel, event.after["version"]) for event in events] == [("api", 2), ("api", 2)]


def test_each_error_is_at_its_row_and_nothing_is_saved(scene: Scene) -> None:
    scene.milestone("One", LATE, ref="M-1")
    scene.milestone("Two", LATE, ref="M-2", is_critical=True)
    right = {"milestone": "M-1", "version": 1, "note": "A reason."}
    wrong = {"milestone": "M-2", "version": 1, "achieved_on": "2026-11-25"}
    answers = [
        asked(scene, right, wrong),
        asked(scene, right, right),
        asked(scene, right, wrong | {"milestone": "M-9"}),
        asked(scene, right, {"milestone": "M-2", "version": 9, "note": "Late."}),
    ]
    assert [
        (one.status_code, [tuple(error.values()) for error in one.json()["errors"]]) for one in answers
    ] == [
        (
            400,
            [
                ("changes.1.achieved_on", "Actual date must be today or in the past"),
                ("changes.1.evidence", "Add evidence that the milestone was achieved"),
            ],
        ),
        (400, [("changes.1.milestone", "There are two entries for M-1. Keep one")]),
        (400, [("changes.1.milestone", "There is no milestone M-9 in this programme")]),
        (409, [("changes.1", "Someone changed this at 9am. Review their change before you save")]),
    ]
    assert versions(scene) == [1, 1]
