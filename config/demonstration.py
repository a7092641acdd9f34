"""The people of the demonstration, as the start page of the terminal shows them."""

from dataclasses import dataclass

from accounts.enums import RoleName
from accounts.models import RoleHeld

# Printed at every start and known to everybody: a production configuration refuses a database that holds it.
PASSWORD = "Orchard-lane-4-councils"  # noqa: S105


@dataclass(frozen=True)
class SignIn:
    """One demonstration person and the role to try with it."""

    role: str
    email: str
    name: str


def sign_ins() -> list[SignIn]:
    """Return one demonstration person for each role that somebody holds, in the order of the roles."""
    held = RoleHeld.objects.filter(user__is_demonstration=True, user__is_active=True).select_related("user")
    first: dict[str, RoleHeld] = {}
    for role_held in held.order_by("pk"):
        first.setdefault(role_held.role, role_held)
    return [
        SignIn(str(role.label), first[role].user.email, first[role].user.name)
        for role in RoleName
        if role in first
    ]
