"""How every write of a service review is saved and recorded."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, TypeVar

from accounts.models import User
from core.actions.audit import record
from core.actions.versions import write_next
from core.models import AuditEvent, Versioned
from services.models import ServiceReview

Row = TypeVar("Row", bound=Versioned)


def save_changes(row: Row, *, by: User, values: Mapping[str, Any]) -> Row:
    """Write `values` and the next version, if nobody has written since the row was read; else row 84.

    The row itself is changed only once it is saved.
    """
    for name, value in write_next(row, values, by=by, seen_version=row.version).items():
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
