"""Who may open what is exempt, say that it is, certify it and release it (domain.md section 5, INV-37)."""

from __future__ import annotations

from dataclasses import dataclass, replace

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.clock import today
from core.enums import PublicationClass
from core.models import Publication
from governance.models import BodyMember, ReportAddition
from governance.queries.exempt import Place
from programme.enums import MemberStatus
from programme.models import Membership, Programme
from programme.publication_policies import RolesHere

NOT_TO_OPEN = "Your role does not open this. Ask the monitoring officer of a council concerned"
NOT_TO_CERTIFY = "Only the monitoring officer of a council concerned can do this"
NOT_TO_PROPOSE = (
    "Only the monitoring officer, democratic services, the programme manager or whoever entered it can say "
    "that this is exempt"
)
CERTIFIED = "This is certified. Only the monitoring officer of a council concerned can change it"
NOT_TO_READ_ACCESS = "Only monitoring officers and auditors can see who opened what"

_PROPOSES = frozenset({RoleName.MONITORING_OFFICER, RoleName.DEMOCRATIC_SERVICES})
_READS_ACCESS = frozenset({RoleName.MONITORING_OFFICER, RoleName.AUDITOR})


@dataclass(frozen=True, slots=True)
class Powers:
    """What one person's roles and seats of today open; read once, then asked about many rows.

    `joint` holds pairs of role and partnership, `own` pairs of role and council, `executive_of` councils on
    whose executive the person sits, `bodies` the bodies on which the person has a seat.
    """

    user_id: int
    joint: frozenset[tuple[str, int]]
    own: frozenset[tuple[str, int]]
    executive_of: frozenset[int]
    bodies: frozenset[int]

    def has(self, role: RoleName, place: Place) -> bool:
        """Whether the person holds a role for the partnership of a row, or for a council concerned."""
        jointly = place.partnership_id is not None and (role, place.partnership_id) in self.joint
        return jointly or any((role, council) in self.own for council in place.councils)

    def has_any(self, roles: frozenset[RoleName], place: Place) -> bool:
        """Whether the person holds one of these roles there."""
        return any(self.has(role, place) for role in roles)

    def here(self, place: Place) -> RolesHere:
        """The roles that the person holds for the partnership of a row and for the councils concerned."""
        joint = {role for role, partnership in self.joint if partnership == place.partnership_id}
        return RolesHere(joint, {role for role, council in self.own if council in place.councils})

    def holds(self, role: RoleName, partnership_id: int | None) -> bool:
        """Whether the person holds a role for the partnership as a whole."""
        return partnership_id is not None and (role, partnership_id) in self.joint

    @property
    def changes_something(self) -> bool:
        """Whether the person has a role that may enter anything: an auditor has none."""
        return any(role != RoleName.AUDITOR for role, _ in self.joint | self.own)


def powers_of(user: User) -> Powers:
    """The powers of a person today. Two queries."""
    as_of = today()
    held = RoleHeld.objects.held_by(user).current(as_of).exclude(role=RoleName.ADMINISTRATOR)
    rows = list(held.values_list("role", "partnership", "council"))
    seats = BodyMember.objects.filter(
        Q(to_on__isnull=True) | Q(to_on__gte=as_of), user=user, from_on__lte=as_of
    )
    seated = list(seats.values_list("body", "council", "is_executive_member"))
    return Powers(
        user.pk,
        frozenset((role, partnership) for role, partnership, _ in rows if partnership),
        frozenset((role, council) for role, _, council in rows if council),
        frozenset(council for _, council, is_executive in seated if council and is_executive),
        frozenset(body for body, _, _ in seated),
    )


def can_open(powers: Powers, item: Publication, place: Place) -> bool:
    """Whether the person may open what is withheld of a row (section 5, "E").

    Confidential content is for the officers and the auditor alone. What is added to a report of all councils
    is, as the exempt version that shows it, for who opens what is exempt in the whole programme; and for who
    certifies it.
    """
    if isinstance(item, ReportAddition) and item.report.council_id is None:
        place = place if can_certify(powers, place) else replace(place, councils=frozenset())
    if _is_officer(powers, item, place):
        return True
    return item.publication_class == PublicationClass.EXEMPT and _is_member(powers, place)


def check_open(powers: Powers, item: Publication, place: Place) -> None:
    """Refuse it to everyone else, with the reason."""
    if not can_open(powers, item, place):
        raise PermissionDenied(NOT_TO_OPEN)


def _is_officer(powers: Powers, item: Publication, place: Place) -> bool:
    programme = place.programme
    is_sro = programme is not None and programme.sro_id == powers.user_id
    return is_sro or powers.here(place).opens(item)


def _is_member(powers: Powers, place: Place) -> bool:
    """A member of a body that has it before it, of an executive concerned, or of scrutiny of a call-in."""
    if powers.bodies & place.bodies or powers.executive_of & place.councils:
        return True
    return place.is_under_scrutiny and powers.has(RoleName.SCRUTINY_MEMBER, place)


def can_certify(powers: Powers, place: Place) -> bool:
    """Whether the person is the monitoring officer of a council concerned, or of the partnership."""
    return powers.here(place).certifies


def check_certify(powers: Powers, place: Place) -> None:
    """Refuse to certify, review or release to everyone else, with the reason."""
    if not can_certify(powers, place):
        raise PermissionDenied(NOT_TO_CERTIFY)


def can_propose(powers: Powers, item: Publication, place: Place) -> bool:
    """Whether the person may say that a row is exempt or confidential; it is withheld at once."""
    if can_certify(powers, place):
        return True
    is_open_to_change = item.certified_at is None
    return is_open_to_change and _proposes(powers, item, place)


def check_propose(powers: Powers, item: Publication, place: Place) -> None:
    """Refuse it to everyone else; what is certified to all but a monitoring officer."""
    if can_propose(powers, item, place):
        return
    raise PermissionDenied(CERTIFIED if _proposes(powers, item, place) else NOT_TO_PROPOSE)


def _proposes(powers: Powers, item: Publication, place: Place) -> bool:
    if powers.has_any(_PROPOSES, place) or powers.holds(RoleName.PROGRAMME_MANAGER, place.partnership_id):
        return True
    author = getattr(item, "created_by_id", None) or getattr(item, "entered_by_id", None)
    return author == powers.user_id and powers.changes_something


def can_read_access(powers: Powers, programme: Programme) -> bool:
    """Whether the person may see who opened what of a programme. At most one query."""
    if any(powers.holds(role, programme.partnership_id) for role in _READS_ACCESS):
        return True
    councils = {council for role, council in powers.own if role in _READS_ACCESS}
    partners = Membership.objects.filter(partnership=programme.partnership_id, status=MemberStatus.ACTIVE)
    return bool(councils) and partners.filter(council__in=councils).exists()


def check_read_access(powers: Powers, programme: Programme) -> None:
    """Refuse it to everyone else, with the reason."""
    if not can_read_access(powers, programme):
        raise PermissionDenied(NOT_TO_READ_ACCESS)
