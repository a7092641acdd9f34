"""Open what is withheld in the pack of a meeting, row by row, each recorded (INV-37)."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.models import Publication
from governance.actions.publication import open_exempt
from governance.models import Meeting
from governance.queries.openable import openable_in
from governance.queries.pack import meeting_pack


@transaction.atomic
def open_pack(meeting: Meeting, *, by: User, channel: Channel = Channel.PAGE) -> list[Publication]:
    """Record that a person opens every withheld row of a pack that they may open; the rows."""
    found = openable_in(meeting_pack(meeting, by), by)
    for item in found:
        open_exempt(item, by=by, channel=channel)
    return found
