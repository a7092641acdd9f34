"""Who may set up bodies and who keeps their meetings (domain.md section 5)."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from governance.models import Body
from programme.enums import MemberStatus
from programme.models import Council, Partnership

NOT_TO_SET_UP = "Only the programme manager can change this body. You can read it"
NOT_TO_SET_UP_OWN = "Only the council’s democratic services can change this body. You can read it"
NOT_TO_KEEP = (
    "Only the programme manager or democratic services of a partner council can keep its meetings. "
    "You can read them"
)
NOT_TO_KEEP_OWN = "Only the council’s democratic services can keep its meetings. You can read them"


@dataclass(frozen=True, slots=True)
class BodyPowers:
    """What one person's roles of today let them do with bodies; read once, then asked about many.

    Holds keys of partnerships managed, of councils whose democratic services the person is, and of
    partnerships in which one of those councils, or the person's own role, serves meetings.
    """

    managed: frozenset[int]
    own: frozenset[int]
    served: frozenset[int]

    def sets_up(self, body: Body) -> bool:
        """Whether the person may set up or change the body."""
        if body.council_id is not None:
            return body.council_id in self.own
        return body.partnership_id in self.managed

    def keeps(self, body: Body) -> bool:
        """Whether the person may keep its meetings: agenda, papers, who came, votes and minutes."""
        if body.council_id is not None:
            return body.council_id in self.own
        return body.partnership_id in self.managed or body.partnership_id in self.served


def body_powers(user: User) -> BodyPowers:
    """The powers of a person today. One query."""
    held = (
        RoleHeld.objects.held_by(user)
        .current(today())
        .filter(role__in=(RoleName.PROGRAMME_MANAGER, RoleName.DEMOCRATIC_SERVICES))
        .values_list(
            "role",
            "partnership",
            "council",
            "council__memberships__partnership",
            "council__memberships__status",
        )
    )
    managed, own, served = set(), set(), set()
    for role, partnership, council, council_partnership, status in held:
        if role == RoleName.PROGRAMME_MANAGER:
            managed.update({partnership} - {None})
            continue
        own.update({council} - {None})
        served.update({partnership} - {None})
        if status == MemberStatus.ACTIVE:
            served.add(council_partnership)
    return BodyPowers(frozenset(managed), frozenset(own), frozenset(served))


def check_set_up_for(user: User, owner: Partnership | Council) -> None:
    """Refuse a new body of a partnership, or of a council, from anyone but who may set one up."""
    powers = body_powers(user)
    if isinstance(owner, Council):
        if owner.pk not in powers.own:
            raise PermissionDenied(NOT_TO_SET_UP_OWN)
    elif owner.pk not in powers.managed:
        raise PermissionDenied(NOT_TO_SET_UP)


def check_set_up(user: User, body: Body) -> None:
    """Refuse a change of the body from anyone else, with the reason."""
    if not body_powers(user).sets_up(body):
        raise PermissionDenied(NOT_TO_SET_UP_OWN if body.council_id is not None else NOT_TO_SET_UP)


def check_keep(user: User, body: Body) -> None:
    """Refuse a change of the body's meetings from anyone else, with the reason."""
    if not body_powers(user).keeps(body):
        raise PermissionDenied(NOT_TO_KEEP_OWN if body.council_id is not None else NOT_TO_KEEP)
