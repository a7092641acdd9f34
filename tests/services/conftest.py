"""What tests of pages and of the API have in common."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import time_machine

from programme.models import Council, Programme
from tests.services import rows


@pytest.fixture
def programme() -> Iterator[Programme]:
    """A programme of three councils, at 10:42 on 24 November 2026."""
    with time_machine.travel("2026-11-24 10:42:00+00:00", tick=False):
        yield rows.programme_of_three()


@pytest.fixture
def councils(programme: Programme) -> list[Council]:
    """Its councils in their order."""
    return rows.members(programme)
