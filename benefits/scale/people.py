"""Councils, partnerships and the people of the made-up programmes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import cycle

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from programme.enums import CouncilType
from programme.models import Council, Membership, Partnership

MANAGER = "scale.manager@concordat.example"
_SIZES = (2, 3, 4, 5)
PROGRAMMES_A_PARTNERSHIP = 12


@dataclass(frozen=True, slots=True)
class Partners:
    """A partnership, its councils in their order, and each council's section 151 officer by its key."""

    partnership: Partnership
    councils: tuple[Council, ...]
    s151: dict[int, User]


def make_manager() -> User:
    """Who enters all the amounts: the programme manager of every partnership."""
    manager = User(email=MANAGER, name="Manager of the measured programmes")
    manager.set_unusable_password()
    manager.save()
    return manager


def make_partnerships(count: int, manager: User, from_on: date) -> list[Partners]:
    """Partnerships of two to five councils in turn."""
    sizes = cycle(_SIZES)
    return [_make(number, next(sizes), manager, from_on) for number in range(1, count + 1)]


def _make(number: int, size: int, manager: User, from_on: date) -> Partners:
    partnership = Partnership.objects.create(
        key=f"scale-partnership-{number}",
        name=f"Measured partnership {number}",
        created_by=manager,
        updated_by=manager,
    )
    councils = Council.objects.bulk_create(_councils(number, size, manager))
    Membership.objects.bulk_create(
        Membership(partnership=partnership, council=council, order_index=index)
        for index, council in enumerate(councils)
    )
    officers = [_officer(council) for council in councils]
    RoleHeld.objects.create(
        user=manager, role=RoleName.PROGRAMME_MANAGER, partnership=partnership, from_on=from_on
    )
    RoleHeld.objects.bulk_create(
        RoleHeld(user=officer, role=RoleName.S151, council=council, from_on=from_on)
        for officer, council in zip(officers, councils, strict=True)
    )
    named = {council.pk: officer for council, officer in zip(councils, officers, strict=True)}
    return Partners(partnership, tuple(councils), named)


def _councils(number: int, size: int, manager: User) -> Iterator[Council]:
    for index in range(1, size + 1):
        name = f"Measured {number}-{index}"
        yield Council(
            key=f"scale-council-{number}-{index}",
            name=f"{name} District Council",
            short_name=name,
            type=CouncilType.DISTRICT,
            created_by=manager,
            updated_by=manager,
        )


def _officer(council: Council) -> User:
    officer = User(
        email=f"s151.{council.key}@concordat.example", name=f"Section 151 officer of {council.short_name}"
    )
    officer.set_unusable_password()
    officer.save()
    return officer


def partnerships_needed(programmes: int) -> int:
    """How many partnerships so many programmes have."""
    return -(-programmes // PROGRAMMES_A_PARTNERSHIP)


def partners_of(made: Sequence[Partners], number: int) -> Partners:
    """Whose the programme of this number, counted from 0, is: partnerships take programmes in turn."""
    return made[number % len(made)]
