"""Bodies of a partnership and their seats."""

from __future__ import annotations

from django.db import models

from core.models import Versioned
from governance.enums import Authority
from governance.querysets import BodyQuerySet


class Body(Versioned):
    """A steering group, joint committee, board or officer group. Only one with authority decides."""

    partnership = models.ForeignKey("programme.Partnership", on_delete=models.CASCADE, related_name="bodies")
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    authority = models.CharField(max_length=28, choices=Authority, default=Authority.NOT_STATED)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    frequency = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "order_index"]
        verbose_name_plural = "bodies"
        constraints = [models.UniqueConstraint(fields=["partnership", "ref"], name="governance_body_unique")]

    def __str__(self) -> str:
        return self.name


class BodySeat(models.Model):
    """Who sits on a body for one council."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="composition")
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order_index = models.PositiveSmallIntegerField(default=0)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    make_up = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["body", "order_index"]

    def __str__(self) -> str:
        return f"{self.body}: {self.council or self.make_up}"
