"""Benefits reports: drafts that people write, and the numbered editions that are frozen from them."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from core.models import Versioned
from core.rules.calendar import format_date
from governance.enums import FileFormat, ReportState
from governance.querysets import EditionContentQuerySet, EditionQuerySet, ReportQuerySet

_OPEN = Q(state=ReportState.DRAFT)


class Report(Versioned):
    """One report being written, for all councils of a programme or for one; it ends as an edition.

    The texts are what people add to the figures; `narratives` holds one for each section that has any. Its
    texts stand in the open version: what is withheld has no place in them, but in a `ReportAddition`.
    """

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="reports")
    council = models.ForeignKey(
        "programme.Council",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: all partner councils jointly",
    )
    as_of_on = models.DateField("as recorded on")
    state = models.CharField(max_length=10, choices=ReportState, default=ReportState.DRAFT)
    summary = models.TextField(blank=True)
    request = models.TextField("what scrutiny is asked to do", blank=True)
    disbenefits = models.TextField("dis-benefits", blank=True)
    harmonisation = models.TextField("how far pay and terms are harmonised", blank=True)
    next_report = models.CharField(max_length=200, blank=True)
    narratives = models.JSONField(default=dict, blank=True)
    corrects = models.ForeignKey(
        "governance.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="corrections"
    )
    what_changed = models.TextField(blank=True, help_text="of a correction: what it changes, and why")
    edition = models.OneToOneField(
        "governance.Edition", on_delete=models.PROTECT, null=True, blank=True, related_name="report"
    )

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "council"], condition=_OPEN, name="governance_report_one_open"
            ),
            models.UniqueConstraint(
                fields=["programme"],
                condition=_OPEN & Q(council__isnull=True),
                name="governance_report_one_open_jointly",
            ),
            models.CheckConstraint(
                name="governance_report_correction",
                condition=Q(corrects__isnull=True) | ~Q(what_changed=""),
                violation_error_message="Say what the correction changes, and why",
            ),
            models.CheckConstraint(
                name="governance_report_published",
                condition=Q(state=ReportState.PUBLISHED, edition__isnull=False)
                | (~Q(state=ReportState.PUBLISHED) & Q(edition__isnull=True)),
            ),
        ]

    def __str__(self) -> str:
        return f"Benefits report of {self.council or self.programme} to {format_date(self.as_of_on)}"

    def get_absolute_url(self) -> str:
        return reverse("governance:report_detail", args=[self.pk])


class Edition(models.Model):
    """A published report: numbered, frozen, never altered (INV-36)."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="editions")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.PositiveSmallIntegerField()
    as_of_on = models.DateField()
    corrects = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    what_changed = models.TextField(blank=True)
    published_at = models.DateTimeField(default=timezone.now, editable=False)
    published_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    objects = EditionQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "council", "-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "council", "number"], name="governance_edition_number"
            ),
            models.UniqueConstraint(
                fields=["programme", "number"],
                condition=Q(council__isnull=True),
                name="governance_edition_number_jointly",
            ),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of the benefits report of {self.council or self.programme}"

    def get_absolute_url(self) -> str:
        return reverse("governance:edition_detail", args=[self.pk])


class EditionContent(models.Model):
    """What an edition says, in its open or its exempt version, as bytes that its hash is of."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="contents")
    is_exempt = models.BooleanField(default=False)
    content = models.BinaryField()
    content_hash = models.CharField(max_length=64, help_text="SHA-256 of the content")

    objects = EditionContentQuerySet.as_manager()

    class Meta:
        ordering = ["edition", "is_exempt"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "is_exempt"], name="governance_edition_content_unique")
        ]

    def __str__(self) -> str:
        return f"{self.edition}, {'exempt' if self.is_exempt else 'open'} version"

    @property
    def is_withheld(self) -> bool:
        """Whether it is opened only by who may see what is exempt."""
        return self.is_exempt


class EditionFile(models.Model):
    """One file made of an edition's content; it can be made again from it.

    The file itself is kept until `kept_until`; its size and hash stay those of the first. The release that
    made it makes the same bytes again; the hash of the content proves what a later one makes.
    """

    content = models.ForeignKey(EditionContent, on_delete=models.PROTECT, related_name="files")
    format = models.CharField(max_length=4, choices=FileFormat)
    path = models.CharField(max_length=200, blank=True, help_text="in the data folder; empty: not kept")
    kept_until = models.DateField(null=True, blank=True)
    size_bytes = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["content", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["content", "format"], name="governance_edition_file_unique")
        ]

    def __str__(self) -> str:
        return f"{self.content} as {self.get_format_display()}"
