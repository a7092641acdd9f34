"""Agreements between the councils of a partnership."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from programme.enums import AgreementKind, LegalBasis, Matter
from programme.querysets import AgreementQuerySet


class Agreement(Versioned):
    """Legally binding terms between the councils of one partnership (domain.md 2.2)."""

    partnership = models.ForeignKey(
        "programme.Partnership", on_delete=models.PROTECT, related_name="agreements"
    )
    ref = models.CharField(max_length=40)
    kind = models.CharField(max_length=16, choices=AgreementKind)
    title = models.CharField(max_length=200)
    legal_basis = models.CharField(max_length=24, choices=LegalBasis, default=LegalBasis.NOT_STATED)
    terms = models.TextField("scope and terms", blank=True)
    review_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True, help_text="empty: no end")
    has_compensation = models.BooleanField("has a compensation clause", default=False)
    decision_ref = models.CharField("decision", max_length=40, blank=True)
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

    def get_absolute_url(self) -> str:
        return reverse("programme:agreement_detail", args=[self.pk])


class AgreementParty(models.Model):
    """One council's part in an agreement: when it signed, and what leaving would cost it."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="parties")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    signed_on = models.DateField(null=True, blank=True)
    notice_given_on = models.DateField(null=True, blank=True, help_text="when it gave notice to leave")
    exit_cost_pence = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["agreement", "council__name"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "council"], name="programme_agreement_party_unique"),
            models.CheckConstraint(
                name="programme_agreement_party_cost",
                condition=Q(exit_cost_pence__isnull=True) | Q(exit_cost_pence__gte=0),
                violation_error_message="An exit cost must be £0 or more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} in {self.agreement}"


class ReservedMatter(models.Model):
    """A class of decision that the agreement keeps for each council's own approval (INV-09)."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="reserved_matters")
    matter = models.CharField(max_length=14, choices=Matter)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["agreement", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "matter"], name="programme_reserved_matter_unique")
        ]

    def __str__(self) -> str:
        return str(self.get_matter_display())


class DisputeStep(models.Model):
    """One step of an agreement's way through a dispute, with the days that it may take."""

    agreement = models.ForeignKey(Agreement, on_delete=models.CASCADE, related_name="dispute_steps")
    order_index = models.PositiveSmallIntegerField(default=0)
    text = models.CharField(max_length=300)
    days = models.PositiveSmallIntegerField("calendar days")

    class Meta:
        ordering = ["agreement", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "order_index"], name="programme_dispute_step_unique")
        ]

    def __str__(self) -> str:
        return self.text
