"""Tables that the database itself keeps append-only, on SQLite and PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation

Step = Callable[[BaseDatabaseSchemaEditor], None]

_SQLITE = """CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
BEGIN SELECT RAISE(ABORT, '{message}'); END"""

_POSTGRES_FUNCTION = """CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger AS $$
BEGIN RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation'; END $$ LANGUAGE plpgsql"""

_POSTGRES = """CREATE TRIGGER {table}_no_{event} BEFORE {EVENT} ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_refuse()"""

_EVENTS = ("update", "delete")


class Triggers(Operation):
    """Migration step that adds triggers, or takes them away. It needs no models, so none is built for it."""

    reduces_to_sql = True

    def __init__(self, install: Step, remove: Step) -> None:
        self.install = install
        self.remove = remove

    def state_forwards(self, app_label: str, state: Any) -> None:
        """Leave the models as they are."""

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Add the triggers."""
        self.install(schema_editor)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        """Take the triggers away."""
        self.remove(schema_editor)

    def describe(self) -> str:
        """What `migrate --plan` prints."""
        return "Let the database refuse changes"


def append_only(table: str, message: str) -> Triggers:
    """Migration step that makes the database refuse to update or delete rows of `table`.

    `message` is what the database says; it must hold no quotation mark. A later step that rebuilds
    the table on SQLite drops its triggers: repeat this step after it (a test looks for them).
    """
    return Triggers(_install(table, message), _remove(table))


def sealed_by_count(table: str, parent: str, link: str, count: str, message: str) -> Triggers:
    """Migration step that makes the database refuse more rows of `table` than `parent.count` announces.

    `link` is the column of `table` that names its row in `parent`. Once a plan version is written with
    all its entries, nobody can add another (INV-02).
    """
    # The names come from migrations, never from input.
    condition = f"(SELECT COUNT(*) FROM {table} WHERE {link} = NEW.{link}) >= "  # noqa: S608
    condition += f"(SELECT {count} FROM {parent} WHERE id = NEW.{link})"  # noqa: S608

    def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
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

    def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
        _drop_trigger(schema_editor, f"{table}_sealed", table)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_seal()")

    return Triggers(install, remove)


def frozen_rows(table: str, sealed: str, message: str) -> Triggers:
    """Migration step that makes the database refuse to add, change or delete rows of `table` once sealed.

    `sealed` is an SQL condition on a row, written {row}, that is true once its content is frozen, for example
    by the column of a parent that says when it was issued.
    """
    return _guarded(table, ("insert", "update", "delete"), sealed, message)


def frozen_columns(table: str, sealed: str, columns: Sequence[str], message: str) -> Triggers:
    """Migration step that makes the database refuse to delete a sealed row, or to change its `columns`.

    `sealed` is an SQL condition on a row, written {row}. Other columns can still change, such as its state.
    """
    changed = " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)
    return _guarded(table, ("update", "delete"), sealed, message, changed=changed)


def frozen_content(table: str, sealed: str, columns: Sequence[str], message: str) -> Triggers:
    """Migration step that freezes rows of `table` once sealed, as `frozen_rows`, but for its other columns.

    A sealed row can be neither added nor deleted, and its `columns` cannot change; what is said about it,
    such as whether it is published, still can.
    """
    changed = " OR ".join(f"OLD.{column} {{differs}} NEW.{column}" for column in columns)
    return _guarded(table, ("insert", "update", "delete"), sealed, message, changed=changed)


def _guarded(table: str, events: Sequence[str], sealed: str, message: str, changed: str = "") -> Triggers:
    """Triggers that refuse `events` on rows that are `sealed`; an update only where something `changed`."""
    # The names come from migrations, never from input.
    old, new = sealed.format(row="OLD"), sealed.format(row="NEW")
    conditions = {"insert": new, "update": f"({old}) OR ({new})", "delete": old}
    if changed:
        is_sealed = f"({old}) OR ({new})" if "insert" in events else old
        conditions["update"] = f"({is_sealed}) AND ({changed})"

    def install(schema_editor: BaseDatabaseSchemaEditor) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        differs = "IS NOT" if sqlite else "IS DISTINCT FROM"
        for event in events:
            condition = conditions[event].replace("{differs}", differs)
            name, kind = f"{table}_frozen_{event}", event.upper()
            if sqlite:
                schema_editor.execute(
                    f"CREATE TRIGGER {name} BEFORE {kind} ON {table} WHEN {condition} "
                    f"BEGIN SELECT RAISE(ABORT, '{message}'); END"
                )
                continue
            schema_editor.execute(
                f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN "
                f"IF {condition} THEN RAISE EXCEPTION '{message}' "
                f"USING ERRCODE = 'integrity_constraint_violation'; END IF; "
                f"RETURN {'OLD' if event == 'delete' else 'NEW'}; END $$ LANGUAGE plpgsql"
            )
            schema_editor.execute(
                f"CREATE TRIGGER {name} BEFORE {kind} ON {table} FOR EACH ROW EXECUTE FUNCTION {name}()"
            )

    def remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
        for event in events:
            _drop_trigger(schema_editor, f"{table}_frozen_{event}", table)
            if schema_editor.connection.vendor == "postgresql":
                schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_frozen_{event}()")

    return Triggers(install, remove)


def _install(table: str, message: str) -> Step:
    def run(schema_editor: BaseDatabaseSchemaEditor) -> None:
        sqlite = schema_editor.connection.vendor == "sqlite"
        if not sqlite:
            schema_editor.execute(_POSTGRES_FUNCTION.format(table=table, message=message))
        template = _SQLITE if sqlite else _POSTGRES
        for event in _EVENTS:
            schema_editor.execute(
                template.format(table=table, event=event, EVENT=event.upper(), message=message)
            )

    return run


def _remove(table: str) -> Step:
    def run(schema_editor: BaseDatabaseSchemaEditor) -> None:
        for event in _EVENTS:
            _drop_trigger(schema_editor, f"{table}_no_{event}", table)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {table}_refuse()")

    return run


def _drop_trigger(schema_editor: BaseDatabaseSchemaEditor, name: str, table: str) -> None:
    on_table = f" ON {table}" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
