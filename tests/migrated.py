"""A database in which every migration has been taken, made once and copied for whoever needs one.

Migrations are taken for real by whoever comes first, and anew when one of them changes.
"""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.creation import BaseDatabaseCreation
from psycopg import sql

from tests.installation import PROJECT

FOLDER = PROJECT / "var" / "cache" / "migrated"
APPS = ("core", "accounts", "programme", "services", "benefits", "governance")
PREFIX = "concordat_migrated_"


def copy_migrations() -> None:
    """Let the test database of this process be a copy."""
    creation = connection.creation
    migrate = creation.create_test_db

    def create_test_db(verbosity: int = 1, autoclobber: bool = False, **options: Any) -> str:
        with _one_at_a_time():
            if not _is_made():
                migrate(verbosity=verbosity, autoclobber=True, **options)
                _keep()
            else:
                _make_copy(creation)
        return str(connection.settings_dict["NAME"])

    creation.create_test_db = create_test_db  # type: ignore[method-assign]


def copied_file() -> Path:
    """The SQLite file to copy, which is there once a test database was made."""
    return FOLDER / f"{_key()}.sqlite3"


def copied_name() -> str:
    """The name of the PostgreSQL database to copy."""
    return PREFIX + _key()


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@cache
def _key() -> str:
    taken = sha256()
    for app in APPS:
        for path in sorted((PROJECT / app / "migrations").glob("*.py")):
            taken.update(path.name.encode() + path.read_bytes())
    for path in (PROJECT / "requirements.txt", *sorted((PROJECT / "core").glob("*.py"))):
        taken.update(path.read_bytes())
    return taken.hexdigest()[:16]


def _is_made() -> bool:
    if connection.vendor == "sqlite":
        return copied_file().exists()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [copied_name()])
        return cursor.fetchone() is not None


def _keep() -> None:
    """Keep what was made, and nothing that was made before it."""
    if connection.vendor == "sqlite":
        for old in FOLDER.glob("*.sqlite3"):
            old.unlink()
        unfinished = FOLDER / "unfinished"
        with closing(sqlite3.connect(unfinished)) as target:
            connection.connection.backup(target)
        unfinished.rename(copied_file())
        return
    name = connection.settings_dict["NAME"]
    connection.close()
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", [f"{PREFIX}%"])
        for (old,) in cursor.fetchall():
            cursor.execute(sql.SQL("DROP DATABASE {}").format(sql.Identifier(old)))
        copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}")
        cursor.execute(copy.format(sql.Identifier(copied_name()), sql.Identifier(name)))


def _make_copy(creation: BaseDatabaseCreation) -> None:
    if connection.vendor != "sqlite":
        connection.settings_dict["TEST"]["TEMPLATE"] = copied_name()
    name = creation._create_test_db(verbosity=0, autoclobber=True, keepdb=False)
    connection.close()
    settings.DATABASES[connection.alias]["NAME"] = connection.settings_dict["NAME"] = name
    connection.ensure_connection()
    if connection.vendor == "sqlite":
        with closing(sqlite3.connect(copied_file())) as source:
            source.backup(connection.connection)
