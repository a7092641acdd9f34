"""Tick off what one was told."""

from __future__ import annotations

from collections.abc import Collection

from accounts.models import User
from core.clock import now
from programme.models import Reminder


def mark_read(*, by: User, reminders: Collection[int] | None = None) -> int:
    """Tick off one's own reminders, or all of them; how many were not ticked off before.

    Others' stay as they are. What one has read is nobody else's business, so the trail does not hold it.
    """
    own = Reminder.objects.filter(recipient=by, read_at__isnull=True)
    chosen = own if reminders is None else own.filter(pk__in=reminders)
    return chosen.update(read_at=now())
