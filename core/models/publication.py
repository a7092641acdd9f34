"""Rows of which a part may be withheld from the public (domain.md 2, INV-37, INV-39)."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q

from core.enums import PublicationClass


def publication_constraints(table: str) -> list[models.BaseConstraint]:
    """Constraints of a table with these columns: exempt says why, released says by whom."""
    return [
        models.CheckConstraint(
            name=f"{table}_exempt",
            condition=~Q(publication_class=PublicationClass.EXEMPT)
            | (
                Q(exempt_paragraph__isnull=False, exempt_paragraph__range=(1, 7))
                & ~Q(public_interest_reason="")
            ),
            violation_error_message="Choose the exempt paragraph, and explain why withholding outweighs "
            "publishing",
        ),
        models.CheckConstraint(
            name=f"{table}_released",
            condition=Q(released_at__isnull=True, released_by__isnull=True)
            | Q(released_at__isnull=False, released_by__isnull=False),
        ),
        models.CheckConstraint(
            name=f"{table}_certified",
            condition=Q(certified_at__isnull=True, certified_by__isnull=True)
            | Q(certified_at__isnull=False, certified_by__isnull=False),
        ),
    ]


class Publication(models.Model):
    """Open, exempt or confidential. Its title is always open; what it says beside that may be withheld.

    Exempt content names a paragraph of Part 1 of Schedule 12A to the Local Government Act 1972 and why
    withholding outweighs publishing; it is reviewed at least yearly and can be released. It is withheld as
    soon as it is proposed, before a monitoring officer certifies it.

    A model names what is withheld in `withheld_fields` (beside its file or its figures) and the text that is
    open whatever its class in `open_fields`; a test finds a text that is in neither.
    """

    withheld_fields: ClassVar[tuple[str, ...]] = ()
    open_fields: ClassVar[tuple[str, ...]] = ("title",)

    publication_class = models.CharField(
        max_length=12, choices=PublicationClass, default=PublicationClass.OPEN
    )
    exempt_paragraph = models.PositiveSmallIntegerField(null=True, blank=True, help_text="1 to 7")
    public_interest_reason = models.TextField(blank=True)
    exempt_review_on = models.DateField(null=True, blank=True, help_text="within a year of the last review")
    certified_at = models.DateTimeField(null=True, blank=True, help_text="empty: it is only proposed")
    certified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True, help_text="when it was opened to the public")
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        abstract = True

    @property
    def standing(self) -> str:
        """What a form has seen of these columns: it changes with them."""
        certified = self.certified_at.isoformat() if self.certified_at else ""
        reviewed = self.exempt_review_on.isoformat() if self.exempt_review_on else ""
        return f"{self.publication_class}/{self.exempt_paragraph or ''}/{reviewed}/{certified}"

    @property
    def is_withheld(self) -> bool:
        """Whether what it says beside its title is kept from the public."""
        return self.publication_class != PublicationClass.OPEN


class ExemptAccess(models.Model):
    """Who opened exempt or confidential content, and when. Append-only."""

    at = models.DateTimeField(auto_now_add=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    object_type = models.CharField(max_length=60, help_text="app and model, for example governance.paper")
    object_id = models.BigIntegerField()
    object_label = models.CharField(max_length=300)
    scope = models.CharField(max_length=80, blank=True, help_text="key of the programme or council concerned")

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["object_type", "object_id", "-id"], name="core_exempt_access_object")]

    def __str__(self) -> str:
        return f"{self.by} opened {self.object_label}"
