"""The day of these tests, and the scene in which people enter money, for pages and API alike."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from tests.benefits.scene import Scene, make_scene


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    """Noon on 24 November 2026."""
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def scene(db: None) -> Scene:
    """Three councils and their officers."""
    return make_scene()
