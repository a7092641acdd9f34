"""Bodies of a partnership and their seats."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from governance.enums import ADVISORY, Authority, BodyType, VotingRule
from governance.querysets import BodyQuerySet


class Body(Versioned):
    """A steering group, joint committee, board or officer group. Only one with authority decides."""

    partnership = models.ForeignKey(
        "programme.Partnership", on_delete=models.CASCADE, null=True, blank=True, related_name="bodies"
    )
    council = models.ForeignKey(
        "programme.Council",
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="bodies",
        help_text="the council whose own cabinet, council or scrutiny it is",
    )
    type = models.CharField(max_length=16, choices=BodyType, default=BodyType.NOT_STATED)
    ref = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    order_index = models.PositiveSmallIntegerField(default=0)
    authority = models.CharField(max_length=28, choices=Authority, default=Authority.NOT_STATED)
    seats = models.PositiveSmallIntegerField(null=True, blank=True)
    frequency = models.CharField(max_length=120, blank=True)
    terms_of_reference = models.TextField(blank=True)
    quorum_total = models.PositiveSmallIntegerField("quorum", null=True, blank=True)
    quorum_per_council = models.PositiveSmallIntegerField("quorum from each council", null=True, blank=True)
    voting_rule = models.CharField(max_length=26, choices=VotingRule, default=VotingRule.MAJORITY)
    has_casting_vote = models.BooleanField("the chair has a casting vote", default=False)
    meeting_interval_weeks = models.PositiveSmallIntegerField("weeks between meetings", null=True, blank=True)
    is_ended = models.BooleanField("no longer meets", default=False)
    note = models.TextField(blank=True)
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = BodyQuerySet.as_manager()

    class Meta:
        ordering = ["partnership", "order_index"]
        verbose_name_plural = "bodies"
        constraints = [
            models.UniqueConstraint(fields=["partnership", "ref"], name="governance_body_unique"),
            models.UniqueConstraint(fields=["council", "ref"], name="governance_body_council_unique"),
            models.CheckConstraint(
                name="governance_body_of_one",
                condition=Q(partnership__isnull=True, council__isnull=False)
                | Q(partnership__isnull=False, council__isnull=True),
                violation_error_message="A body belongs to one partnership or one council",
            ),
            models.CheckConstraint(
                name="governance_body_advises",
                condition=~Q(authority=Authority.DECIDES, type__in=ADVISORY),
                violation_error_message="A steering group or board recommends; it cannot decide",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("governance:body_detail", args=[self.pk])


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
