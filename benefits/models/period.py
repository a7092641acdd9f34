"""Months that a council has closed, and who may still enter amounts of one, until when."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from benefits.querysets import PeriodCloseQuerySet
from core.models import Entered


class PeriodClose(Entered):
    """A month for which a council takes no more amounts, in any programme. Append-only."""

    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="closed_periods")
    fy = models.PositiveSmallIntegerField("financial year")
    period = models.PositiveSmallIntegerField(help_text="1 is April")

    objects = PeriodCloseQuerySet.as_manager()

    class Meta:
        ordering = ["council", "-fy", "-period"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "fy", "period"],
                name="benefits_close_unique",
                violation_error_message="This month is closed already",
            ),
            models.CheckConstraint(name="benefits_close_period", condition=Q(period__range=(1, 12))),
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.fy} month {self.period}"


class CloseException(Entered):
    """Who may still enter amounts of a closed month, why, and up to which day. Append-only."""

    close = models.ForeignKey(PeriodClose, on_delete=models.PROTECT, related_name="exceptions")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    until_on = models.DateField(help_text="the last day on which they may")
    reason = models.CharField(max_length=500)

    class Meta:
        ordering = ["close", "pk"]
        constraints = [
            models.CheckConstraint(
                name="benefits_close_exception_reason",
                condition=Q(reason__length__gte=10),
                violation_error_message="Explain why an exception is made, in at least 10 characters",
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} until {self.until_on}"
