"""The benefits map: what leads from an enabler to an objective of the programme (domain.md 1.4, INV-31)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from benefits.enums import MapStepKind
from benefits.querysets import LinkQuerySet, MapStepQuerySet
from core.models import Entered, Versioned


class MapStep(Versioned):
    """A business change or an outcome between the milestones that enable and the benefits that follow."""

    programme = models.ForeignKey("programme.Programme", on_delete=models.PROTECT, related_name="map_steps")
    ref = models.CharField(max_length=40)
    kind = models.CharField(max_length=7, choices=MapStepKind)
    title = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)

    objects = MapStepQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "order_index", "pk"]
        constraints = [models.UniqueConstraint(fields=["programme", "ref"], name="benefits_map_step_unique")]

    def __str__(self) -> str:
        return f"{self.ref} {self.title}"


_FROM = ("from_milestone", "from_step", "from_benefit")
_TO = ("to_step", "to_benefit", "to_objective")
ENDS = (*_FROM, *_TO)
PAIRS = [(start, end) for start in _FROM for end in _TO if end != "to_objective" or start == "from_benefit"]


def _exactly_one(names: tuple[str, ...]) -> Q:
    found = Q()
    for given in names:
        found |= Q(**{f"{name}__isnull": name != given for name in names})
    return found


def _once(start: str, end: str) -> models.UniqueConstraint:
    """One arrow from the same to the same; rows of other kinds leave a column empty, and so never clash."""
    return models.UniqueConstraint(
        fields=[start, end],
        name=f"benefits_link_{start.removeprefix('from_')}_{end.removeprefix('to_')}",
        violation_error_message="This link is already there",
    )


class BenefitLink(Entered):
    """One arrow of the map: what one thing leads to. It is added and taken away, never changed."""

    programme = models.ForeignKey(
        "programme.Programme", on_delete=models.PROTECT, related_name="benefit_links"
    )
    from_milestone = models.ForeignKey(
        "programme.Milestone",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enables",
    )
    from_step = models.ForeignKey(
        MapStep, on_delete=models.PROTECT, null=True, blank=True, related_name="leads_to"
    )
    from_benefit = models.ForeignKey(
        "benefits.Benefit", on_delete=models.PROTECT, null=True, blank=True, related_name="leads_to"
    )
    to_step = models.ForeignKey(
        MapStep, on_delete=models.PROTECT, null=True, blank=True, related_name="follows_from"
    )
    to_benefit = models.ForeignKey(
        "benefits.Benefit", on_delete=models.PROTECT, null=True, blank=True, related_name="follows_from"
    )
    to_objective = models.ForeignKey(
        "programme.Objective", on_delete=models.PROTECT, null=True, blank=True, related_name="served_by"
    )

    objects = LinkQuerySet.as_manager()

    class Meta:
        ordering = ["programme", "pk"]
        constraints = [
            models.CheckConstraint(name="benefits_link_from", condition=_exactly_one(_FROM)),
            models.CheckConstraint(name="benefits_link_to", condition=_exactly_one(_TO)),
            models.CheckConstraint(
                name="benefits_link_objective",
                condition=Q(to_objective__isnull=True) | Q(from_benefit__isnull=False),
                violation_error_message="Only a benefit leads to an objective",
            ),
            *(_once(start, end) for start, end in PAIRS),
        ]

    def __str__(self) -> str:
        return f"{self.start} leads to {self.end}"

    @property
    def start(self) -> models.Model:
        """What leads."""
        return next(row for name in _FROM if (row := getattr(self, name)) is not None)

    @property
    def end(self) -> models.Model:
        """Where it leads."""
        return next(row for name in _TO if (row := getattr(self, name)) is not None)
