"""How every write of a service review is saved and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from accounts.models import User
from core.actions.audit import record
from core.clock import now
from core.models import AuditEvent, Versioned
from core.rules.text import stale_edit
from services.models import ServiceReview

Row = TypeVar("Row", bound=Versioned)


def check_seen(row: Versioned, seen_version: int) -> None:
    """Refuse an edit of another version than the one that is there now (row 84)."""
    if row.version != seen_version:
        raise stale_edit(row.updated_at)


def save_changes(row: Row, *, by: User, values: Mapping[str, Any]) -> Row:
    """Write `values` and the next version, if nobody has written since the row was read; else row 84.

    The row itself is changed only once it is saved.
    """
    table = row._meta.base_manager
    written = {**values, "version": row.version + 1, "updated_at": now(), "updated_by": by}
    if not table.filter(pk=row.pk, version=row.version).update(**written):
        raise stale_edit(table.get(pk=row.pk).updated_at)
    for name, value in written.items():
        setattr(row, name, value)
    return row


def changed(row: Versioned, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of `values` that differ from what the row holds."""
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def record_of_review(
    review: ServiceReview,
    *,
    by: User,
    action: str,
    channel: str,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    why: str = "",
) -> AuditEvent:
    """Append one event to the history of a review; values in words or as JSON carries them."""
    return record(
        review,
        by=by,
        action=action,
        channel=channel,
        scope=review.service.programme.key,
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(value) for name, value in after.items()},
        why=why,
    )


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int | str) else str(value)
