"""What people say about a milestone, and whom they name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Entered
from programme.querysets import CommentQuerySet


class MilestoneComment(Entered):
    """A comment, in plain text. Its author may withdraw it: the text goes, the audit trail keeps it."""

    milestone = models.ForeignKey("programme.Milestone", on_delete=models.CASCADE, related_name="comments")
    text = models.TextField(blank=True, help_text="empty once it is withdrawn")
    mentioned = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="+", help_text="people whom it names"
    )
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CommentQuerySet.as_manager()

    class Meta:
        ordering = ["milestone", "entered_at", "pk"]
        indexes = [models.Index(fields=["entered_at"], name="programme_comment_entered")]
        constraints = [
            models.CheckConstraint(
                name="programme_comment_withdrawn",
                condition=Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False, text=""),
                violation_error_message="A comment that is withdrawn has no text, and says when and by whom",
            ),
        ]

    def __str__(self) -> str:
        return f"Comment on {self.milestone}"

    def get_absolute_url(self) -> str:
        """Where it stands among the comments on its milestone."""
        page = reverse("programme:milestone_comments", args=[self.milestone_id])
        return f"{page}#comment-{self.pk}"

    @property
    def is_withdrawn(self) -> bool:
        """Whether its author has taken it back."""
        return self.withdrawn_at is not None
