"""Programmes, their phases, and what a case states beside its figures."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from programme.enums import FactKind, PhaseState, PriceBasis, ProgrammeState
from programme.querysets import OfProgrammeQuerySet, ProgrammeQuerySet
from programme.rules.rag import DEFAULT_THRESHOLDS, Thresholds


class Programme(Versioned, ImpreciseDates):
    """A rollout of shared services by the councils of one partnership (domain.md 2.3)."""

    key = models.SlugField(max_length=60, unique=True)
    partnership = models.ForeignKey(
        "programme.Partnership", on_delete=models.PROTECT, related_name="programmes"
    )
    name = models.CharField(max_length=200)
    summary = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=ProgrammeState, default=ProgrammeState.ACTIVE)
    base_fy = models.PositiveSmallIntegerField(
        "base year", null=True, blank=True, help_text="first calendar year of the financial year 0"
    )
    horizon_years = models.PositiveSmallIntegerField(default=5, help_text="last index of the profile")
    price_basis = models.CharField(max_length=10, choices=PriceBasis, default=PriceBasis.NOT_STATED)
    sro = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    facts_first_on = first_on()
    facts_last_on = last_on()
    facts_precision = precision()
    facts_text = date_text()
    closes_on = models.DateField(
        null=True,
        blank=True,
        help_text="the day on which it closes, or closed; benefits are reviewed after it",
    )
    rag_thresholds = models.JSONField(
        null=True, blank=True, help_text="its own limits of ratings, whole numbers; empty: the defaults"
    )
    details = models.JSONField(default=dict, blank=True, help_text="further facts of the case file")

    objects = ProgrammeQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [
            date_order("programme_programme", "facts"),
            models.CheckConstraint(
                name="programme_programme_horizon",
                condition=Q(horizon_years__range=(1, 60)),
                violation_error_message="Appraisal period must be a whole number of years from 1 to 60",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:programme_detail", args=[self.key])

    @property
    def thresholds(self) -> Thresholds:
        """Where Green and Amber end in this programme (F-26)."""
        return Thresholds(**self.rag_thresholds) if self.rag_thresholds else DEFAULT_THRESHOLDS


class Objective(Versioned):
    """One thing that a programme is for; benefits lead to it (domain.md 2.3)."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="objectives")
    ref = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Objective"].as_manager()

    class Meta:
        ordering = ["programme", "order_index", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_objective_unique")
        ]

    def __str__(self) -> str:
        return self.title


class Phase(Versioned, ImpreciseDates):
    """One ordered phase of a programme."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="phases")
    ref = models.CharField(max_length=40)
    label = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    start_first_on = first_on()
    start_last_on = last_on()
    start_precision = precision()
    start_text = date_text()
    due_first_on = first_on()
    due_last_on = last_on()
    due_precision = precision()
    due_text = date_text()
    end_first_on = first_on()
    end_last_on = last_on()
    end_precision = precision()
    end_text = date_text()
    stated_state = models.CharField(max_length=20, choices=PhaseState, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = OfProgrammeQuerySet["Phase"].as_manager()

    class Meta:
        ordering = ["programme", "order_index"]
        constraints = [
            models.UniqueConstraint(fields=["programme", "ref"], name="programme_phase_unique"),
            date_order("programme_phase", "start"),
            date_order("programme_phase", "due"),
            date_order("programme_phase", "end"),
        ]

    def __str__(self) -> str:
        return self.label


class Fact(models.Model):
    """What a case file states beside its figures: context, criteria, red lines, ambiguities."""

    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="facts")
    kind = models.CharField(max_length=10, choices=FactKind)
    ref = models.CharField(max_length=40)
    order_index = models.PositiveSmallIntegerField(default=0)
    text = models.TextField()
    details = models.JSONField(default=dict, blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["programme", "kind", "order_index"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="programme_fact_unique")]

    def __str__(self) -> str:
        return self.text

    @property
    def stated_value(self) -> str:
        """What the source states of it, in words; empty where the text says all."""
        value = self.details.get("value")
        parts = ["" if value is None else _in_words(value)]
        parts += [f"{label}: {'; '.join(texts)}" for label, texts in self._readings() if texts]
        return ". ".join(part for part in parts if part)

    def _readings(self) -> list[tuple[str, list[str]]]:
        handling = self.details.get("handling")
        return [
            ("It can be read as", self.details.get("readings", [])),
            ("Here", [handling] if handling else []),
        ]


def _in_words(value: object) -> str:
    """A value of a case file: yes or no for a truth, each council's own for several, else itself."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return "; ".join(
            f"{str(key).replace('_', ' ').title()} {_in_words(one)}" for key, one in value.items()
        )
    return f"{value:,}" if isinstance(value, int) else str(value)
