"""Risks, assumptions, issues and dependencies."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Publication, Versioned
from core.models.publication import publication_constraints
from programme.enums import RaidRegister
from programme.querysets import OfProgrammeQuerySet, RiskImpactQuerySet
from programme.rules.raid import score_of

_FROM_1_TO_5 = (1, 5)


class Risk(Versioned, Publication):
    """An entry of one of the four registers (domain.md 2.11); score = likelihood times impact.

    Of an assumption the likelihood is that it proves wrong, of a dependency that it is not met; an issue has
    happened already and has an impact alone. It is closed from `closed_on`, for the reason beside it.
    Its title, scores and dates are open; its words, also those on single councils, may be withheld.
    """

    withheld_fields = ("response", "closed_because")
    open_fields = ("ref", "title", "category")

    programme = models.ForeignKey("programme.Programme", on_delete=models.CASCADE, related_name="risks")
    ref = models.CharField(max_length=40)
    register = models.CharField(max_length=10, choices=RaidRegister, default=RaidRegister.RISK)
    title = models.CharField(max_length=300)
    category = models.CharField(max_length=40, blank=True)
    order_index = models.PositiveSmallIntegerField(default=0)
    likelihood = models.PositiveSmallIntegerField(null=True, blank=True)
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    has_occurred = models.BooleanField(null=True)
    response = models.TextField(blank=True)
    proximity_on = models.DateField(null=True, blank=True, help_text="when it would begin to bite")
    review_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True)
    closed_because = models.CharField(max_length=1000, blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="risks"
    )
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Risk"].as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_risk_unique"),
            models.CheckConstraint(
                name="programme_risk_score",
                condition=Q(likelihood__isnull=True, impact__isnull=True)
                | Q(
                    register=RaidRegister.ISSUE,
                    likelihood__isnull=True,
                    impact__isnull=False,
                    impact__range=_FROM_1_TO_5,
                )
                | (
                    ~Q(register=RaidRegister.ISSUE)
                    & Q(likelihood__isnull=False, likelihood__range=_FROM_1_TO_5)
                    & Q(impact__isnull=False, impact__range=_FROM_1_TO_5)
                ),
                violation_error_message="Likelihood and impact must both be from 1 to 5; an issue has no "
                "likelihood",
            ),
            models.CheckConstraint(
                name="programme_risk_closed",
                condition=Q(closed_on__isnull=True, closed_because="")
                | (Q(closed_on__isnull=False) & ~Q(closed_because="")),
                violation_error_message="What is closed has a day and a reason, both or neither",
            ),
            *publication_constraints("programme_risk"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"

    def get_absolute_url(self) -> str:
        """The page of the entry."""
        return reverse("programme:risk_detail", args=[self.pk])

    @property
    def score(self) -> int | None:
        """Likelihood times impact, 1 to 25; None for an issue, and where the source gives no scores."""
        return score_of(self.likelihood, self.impact)


class RiskImpact(models.Model):
    """What an entry means for one council, where it is not what it means for all: 1 to 5, words, or both."""

    risk = models.ForeignKey(Risk, on_delete=models.CASCADE, related_name="impacts")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="risk_impacts")
    impact = models.PositiveSmallIntegerField(null=True, blank=True)
    text = models.CharField(max_length=1000, blank=True)

    objects = RiskImpactQuerySet.as_manager()

    class Meta:
        ordering = ["risk", "council"]
        constraints = [
            models.UniqueConstraint(fields=["risk", "council"], name="programme_risk_impact_unique"),
            models.CheckConstraint(
                name="programme_risk_impact_range",
                condition=Q(impact__isnull=True) | Q(impact__range=_FROM_1_TO_5),
                violation_error_message="Impact must be from 1 to 5",
            ),
            models.CheckConstraint(
                name="programme_risk_impact_says",
                condition=Q(impact__isnull=False) | ~Q(text=""),
                violation_error_message="An impact on one council has a number, words, or both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.risk} for {self.council}"
