"""Which of the withheld rows of a pack a person may open."""

from __future__ import annotations

from accounts.models import User
from core.models import Publication
from governance.publication_policies import can_open, powers_of
from governance.queries.exempt import place_of
from governance.queries.pack import MeetingPack


def openable_in(pack: MeetingPack, user: User) -> list[Publication]:
    """The rows withheld from a pack that the person may open; no query where nothing is withheld."""
    if not pack.withheld:
        return []
    powers = powers_of(user)
    return [item for item in pack.withheld if can_open(powers, item, place_of(item))]
