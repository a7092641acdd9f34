"""Write the audit trail."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import models

from core.enums import Channel
from core.models import AuditEvent


def record(
    obj: models.Model,
    *,
    by: Any,
    action: str,
    channel: str = Channel.PAGE,
    scope: str = "",
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
    why: str = "",
) -> AuditEvent:
    """Append one audit event about `obj`; call it inside the transaction of the write (INV-40).

    `before` and `after` hold only what changed, as values JSON can carry (dates as ISO text, money in pence).
    """
    return AuditEvent.objects.create(
        by=by,
        action=action,
        channel=channel,
        object_type=obj._meta.label_lower,
        object_id=obj.pk,
        object_label=str(obj)[:300],
        scope=scope,
        before=dict(before or {}),
        after=dict(after or {}),
        why=why,
    )
