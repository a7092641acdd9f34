"""Monthly bulletins to staff and members: drafts that people edit, and the numbered ones that were sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.models import Versioned
from governance.enums import BulletinState
from governance.querysets import BulletinQuerySet, SentBulletinQuerySet
from governance.rules.bulletins import month_words

_OPEN = Q(state=BulletinState.DRAFT)


class Bulletin(Versioned):
    """The bulletin of a programme about one month, being written.

    What happened is read from the records whenever the draft is shown; the row holds only what people add:
    an introduction, a note under an item, its place, and which items are left out, by the keys of the items.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="bulletins")
    month_on = models.DateField("month", help_text="its first day")
    state = models.CharField(max_length=10, choices=BulletinState, default=BulletinState.DRAFT)
    introduction = models.TextField(blank=True)
    notes = models.JSONField(default=dict, blank=True)
    places = models.JSONField(default=dict, blank=True)
    left_out = models.JSONField(default=list, blank=True)
    told = models.JSONField(
        null=True,
        blank=True,
        help_text="of one out of a case file, the keys that its items have here",
    )
    corrects = models.ForeignKey(
        "governance.SentBulletin", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    what_changed = models.TextField(blank=True, help_text="of a correction: what it changes, and why")
    sent = models.OneToOneField(
        "governance.SentBulletin",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="bulletin",
    )

    objects = BulletinQuerySet.as_manager()

    class Meta:
        ordering = ["-month_on", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "month_on"],
                condition=Q(corrects__isnull=True) & ~Q(state=BulletinState.WITHDRAWN),
                name="governance_bulletin_one_a_month",
            ),
            models.UniqueConstraint(
                fields=["corrects"], condition=_OPEN, name="governance_bulletin_one_correction"
            ),
            models.CheckConstraint(
                name="governance_bulletin_month",
                condition=Q(month_on__day=1),
                violation_error_message="A month is named by its first day",
            ),
            models.CheckConstraint(
                name="governance_bulletin_correction",
                condition=Q(corrects__isnull=True) | ~Q(what_changed=""),
                violation_error_message="Say what the correction changes, and why",
            ),
            models.CheckConstraint(
                name="governance_bulletin_sent",
                condition=Q(state=BulletinState.SENT, sent__isnull=False)
                | (~Q(state=BulletinState.SENT) & Q(sent__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Bulletin of {self.programme}, {month_words(self.month_on)}"

    @property
    def is_of_here(self) -> bool:
        """Whether it was written here; one out of a case file has the addresses of another database."""
        return self.told is None

    def get_absolute_url(self) -> str:
        return reverse("governance:bulletin_detail", args=[self.pk])


class SentBulletin(models.Model):
    """A bulletin as it was sent: numbered, frozen, never altered."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="sent_bulletins"
    )
    number = models.PositiveSmallIntegerField()
    month_on = models.DateField("month", help_text="its first day")
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_changed = models.TextField(blank=True)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the content")
    sent_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = SentBulletinQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "number"], name="governance_sent_bulletin_number")
        ]

    def __str__(self) -> str:
        return f"Bulletin {self.number} of {self.programme}, {month_words(self.month_on)}"

    def get_absolute_url(self) -> str:
        return reverse("governance:sent_bulletin_detail", args=[self.pk])
