"""All that is held about one person as files: JSON for programs, a CSV of each table, and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any

from accounts.models import User
from core.exports.archive import archive_bytes
from core.exports.csv_file import csv_text
from core.exports.json_file import json_text
from core.exports.tables import Column, Table

ZIP_TYPE = "application/zip"
LEFT_OUT = (
    "What the records say that you entered, changed or decided. They are the councils’, and may be exempt.",
    "Other people’s names, such as who gave you a role or stands in for you.",
    "Your password, which is kept in a form from which it cannot be read back, and your API token.",
    "Your name where somebody typed it into a text. No program finds it: ask for a search.",
    "That you are signed in, which is kept for up to 12 hours, and the logs and safety copies of the server.",
)


def archive_of(user: User, tables: Sequence[Table[Any]], made_at: datetime) -> bytes:
    """The files as one archive: README.txt, held.json, and a CSV of each table."""
    read = [_read(one) for one in tables]
    whole = {
        "about": user.email,
        "made_at": made_at.isoformat(timespec="seconds"),
        "left_out": list(LEFT_OUT),
        "tables": {one.name: {"title": one.title, "rows": _plain_rows(one)} for one in read},
    }
    files = [("README.txt", _readme(user, read, made_at)), ("held.json", json_text(whole))]
    files += [(f"tables/{one.name}.csv", csv_text(one)) for one in read]
    return archive_bytes([(name, text.encode()) for name, text in files])


def _read(table: Table[Any]) -> Table[Any]:
    """The table with its rows read once, as text."""
    values = [tuple(str(value) for value in table.values(row)) for row in table.rows]
    columns: list[Column[tuple[str, ...]]] = [
        Column(title, itemgetter(place)) for place, title in enumerate(table.titles)
    ]
    return Table(table.name, table.title, columns, values)


def _plain_rows(table: Table[Any]) -> list[dict[str, str]]:
    return [dict(zip(table.titles, row, strict=True)) for row in table.rows]


def _readme(user: User, tables: Sequence[Table[Any]], made_at: datetime) -> str:
    lines = [
        f"What is held about {user.name}, {user.email}",
        f"Made by Concordat at {made_at.isoformat(timespec='seconds')}",
        "",
        "held.json holds everything; each table is also a CSV file in the folder tables. Times say how far",
        "they are from UTC. An empty cell says that nothing is held.",
        "",
        *(f"tables/{one.name}.csv: {one.title}, rows: {len(list(one.rows))}" for one in tables),
        "",
        "What is not in it:",
        *(f"- {text}" for text in LEFT_OUT),
        "",
    ]
    return "\n".join(lines)
