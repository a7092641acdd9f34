"""The account in whose name Concordat itself writes."""

from __future__ import annotations

from accounts.models import User

SYSTEM_EMAIL = "system@concordat.invalid"
SYSTEM_NAME = "Concordat"


def system_user() -> User:
    """The account of Concordat itself: nobody can sign in with it. Made at the first call; idempotent."""
    found = User.objects.filter(email=SYSTEM_EMAIL).first()
    if found is not None:
        return found
    return User.objects.create_user(SYSTEM_EMAIL, name=SYSTEM_NAME, is_active=False, wants_reminders=False)
