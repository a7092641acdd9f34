"""The test database of the browser tests: a file or a PostgreSQL database that can be put back as it was."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from django.db import connection, connections
from psycopg import sql


class Snapshot:
    """The test database as it is now; `restore` makes it so again, whatever was written since."""

    def __init__(self, folder: Path) -> None:
        self._copy_path = folder / "snapshot.sqlite3"
        self._name = str(connection.settings_dict["NAME"])
        connections.close_all()
        if connection.vendor == "sqlite":
            _copy(self._name, str(self._copy_path))
        else:
            _run(_drop(self._copy_name), _create(self._copy_name, self._name))

    def restore(self) -> None:
        """Put the database back. Whoever is connected is cut off first."""
        connections.close_all()
        if connection.vendor == "sqlite":
            _copy(str(self._copy_path), self._name)
        else:
            _run(_drop(self._name), _create(self._name, self._copy_name))

    def remove(self) -> None:
        """Leave nothing behind on the server."""
        connections.close_all()
        if connection.vendor != "sqlite":
            _run(_drop(self._copy_name))

    @property
    def _copy_name(self) -> str:
        return f"{self._name}_loaded"


def _copy(source_path: str, target_path: str) -> None:
    with closing(sqlite3.connect(source_path)) as source, closing(sqlite3.connect(target_path)) as target:
        source.backup(target)


def _drop(name: str) -> sql.Composed:
    return sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))


def _create(name: str, template: str) -> sql.Composed:
    return sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))


def _run(*statements: sql.Composed) -> None:
    """Run statements that need a connection to another database of the same server."""
    with connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
