"""Insert very many rows that were made up or checked elsewhere, as fast as the database takes them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection, models
from django.db.models import Max

Values = Sequence[Any]


def next_key(model: type[models.Model]) -> int:
    """The first primary key that no row of a model has."""
    found = models.QuerySet(model).aggregate(last=Max("pk"))["last"]
    return (found or 0) + 1


def insert_rows(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> None:
    """Insert rows of values, primary key among them; `columns` are names of columns of the table.

    By COPY on PostgreSQL. Checks and triggers of the database apply; nothing of the model's own does. Call
    `reset_keys` once all are in.
    """
    table = connection.ops.quote_name(model._meta.db_table)
    names = ", ".join(connection.ops.quote_name(name) for name in columns)
    with connection.cursor() as cursor:
        if connection.vendor != "postgresql":
            marks = ", ".join(["%s"] * len(columns))
            statement = f"INSERT INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
            cursor.executemany(statement, list(_prepared(model, columns, rows)))
            return
        with cursor.copy(f"COPY {table} ({names}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _prepared(model: type[models.Model], columns: Sequence[str], rows: Iterable[Values]) -> Iterator[Values]:
    """The rows as a database without COPY takes them."""
    fields = [model._meta.get_field(name) for name in columns]
    for row in rows:
        yield [
            field.get_db_prep_save(value, connection)  # type: ignore[union-attr]
            for field, value in zip(fields, row, strict=True)
        ]


def reset_keys(loaded: Iterable[type[models.Model]]) -> None:
    """Let the database count on from the highest keys of tables that were filled with keys given."""
    from django.core.management.color import no_style

    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(loaded)):
            cursor.execute(statement)
