"""Posts that councils share, and what each bears of them. No name of a person is kept here, ever."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.models import Versioned
from programme.enums import LegalBasis
from services.enums import PostTerm, PostTier
from services.querysets import SharedPostQuerySet


class SharedPost(Versioned):
    """A post that one council employs and several share, as the Transparency Code asks for it (domain.md 7).

    `salary_from_pence` is the start of a band of £5,000; empty: below £50,000.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.CASCADE, related_name="shared_posts"
    )
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200, help_text="the post, never who holds it")
    tier = models.PositiveSmallIntegerField(choices=PostTier)
    grade = models.CharField(max_length=80, blank=True)
    department = models.CharField(max_length=120, blank=True)
    team = models.CharField(max_length=120, blank=True)
    service = models.ForeignKey(
        "services.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="shared_posts"
    )
    term = models.CharField(max_length=10, choices=PostTerm, default=PostTerm.NOT_STATED)
    contact = models.CharField(max_length=200, blank=True, help_text="of the office, not of a person")
    employed_by = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    legal_basis = models.CharField(max_length=30, choices=LegalBasis, default=LegalBasis.S113)
    salary_from_pence = models.BigIntegerField(null=True, blank=True, help_text="empty: below £50,000")
    salary_ceiling_pence = models.BigIntegerField(null=True, blank=True, help_text="the most of the grade")
    bonuses = models.CharField("bonuses and benefits in kind", max_length=500, blank=True)
    fte = models.DecimalField("full-time equivalents", max_digits=3, decimal_places=2, default=1)
    responsibilities = models.TextField(blank=True)
    budget_pence = models.BigIntegerField(null=True, blank=True)
    staff_count = models.PositiveIntegerField(null=True, blank=True, help_text="never 1 to 4")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="last day; empty: no end yet")

    objects = SharedPostQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "tier", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="services_shared_post_unique"),
            models.CheckConstraint(
                name="services_shared_post_dates",
                condition=Q(ends_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                violation_error_message="End date must be after the start date",
            ),
            models.CheckConstraint(name="services_shared_post_fte", condition=Q(fte__gt=0, fte__lte=1)),
            models.CheckConstraint(
                name="services_shared_post_staff",
                condition=Q(staff_count__isnull=True) | Q(staff_count=0) | Q(staff_count__gte=5),
            ),
            models.CheckConstraint(
                name="services_shared_post_band",
                condition=Q(salary_from_pence__isnull=True) | Q(salary_from_pence__gte=50_000_00),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of the post."""
        return reverse("services:shared_post_detail", args=[self.pk])


class SharedPostShare(models.Model):
    """What one council bears of a post, in percent; those of a post add up to 100, and none is 0."""

    post = models.ForeignKey(SharedPost, on_delete=models.CASCADE, related_name="shares")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    percent = models.DecimalField(max_digits=5, decimal_places=2)

    class Meta:
        ordering = ["post", "council"]
        constraints = [
            models.UniqueConstraint(fields=["post", "council"], name="services_post_share_unique"),
            models.CheckConstraint(
                name="services_post_share_percent",
                condition=Q(percent__gt=0, percent__lte=100),
                violation_error_message="Percentage must be more than 0 and no more than 100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.post} {self.council}"
