"""People named in what is sent to the API."""

from __future__ import annotations

from accounts.models import User
from core.errors import Refusal
from programme.actions.raid import NOT_AN_OWNER


def owner_of(email: str | None) -> User | None:
    """The person with this address, None for an empty one; refuses an address that nobody has."""
    if not email:
        return None
    known = User.objects.filter(email__iexact=email).first()
    if known is None:
        raise Refusal(NOT_AN_OWNER, "owner")
    return known
