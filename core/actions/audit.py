"""Write the audit trail."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any, Required, TypedDict, Unpack

from django.db import models
from django.utils.crypto import salted_hmac

from core.enums import Channel
from core.models import AuditEvent

BATCH = 2_000


class Written(TypedDict, total=False):
    """What an event says beside what it is about.

    `before` and `after` hold only what changed, as values JSON can carry (dates as ISO text, money in pence).
    """

    by: Required[Any]
    action: Required[str]
    channel: str
    scope: str
    before: Mapping[str, Any] | None
    after: Mapping[str, Any] | None
    why: str


def record(obj: models.Model, **written: Unpack[Written]) -> AuditEvent:
    """Append one audit event about `obj`; call it inside the transaction of the write (INV-40)."""
    event = event_of(obj, **written)
    event.save(force_insert=True)
    return event


def event_of(obj: models.Model, **written: Unpack[Written]) -> AuditEvent:
    """The event that `record` appends, for those who append many at once by `record_all`."""
    return AuditEvent(
        by=written["by"],
        action=written["action"],
        channel=written.get("channel", Channel.PAGE),
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        object_label=str(obj)[:300],
        scope=written.get("scope", ""),
        before=dict(written.get("before") or {}),
        after=dict(written.get("after") or {}),
        why=written.get("why", ""),
    )


def record_all(events: Iterable[AuditEvent]) -> None:
    """Append many events inside the transaction of their writes."""
    AuditEvent.objects.bulk_create(events, batch_size=BATCH)


def last_change(obj: models.Model, actions: Collection[str] = ()) -> datetime | None:
    """When a write about `obj`, or one by these actions, was last recorded; for rows that keep no moment."""
    events = AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=obj.pk)
    if actions:
        events = events.filter(action__in=actions)
    latest = events.order_by("-id").first()
    return latest.at if latest else None


def fingerprint(text: str) -> str:
    """What the trail keeps of a text that is withheld, or may be later: its length and a keyed mark.

    Two texts are the same where their fingerprints are; nobody can read or guess a text from it. Use it for
    every text of a row with a publication class: the trail is append-only, and a text that is open today can
    be made exempt tomorrow.
    """
    if not text:
        return ""
    mark = salted_hmac("core.audit.fingerprint", text, algorithm="sha256").hexdigest()[:12]
    return f"{len(text):,} character{'' if len(text) == 1 else 's'}, mark {mark}"
