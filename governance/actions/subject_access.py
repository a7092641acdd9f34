"""Give a person all that is held about them; each time on record."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.db import transaction

from accounts.actions.system_user import SYSTEM_EMAIL
from accounts.models import User
from core.actions import audit
from core.clock import now
from core.enums import Channel
from core.rules.text import check_text
from governance.queries.subject_access.named import named_table
from governance.queries.subject_access.personal import personal_tables
from governance.subject_access_files import archive_of

ONLY_OWN = "You can download what is held about yourself alone"


@transaction.atomic
def export_held(person: User, *, by: User, channel: Channel = Channel.PAGE, why: str = "") -> bytes:
    """All that is held about a person, as an archive, read at one moment.

    A person gets their own alone. The command, for who answers requests with the server at hand, acts in
    Concordat's own name, with which nobody can sign in; `why` says for which request.
    """
    if by.pk != person.pk and by.email != SYSTEM_EMAIL:
        raise PermissionDenied(ONLY_OWN)
    content = archive_of(person, [*personal_tables(person), named_table(person)], now())
    audit.record(person, by=by, action="export_held", channel=channel, why=check_text(why, "Reason", 500))
    return content
