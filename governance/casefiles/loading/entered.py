"""Rows that are entered once and never edited: what is recorded is found again by what it says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from core.models import Entered
from governance.casefiles.entries import Entry
from governance.casefiles.loading.context import Loading, noon

Row = TypeVar("Row", bound=Entered)


def recorded_as(loading: Loading, entry: Entry, rows: list[Row], values: Mapping[str, Any]) -> Row | None:
    """The recorded row that says what the entry says; taken out of `rows`, so it answers for one entry."""
    by, at = loading.user(entry, "by"), entry.moment("at")
    for row in rows:
        is_same = all(getattr(row, name) == value for name, value in values.items())
        if is_same and by in (None, row.entered_by) and at in (None, row.entered_at):
            rows.remove(row)
            return row
    return None


def by_whom(loading: Loading, entry: Entry) -> dict[str, Any]:
    """Who entered it and when: as the file says, else whoever loads, at noon of the day."""
    return {"entered_by": loading.author(entry), "entered_at": entry.moment("at") or noon(loading.as_of)}
