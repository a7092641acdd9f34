"""Set the limits between Green, Amber and Red that one programme has agreed (F-26, row 88)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from programme.models import Programme
from programme.policies import check_set_limits
from programme.rules.rag_limits import check_limits, own_limits


@transaction.atomic
def set_rag_limits(
    programme: Programme,
    *,
    by: User,
    seen_version: int,
    limits: Mapping[str, int],
    channel: Channel = Channel.PAGE,
) -> Programme:
    """The programme with these limits; those left out stay, and one set to the default is its own no more."""
    check_set_limits(by, programme)
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    check_seen(locked, seen_version)
    before = asdict(locked.thresholds)
    after = asdict(checked := check_limits({**before, **limits}))
    changed = [name for name, value in after.items() if value != before[name]]
    if changed:
        write_next(locked, {"rag_thresholds": own_limits(checked) or None}, by=by, seen_version=seen_version)
        audit.record(
            programme,
            by=by,
            action="set_rag_limits",
            channel=channel,
            scope=programme.key,
            before=_part(before, changed) | {"version": seen_version},
            after=_part(after, changed) | {"version": seen_version + 1},
        )
    return Programme.objects.select_related("partnership").get(pk=programme.pk)


def _part(values: Mapping[str, Any], names: list[str]) -> dict[str, Any]:
    return {name: values[name] for name in names}
