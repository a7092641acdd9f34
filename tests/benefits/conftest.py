"""The story of the benefits, told once for all tests of a module; what one test writes is undone after it."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

import pytest
import time_machine
from django.db import transaction
from pytest_django import DjangoDbBlocker

from tests.benefits.story import Story, tell


@pytest.fixture(scope="module")
def told(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Story]:
    """The story as it was told; gone after the module."""
    with django_db_blocker.unblock(), transaction.atomic():
        with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
            story = tell()
        yield story
        transaction.set_rollback(True)


@pytest.fixture
def story(told: Story, db: None) -> Story:
    """The rows that tests name, each test with its own in memory."""
    return deepcopy(told)
