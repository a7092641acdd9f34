"""What waits for what among milestones (row 52), dates in an approved plan (33), limits of ratings (88)."""

from __future__ import annotations

from datetime import date

from programme.rules.rag_limits import LIMITS
from tests import factories
from tests.benefits.scene import api_of, make_scene, page_of
from tests.refusals.asking import Asked, Row


def _loop() -> Asked:
    """Testing waits for go-live, which waits for testing."""
    scene = make_scene()
    go_live, testing = (
        factories.MilestoneFactory(programme=scene.programme, ref=ref, title=title)
        for ref, title in (("M-1", "Go-live"), ("M-2", "Testing"))
    )
    factories.MilestoneDependencyFactory(successor=testing, predecessor=go_live)
    browser, api = page_of(scene.manager), api_of(scene.manager)
    sent = {"programme": "abc", "milestone": "M-1", "waits_for": "M-2"}
    return Asked(
        lambda: browser.post(
            f"/milestones/{go_live.pk}/waits-for/new/", {"predecessor": testing.pk, "lag_days": "5"}
        ),
        lambda: api.post("/api/v1/milestone-dependencies/", sent, format="json"),
    )


def _planned() -> Asked:
    """A date is typed for a milestone of a programme whose plan was approved on 16 January 2026."""
    scene = make_scene()
    milestone = factories.MilestoneFactory(programme=scene.programme, title="Go-live")
    approved = date(2026, 1, 16)
    factories.plan_version(scene.programme, 1, dates=[(milestone, date(2027, 4, 1))], approved_on=approved)
    milestone.refresh_from_db()
    browser, api = page_of(scene.manager), api_of(scene.manager)
    sent = {"title": "Go-live", "kind": "service", "plan_on": "3 5 2027", "seen_version": milestone.version}
    asked = {"plan_on": "2027-05-03", "version": milestone.version}
    return Asked(
        lambda: browser.post(f"/milestones/{milestone.pk}/change/", sent),
        lambda: api.patch(f"/api/v1/milestones/{milestone.pk}/terms/", asked, format="json"),
    )


def _limits() -> Asked:
    """Savings are to be Amber from where they are Green."""
    scene = make_scene()
    browser, api = page_of(scene.manager), api_of(scene.manager)
    sent = {one.name: str(one.default) for one in LIMITS} | {"savings_amber_percent": "95", "seen_version": 1}
    asked = {"savings_amber_percent": 95, "version": 1}
    return Asked(
        lambda: browser.post("/programmes/abc/rating/limits/", sent),
        lambda: api.patch("/api/v1/programmes/abc/rag-thresholds/", asked, format="json"),
    )


ROWS = (
    Row(
        33,
        "milestones",
        "This plan was approved on 16 January 2026 and cannot be changed. Start a re-baseline",
        _planned,
    ),
    Row(
        52,
        "milestones",
        "This link would make a loop: Go-live depends on Testing, which depends on Go-live",
        _loop,
    ),
    Row(88, "milestones", "Amber threshold must be lower than the Green threshold", _limits),
)
