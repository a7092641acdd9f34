"""Change milestones as a file says, once its changes were seen."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.rules.text import check_text
from programme.actions.milestone import MilestoneChanged, update_milestone
from programme.exchange.edit_rows import MilestoneImport, stale_row
from programme.models import Milestone

LONGEST_NAME = 200


@transaction.atomic
def store_milestone_edits(
    read: MilestoneImport, *, by: User, file_name: str, channel: Channel = Channel.IMPORT
) -> list[Milestone]:
    """Make every change that was read, each by the action of the milestone's own page.

    Refuses as row 83 where any cell is wrong, and then stores nothing. Rows that are stale by now are moved
    to those not taken. The trail of each milestone names the file.
    """
    read.table.check()
    name = check_text(file_name, "Name of the file", LONGEST_NAME, "file") or "a file"
    done = []
    for edit in list(read.edits):
        try:
            with transaction.atomic():
                saved = update_milestone(
                    edit.milestone,
                    by=by,
                    seen_version=edit.seen_version,
                    **edit.given,
                    channel=channel,
                    imported_from=name,
                )
        except MilestoneChanged as said:
            read.edits.remove(edit)
            read.stale.append(stale_row(edit, said.message, said.edits))
        else:
            done.append(saved)
    return done
