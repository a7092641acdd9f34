"""Business cases: the options, and the figures that councils approve."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Publication, Sourced, Versioned, publication_constraints
from programme.enums import PriceBasis
from programme.querysets import OfProgrammeQuerySet
from services.enums import (
    BiasCategory,
    CaseSectionName,
    CaseStage,
    CaseState,
    Confidence,
    CostType,
    LineKind,
    OptionKind,
    PaybackOrigin,
    Position,
    ReviewOutcome,
)


class BusinessCase(Versioned):
    """One version of the case for a programme or one of its services (domain.md 2.6).

    It keeps the version of each reference table that its appraisal uses; once issued it is frozen.
    """

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="business_cases"
    )
    service = models.ForeignKey(
        "services.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="business_cases"
    )
    ref = models.CharField(max_length=40)
    number = models.PositiveSmallIntegerField("version number", default=1)
    title = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    stage = models.CharField(max_length=3, choices=CaseStage)
    state = models.CharField(max_length=16, choices=CaseState, default=CaseState.DRAFT)
    base_fy = models.PositiveSmallIntegerField("base year")
    horizon_years = models.PositiveSmallIntegerField("appraisal period", default=5)
    price_basis = models.CharField(max_length=10, choices=PriceBasis, default=PriceBasis.REAL)
    payback_origin = models.CharField(
        max_length=13, choices=PaybackOrigin, default=PaybackOrigin.PROFILE_START
    )
    discount_version = models.CharField("discount rates", max_length=60, blank=True)
    deflator_version = models.CharField("deflators", max_length=60, blank=True)
    bias_version = models.CharField("optimism-bias table", max_length=60, blank=True)
    simulation_seed = models.PositiveIntegerField(
        default=1, help_text="seed of the Monte Carlo range, so that it repeats"
    )
    issued_at = models.DateTimeField(null=True, blank=True)
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content_hash = models.CharField(max_length=64, blank=True, help_text="SHA-256 of the issued content")
    content_salt = models.CharField(
        max_length=32,
        blank=True,
        help_text="Hashed with the content, so that nobody can guess what is withheld",
    )

    objects = OfProgrammeQuerySet["BusinessCase"].as_manager()

    class Meta:
        ordering = ["programme", "ref", "number"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref", "number"], name="services_case_unique"),
            models.CheckConstraint(name="services_case_horizon", condition=Q(horizon_years__range=(1, 60))),
            models.CheckConstraint(
                name="services_case_issued",
                condition=Q(issued_at__isnull=True, issued_by__isnull=True, content_hash="")
                | Q(issued_at__isnull=False, issued_by__isnull=False) & ~Q(content_hash=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}, version {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("services:business_case_detail", args=[self.pk])


class CaseSection(models.Model):
    """The text of one of the five cases."""

    business_case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="sections")
    name = models.CharField(max_length=10, choices=CaseSectionName)
    text = models.TextField(blank=True)

    class Meta:
        ordering = ["business_case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["business_case", "name"], name="services_section_unique")
        ]

    def __str__(self) -> str:
        return str(self.get_name_display())


class CaseOption(models.Model):
    """One way forward; exactly one is business as usual, and at most one is preferred."""

    business_case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="options")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=120)
    description = models.TextField(blank=True)
    kind = models.CharField(max_length=17, choices=OptionKind, default=OptionKind.SHARE)
    is_bau = models.BooleanField("business as usual", default=False)
    is_preferred = models.BooleanField("preferred", default=False)
    variant_of = models.ForeignKey(
        "self", on_delete=models.CASCADE, null=True, blank=True, related_name="variants"
    )
    without_council = models.ForeignKey(
        "programme.Council",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="for a variant: the council that is not in it",
    )
    order_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["business_case", "order_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["business_case", "ref"], name="services_option_unique"),
            models.UniqueConstraint(
                fields=["business_case"], condition=Q(is_bau=True), name="services_option_one_bau"
            ),
            models.UniqueConstraint(
                fields=["business_case"], condition=Q(is_preferred=True), name="services_option_one_preferred"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class BusinessCaseLine(Sourced, Publication):
    """One line of benefit or cost of an option.

    Its amounts are joint, and then shared by the key of its pool, or each belongs to one council. Of an
    exempt line the amounts are withheld, with what it states as a whole and what would tell them.
    """

    withheld_fields = ("evidence", "assumptions", "bias_basis", "override_reason")
    open_fields = ("ref", "title", "key_text")

    business_case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="lines")
    option = models.ForeignKey(CaseOption, on_delete=models.CASCADE, related_name="lines")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=LineKind)
    cost_type = models.CharField(max_length=16, choices=CostType, blank=True)
    pool = models.ForeignKey(
        "services.CostPool",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="lines",
        help_text="whose key shares its joint amounts",
    )
    key_text = models.CharField(
        "how it is shared", max_length=200, blank=True, help_text="for example by population, or equally"
    )
    price_basis = models.CharField(max_length=10, choices=PriceBasis, default=PriceBasis.REAL)
    price_base_fy = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="of constant prices; empty: the base year of the case"
    )
    confidence = models.CharField(max_length=6, choices=Confidence, default=Confidence.MEDIUM)
    evidence = models.CharField(max_length=500, blank=True)
    assumptions = models.TextField(blank=True)
    low_percent = models.PositiveSmallIntegerField(
        default=100, help_text="lowest likely amount, in percent of the amount entered"
    )
    high_percent = models.PositiveSmallIntegerField(
        default=100, help_text="highest likely amount, in percent of the amount entered"
    )
    bias_category = models.CharField(
        "optimism-bias category", max_length=24, choices=BiasCategory, blank=True
    )
    bias_mitigation_percent = models.PositiveSmallIntegerField(null=True, blank=True)
    bias_basis = models.TextField(
        "basis of the percentage", blank=True, help_text="where the percentage comes from"
    )
    staff_count = models.PositiveIntegerField(
        null=True, blank=True, help_text="people whose figures this line holds; fewer than 5 are not shown"
    )
    annual_pence = models.BigIntegerField("stated amount a year", null=True, blank=True)
    term_years = models.PositiveSmallIntegerField("stated term", null=True, blank=True)
    whole_life_pence = models.BigIntegerField("stated whole-life amount", null=True, blank=True)
    override_reason = models.CharField(
        max_length=500, blank=True, help_text="why a warning about this line does not apply"
    )
    order_index = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["business_case", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["business_case", "ref"], name="services_case_line_unique"),
            models.CheckConstraint(
                name="services_case_line_range",
                condition=Q(low_percent__lte=100, high_percent__gte=100),
                violation_error_message="The lowest must be 100% or less and the highest 100% or more",
            ),
            models.CheckConstraint(
                name="services_case_line_mitigation",
                condition=Q(bias_mitigation_percent__isnull=True)
                | Q(bias_mitigation_percent__range=(0, 100)),
                violation_error_message="Mitigation must be between 0% and 100%",
            ),
            *publication_constraints("services_case_line"),
        ]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


class BusinessCaseAmount(models.Model):
    """A line's amount in one financial year, joint or of one council; the line's kind fixes its sign."""

    line = models.ForeignKey(BusinessCaseLine, on_delete=models.CASCADE, related_name="amounts")
    council = models.ForeignKey(
        "programme.Council",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="empty: joint",
    )
    fy = models.PositiveSmallIntegerField("financial year")
    amount_pence = models.BigIntegerField()
    nominal_pence = models.BigIntegerField(
        null=True, blank=True, help_text="what was entered in cash of the day, where it was converted"
    )

    class Meta:
        ordering = ["line", "council", "fy"]
        constraints = [
            models.UniqueConstraint(fields=["line", "council", "fy"], name="services_case_amount_unique"),
            models.UniqueConstraint(
                fields=["line", "fy"],
                condition=Q(council__isnull=True),
                name="services_case_amount_joint_unique",
            ),
            models.CheckConstraint(name="services_case_amount_sign", condition=Q(amount_pence__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.line} {self.council or 'joint'} {self.fy}"


class CaseReview(models.Model):
    """What a reviewer said of a draft before the section 151 officers see it."""

    business_case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="reviews")
    outcome = models.CharField(max_length=8, choices=ReviewOutcome)
    comment = models.TextField(blank=True)
    reviewed_at = models.DateTimeField()
    reviewed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["business_case", "reviewed_at"]

    def __str__(self) -> str:
        return f"{self.business_case}: {self.outcome}"


class CaseStatement(models.Model):
    """What one council's section 151 officer states of one version of a case."""

    business_case = models.ForeignKey(BusinessCase, on_delete=models.CASCADE, related_name="statements")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="+")
    position = models.CharField(max_length=23, choices=Position)
    text = models.TextField()
    stated_at = models.DateTimeField()
    stated_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ["business_case", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["business_case", "council"], name="services_statement_unique")
        ]

    def __str__(self) -> str:
        return f"{self.council}: {self.position}"
