"""What programmes and people ask of reminders: days of a rule, kinds not wanted, quiet days, absences."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.models import Versioned
from programme.querysets import OfProgrammeQuerySet


class ReminderSetting(Versioned):
    """How one programme changed one rule of the catalogue; without a row the rule stands as it is there."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="reminder_settings"
    )
    rule = models.CharField(max_length=40, help_text="key of the rule in the catalogue")
    is_on = models.BooleanField("sent", default=True)
    days = models.JSONField(default=dict, help_text="days before at each step, by the name of the step")

    objects: models.Manager[ReminderSetting] = OfProgrammeQuerySet["ReminderSetting"].as_manager()

    class Meta:
        ordering = ["programme", "rule"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "rule"], name="programme_reminder_setting_unique")
        ]

    def __str__(self) -> str:
        return f"{self.rule}, {self.programme}"


class ReminderWish(Versioned):
    """What one person asked for: kinds of which they want no mail, and weekdays on which they want none."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminder_wish"
    )
    unwanted = models.JSONField(default=list, help_text="keys of rules of which no mail is wanted")
    quiet_days = models.JSONField(default=list, help_text="weekdays without mail; 0 is Monday")

    class Meta:
        ordering = ["user"]

    def __str__(self) -> str:
        return str(self.user)


class Absence(models.Model):
    """Days on which somebody is away, and who is told in their place."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="absences")
    delegate = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="stands_in_for"
    )
    from_on = models.DateField("first day away")
    to_on = models.DateField("last day away")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="who recorded it for them; empty where they did themselves",
    )
    ended_at = models.DateTimeField(null=True, blank=True, help_text="taken back, or back earlier")

    class Meta:
        ordering = ["-from_on", "pk"]
        indexes = [models.Index(fields=["to_on"], name="programme_absence_to")]
        constraints = [
            models.CheckConstraint(
                name="programme_absence_dates",
                condition=Q(to_on__gte=F("from_on")),
                violation_error_message="The last day away must be on or after the first",
            ),
            models.CheckConstraint(
                name="programme_absence_delegate",
                condition=~Q(user=F("delegate")),
                violation_error_message="Choose somebody else to be told in your place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.from_on} to {self.to_on}"
