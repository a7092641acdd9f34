"""The loaded demonstration, once for all tests of a module that only read it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine
from django.conf import settings

from governance.demonstration.golden import KEY
from governance.demonstration.loading import load_demonstration
from governance.demonstration.timing import ANCHOR
from programme.models import Programme


@pytest.fixture(scope="module")
def demonstration(module_db: None) -> Iterator[list[str]]:
    """The whole demonstration as of its own day, at noon of that day; gone after the module."""
    with time_machine.travel(f"{ANCHOR.isoformat()}T12:00:00Z"):
        yield load_demonstration(settings.BASE_DIR / "casebook", ANCHOR)


@pytest.fixture
def golden(demonstration: list[str], db: None) -> Programme:
    """The golden programme, loaded."""
    return Programme.objects.get(key=KEY)
