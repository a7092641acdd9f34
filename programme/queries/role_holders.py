"""Who holds which role now, for reminders: read once, then asked about many rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from accounts.enums import RoleName
from accounts.models import RoleHeld
from core.clock import today
from programme.enums import MemberStatus
from programme.models import Programme

_Place = dict[tuple[str, int], set[int]]


@dataclass(frozen=True, slots=True)
class Holders:
    """Keys of people by role and place. `reading` are those who may read what belongs to a partnership."""

    for_councils: _Place = field(default_factory=lambda: defaultdict(set))
    for_partnerships: _Place = field(default_factory=lambda: defaultdict(set))
    for_partners: _Place = field(default_factory=lambda: defaultdict(set))
    reading: dict[int, set[int]] = field(default_factory=lambda: defaultdict(set))

    def of_council(self, role: RoleName, council: int | None, partnership: int) -> frozenset[int]:
        """Who holds the role for the council, or where nobody does for the whole partnership."""
        own = self.for_councils.get((role, council), set()) if council else set()
        return frozenset(own or self.for_partnerships.get((role, partnership), set()))

    def of_partnership(self, role: RoleName, partnership: int) -> frozenset[int]:
        """Who holds the role for the partnership itself."""
        return frozenset(self.for_partnerships.get((role, partnership), set()))

    def of_partners(self, role: RoleName, partnership: int) -> frozenset[int]:
        """Who holds the role for the partnership or for any of its partner councils."""
        partners = self.for_partners.get((role, partnership), set())
        return frozenset(partners | self.for_partnerships.get((role, partnership), set()))

    def owners(self, programme: Programme) -> frozenset[int]:
        """The programme's senior responsible owner, by role or named in the programme."""
        partnership = programme.partnership_id
        named = self.readers_among([programme.sro_id], partnership)
        return self.of_partnership(RoleName.SRO, partnership) | named

    def readers_among(self, people: Iterable[int | None], partnership: int) -> frozenset[int]:
        """Those of the people who may read the partnership."""
        return frozenset({one for one in people if one} & self.reading.get(partnership, set()))


def role_holders() -> Holders:
    """Active people by the roles they hold today, also those who want no mail. One query."""
    held = RoleHeld.objects.current(today()).exclude(role=RoleName.ADMINISTRATOR).filter(user__is_active=True)
    found = Holders()
    rows = held.values_list(
        "user",
        "role",
        "council",
        "partnership",
        "council__memberships__partnership",
        "council__memberships__status",
    )
    for user, role, council, partnership, of_council, status in rows:
        if council:
            found.for_councils[role, council].add(user)
        if partnership:
            found.for_partnerships[role, partnership].add(user)
            found.reading[partnership].add(user)
        if of_council and status == MemberStatus.ACTIVE:
            found.for_partners[role, of_council].add(user)
        if of_council and status in (MemberStatus.ACTIVE, MemberStatus.LEFT):
            found.reading[of_council].add(user)
    return found
