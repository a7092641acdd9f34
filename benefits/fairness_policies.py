"""Who may write about fairness (domain.md section 5): differences, posts, compensation paid, funds closed."""

from __future__ import annotations

from collections.abc import Iterable

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from benefits.policies import ENTRY_ROLES, can_manage
from core.clock import today
from programme.models import Council, Programme

POSTS_ROLES = (*ENTRY_ROLES, RoleName.HR_LEAD)
PAYING_ROLES = (RoleName.FINANCE_OFFICER,)
RECEIVING_ROLES = (RoleName.FINANCE_OFFICER,)


def explains_for(user: User, programme: Programme, councils: Iterable[Council]) -> list[Council]:
    """Those of `councils` whose differences `user` may explain: all for the programme manager."""
    return list(councils) if can_manage(user, programme) else _acts_for(user, councils, ENTRY_ROLES)


def check_explain(user: User, programme: Programme, council: Council) -> None:
    """Refuse an explanation from anyone but the council's own officers and the programme manager."""
    if not explains_for(user, programme, [council]):
        raise PermissionDenied(f"Only an officer of {council} or the programme manager can explain this")


def posts_for(user: User, councils: Iterable[Council]) -> list[Council]:
    """Those of `councils` whose posts `user` may state."""
    return _acts_for(user, councils, POSTS_ROLES)


def check_state_posts(user: User, council: Council) -> None:
    """Refuse a number of posts from anyone but the council's own officers (INV-41)."""
    if not posts_for(user, [council]):
        raise PermissionDenied(f"Only an officer of {council} can state its posts")


def pays_for(user: User, councils: Iterable[Council]) -> list[Council]:
    """Those of `councils` whose payments `user` may enter."""
    return _acts_for(user, councils, PAYING_ROLES)


def check_pay(user: User, council: Council) -> None:
    """Refuse a payment from anyone but a finance officer of the council that pays (INV-41)."""
    if not pays_for(user, [council]):
        raise PermissionDenied(f"Only a finance officer of {council} can record what it pays")


def receives_for(user: User, councils: Iterable[Council]) -> list[Council]:
    """Those of `councils` whose receipts `user` may confirm."""
    roles = RoleHeld.objects.held_by(user).current(today())
    signing = RoleHeld.objects.held_by(user).signing(today())
    roles = roles.filter(Q(role__in=RECEIVING_ROLES) | Q(pk__in=signing.values("pk")), council__isnull=False)
    own = set(roles.values_list("council", flat=True))
    return [council for council in councils if council.pk in own]


def check_receive(user: User, council: Council) -> None:
    """Refuse a receipt from anyone but a finance or section 151 officer of the council that was paid."""
    if not receives_for(user, [council]):
        raise PermissionDenied(
            f"Only a finance or section 151 officer of {council} can confirm what it received"
        )


def _acts_for(user: User, councils: Iterable[Council], names: Iterable[RoleName]) -> list[Council]:
    roles = RoleHeld.objects.held_by(user).current(today()).filter(role__in=list(names))
    own = set(roles.filter(council__isnull=False).values_list("council", flat=True))
    return [council for council in councils if council.pk in own]
