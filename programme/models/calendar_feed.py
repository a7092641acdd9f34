"""Addresses from which a person's calendar program reads without signing in."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from programme.enums import FeedScope


class CalendarFeed(models.Model):
    """One address of one person; only the hash of its secret is kept, and it can be revoked."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="calendar_feeds"
    )
    token_hash = models.CharField(max_length=64, unique=True)
    scope = models.CharField("what it holds", max_length=10, choices=FeedScope)
    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    council = models.ForeignKey(
        "programme.Council", on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["user", "-created_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="programme_calendar_feed_scope",
                condition=Q(scope=FeedScope.MINE, programme__isnull=True, council__isnull=True)
                | Q(scope=FeedScope.PROGRAMME, programme__isnull=False, council__isnull=True)
                | Q(scope=FeedScope.COUNCIL, programme__isnull=True, council__isnull=False),
                violation_error_message="Choose one programme, one council, or your own",
            )
        ]

    def __str__(self) -> str:
        held = self.programme or self.council
        return str(held.name) if held else "Mine"
