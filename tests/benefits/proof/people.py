"""Who acts in a programme made at random: its manager, each council's officers, and a reader of all of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from accounts.enums import RoleName
from accounts.models import User
from programme.models import Council, Partnership
from tests import factories


@dataclass(frozen=True)
class Officers:
    """Those of one council who enter its amounts, who answer them, and who record its decisions."""

    finance: User
    s151: User
    clerk: User


def manager_of(partnership: Partnership) -> User:
    """Who manages every programme of the partnership."""
    return _person("Manager", RoleName.PROGRAMME_MANAGER, partnership=partnership)


def reader_of(partnership: Partnership) -> User:
    """An auditor, who reads all councils' figures."""
    return _person("Auditor", RoleName.AUDITOR, partnership=partnership)


def officers_of(council: Council) -> Officers:
    """A finance officer, a section 151 officer and one of democratic services."""
    return Officers(
        _person(f"Finance of {council}", RoleName.FINANCE_OFFICER, council=council),
        _person(f"Treasurer of {council}", RoleName.S151, council=council),
        _person(f"Clerk of {council}", RoleName.DEMOCRATIC_SERVICES, council=council),
    )


def _person(name: str, held: RoleName, **scope: Any) -> User:
    user: User = factories.UserFactory(name=name)
    factories.role(user, held, **scope)
    return user
