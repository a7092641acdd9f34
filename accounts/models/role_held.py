"""A role that a person holds for a council or a partnership, from one day to another."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.enums import RoleName
from accounts.querysets import RoleHeldQuerySet


class RoleHeld(models.Model):
    """One role of one person. The council or partnership is named by reference only: see docs/adr."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="roles_held")
    role = models.CharField(max_length=30, choices=RoleName)
    council = models.ForeignKey(
        "programme.Council", on_delete=models.PROTECT, null=True, blank=True, related_name="roles_held"
    )
    partnership = models.ForeignKey(
        "programme.Partnership", on_delete=models.PROTECT, null=True, blank=True, related_name="roles_held"
    )
    from_on = models.DateField("from")
    to_on = models.DateField("to", null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text="who gave it; empty where it came with a file or before this was kept",
    )

    objects = RoleHeldQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "role"], name="accounts_role_user")]
        constraints = [
            models.CheckConstraint(
                name="accounts_role_scope",
                condition=Q(role=RoleName.ADMINISTRATOR, council__isnull=True, partnership__isnull=True)
                | (~Q(role=RoleName.ADMINISTRATOR) & Q(council__isnull=True, partnership__isnull=False))
                | (~Q(role=RoleName.ADMINISTRATOR) & Q(council__isnull=False, partnership__isnull=True)),
                violation_error_message="Hold the role for one council or one partnership",
            ),
            models.CheckConstraint(
                name="accounts_role_dates",
                condition=Q(to_on__isnull=True) | Q(to_on__gte=F("from_on")),
                violation_error_message="End date must be on or after the start date",
            ),
            models.CheckConstraint(
                name="accounts_role_deputy",
                condition=~Q(role=RoleName.DEPUTY_S151) | Q(council__isnull=False, to_on__isnull=False),
                violation_error_message="A deputy is named for one council, up to a last day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user}: {self.get_role_display()}"

    @property
    def scope(self) -> str:
        """The council or partnership it is held for; the administrator's is Concordat itself."""
        held_for = self.council or self.partnership
        return held_for.name if held_for else "Concordat"
