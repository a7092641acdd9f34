"""Withholding without a paragraph or a reason (row 70), and what is never released (INV-39)."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from accounts.enums import RoleName
from tests.governance.exempt_scene import exempt_scene
from tests.refusals.asking import Asked, Row


def _withhold(**sent: str) -> Callable[[], Asked]:
    """A paper that its monitoring officer withholds."""

    def prepare() -> Asked:
        scene = exempt_scene()
        client, paper = Client(), scene.rows["papers"]
        client.force_login(scene.person(RoleName.MONITORING_OFFICER))
        body = {"publication_class": "exempt", "seen": paper.standing, **sent}
        return Asked(
            lambda: client.post(f"/exempt/papers/{paper.pk}/mark/", body),
            lambda: client.post(
                f"/api/v1/exempt-items/papers/{paper.pk}/withhold/", body, content_type="application/json"
            ),
        )

    return prepare


ROWS = (
    Row(70, "paragraph", "Choose the exempt paragraph", _withhold(public_interest_reason="Bids are open")),
    Row(70, "reason", "Explain why withholding outweighs publishing", _withhold(exempt_paragraph="3")),
)
