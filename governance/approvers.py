"""Who approves: their menu leads to what waits for them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from core.menu import APPROVES

# Each of these signs, records or certifies for one council, or reviews or issues business cases.
APPROVING = (
    RoleName.DEMOCRATIC_SERVICES,
    RoleName.MONITORING_OFFICER,
    RoleName.S151,
    RoleName.SRO,
    RoleName.COUNCIL_LEAD,
    RoleName.FINANCE_OFFICER,
)


def remember_approver(request: HttpRequest, user: User, **_: Any) -> None:
    """Keep in the session of a person who signs in that their role approves. One query.

    A role that is given later shows from the next sign-in, which a session of 12 hours does not put off long.
    """
    if RoleHeld.objects.held_by(user).current(today()).filter(role__in=APPROVING).exists():
        request.session[APPROVES] = True
