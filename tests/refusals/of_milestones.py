"""What waits for what among milestones (row 52)."""

from __future__ import annotations

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


ROWS = (
    Row(
        52,
        "milestones",
        "This link would make a loop: Go-live depends on Testing, which depends on Go-live",
        _loop,
    ),
)
