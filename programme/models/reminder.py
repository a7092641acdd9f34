"""Reminders: a row a reminder, one mail a person a day, a row a finished run."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.enums import MailChannel
from programme.enums import DeliveryState, Receipt
from programme.querysets import DigestQuerySet


class Digest(models.Model):
    """One day's mail to one person: the durable row that a worker claims before it sends."""

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="digests")
    day_on = models.DateField()
    number = models.PositiveSmallIntegerField(
        default=1, help_text="1; more where the law left this day alone for what came in after the first"
    )
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    claimed_at = models.DateTimeField(
        null=True, blank=True, help_text="when a worker last took it, or its last heartbeat"
    )
    claim_key = models.CharField(max_length=40, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    message_id = models.CharField(
        max_length=200, blank=True, db_index=True, help_text="the same at every try, so a repeat is seen"
    )
    error = models.CharField(max_length=500, blank=True)
    channel = models.CharField(
        max_length=10, choices=MailChannel, blank=True, help_text="what carried it, or tried to"
    )
    address = models.EmailField(max_length=254, blank=True, help_text="where it went")
    provider_id = models.CharField(max_length=100, blank=True, help_text="the carrier's own number of it")
    receipt = models.CharField(
        max_length=20, choices=Receipt, blank=True, help_text="what the carrier said became of it"
    )
    receipt_at = models.DateTimeField(null=True, blank=True)

    objects = DigestQuerySet.as_manager()

    class Meta:
        ordering = ["-day_on", "recipient", "number"]
        indexes = [models.Index(fields=["state", "claimed_at"], name="programme_digest_state")]
        constraints = [
            models.UniqueConstraint(fields=["recipient", "day_on", "number"], name="programme_digest_unique"),
            models.CheckConstraint(
                name="programme_digest_sent",
                condition=Q(state=DeliveryState.SENT, sent_at__isnull=False)
                | (~Q(state=DeliveryState.SENT) & (Q(sent_at__isnull=True) | ~Q(receipt=""))),
                violation_error_message="What was not sent has no moment at which it was",
            ),
            models.CheckConstraint(
                name="programme_digest_receipt",
                condition=Q(receipt="", receipt_at__isnull=True)
                | (~Q(receipt="") & Q(receipt_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.recipient}, {self.day_on}"


class Resending(models.Model):
    """A mail that somebody had sent again by hand, with what had become of it under its earlier reference."""

    digest = models.ForeignKey(Digest, on_delete=models.CASCADE, related_name="resendings")
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now, editable=False)
    reason = models.CharField(max_length=300)
    message_id = models.CharField(max_length=200, db_index=True)
    state = models.CharField(max_length=10, choices=DeliveryState)
    attempts = models.PositiveSmallIntegerField()
    sent_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=500, blank=True)
    channel = models.CharField(max_length=10, choices=MailChannel, blank=True)
    address = models.EmailField(max_length=254, blank=True)
    provider_id = models.CharField(max_length=100, blank=True)
    receipt = models.CharField(max_length=20, choices=Receipt, blank=True)
    receipt_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.digest}, sent again"


class Reminder(models.Model):
    """One reminder of one thing to one person; its key makes a second run do nothing (section 6).

    What it is about belongs to the source of its rule: see programme/reminder_sources.py.
    """

    key = models.CharField(max_length=200, unique=True, help_text="rule, object, due date, recipient, offset")
    rule = models.CharField(max_length=40)
    object_id = models.BigIntegerField(help_text="key of what is due, in the table of the rule's source")
    title = models.CharField(max_length=300, help_text="what is due, as it was called when this was made")
    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="reminders")
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reminders"
    )
    due_on = models.DateField()
    offset_days = models.SmallIntegerField(
        help_text="days before the due date; 0 on the day, negative after it"
    )
    digest = models.ForeignKey(
        Digest,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders",
        help_text="empty: in the inbox alone, or waiting for a mail",
    )
    mail_on = models.DateField(
        null=True, blank=True, help_text="while it waits for a day on which the person wants mail: that day"
    )
    in_place_of = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="reminders_passed_on",
        help_text="who was away, where the recipient is told in their place",
    )
    read_at = models.DateTimeField(null=True, blank=True, help_text="when the person ticked it off")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    dropped_at = models.DateTimeField(
        null=True, blank=True, help_text="left out of the mail: it no longer applied when the mail went"
    )

    class Meta:
        ordering = ["due_on", "pk"]
        indexes = [
            models.Index(fields=["rule", "due_on"], name="programme_reminder_due"),
            models.Index(
                fields=["recipient"], name="programme_reminder_unread", condition=Q(read_at__isnull=True)
            ),
            models.Index(
                fields=["mail_on"], name="programme_reminder_held", condition=Q(mail_on__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="programme_reminder_mail",
                condition=Q(digest__isnull=True) | Q(mail_on__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return self.key


class ReminderRun(models.Model):
    """A day whose reminders are all made; a day without one is caught up by the next run."""

    day_on = models.DateField(unique=True)
    finished_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-day_on"]

    def __str__(self) -> str:
        return str(self.day_on)
