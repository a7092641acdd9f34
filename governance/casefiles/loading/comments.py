"""Comments on milestones: those that are new are entered; what was withdrawn since does not come back."""

from __future__ import annotations

from collections.abc import Mapping

from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.entered import by_whom, recorded_as
from governance.casefiles.loading.rows import audit_entry
from programme.models import Milestone, MilestoneComment, Programme


def load_comments(
    loading: Loading, file: CaseFile, programme: Programme, milestones: Mapping[str, Milestone]
) -> None:
    """Enter the comments that are new, naming whom the file says."""
    rows = MilestoneComment.objects.filter(milestone__programme=programme).select_related("entered_by")
    there = list(rows.order_by("pk"))
    for entry in file.entries("milestone_comments"):
        milestone = milestones[entry.text("milestone")]
        values = {"milestone_id": milestone.pk, "text": entry.text("text")}
        if _is_withdrawn(loading, entry, there, milestone) or recorded_as(loading, entry, there, values):
            continue
        made = MilestoneComment.objects.create(**values, **by_whom(loading, entry))
        named = [loading.users[email.lower()] for email in entry.strings("names")]
        made.mentioned.set(named)
        after = {"text": made.text, "mentioned": sorted(person.email for person in named)}
        audit_entry(loading, made, noun="milestone comment", scope=programme.key, after=after)


def _is_withdrawn(loading: Loading, entry: Entry, rows: list[MilestoneComment], milestone: Milestone) -> bool:
    """Whether its author has withdrawn it here since: then its text is gone, and its moment stays."""
    by, at = loading.user(entry, "by"), entry.moment("at")
    return at is not None and any(
        row.is_withdrawn and (row.milestone_id, row.entered_by, row.entered_at) == (milestone.pk, by, at)
        for row in rows
    )
