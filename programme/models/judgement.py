"""What the senior responsible owner judges of a programme, beside what is worked out."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from core.models import Versioned
from programme.enums import JudgementSubject
from programme.querysets import JudgementQuerySet
from programme.rules.delivery_confidence import DeliveryConfidence


class Judgement(Versioned):
    """A rating, or the delivery confidence, as a person judges it, with the reason (F-26, F-27, INV-45).

    It holds from `given_on` to `until_on`, or to the day before `ended_on`. What is worked out stays beside
    it: `computed` keeps what that was on the day it was given.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="judgements")
    ref = models.CharField(max_length=40)
    subject = models.CharField(max_length=12, choices=JudgementSubject)
    point = models.CharField(
        max_length=12, choices=[(point.value, point.value) for point in DeliveryConfidence]
    )
    reason = models.TextField()
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    until_on = models.DateField(help_text="its last day, unless it is renewed")
    computed_word = models.CharField(
        max_length=20, blank=True, help_text="empty: nothing is worked out for it"
    )
    computed_reason = models.TextField(blank=True)
    ended_on = models.DateField(null=True, blank=True, help_text="from this day it does not hold any more")
    ended_because = models.CharField(max_length=1000, blank=True)

    objects = JudgementQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "subject", "-given_on", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_judgement_unique"),
            models.UniqueConstraint(
                fields=["programme", "subject"],
                condition=Q(ended_on__isnull=True),
                name="programme_judgement_one_open",
            ),
            models.CheckConstraint(
                name="programme_judgement_until",
                condition=Q(until_on__gte=F("given_on")),
                violation_error_message="The last day must be on or after the day it was given",
            ),
            models.CheckConstraint(
                name="programme_judgement_ended",
                condition=Q(ended_on__isnull=True, ended_because="")
                | (Q(ended_on__gte=F("given_on")) & ~Q(ended_because="")),
                violation_error_message="Give both the day and the reason it ended, or neither",
            ),
            models.CheckConstraint(name="programme_judgement_reason", condition=~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_subject_display()}: {self.point}"

    def holds_on(self, day: date) -> bool:
        """Whether it holds on that day."""
        return self.given_on <= day <= self.until_on and (self.ended_on is None or day < self.ended_on)
