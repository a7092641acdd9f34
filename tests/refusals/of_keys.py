"""Keys that cannot be (rows 18 to 23)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from tests.refusals.asking import Asked, Row
from tests.services.factories import key_of
from tests.services.key_scene import key_scene


def _key(*weights: str, **changes: str) -> Callable[[], Asked]:
    """A new key of a pool in which another key applies from 1 April 2027."""

    def prepare() -> Asked:
        scene = key_scene()
        key_of(scene.pool, dict.fromkeys(scene.councils, 1), from_on=date(2027, 4, 1))
        sent = scene.key_sent(*weights, **{"effective_to_on": "31 3 2027", **changes})
        as_json = scene.key_json(sent, pool=scene.pool.pk)
        scene.post("keys/", {})
        return Asked(
            lambda: scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", sent),
            lambda: scene.post("keys/", as_json),
        )

    return prepare


ROWS = (
    Row(18, "weights", "At least one council must have a share greater than 0", _key("0", "0", "0")),
    Row(19, "weight", "Share for Carrick must be 0 or more", _key("1", "1", "-1")),
    Row(
        20,
        "percents",
        "Percentages must add up to 100. They add up to 99.9",
        _key("50", "30", "19.9", basis="fixed_percent"),
    ),
    Row(21, "council missed", "Enter a share for Carrick, or 0 if it pays nothing", _key("1", "1", "")),
    Row(
        22,
        "overlap",
        "Another key applies from 1 April 2027. End it first",
        _key("1", "1", "1", effective_to_on=""),
    ),
    Row(23, "decision", "Choose the decision that agreed this key", _key("1", "1", "1", decision_ref="")),
)
