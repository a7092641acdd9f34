"""What people change about their own account."""

from __future__ import annotations

from django.db import transaction
from rest_framework.authtoken.models import Token

from accounts.models import User
from core.actions.audit import record


@transaction.atomic
def set_reminders(*, by: User, wanted: bool) -> None:
    """Turn one's own daily reminder mail on or off; audited when it changes."""
    user = User.objects.select_for_update().get(pk=by.pk)
    if user.wants_reminders == wanted:
        return
    before = {"wants_reminders": user.wants_reminders}
    user.wants_reminders = wanted
    user.save(update_fields=["wants_reminders"])
    record(user, by=by, action="set_reminders", before=before, after={"wants_reminders": wanted})


@transaction.atomic
def make_token(*, by: User) -> str:
    """Return a new API token of one's own, shown once; the one before stops working."""
    Token.objects.filter(user=by).delete()
    token = Token.objects.create(user=by)
    record(by, by=by, action="make_token")
    return str(token.key)


@transaction.atomic
def end_token(*, by: User) -> None:
    """Make one's own API token stop working."""
    deleted, _ = Token.objects.filter(user=by).delete()
    if deleted:
        record(by, by=by, action="end_token")
