"""What one calendar feed holds, for the person whose it is, as that person may read today."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from urllib.parse import urljoin

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import RoleHeld, User
from core.clock import today
from core.exports.ical import CalendarEvent
from programme.calendar_sources import calendar_events
from programme.enums import FeedScope
from programme.models import CalendarFeed, Programme

DAYS_BACK, DAYS_AHEAD = 30, 400


def feeds_of(user: User) -> QuerySet[CalendarFeed]:
    """A person's own feeds that work, the latest first."""
    feeds = CalendarFeed.objects.filter(user=user, revoked_at__isnull=True)
    return feeds.select_related("programme", "council").order_by("-created_at", "-pk")


def feed_address(token: str) -> str:
    """The address at which a calendar program reads the feed of this secret."""
    return urljoin(settings.BASE_URL, reverse("programme:calendar_feed", args=[token]))


def working_feed(token_hash: str) -> CalendarFeed | None:
    """The feed of this secret; None where it was revoked, was never made, or its owner has left."""
    feeds = CalendarFeed.objects.filter(revoked_at__isnull=True, user__is_active=True)
    return feeds.select_related("user", "programme", "council").filter(token_hash=token_hash).first()


def events_of(feed: CalendarFeed, *, as_of: date) -> list[CalendarEvent]:
    """The feed's events from a month back to a year ahead; nothing of what its owner may not read now."""
    programmes = Programme.objects.visible_to(feed.user)
    if feed.programme:
        programmes = programmes.filter(pk=feed.programme.pk)
    first_on, last_on = as_of - timedelta(days=DAYS_BACK), as_of + timedelta(days=DAYS_AHEAD)
    events = calendar_events(list(programmes.values_list("pk", flat=True)), first_on, last_on)
    councils = _councils(feed)
    chosen = [event for event in events if _is_in(feed, event, councils)]
    return [replace(event, url=urljoin(settings.BASE_URL, event.url)) for event in chosen]


def _is_in(feed: CalendarFeed, event: CalendarEvent, councils: set[int | None] | None) -> bool:
    """Whether the feed holds the event; of what people own, among their days only their own."""
    if feed.scope == FeedScope.MINE and event.owner_id is not None:
        return event.owner_id == feed.user_id
    return councils is None or bool(event.belongs_to & councils)


def _councils(feed: CalendarFeed) -> set[int | None] | None:
    """Whose days the feed holds, None among them for what is joint; None alone where it holds all.

    Mine: the councils for which the person holds a role, and all of it with a role for a partnership; of
    milestones only those that the person owns.
    """
    if feed.scope == FeedScope.PROGRAMME:
        return None
    if feed.scope == FeedScope.COUNCIL:
        return {feed.council_id, None}
    held = RoleHeld.objects.held_by(feed.user).current(today()).values_list("council", "partnership")
    own = list(held)
    return None if any(partnership for _, partnership in own) else {None, *(council for council, _ in own)}
