"""How a flag of double counting was resolved. The flag itself is worked out, never stored."""

from __future__ import annotations

from django.db import models

from benefits.enums import DoubleCountKind, DoubleCountOutcome
from benefits.querysets import DoubleCountAnswerQuerySet
from benefits.rules.double_counts import COUNTED_ONCE
from core.models import Entered


class DoubleCountAnswer(Entered):
    """What somebody said of a flag, or did about it. Append-only; the last answer of a flag counts.

    It names the flag by its key and holds the mark of the facts it rests on: once they change, it lapses.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="double_count_answers"
    )
    kind = models.CharField(max_length=10, choices=DoubleCountKind)
    flag_key = models.CharField(max_length=200)
    facts_mark = models.CharField(max_length=64)
    council = models.ForeignKey(
        "programme.Council",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: it is about a link between benefits",
    )
    flag_text = models.CharField(max_length=1_000, help_text="what the flag said at the time")
    doubtful_pence = models.BigIntegerField(help_text="what might have been counted twice at the time")
    outcome = models.CharField(max_length=11, choices=DoubleCountOutcome)
    why = models.CharField(max_length=500)

    objects = DoubleCountAnswerQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "pk"]
        indexes = [models.Index(fields=["programme", "flag_key"], name="benefits_double_count_flag")]
        constraints = [
            models.CheckConstraint(
                name="benefits_double_count_why",
                condition=models.Q(why__length__gte=10),
                violation_error_message="Explain why, in at least 10 characters",
            ),
            models.CheckConstraint(
                name="benefits_double_count_pence", condition=models.Q(doubtful_pence__gte=0)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.flag_text}: {self.outcome_text}"

    @property
    def outcome_text(self) -> str:
        """How it was resolved: Not the same saving; Counted once."""
        is_link = self.kind == DoubleCountKind.CONTAINED
        if is_link and self.outcome == DoubleCountOutcome.NOT_SAME:
            return COUNTED_ONCE
        return str(self.get_outcome_display())
