"""Where a person's name stands: every other row of the database that leads to them, by kind and number.

The rows are found by the database's own references, so a new kind of row is in it from its first day. What
they say is the councils' record and may be about others, or exempt: it stands on its page for its readers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.apps import apps
from django.db import models

from accounts.models import User
from core.exports.tables import Column, Table
from governance.queries.subject_access.personal import COVERED

_MOMENTS = ("entered_at", "created_at", "at", "asked_at", "published_at", "sent_at")


@dataclass(frozen=True, slots=True)
class NamedRow:
    """One row and what the person is to it: owner of milestone 17 of a programme."""

    kind: str
    part: str
    programme: str
    ref: str
    number: int
    recorded: str


_COLUMNS: list[Column[NamedRow]] = [
    Column("Kind of record", lambda row: row.kind),
    Column("You are its", lambda row: row.part),
    Column("Programme", lambda row: row.programme),
    Column("Reference", lambda row: row.ref),
    Column("Number", lambda row: str(row.number)),
    Column("Recorded at", lambda row: row.recorded),
]


def named_table(user: User) -> Table[NamedRow]:
    """Every such row, read when it is wanted: a query for each reference to people in the database."""
    return Table("named", "Where your name stands", _COLUMNS, named_rows(user))


def named_rows(user: User) -> Iterator[NamedRow]:
    """The rows by kind."""
    for model, field in references():
        names = {one.name for one in model._meta.concrete_fields}
        moment = next((name for name in _MOMENTS if name in names), None)
        wanted = {
            "ref": "ref" if "ref" in names else None,
            "programme": "programme__key" if "programme" in names else None,
            "moment": moment,
        }
        paths = {name: path for name, path in wanted.items() if path}
        every: models.QuerySet[Any] = models.QuerySet(model)
        rows = every.filter(**{field.name: user}).order_by("pk").values("pk", *paths.values())
        for row in rows.iterator(chunk_size=2_000):
            found = {name: row[path] for name, path in paths.items()}
            yield NamedRow(
                kind=str(model._meta.verbose_name).capitalize(),
                part=str(field.verbose_name),
                programme=str(found.get("programme") or ""),
                ref=str(found.get("ref") or ""),
                number=row["pk"],
                recorded=_at(found.get("moment")),
            )


def references() -> list[tuple[type[models.Model], Any]]:
    """Every field of the database that leads to people and has no table of its own, in a fixed order."""
    found = [
        (model, field)
        for model in apps.get_models()
        if not model._meta.proxy
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is User and (model, field.name) not in COVERED
    ]
    return sorted(found, key=lambda one: (one[0]._meta.label, one[1].name))


def _at(moment: datetime | date | None) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return moment.isoformat() if moment else ""
