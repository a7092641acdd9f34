"""What was done, by whom, when, from what, to what and why."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone

from core.enums import Channel


class AuditEvent(models.Model):
    """One write that means something. Append-only: the database refuses update and delete (INV-40)."""

    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+",
        help_text="empty: it happened by itself, when its time came",
    )  # fmt: skip
    action = models.CharField(max_length=60, help_text="the action's name, for example update_milestone")
    channel = models.CharField(max_length=10, choices=Channel)
    object_type = models.CharField(max_length=60, help_text="app and model, for example programme.milestone")
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=300)
    scope = models.CharField(max_length=80, blank=True, help_text="key of the programme or council concerned")
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)
    why = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["object_type", "object_id", "-id"], name="core_audit_object"),
            models.Index(fields=["scope", "-id"], name="core_audit_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.object_label}"
