"""Name a deputy of a council's section 151 officer for some days, and end that early."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from accounts.actions.roles import end_role, give_role, withdraw_role
from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.policies import check_end_deputy, check_name_deputy
from benefits.queries.deputies import deputies_of, is_open, officers_to_deputise
from benefits.rules.deputies import check_deputy_days
from core.clock import today
from core.enums import Channel
from core.errors import Refusal
from programme.models import Council


@transaction.atomic
def name_deputy(
    council: Council, *, by: User, user: User, from_on: date, to_on: date, channel: Channel = Channel.PAGE
) -> RoleHeld:
    """The deputy's role for this council alone; it ends by itself after `to_on`, its last day."""
    check_name_deputy(by, council)
    Council.objects.select_for_update().get(pk=council.pk)
    if user == by:
        raise Refusal("Someone else must be your deputy", "user")
    if not officers_to_deputise(council).filter(pk=user.pk).exists():
        raise Refusal(f"Choose an officer of {council} who has an active account", "user")
    named = [(one.from_on, one.to_on) for one in deputies_of([council]).filter(user=user) if one.to_on]
    check_deputy_days(from_on, to_on, [(first, last) for first, last in named if last], as_of=today())
    return give_role(
        user, RoleName.DEPUTY_S151, by=by, from_on=from_on, to_on=to_on, council=council, channel=channel
    )


@transaction.atomic
def end_deputy(held: RoleHeld, *, by: User, channel: Channel = Channel.PAGE) -> RoleHeld:
    """End a deputy's role: today is its last day. One that was to begin later is taken out."""
    locked = RoleHeld.objects.select_for_update(of=("self",)).select_related("council").get(pk=held.pk)
    council = locked.council
    if council is None or locked.role != RoleName.DEPUTY_S151:
        raise Refusal("This role is not a deputy’s. Choose a deputy in the list")
    check_end_deputy(by, council)
    if not is_open(locked, today()):
        raise Refusal("This deputy’s last day is over. Nothing is left to end")
    if locked.from_on > today():
        withdraw_role(locked, by=by, channel=channel)
    else:
        end_role(locked, by=by, last_on=today(), channel=channel)
    return locked
