"""People and the roles they hold."""

from __future__ import annotations

from typing import Any

from accounts.models import RoleHeld, User
from governance.casefiles.checking.world import email_of
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Wanted, save_row
from programme.models import Partnership


def load_people(loading: Loading, file: CaseFile) -> None:
    """Make an account, without a password that works, for each person who has none."""
    for entry in file.entries("people"):
        email = email_of(entry, "email")
        values: dict[str, Any] = {"name": entry.text("name")}
        if entry.has("job_title"):
            values["job_title"] = entry.text("job_title")
        person = loading.users.get(email) or _new_person(email)
        wanted = Wanted("person", f"Person {email}", file.key, values, is_shared=True)
        loading.users[email] = save_row(loading, person, wanted)


def load_roles(loading: Loading, file: CaseFile, partnership: Partnership) -> None:
    """Give each person the roles that the file lists. A role that it no longer lists stays."""
    people = [loading.users[email_of(entry, "email")] for entry in file.entries("people")]
    held = {_slot(role): role for role in RoleHeld.objects.filter(user__in=people)}
    for entry in file.entries("people"):
        for role in entry.entries("roles"):
            row = _role(loading, entry, role, partnership)
            words = f"{entry.text('name')} as {row.get_role_display().lower()}"
            wanted = Wanted("role", words, file.key, _values(row, role))
            save_row(loading, held.get(_slot(row), row), wanted)


def _new_person(email: str) -> User:
    person = User(email=email)
    person.set_unusable_password()
    return person


def _role(loading: Loading, person: Entry, role: Entry, partnership: Partnership) -> RoleHeld:
    return RoleHeld(
        user=loading.users[email_of(person, "email")],
        role=role.text("role"),
        council=loading.council(role),
        partnership=partnership if role.yes("partnership") else None,
        from_on=needed(role.day("from")),
    )


def _values(row: RoleHeld, entry: Entry) -> dict[str, Any]:
    """What the audit trail says of a new role; only its end can differ from a role that is there."""
    return {
        "user": row.user,
        "role": row.role,
        "council": row.council,
        "partnership": row.partnership,
        "from_on": row.from_on,
        "to_on": entry.day("to"),
    }


def _slot(role: RoleHeld) -> tuple[Any, ...]:
    return role.user_id, role.role, role.council_id, role.partnership_id, role.from_on
