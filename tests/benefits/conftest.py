"""The story of the benefits, told once for all tests of a module; what one test writes is undone after it."""

from __future__ import annotations

from copy import deepcopy

import pytest
import time_machine

from tests.benefits.story import Story, tell


@pytest.fixture(scope="module")
def told(module_db: None) -> Story:
    """The story as it was told; gone after the module."""
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        return tell()


@pytest.fixture
def story(told: Story, db: None) -> Story:
    """The rows that tests name, each test with its own in memory."""
    return deepcopy(told)
