"""The vocabulary of roles held and of addresses that fail."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from accounts.enums import NOT_DEPUTISING, RoleName

if TYPE_CHECKING:
    from accounts.models import FailedAddress, RoleHeld, User  # noqa: F401


class RoleHeldQuerySet(models.QuerySet["RoleHeld"]):
    """Roles by person and by day."""

    def current(self, as_of: date) -> RoleHeldQuerySet:
        """Roles in force on `as_of`, both days included."""
        return self.filter(Q(to_on__isnull=True) | Q(to_on__gte=as_of), from_on__lte=as_of)

    def signing(self, as_of: date) -> RoleHeldQuerySet:
        """Roles under which their holder signs for a council on `as_of`: section 151 officer, or deputy.

        A deputy signs only while the officer who named them is that council's section 151 officer and they
        are themselves an officer there. One that came with a file, or from the administrator, needs that the
        council has a section 151 officer: nobody stands in for a post that is empty.
        """
        signs = Q(role=RoleName.S151) | (Q(role=RoleName.DEPUTY_S151) & self.deputises(as_of))
        return self.current(as_of).filter(signs, council__isnull=False)

    def deputises(self, as_of: date) -> Q:
        """Condition: there is on `as_of` an officer for whom the holder of a deputy's role can sign."""
        here = self.model.objects.filter(council=OuterRef("council"))
        officers = here.filter(role=RoleName.S151)
        named_by = officers.filter(user=OuterRef("given_by"))
        works = here.current(as_of).filter(user=OuterRef("user")).exclude(role__in=NOT_DEPUTISING)
        is_named = Exists(named_by.current(as_of)) & Exists(works)
        return Q(is_named) | Q(~Exists(named_by) & Exists(officers.current(as_of)))

    def held_by(self, user: User) -> RoleHeldQuerySet:
        """Roles of one person."""
        return self.filter(user=user)


class FailedAddressQuerySet(models.QuerySet["FailedAddress"]):
    """Addresses that mail does not reach."""

    def standing(self) -> FailedAddressQuerySet:
        """Those to which nothing goes now: not cleared, and still the address of their person."""
        return self.filter(cleared_at__isnull=True, address=F("user__email"))

    def of(self, user: User) -> FailedAddress | None:
        """What is known of the person's present address, or None where nothing speaks against it."""
        return self.standing().filter(user=user).first()
