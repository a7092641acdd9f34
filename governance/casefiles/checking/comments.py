"""Rules of comments on milestones."""

from __future__ import annotations

from governance.casefiles.checking.common import check_person, check_reference, ids_of
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile


def check_comments(file: CaseFile, world: World) -> None:
    """Note comments on milestones that the file does not hold, and people whom nobody knows."""
    milestones = ids_of(file, "milestones")
    for entry in file.entries("milestone_comments"):
        check_reference(entry, "milestone", milestones, "milestones")
        check_person(entry, "by", world)
        for number, email in enumerate(entry.strings("names")):
            if email.lower() not in world.people:
                entry.add("There is no account with this address. Add the person to people", "names", number)
