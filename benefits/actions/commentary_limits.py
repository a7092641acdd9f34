"""Set how far from plan an amount of a programme may be before it must be explained."""

from __future__ import annotations

from dataclasses import asdict

from django.db import transaction

from accounts.models import User
from benefits.models import CommentaryLimit
from benefits.policies import check_manage
from benefits.queries.commentary_limits import own_limits
from benefits.rules.commentary import PRODUCT_LIMITS, Limits, check_limits
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.rules.text import stale_edit
from programme.models import Programme


@transaction.atomic
def set_commentary_limits(
    programme: Programme, *, by: User, seen_version: int, limits: Limits, channel: Channel = Channel.PAGE
) -> CommentaryLimit | None:
    """The limits of the programme, anew; None where it keeps the product’s.

    `seen_version` is 0 where none were set. Amounts that are entered already are not asked about again.
    """
    check_manage(by, programme)
    check_limits(limits)
    Programme.objects.select_for_update().get(pk=programme.pk)
    row = own_limits(programme)
    if row is None and seen_version:
        raise stale_edit(programme.updated_at)
    if row is not None:
        check_seen(row, seen_version)
    before = row.limits if row else PRODUCT_LIMITS
    if limits == before:
        return row
    saved = _write(programme, row, limits, by)
    audit.record(
        saved,
        by=by,
        action="set_commentary_limits",
        channel=channel,
        scope=programme.key,
        before=asdict(before),
        after=asdict(limits),
    )
    return saved


def _write(programme: Programme, row: CommentaryLimit | None, limits: Limits, by: User) -> CommentaryLimit:
    values = asdict(limits)
    if row is None:
        return CommentaryLimit.objects.create(programme=programme, created_by=by, updated_by=by, **values)
    write_next(row, values, by=by, seen_version=row.version)
    return CommentaryLimit.objects.get(pk=row.pk)
