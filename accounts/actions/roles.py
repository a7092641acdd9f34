"""Give people roles and end them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.actions.audit import record
from core.enums import Channel
from core.errors import Refusal


@transaction.atomic
def give_role(
    user: User,
    role: RoleName,
    *,
    by: User,
    from_on: date,
    council: Any = None,
    partnership: Any = None,
    to_on: date | None = None,
    channel: str = Channel.IMPORT,
) -> RoleHeld:
    """The role, held from `from_on` to `to_on` (both included; None is no end); audited.

    Refuses a role that is held on `from_on` already, a scope that does not fit, an end before the start, and
    a deputy without a council or a last day.
    """
    if (role == RoleName.ADMINISTRATOR) is bool(council or partnership) or (council and partnership):
        raise Refusal("An administrator's role is for Concordat, another for one council or partnership")
    if role == RoleName.DEPUTY_S151 and not (council and to_on):
        raise Refusal("A deputy is named for one council, up to a last day", "to_on")
    if to_on and to_on < from_on:
        raise Refusal("End date must be on or after the start date", "to_on", "12")
    scope = Q(council=council, partnership=partnership)
    if RoleHeld.objects.held_by(user).current(from_on).filter(scope, role=role).exists():
        raise Refusal(f"{user} holds this role already")
    held = RoleHeld.objects.create(
        user=user,
        role=role,
        council=council,
        partnership=partnership,
        from_on=from_on,
        to_on=to_on,
        given_by=by,
    )
    record(
        held,
        by=by,
        action="give_role",
        channel=channel,
        scope=str(getattr(council or partnership, "key", "")),
        after={"role": role, "from_on": from_on.isoformat(), "to_on": to_on and to_on.isoformat()},
    )
    return held


@transaction.atomic
def end_role(held: RoleHeld, *, by: User, last_on: date, channel: str = Channel.IMPORT) -> None:
    """End a role: `last_on` is its last day, or the day it began where that is later. Audited."""
    before = {"to_on": held.to_on and held.to_on.isoformat()}
    held.to_on = max(last_on, held.from_on)
    held.save(update_fields=["to_on"])
    record(
        held,
        by=by,
        action="end_role",
        channel=channel,
        before=before,
        after={"to_on": held.to_on.isoformat()},
    )


@transaction.atomic
def withdraw_role(held: RoleHeld, *, by: User, channel: str = Channel.IMPORT) -> None:
    """Take out a role before it begins, so that it never does. Audited."""
    before = {"from_on": held.from_on.isoformat(), "to_on": held.to_on and held.to_on.isoformat()}
    record(held, by=by, action="withdraw_role", channel=channel, before=before, after={"role": held.role})
    RoleHeld.objects.filter(pk=held.pk).delete()
