"""Work of the worker that is a durable row: whatever is lost, the row says what is still to be done."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils import timezone


class Job(models.Model):
    """A row that one worker at a time holds (`core.actions.jobs`).

    `claim_key` and `claimed_at` are the hold of one worker on it; another takes it over once that is stale.
    A model adds its `state`, and what went wrong.
    """

    attempts = models.PositiveSmallIntegerField(default=0, help_text="how often the present step was begun")
    waiting_since = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    claim_key = models.CharField(max_length=40, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
