"""Triggers by which the database marks a programme whose stored sums are no longer what its entries give."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from core.append_only import Triggers

MARKS = "benefits_ledgerchange"


@dataclass(frozen=True, slots=True)
class Watched:
    """Which writes to a table change a sum, and how the programme of a row is found from one column of it.

    `programme` is SQL for the programme's key; `joins` leads there from the rows written, called `changed`.
    """

    table: str
    events: tuple[str, ...]
    column: str
    programme: str = "changed.programme_id"
    joins: str = ""


_LINE = "JOIN benefits_line line ON line.id ="
_MEMBER = (
    "JOIN (SELECT programme.id, membership.council_id FROM programme_membership membership "
    "JOIN programme_programme programme ON programme.partnership_id = membership.partnership_id"
    ") programme ON programme.council_id ="
)
WATCHED = (
    Watched("benefits_actualamount", ("INSERT",), "line_id", "line.programme_id", f"{_LINE} changed.line_id"),
    Watched(
        "benefits_verification",
        ("INSERT",),
        "actual_id",
        "line.programme_id",
        f"JOIN benefits_actualamount actual ON actual.id = changed.actual_id {_LINE} actual.line_id",
    ),
    Watched(
        "benefits_forecastamount",
        ("INSERT",),
        "snapshot_id",
        "snapshot.programme_id",
        "JOIN benefits_forecastsnapshot snapshot ON snapshot.id = changed.snapshot_id",
    ),
    Watched(
        "benefits_planamount",
        ("INSERT",),
        "plan_version_id",
        "version.programme_id",
        "JOIN programme_planversion version ON version.id = changed.plan_version_id",
    ),
    Watched("programme_planversion", ("INSERT",), "programme_id"),
    Watched(
        "benefits_budgetreduction",
        ("INSERT", "UPDATE", "DELETE"),
        "line_id",
        "line.programme_id",
        f"{_LINE} changed.line_id",
    ),
    Watched(
        "benefits_budgetline",
        ("UPDATE",),
        "id",
        "line.programme_id",
        "JOIN benefits_budgetreduction reduction ON reduction.budget_line_id = changed.id "
        f"{_LINE} reduction.line_id",
    ),
    Watched("benefits_line", ("INSERT", "UPDATE", "DELETE"), "programme_id"),
    Watched("benefits_benefit", ("UPDATE",), "programme_id"),
    Watched("programme_programme", ("UPDATE",), "id", "changed.id"),
    Watched(
        "programme_membership",
        ("INSERT", "UPDATE", "DELETE"),
        "partnership_id",
        "programme.id",
        "JOIN programme_programme programme ON programme.partnership_id = changed.partnership_id",
    ),
    Watched("programme_council", ("UPDATE",), "id", "programme.id", f"{_MEMBER} changed.id"),
    Watched(
        "programme_councilsuccessor",
        ("INSERT", "UPDATE", "DELETE"),
        "council_id",
        "programme.id",
        f"{_MEMBER} changed.council_id",
    ),
)


def trigger_names() -> list[str]:
    """The name of every trigger, in the order in which they are made."""
    return [name for name, _, _ in _each()]


def mark_changes() -> Triggers:
    """Migration step that lets every write to the ledgers, and to what they are read by, leave a mark.

    A later step that rebuilds one of the tables on SQLite drops its triggers: a test looks for them.
    """
    return Triggers(_install, _remove)


def _each() -> Iterator[tuple[str, Watched, str]]:
    for watched in WATCHED:
        for event in watched.events:
            yield f"{watched.table}_marks_{event.lower()}", watched, event


def _install(schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_sqlite = schema_editor.connection.vendor == "sqlite"
    for name, watched, event in _each():
        for statement in (_sqlite if is_sqlite else _postgres)(name, watched, event):
            schema_editor.execute(statement)


def _sqlite(name: str, watched: Watched, event: str) -> Iterator[str]:
    """A mark a row, unless there is one: only one program writes at a time, and it sees what others wrote."""
    row = "OLD" if event == "DELETE" else "NEW"
    source = f"(SELECT {row}.{watched.column} AS {watched.column}) changed {watched.joins}"
    programmes = _select(f"DISTINCT {watched.programme} AS programme_id", source)
    known = _select("1", f"{MARKS} known WHERE known.programme_id = marked.programme_id")
    added = _select("marked.programme_id", f"({programmes}) marked WHERE NOT EXISTS ({known})")
    yield f"CREATE TRIGGER {name} AFTER {event} ON {watched.table} BEGIN {_marking(added)}; END"


def _postgres(name: str, watched: Watched, event: str) -> Iterator[str]:
    """A mark a statement and programme, however many rows it writes, and whatever others write meanwhile."""
    rows = "OLD" if event == "DELETE" else "NEW"
    added = _select(f"DISTINCT {watched.programme}", f"changed {watched.joins}")
    yield (
        f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger AS $$ BEGIN {_marking(added)}; "
        f"RETURN NULL; END $$ LANGUAGE plpgsql"
    )
    yield (
        f"CREATE TRIGGER {name} AFTER {event} ON {watched.table} REFERENCING {rows} TABLE AS changed "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
    )


def _select(what: str, source: str) -> str:
    # The names come from this module, never from input.
    return f"SELECT {what} FROM {source}"  # noqa: S608


def _marking(added: str) -> str:
    return f"INSERT INTO {MARKS} (programme_id) {added}"


def _remove(schema_editor: BaseDatabaseSchemaEditor) -> None:
    is_postgres = schema_editor.connection.vendor == "postgresql"
    for name, watched, _ in _each():
        on_table = f" ON {watched.table}" if is_postgres else ""
        schema_editor.execute(f"DROP TRIGGER IF EXISTS {name}{on_table}")
        if is_postgres:
            schema_editor.execute(f"DROP FUNCTION IF EXISTS {name}()")
