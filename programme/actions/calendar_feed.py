"""Make an address for one's calendar program, and end it."""

from __future__ import annotations

import hashlib
import secrets

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.clock import now
from core.enums import Channel
from programme.enums import FeedScope
from programme.models import CalendarFeed, Council, Programme

_BYTES = 32


def token_hash(token: str) -> str:
    """What is kept of the secret in an address."""
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(
    *,
    by: User,
    scope: str,
    programme: Programme | None = None,
    council: Council | None = None,
    channel: Channel = Channel.PAGE,
) -> tuple[CalendarFeed, str]:
    """A new feed of one's own and the secret of its address, which is told this once."""
    if programme and not Programme.objects.visible_to(by).filter(pk=programme.pk).exists():
        raise PermissionDenied("You cannot read this programme. Ask its manager for a role in it")
    if council and not Council.objects.visible_to(by).filter(pk=council.pk).exists():
        raise PermissionDenied("You cannot read this council")
    token = secrets.token_urlsafe(_BYTES)
    feed = CalendarFeed.objects.create(
        user=by,
        scope=FeedScope(scope).value,
        programme=programme,
        council=council,
        token_hash=token_hash(token),
    )
    record(feed, by=by, action="make_feed", channel=channel, after={"scope": feed.scope})
    return feed, token


@transaction.atomic
def revoke_feed(feed: CalendarFeed, *, by: User, channel: Channel = Channel.PAGE) -> None:
    """Make the address of one's own feed stop working; a second time changes nothing."""
    if feed.user_id != by.pk:
        raise PermissionDenied("Only its owner can end a calendar feed")
    ended_at = now()
    if CalendarFeed.objects.filter(pk=feed.pk, revoked_at__isnull=True).update(revoked_at=ended_at):
        after = {"revoked_at": ended_at.isoformat()}
        record(feed, by=by, action="revoke_feed", channel=channel, after=after)
