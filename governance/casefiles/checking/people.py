"""Rules of the section people."""

from __future__ import annotations

from accounts.enums import RoleName
from governance.casefiles.checking.common import check_council, check_order
from governance.casefiles.checking.world import World, email_of
from governance.casefiles.entries import CaseFile, Entry


def check_people(file: CaseFile, world: World) -> None:
    """Note people named twice and roles that are held for nothing or for too much."""
    seen: set[str] = set()
    for person in file.entries("people"):
        email = email_of(person, "email")
        if email in seen:
            person.add(f"{email} is already among the people. Keep one", "email")
        seen.add(email)
        for role in person.entries("roles"):
            _check_role(role, world)


def _check_role(role: Entry, world: World) -> None:
    check_order(role, "from", "to")
    check_council(role, role.text("council"), world, "council")
    held_for = [name for name in ("council", "partnership") if name in role]
    if role.text("role") == RoleName.ADMINISTRATOR:
        if held_for:
            role.add("Take it out: an administrator's role is held for the whole site", held_for[0])
    elif len(held_for) != 1:
        role.add("Hold the role for one council or one partnership", "role")
    elif role.text("role") == RoleName.DEPUTY_S151 and not ("council" in role and role.day("to")):
        role.add("A deputy is named for one council, up to a last day", "to")
