"""A report on its way to an edition: a durable row that the worker takes up, a step at a time."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Job
from governance.enums import PublishingState
from governance.querysets import PublishingJobQuerySet

LIVE = (PublishingState.WAITING, PublishingState.RUNNING)


class PublishingJob(Job):
    """What was frozen and made so far; nothing of it is published before its last step (INV-36).

    `made` holds each thing made, in order: its name, where it is kept in the data folder, its hash and size.
    """

    report = models.ForeignKey("governance.Report", on_delete=models.PROTECT, related_name="jobs")
    state = models.CharField(max_length=10, choices=PublishingState, default=PublishingState.WAITING)
    number = models.PositiveSmallIntegerField(null=True, blank=True, help_text="of the edition to be")
    frozen_at = models.DateTimeField(null=True, blank=True, help_text="when the figures were read")
    made = models.JSONField(default=list, blank=True)
    error = models.CharField(max_length=500, blank=True, help_text="why it was not published")

    objects = PublishingJobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["state", "claimed_at"], name="governance_publishing_state")]
        constraints = [
            models.UniqueConstraint(
                fields=["report"], condition=Q(state__in=LIVE), name="governance_publishing_one_live"
            )
        ]

    def __str__(self) -> str:
        return f"Publication of the {str(self.report)[:1].lower()}{str(self.report)[1:]}"

    def get_absolute_url(self) -> str:
        return reverse("governance:publishing_detail", args=[self.pk])

    @property
    def is_running(self) -> bool:
        """Whether the worker has it, or will."""
        return self.state in LIVE

    @property
    def can_be_retried(self) -> bool:
        """Whether it ended without an edition, and may begin again."""
        return self.state in (PublishingState.FAILED, PublishingState.CANCELLED)
