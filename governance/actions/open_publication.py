"""Make the open editions of a programme public, or take them back; each time on record."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.actions import audit
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.text import check_reason, check_text, stale_edit
from governance.models import OpenPage
from governance.open_policies import check_open_page, powers_of
from governance.queries.open_publication.editions import latest_number
from programme.models import Programme

NOTHING_TO_OPEN = "There is no edition yet. Publish one first"
LOOK_FIRST = "Say that you have looked at what everybody will see"
ANOTHER_EDITION = "Edition {} is the latest now. Look at it, and save again"
WHY = "Say why"


@transaction.atomic
def set_open_page(
    programme: Programme,
    *,
    by: User,
    seen_version: int,
    is_on: bool,
    why: str,
    seen_edition: int | None = None,
    has_looked: bool = False,
    channel: Channel = Channel.PAGE,
) -> OpenPage | None:
    """Turn the public page on or off; the version seen is 0 where nobody ever had.

    Who turns it on has looked at the latest edition, `seen_edition`. Saving what is there already leaves no
    trace; None where it is off and always was.
    """
    check_open_page(powers_of(by, programme))
    locked = Programme.objects.select_for_update().get(pk=programme.pk)
    page = OpenPage.objects.filter(programme=locked).first()
    _check_version(page, seen_version)
    before = page is not None and page.is_on
    if before == is_on:
        return page
    reason = check_text(why, "Reason", 500, "why")
    check_reason(reason, WHY, "why")
    if is_on:
        _check_looked(locked, seen_edition, has_looked)
    page = _write(locked, page, is_on, by)
    audit.record(
        page,
        by=by,
        action="open_programme" if is_on else "close_programme",
        channel=channel,
        scope=locked.key,
        before={"is_on": before},
        after={"is_on": is_on, "edition": seen_edition if is_on else None},
        why=reason,
    )
    return page


def _check_version(page: OpenPage | None, seen_version: int) -> None:
    if page is not None and seen_version == 0:
        raise stale_edit(page.updated_at)
    if page is not None:
        check_seen(page, seen_version)


def _check_looked(programme: Programme, seen_edition: int | None, has_looked: bool) -> None:
    latest = latest_number(programme)
    if latest is None:
        raise Refusal(NOTHING_TO_OPEN, "is_on")
    if latest != seen_edition:
        raise Refusal(ANOTHER_EDITION.format(latest), "is_on")
    if not has_looked:
        raise Refusal(LOOK_FIRST, "has_looked")


def _write(programme: Programme, page: OpenPage | None, is_on: bool, by: User) -> OpenPage:
    if page is None:
        return OpenPage.objects.create(programme=programme, is_on=is_on, created_by=by, updated_by=by)
    write_next(page, {"is_on": is_on}, by=by, seen_version=page.version)
    return OpenPage.objects.get(pk=page.pk)
