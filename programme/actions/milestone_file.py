"""Change milestones as a file says, once its changes were seen."""

from __future__ import annotations

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.rules.text import check_text
from programme.actions.milestone import MilestoneChanged
from programme.actions.updating.many import MilestoneChange, update_milestones
from programme.exchange.edit_rows import MilestoneImport, refuse_row, stale_row
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
    name = named(file_name)
    edits = {str(edit.row.number): edit for edit in read.edits}
    changes = [
        MilestoneChange(
            edit.milestone, edit.seen_version, {**edit.recorded, "imported_from": name}, place, edit.terms
        )
        for place, edit in edits.items()
    ]
    found = update_milestones(changes, by=by, keep_stale_out=True, channel=channel)
    for place, said in found.refused.items():
        refuse_row(read.table, edits[place].row, said)
    read.table.check()
    for place, crossed in found.stale.items():
        read.edits.remove(edits[place])
        theirs = crossed.edits if isinstance(crossed, MilestoneChanged) else ()
        read.stale.append(stale_row(edits[place], crossed.message, theirs))
    return found.saved


def named(file_name: str) -> str:
    """The name of a file as the trail holds it; refuses as row 85."""
    return check_text(file_name, "Name of the file", LONGEST_NAME, "file") or "a file"
