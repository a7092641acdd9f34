"""Tables that the database itself keeps append-only, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

_SQLITE = """CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END"""

_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"""

_POSTGRES = """CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"""

_EVENTS = ("update", "delete")


def append_only(table: str, message: str) -> migrations.RunPython:
    """Migration step that makes the database refuse to update or delete rows of `table`.

    `message` is what the database says; it must hold no quotation mark. A later step that rebuilds
    the table on SQLite drops its triggers: repeat this step after it (a test looks for them).
    """
    return migrations.RunPython(_install(table, message), _remove(table))


def sealed_by_count(table: str, parent: str, link: str, count: str, message: str) -> migrations.RunPython:
    """Migration step that makes the database refuse more rows of `table` than `parent.count` announces.

    `link` is the column of `table` that names its row in `parent`. Once a plan version is written with
    all its entries, nobody can add another (INV-02).
    """
    # The names come from migrations, never from input.
    condition = f"(SELECT COUNT(*) FROM {table} WHERE {link} = NEW.{link}) >= "  # noqa: S608
    condition += f"(SELECT {count} FROM {parent} WHERE id = NEW.{link})"  # noqa: S608

    def install(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f"CREATE TRIGGER {table}_sealed BEFORE INSERT ON {table} WHEN {condition} "
                f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
            )
            return
        schema_editor.execute(
            f"CREATE OR REPLACE FUNCTION {table}_seal() RETURNS trigger AS $$ BEGIN "
            f"PERFORM 1 FROM {parent} WHERE id = NEW.{link} FOR UPDATE; "
            f"IF {condition} THEN RAISE EXCEPTION '{message}' "
            f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
            f"RETURN NEW; END $$ LANGUAGE plpgsql"
        )
        schema_editor.execute(
            f"CREATE TRIGGER {table}_sealed BEFORE INSERT ON {table} "
            f"FOR EACH ROW EXECUTE FUNCTION {table}_seal()"
        )

    def remove(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        _drop_trigger(schema_editor, f"{table}_sealed", table)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_seal()")

    return migrations.RunPython(install, remove)


def _install(table: str, message: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def run(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        if not sqlite:
            schema_editor.execute(_POSTGRES_FUNCTION.format(table=table, message=message))
        template = _SQLITE if sqlite else _POSTGRES
        for event in _EVENTS:
            schema_editor.execute(
                template.format(table=table, event=event, EVENT=event.upper(), message=message)
            )

    return run


def _remove(table: str) -> Callable[[Any, BaseDatabaseSchemaEditor], None]:
    def run(apps: Any, schema_editor: BaseDatabaseSchemaEditor) -> None:
        for event in _EVENTS:
            _drop_trigger(schema_editor, f"{table}_no_{event}", table)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")

    return run


def _drop_trigger(schema_editor: BaseDatabaseSchemaEditor, name: str, table: str) -> None:
    on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
