"""Save a row under the version that the person saw (row 84)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.clock import now
from core.models import Versioned
from core.rules.text import stale_edit


def check_seen(row: Versioned, seen_version: int) -> None:
    """Refuse an edit of another version than the one that is there now (row 84)."""
    if row.version != seen_version:
        raise stale_edit(row.updated_at)


def write_next(row: Versioned, values: Mapping[str, Any], *, by: Any, seen_version: int) -> dict[str, Any]:
    """Write `values` and the next version, if nobody has written since the version seen; else row 84.

    Returns every column written. The row in memory stays as it was.
    """
    written = {**values, "version": seen_version + 1, "updated_at": now(), "updated_by": by}
    table = row._meta.base_manager
    if not table.filter(pk=row.pk, version=seen_version).update(**written):
        changed_at = table.filter(pk=row.pk).values_list("updated_at", flat=True).first()
        raise stale_edit(changed_at or now())
    return written
