"""Agreements between the councils of a partnership."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from core.models import Versioned
from programme.enums import AgreementKind
from programme.querysets import AgreementQuerySet


class Agreement(Versioned):
    """Legally binding terms between the councils of one partnership (domain.md 2.2)."""

    partnership = models.ForeignKey(
        "programme.Partnership", on_delete=models.PROTECT, related_name="agreements"
    )
    ref = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=AgreementKind)
    title = models.CharField(max_length=200)
    in_force_on = models.DateField(null=True, blank=True, help_text="empty: not in force")
    notice_months = models.PositiveSmallIntegerField(null=True, blank=True, help_text="notice to leave")
    exit_terms = models.TextField(blank=True)
    officers_consulted = models.BooleanField(
        "affected officers have been consulted",
        default=False,
        help_text="a section 113 agreement needs it first",
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "ref"]
        constraints = [
            models.UniqueConstraint(fields=["partnership", "ref"], name="programme_agreement_unique"),
            models.CheckConstraint(
                name="programme_agreement_consulted",
                condition=~Q(kind=AgreementKind.S113)
                | Q(in_force_on__isnull=True)
                | Q(officers_consulted=True),
                violation_error_message="Confirm that affected officers have been consulted",
            ),
        ]

    def __str__(self) -> str:
        return self.title
