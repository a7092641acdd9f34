"""Fixtures for every floor."""

import gc
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from django.db import connection, transaction
from pytest_django import DjangoDbBlocker

from tests.installation import Installation, own_broker, own_database
from tests.migrated import copied_file, copied_name, copy_migrations
from tests.thoroughness import IS_SAMPLE, ONCE, WITH_SERVERS, examples

FIRST_REDIS_NUMBER = 8

# A slow moment of the machine is not a fault of the product.
hypothesis.settings.register_profile("concordat", deadline=None, max_examples=examples(40))
hypothesis.settings.load_profile("concordat")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out of the second run what was tried in the first, and of the first what needs servers."""
    left_out = ONCE if IS_SAMPLE else WITH_SERVERS
    kept = [
        item
        for item in items
        if not item.nodeid.startswith(left_out) and (not IS_SAMPLE or _needs_database(item))
    ]
    chosen = set(kept)
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = kept


def _needs_database(item: pytest.Item) -> bool:
    fixtures = set(getattr(item, "fixturenames", ()))
    named = {
        "db",
        "transactional_db",
        "module_db",
        "live_server",
        "installation",
        "migrated_installation",
        "page",
    }
    is_of_settings = "tests/config/" in item.nodeid
    return is_of_settings or bool(fixtures & named) or item.get_closest_marker("django_db") is not None


def pytest_collection_finish() -> None:
    """Spare the collector what lives as long as the suite: it would go through it again and again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(100_000, 50, 100)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix: None) -> None:
    """Take migrations once for all workers and both parts of the suite."""
    copy_migrations()


@pytest.fixture
def installation(tmp_path: Path) -> Iterator[Installation]:
    """An installation of its own for real processes, on the same kind of database and broker as the suite."""
    with own_database(os.environ.get("DATABASE_URL", "")) as url, _installed(tmp_path, url) as made:
        yield made


@pytest.fixture
def migrated_installation(tmp_path: Path, django_db_setup: None) -> Iterator[Installation]:
    """The same, with every migration taken."""
    if connection.vendor == "sqlite":
        shutil.copyfile(copied_file(), tmp_path / "concordat.sqlite3")
    with (
        own_database(os.environ.get("DATABASE_URL", ""), copied_name()) as url,
        _installed(tmp_path, url) as made,
    ):
        yield made


@contextmanager
def _installed(folder: Path, database_url: str) -> Iterator[Installation]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    with own_broker(os.environ.get("REDIS_URL", ""), FIRST_REDIS_NUMBER + worker) as redis_url:
        made = Installation(folder, database_url, redis_url)
        try:
            yield made
        finally:
            made.kill_all()


@pytest.fixture(scope="module")
def module_db(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """The test database for rows that a module makes once; what a test changes in them is undone after it.

    Whoever reads those rows in a test asks for `db` as well, or is marked with django_db.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests(django_db_setup: None) -> Iterator[None]:
    """Let tests with real transactions empty the append-only tables of SQLite, whose triggers refuse it.

    PostgreSQL empties tables by TRUNCATE, which row triggers do not see.
    """
    operations = type(connection.ops)
    flush = operations.sql_flush

    def sql_flush(self: Any, style: Any, tables: Any, **options: Any) -> list[str]:
        statements = flush(self, style, tables, **options)
        if self.connection.vendor != "sqlite" or not statements:
            return statements
        with self.connection.cursor() as cursor:
            cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
            triggers = cursor.fetchall()
        drops = [f"DROP TRIGGER {name}" for name, _ in triggers]
        return [*drops, *statements, *(sql for _, sql in triggers)]

    operations.sql_flush = sql_flush
    yield
    operations.sql_flush = flush
