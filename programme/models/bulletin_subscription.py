"""Who asked for the monthly bulletin of which programme."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class BulletinSubscription(models.Model):
    """One person's wish for the bulletin of one programme; the row goes when they end it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="bulletin_subscriptions"
    )
    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="bulletin_subscriptions"
    )
    subscribed_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["programme", "user"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "programme"], name="programme_bulletin_subscription_unique"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user}, bulletin of {self.programme}"
