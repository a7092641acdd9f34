"""Sovereign councils, their dated figures and their own decision rules."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from core.models import Sourced, Versioned
from programme.enums import CallInScope, CouncilType, DayUnit, GovernanceModel, LgrStatus, SeriesName
from programme.querysets import CouncilQuerySet, OfCouncilQuerySet


class Council(Versioned):
    """A sovereign principal council (domain.md 2.1)."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=120)
    short_name = models.CharField(max_length=60)
    type = models.CharField(max_length=20, choices=CouncilType, default=CouncilType.NOT_STATED)
    governance_model = models.CharField(
        max_length=20, choices=GovernanceModel, default=GovernanceModel.NOT_STATED
    )
    ons_code = models.CharField("ONS code", max_length=9, blank=True)
    lgr_status = models.CharField(
        "local government reorganisation", max_length=12, choices=LgrStatus, default=LgrStatus.NONE
    )
    abolished_on = models.DateField(null=True, blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    details = models.JSONField(default=dict, blank=True, help_text="further facts of the case file")

    objects = CouncilQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.short_name

    def get_absolute_url(self) -> str:
        return reverse("governance:council_detail", args=[self.key])


class CouncilFigure(Sourced):
    """One figure of a council for one year: headcount, expenditure, population, tax base."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="figures")
    series = models.CharField(max_length=12, choices=SeriesName)
    year = models.PositiveSmallIntegerField(help_text="calendar year, or first year of a financial year")
    quantity = models.DecimalField(max_digits=14, decimal_places=1, null=True, blank=True)
    amount_pence = models.BigIntegerField(null=True, blank=True)

    class Meta:
        ordering = ["council", "series", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["council", "series", "year"], name="programme_council_figure_unique"
            ),
            models.CheckConstraint(
                name="programme_council_figure_one_value",
                condition=Q(quantity__isnull=True, amount_pence__isnull=False)
                | Q(quantity__isnull=False, amount_pence__isnull=True),
                violation_error_message="Enter a quantity or an amount in pounds, not both",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} {self.get_series_display()} {self.year}"


class CouncilSetting(models.Model):
    """A council's own decision rules from one day on (domain.md 2.1); never a constant in code."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="settings")
    from_on = models.DateField()
    callin_days = models.PositiveSmallIntegerField(default=5)
    callin_unit = models.CharField(max_length=8, choices=DayUnit, default=DayUnit.WORKING)
    callin_cutoff = models.TimeField(default="17:00")
    publication_days = models.PositiveSmallIntegerField(
        default=2, help_text="working days from a decision to its publication, as a forecast"
    )
    callin_scope = models.CharField(max_length=14, choices=CallInScope, default=CallInScope.ALL_EXECUTIVE)
    callin_min_members = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="councillors who must sign a call-in; there is no default"
    )
    callin_after_reconsideration = models.BooleanField(
        default=False, help_text="whether a decision taken again after a call-in can be called in again"
    )
    notice_day_unit = models.CharField(
        "28 days' notice counts",
        max_length=8,
        choices=DayUnit,
        default=DayUnit.CALENDAR,
    )
    agenda_day_unit = models.CharField(
        "5 days' notice counts", max_length=8, choices=DayUnit, default=DayUnit.WORKING
    )
    key_threshold_pence = models.BigIntegerField(
        null=True, blank=True, help_text="from this amount a decision counts as key; there is no default"
    )

    objects = OfCouncilQuerySet["CouncilSetting"].as_manager()

    class Meta:
        ordering = ["council", "from_on"]
        constraints = [
            models.UniqueConstraint(fields=["council", "from_on"], name="programme_council_setting_unique")
        ]

    def __str__(self) -> str:
        return f"{self.council} from {self.from_on}"


class CouncilClosure(models.Model):
    """A day on which one council is closed beside England's bank holidays."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="closures")
    day_on = models.DateField()
    reason = models.CharField(max_length=120, blank=True)

    objects = OfCouncilQuerySet["CouncilClosure"].as_manager()

    class Meta:
        ordering = ["council", "day_on"]
        constraints = [
            models.UniqueConstraint(fields=["council", "day_on"], name="programme_council_closure_unique")
        ]

    def __str__(self) -> str:
        return f"{self.council} closed on {self.day_on}"


class CouncilSuccessor(Versioned):
    """A council that takes over from one that is abolished, from vesting day on (INV-44)."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="successors")
    successor = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="takes_over_from")
    weight = models.DecimalField(
        max_digits=14, decimal_places=3, help_text="its part of what is open, against the other weights"
    )
    from_on = models.DateField("vesting day", help_text="the first day of the successor")

    class Meta:
        ordering = ["council", "successor__name"]
        constraints = [
            models.UniqueConstraint(fields=["council", "successor"], name="programme_successor_unique"),
            models.CheckConstraint(
                name="programme_successor_another",
                condition=~Q(council=F("successor")),
                violation_error_message="A council cannot be its own successor",
            ),
            models.CheckConstraint(
                name="programme_successor_weight",
                condition=Q(weight__gte=0),
                violation_error_message="A share must be 0 or more",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.successor} after {self.council}"
