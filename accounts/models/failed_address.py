"""Addresses that mail to people does not reach."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.querysets import FailedAddressQuerySet


class FailedAddress(models.Model):
    """An address of a person that a carrier says does not exist; no more goes there until it is cleared.

    It holds for this address alone: once the person has another, mail goes there.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="failed_addresses"
    )
    address = models.EmailField(max_length=254)
    words = models.CharField(max_length=300, help_text="what the carrier said")
    failed_at = models.DateTimeField(default=timezone.now, editable=False)
    telling_at = models.DateTimeField(
        null=True, blank=True, help_text="when a worker began to tell them; it counts for some minutes"
    )
    told_at = models.DateTimeField(null=True, blank=True, help_text="when the administrators were told")
    cleared_at = models.DateTimeField(null=True, blank=True)
    cleared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = FailedAddressQuerySet.as_manager()

    class Meta:
        ordering = ["-failed_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "address"],
                condition=Q(cleared_at__isnull=True),
                name="accounts_failed_address_once",
            ),
            models.CheckConstraint(
                name="accounts_failed_address_cleared",
                condition=Q(cleared_at__isnull=True, cleared_by__isnull=True)
                | Q(cleared_at__isnull=False, cleared_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.address
