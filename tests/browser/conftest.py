"""Real Chromium against the product, on the demonstration as it is on 24 November 2026."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.management import call_command
from django.db import connection, connections
from django.test.testcases import LiveServerThread
from django.test.utils import setup_databases, teardown_databases
from playwright.sync_api import BrowserContext, Page, expect
from pytest_django.plugin import DjangoDbBlocker

from accounts.enums import RoleName
from tests.browser.chromium import CHROMIUM_FLAGS, chromium
from tests.browser.database import Snapshot
from tests.browser.guard import Guard
from tests.browser.story import NOW, PATIENCE_MS, Demonstration, NewContext, SignIn, open_sessions
from tests.migrated import copy_migrations

# Playwright keeps a loop in this process; the tests read the database beside it, never inside it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

expect.set_options(timeout=PATIENCE_MS)


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """The Chromium of this machine."""
    found = chromium()
    if found is None:
        pytest.fail("No Chromium found. Install chromium or set CHROMIUM to its path.")
    return {**browser_type_launch_args, "executable_path": found, "args": CHROMIUM_FLAGS}


@pytest.fixture(scope="session")
def frozen_day() -> Iterator[None]:
    """Make it 9am on the day of the steering group's meeting; the clock runs on from there."""
    with time_machine.travel(NOW, tick=True):
        yield


@pytest.fixture(scope="session")
def django_db_modify_db_settings(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep SQLite in a file, as the product does: each thread of the server has its own connection."""
    for database in settings.DATABASES.values():
        if "sqlite3" in database["ENGINE"]:
            database.setdefault("TEST", {})["NAME"] = str(tmp_path_factory.mktemp("database") / "db.sqlite3")
        else:
            worker = os.environ.get("PYTEST_XDIST_WORKER", "")
            database.setdefault("TEST", {})["NAME"] = f"test_{database['NAME']}_browser{worker}"
    copy_migrations()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker, django_db_modify_db_settings: None
) -> Iterator[None]:
    """Make the test database. pytest-django makes it only for tests with its mark, which none has here."""
    with django_db_blocker.unblock():
        made = setup_databases(verbosity=0, interactive=False)
        # Once Playwright has a loop in this thread, Django gives it another connection and forgets this one.
        connections.close_all()
        yield
        _end_other_sessions()
        teardown_databases(made, verbosity=0)


def _end_other_sessions() -> None:
    """Close what the server's threads still hold open: PostgreSQL drops no database that is in use."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )


@pytest.fixture(scope="session")
def demonstration(
    frozen_day: None, django_db_setup: None, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Demonstration]:
    """The casebook and the golden programme, loaded once for all tests, and everybody signed in."""
    call_command("load_demonstration", no_edition=True, verbosity=0)
    sessions = open_sessions()
    snapshot = Snapshot(tmp_path_factory.mktemp("snapshot"))
    yield Demonstration(snapshot, sessions)
    snapshot.remove()


@pytest.fixture
def restored(demonstration: Demonstration) -> Iterator[None]:
    """For a test that writes: the demonstration is put back after it."""
    yield
    demonstration.snapshot.restore()


@pytest.fixture(scope="session")
def base_url(demonstration: Demonstration) -> Iterator[str]:
    """The address of the running product."""
    server = LiveServerThread("127.0.0.1", StaticFilesHandler)
    server.daemon = True
    server.start()
    server.is_ready.wait()
    if server.error:
        raise server.error
    yield f"http://127.0.0.1:{server.port}"
    server.terminate()
    connections.close_all()


@pytest.fixture
def guard(base_url: str) -> Iterator[Guard]:
    """Fails the test when a page complained, broke the content security policy or asked another host."""
    guard = Guard(base_url)
    yield guard
    assert guard.complaints == []


@pytest.fixture
def new_context(guard: Guard, new_context: NewContext) -> NewContext:
    """Makes browser windows with nothing remembered, each of them watched."""

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.set_default_timeout(PATIENCE_MS)
        guard.watch(context)
        return context

    return make


@pytest.fixture
def sign_in(base_url: str, demonstration: Demonstration) -> SignIn:
    """Signs a person of the demonstration in without the sign-in page: sign_in(page, RoleName.MEMBER)."""

    def enter(page: Page, role: RoleName) -> None:
        key = demonstration.sessions[role]
        page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": base_url}])

    return enter
