"""How far from plan an amount may be unexplained: set by the programme manager, and then asked for."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.models import ActualAmount, CommentaryLimit
from benefits.rules.commentary import Limits, passes_limit
from core.models import AuditEvent
from tests import factories
from tests.benefits.scene import Scene, api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE, API = "/programmes/abc/commentary-limits/", "/api/v1/programmes/abc/commentary-limits/"


def claim(scene: Scene, amount: str) -> Any:
    """What the API answers to a claim for October 2026 without an explanation."""
    sent = {"programme": "abc", "line": "ICT", "council": "brockvale", "fy": 2026, "period": 7}
    return api_of(scene.finance).post("/api/v1/actual-amounts/", sent | {"amount": amount}, format="json")


def test_limits_are_both_passed_before_anything_is_asked() -> None:
    limits, plan = Limits(5, 200_00), 10_000_00
    gaps = {500_00: False, 500_01: True, -500_00: False, -500_01: True, 200_01: False}
    assert {gap: passes_limit(plan + gap, plan, limits) for gap in gaps} == gaps
    assert passes_limit(1, 0, Limits(100, 0))
    assert limits.words == "more than 5% and more than £200 from plan"


def test_manager_sets_the_limits_that_a_claim_is_then_measured_by(scene: Scene) -> None:
    factories.plan_version(scene.programme, 1, amounts=[(scene.saving, scene.brockvale, 2026, 7, 10_000_00)])
    page = page_of(scene.manager)
    assert "Set by Nobody: these are the limits of the product" in text_of(page.get(PAGE))
    page.post(PAGE, {"percent": "2", "pence": "150", "seen_version": "0"})
    refused = problems(claim(scene, "10200.01"))
    assert refused == [
        {
            "field": "explanation",
            "message": "Lower cost of ICT, Brockvale, October 2026 is £200.01 above plan. Explain why, in at "
            "least 10 characters",
        }
    ]
    assert claim(scene, "10200.00").status_code == 201
    assert ActualAmount.objects.count() == 1
    assert "Now more than 2% and more than £150 from plan Set by Priya on 24 November 2026" in text_of(
        page.get(PAGE)
    )
    said = AuditEvent.objects.get(action="set_commentary_limits")
    assert (said.by, said.before, said.after) == (
        scene.manager,
        {"percent": 10, "pence": 1_000_00},
        {"percent": 2, "pence": 150_00},
    )


def test_what_cannot_be_is_refused_by_page_and_api_and_nothing_is_stored(scene: Scene) -> None:
    wrong = {
        ("101", "5"): "Enter a whole percentage from 0 to 100",
        ("-1", "5"): "Enter a whole percentage from 0 to 100",
        ("5", "10,000,000,000.01"): "Amount must be £10,000,000,000 or less",
        ("5", "1.2m"): "Enter the amount in full using numbers, for example 1,200,000",
    }
    page, api = page_of(scene.manager), api_of(scene.manager)
    by_page = {
        typed: refusals(page.post(PAGE, {"percent": typed[0], "pence": typed[1], "seen_version": "0"}))
        for typed in wrong
    }
    by_api = {
        typed: problems(
            api.put(API, {"version": 0, "percent": int(typed[0]), "pounds": typed[1]}, format="json")
        )[0]["message"]
        for typed in wrong
    }
    assert by_page == {typed: [message] for typed, message in wrong.items()}
    assert by_api == wrong
    assert (
        api_of(scene.finance)
        .put(API, {"version": 0, "percent": 5, "pounds": "1"}, format="json")
        .json()["detail"]
        == "Only the programme manager can change this. You can read it"
    )
    assert not CommentaryLimit.objects.exists()


def test_limits_by_api_with_who_set_them(scene: Scene) -> None:
    api = api_of(scene.manager)
    read = api_of(scene.reader).get(API).json()
    assert read == {"percent": 10, "pounds": "1000.00", "version": 0, "set_by": None}
    saved = api.put(API, {"version": 0, "percent": 5, "pounds": "500"}, format="json").json()
    assert saved == {"percent": 5, "pounds": "500.00", "version": 1, "set_by": scene.manager.email}
    stale = api.put(API, {"version": 0, "percent": 6, "pounds": "500"}, format="json")
    assert (stale.status_code, api_of(scene.reader).get(API).json()) == (409, saved)
