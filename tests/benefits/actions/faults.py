"""A database that cannot write one table, to see that nothing is half written."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import DatabaseError, connection


@contextmanager
def unwritable(table: str) -> Iterator[None]:
    """Every INSERT into `table` fails while this is open."""

    def refuse(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(f'INSERT INTO "{table}"'):
            raise DatabaseError(f"cannot write {table}")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield
