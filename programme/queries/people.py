"""Who may own a part of a programme's work."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from programme.enums import MemberStatus
from programme.models import Programme
from programme.policies import is_administrator, powers_of

_READERS_ONLY = (RoleName.ADMINISTRATOR, RoleName.AUDITOR)


def possible_owners(programme: Programme) -> QuerySet[User]:
    """People with an active account and a role today in the programme's partnership, by name."""
    held = RoleHeld.objects.current(today()).exclude(role__in=_READERS_ONLY)
    in_it = held.filter(
        Q(partnership=programme.partnership_id)
        | Q(
            council__memberships__partnership=programme.partnership_id,
            council__memberships__status=MemberStatus.ACTIVE,
        )
    )
    return User.objects.filter(is_active=True, pk__in=in_it.values("user")).order_by("name", "pk")


def people_at_work(user: User) -> QuerySet[User]:
    """Active people who work where `user` may say who is away: for an administrator everywhere, for a
    programme manager in the partnerships managed, for others nowhere. Two queries to ask."""
    held = RoleHeld.objects.current(today()).exclude(role__in=_READERS_ONLY)
    if not is_administrator(user):
        managed = powers_of(user).managed
        held = held.filter(
            Q(partnership__in=managed)
            | Q(
                council__memberships__partnership__in=managed,
                council__memberships__status=MemberStatus.ACTIVE,
            )
        )
    return User.objects.filter(is_active=True, pk__in=held.values("user")).order_by("name", "pk")


def people_to_record(user: User) -> QuerySet[User]:
    """Of these all but `user`: whose absence `user` may record."""
    return people_at_work(user).exclude(pk=user.pk)


def possible_delegates(user: User) -> QuerySet[User]:
    """Active people who hold a role today in a partnership that `user` may read, by name; not `user`."""
    partnerships = Programme.objects.visible_to(user).values("partnership")
    held = RoleHeld.objects.current(today()).exclude(role__in=_READERS_ONLY)
    in_one = held.filter(
        Q(partnership__in=partnerships)
        | Q(
            council__memberships__partnership__in=partnerships,
            council__memberships__status=MemberStatus.ACTIVE,
        )
    )
    people = User.objects.filter(is_active=True, pk__in=in_one.values("user")).exclude(pk=user.pk)
    return people.order_by("name", "pk")
