"""Requests that were sent with a key, so that sending one again does nothing twice."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class KeyedRequest(models.Model):
    """What one person sent once under a key, and what was answered."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=100)
    request_hash = models.CharField(max_length=64, help_text="of the method, the address and what was sent")
    status = models.PositiveSmallIntegerField(null=True, help_text="empty while it is being answered")
    answer = models.JSONField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["by", "key"], name="core_keyed_request_unique")]
        indexes = [models.Index(fields=["at"], name="core_keyed_request_at")]

    def __str__(self) -> str:
        return self.key
