"""Whose role opens what is withheld of a row and certifies it: one rule, for all floors (section 5, "E")."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import NoReturn

from django.core.exceptions import PermissionDenied

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from core.models import Publication
from core.publication import is_as_shown
from programme.enums import MemberStatus
from programme.models import Membership, Programme
from programme.policies import OPENS_EXEMPT, OPENS_OWN_EXEMPT, STAFF_PARAGRAPHS

NOT_TO_CHANGE = (
    "This is withheld, and your role does not open it, so what it withholds stays as it is. Ask the "
    "monitoring officer of a council concerned"
)
_OPENS_OF_COUNCIL = OPENS_OWN_EXEMPT | {RoleName.AUDITOR}


@dataclass(frozen=True, slots=True)
class RolesHere:
    """The roles of one person for the partnership of a row, and for the councils that it concerns."""

    joint: Collection[str]
    own: Collection[str]

    def opens(self, item: Publication) -> bool:
        """Whether the person opens what is withheld of the row, as an officer or auditor.

        The HR lead opens what is exempt about staff alone.
        """
        joint, own = set(self.joint), set(self.own)
        if joint & (OPENS_EXEMPT | OPENS_OWN_EXEMPT) or own & _OPENS_OF_COUNCIL:
            return True
        return RoleName.HR_LEAD in joint | own and item.exempt_paragraph in STAFF_PARAGRAPHS

    @property
    def certifies(self) -> bool:
        """Whether the person is the monitoring officer of a council concerned, or of the partnership."""
        return RoleName.MONITORING_OFFICER in {*self.joint, *self.own}


def roles_here(user: User, programme: Programme, councils: Collection[int] | None = None) -> RolesHere:
    """The roles of a person today for a row that concerns these councils, else every partner. Two queries."""
    held = RoleHeld.objects.held_by(user).current(today()).exclude(role=RoleName.ADMINISTRATOR)
    rows = list(held.values_list("role", "partnership", "council"))
    joint = {role for role, partnership, _ in rows if partnership == programme.partnership_id}
    if programme.sro_id == user.pk:
        joint.add(RoleName.SRO)
    ours = {council for _, _, council in rows if council}
    concerned = (_partners(programme) if councils is None else set(councils)) if ours else set()
    return RolesHere(joint, {role for role, _, council in rows if council in concerned})


def _partners(programme: Programme) -> set[int]:
    rows = Membership.objects.filter(partnership=programme.partnership_id, status=MemberStatus.ACTIVE)
    return set(rows.values_list("council", flat=True))


def check_change_withheld(item: Publication, here: RolesHere, sent: Iterable[tuple[str, str]]) -> None:
    """Refuse (403) a withheld text that is sent by who may not open it, but as it is shown to everyone.

    `sent` are pairs of the stored text and the one that is sent. A text that is right is refused as well:
    else a guess that changes nothing would tell that it is.
    """
    if not item.is_withheld or here.opens(item):
        return
    if not all(is_as_shown(item, stored, text) for stored, text in sent):
        refuse_withheld()


def refuse_withheld() -> NoReturn:
    """Refuse (403) what would change a withheld part, in the same words whatever was sent."""
    raise PermissionDenied(NOT_TO_CHANGE)
