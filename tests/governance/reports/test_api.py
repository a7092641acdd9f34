"""A report from its draft to an edition and a correction through the API, and who gets what on the way."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent, ExemptAccess
from governance.actions.reporting.publishing import run_publishing
from governance.models import Edition, Report
from governance.queries.reporting.drafts import draft_content
from tests import factories
from tests.benefits.scene import api_of
from tests.governance.reports.scene import SAID, ReportScene

pytestmark = pytest.mark.django_db
NEW = {"as_of_on": "2026-10-31"}
BEGIN = "programmes/abc/reports/"


class Asked:
    """Requests of each person of the scene."""

    def __init__(self, scene: ReportScene) -> None:
        self.clients = {name: api_of(user) for name, user in scene.people.items()}

    def __call__(self, who: str, method: str, path: str, code: int = 200, **sent: Any) -> Any:
        answer = getattr(self.clients[who], method)(f"/api/v1/{path}", sent or None, format="json")
        assert answer.status_code == code, (path, answer.content)
        return answer

    def said(self, who: str, method: str, path: str, code: int, **sent: Any) -> str:
        """Why it is refused."""
        return str(self(who, method, path, code, **sent).json()["detail"])


@pytest.fixture
def asked(scene: ReportScene) -> Asked:
    return Asked(scene)


def test_report_is_begun_once_written_signed_and_published(asked: Asked):
    assert "Only the programme manager can draft" in asked.said("reader", "post", BEGIN, 403, **NEW)
    keyed = {"HTTP_IDEMPOTENCY_KEY": "first"}
    made = [
        asked.clients["manager"].post(f"/api/v1/{BEGIN}", NEW, format="json", **keyed).json()
        for _ in range(2)
    ]
    assert (made[0] == made[1], Report.objects.count()) == (True, 1)
    assert asked.said("manager", "post", BEGIN, 400, **NEW).startswith("There is a draft already")
    path = f"reports/{made[0]['id']}/"
    assert asked("reader", "get", BEGIN).json()["drafts"] == []
    assert asked("sro", "get", BEGIN).json()["drafts"][0]["id"] == made[0]["id"]
    assert asked.said("reader", "get", path, 403).startswith("Drafts are read by those who work on them")
    findings = asked("sro", "get", f"{path}checklist/").json()
    assert [one["row"] for one in findings if one["weight"] == "Must be put right"] == ["87"]
    sign = {"version": 1}
    assert asked.said("sro", "post", f"{path}publish/", 400, **sign) == (
        "Say whether there are any dis-benefits"
    )
    texts = {**SAID, "narratives": {"9": "Two are late."}}
    written = asked("manager", "patch", path, version=1, **texts).json()
    assert (written["disbenefits"], written["narratives"]) == ("None reported.", {"9": "Two are late."})
    assert "Someone changed this" in asked.said("sro", "patch", path, 409, version=1, summary="Other.")
    kept = asked("sro", "patch", path, version=2, summary="It goes well.").json()
    assert (kept["narratives"], kept["next_report"]) == ({"9": "Two are late."}, "In May 2027")
    assert "It goes well." in asked("sro", "get", f"{path}preview/").content.decode()
    job = asked("sro", "post", f"{path}publish/", 201, version=3).json()
    assert asked("sro", "get", BEGIN).json()["drafts"][0]["publication"] == job["id"]
    assert "It is being published" in asked.said("sro", "patch", path, 400, version=3, summary="Now.")
    asked("sro", "post", f"publications/{job['id']}/cancel/")
    assert asked("sro", "post", f"publications/{job['id']}/retry/").json()["state"] == "waiting"
    run_publishing(job["id"])
    ended = asked("manager", "get", f"publications/{job['id']}/").json()
    published = {"step": "Published", "is_done": True}
    assert (ended["state"], ended["edition"], ended["steps"][-1]) == (
        "done",
        Edition.objects.get().pk,
        published,
    )
    history = asked("auditor", "get", f"{path}history/").json()
    assert [(one["what"], one["channel"]) for one in history[1:]] == [
        ("Publication tried again", "Through the API"),
        ("Publication cancelled", "Through the API"),
        ("Signed for publication", "Through the API"),
        ("Texts changed", "Through the API"),
        ("Texts changed", "Through the API"),
        ("Draft begun", "Through the API"),
    ]


def test_edition_is_read_downloaded_opened_compared_and_corrected(scene: ReportScene, asked: Asked):
    edition = scene.publish(scene.write(scene.draft()))
    row = asked("reader", "get", "editions/?programme=abc").json()["results"][0]
    path = f"editions/{row['id']}/"
    content = asked("reader", "get", f"{path}content/").content
    file = asked("reader", "post", f"{path}download/", format="csv")
    assert (row["number"], row["report_hash"], row["files"][0]["sha256"]) == (
        1,
        sha256(content).hexdigest(),
        sha256(file.content).hexdigest(),
    )
    assert asked.said("reader", "post", f"{path}open-exempt/", 403).startswith("Your role does not open")
    refused = asked.said("reader", "post", f"{path}download/", 403, format="csv", is_exempt=True)
    assert refused.startswith("Your role does not open")
    opened = asked("sro", "post", f"{path}open-exempt/")
    assert (b"exempt version" in opened.content, opened["Cache-Control"]) == (True, "private, no-store")
    asked("sro", "post", f"{path}download/", format="csv", is_exempt=True)
    trail = AuditEvent.objects.filter(object_type="governance.editioncontent").order_by("pk")
    assert list(trail.values_list("by__name", "action", "channel")) == [
        (scene.people["reader"].name, "download_edition", "api"),
        ("Sro", "open_exempt", "api"),
        ("Sro", "download_edition", "api"),
    ]
    assert ExemptAccess.objects.count() == 2
    same = asked("reader", "get", f"{path}compare/{edition.pk}/").json()
    assert same == {"sentence": "Nothing differs.", "changes": []}
    pair = f"{path}compare/{edition.pk}/open-exempt/"
    assert asked.said("reader", "post", pair, 403).startswith("Your role does not open")
    opened = asked("sro", "post", pair)
    assert (opened.json(), opened["Cache-Control"]) == (same, "private, no-store")
    correction = {"as_of_on": "2026-10-31", "what_changed": ""}
    assert asked.said("manager", "post", f"{path}correct/", 400, **correction) == (
        "Say what the correction changes, and why, in at least 10 characters"
    )
    correction["what_changed"] = "Dover's costs were entered twice"
    begun = asked("manager", "post", f"{path}correct/", 201, **correction).json()
    assert (begun["corrects"], begun["disbenefits"], begun["state"]) == (
        edition.pk,
        "None reported.",
        "draft",
    )
    given_up = asked("manager", "post", f"reports/{begun['id']}/give-up/", version=1, why="It was right")
    assert given_up.json()["state"] == "withdrawn"


def test_lists_take_the_same_queries_for_one_row_and_three(scene: ReportScene, asked: Asked):
    content = draft_content(factories.ReportFactory.build(programme=scene.programme), number=1)
    counts = []
    for numbers in ([1], [2, 3]):
        for number in numbers:
            factories.edition_of(factories.ReportFactory(programme=scene.programme), number, open=content)
        for path in ("editions/", BEGIN):
            with CaptureQueriesContext(connection) as queries:
                asked("reader", "get", path)
            counts.append(len(queries))
    assert counts == [5, 7, 5, 7]
