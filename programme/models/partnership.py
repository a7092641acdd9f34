"""Partnerships and the councils in them."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from core.models import Versioned
from core.models.fields import ImpreciseDates, date_order, date_text, first_on, last_on, precision
from programme.enums import MemberStatus, PartnershipModel
from programme.querysets import PartnershipQuerySet


class Partnership(Versioned, ImpreciseDates):
    """The continuing arrangement between sovereign councils (domain.md 2.2)."""

    key = models.SlugField(max_length=60, unique=True)
    name = models.CharField(max_length=200)
    model = models.CharField(max_length=24, choices=PartnershipModel, default=PartnershipModel.NOT_STATED)
    also_models = models.JSONField(default=list, blank=True)
    description = models.TextField(blank=True)
    formed_first_on = first_on()
    formed_last_on = last_on()
    formed_precision = precision()
    formed_text = date_text()
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    details = models.JSONField(default=dict, blank=True, help_text="further facts of the case file")
    councils = models.ManyToManyField(
        "programme.Council", through="programme.Membership", related_name="partnerships"
    )

    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        constraints = [date_order("programme_partnership", "formed")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("programme:partnership_detail", args=[self.key])


class Membership(ImpreciseDates):
    """One council in one partnership, with dates. Financial and voting shares are separate facts."""

    partnership = models.ForeignKey(Partnership, on_delete=models.CASCADE, related_name="memberships")
    council = models.ForeignKey("programme.Council", on_delete=models.PROTECT, related_name="memberships")
    order_index = models.PositiveSmallIntegerField(
        default=0, help_text="fixed order of councils in every table and for ties"
    )
    status = models.CharField(max_length=20, choices=MemberStatus, default=MemberStatus.ACTIVE)
    role_text = models.CharField("part in the partnership", max_length=200, blank=True)
    joined_first_on = first_on()
    joined_last_on = last_on()
    joined_precision = precision()
    joined_text = date_text()
    left_first_on = first_on()
    left_last_on = last_on()
    left_precision = precision()
    left_text = date_text()
    financial_share_percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    voting_share_percent = models.DecimalField(max_digits=6, decimal_places=3, null=True, blank=True)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(default=1, help_text="goes up by one at each save in Concordat")
    source = models.ForeignKey(
        "core.Source", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["partnership", "order_index", "council__name"]
        constraints = [
            models.UniqueConstraint(
                fields=["partnership", "council"],
                name="programme_membership_unique",
                violation_error_message="This council is already in this partnership",
            ),
            date_order("programme_membership", "joined"),
            date_order("programme_membership", "left"),
            models.CheckConstraint(
                name="programme_membership_shares",
                condition=(
                    Q(financial_share_percent__isnull=True) | Q(financial_share_percent__range=(0, 100))
                )
                & (Q(voting_share_percent__isnull=True) | Q(voting_share_percent__range=(0, 100))),
                violation_error_message="A share must be between 0 and 100",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.council} in {self.partnership}"
