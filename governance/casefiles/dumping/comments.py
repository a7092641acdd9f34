"""Comments on milestones, with the people whom they name; what was withdrawn stays out."""

from __future__ import annotations

from governance.casefiles.dumping.shape import Fields, compact, email_of, moment_of
from governance.casefiles.writing import InlineList
from programme.models import MilestoneComment, Programme


def dump_comments(programme: Programme) -> list[Fields]:
    """Comments in the order in which they were made."""
    rows = MilestoneComment.objects.filter(milestone__programme=programme, withdrawn_at__isnull=True)
    rows = rows.select_related("milestone", "entered_by").prefetch_related("mentioned")
    return [
        compact(
            {
                "milestone": row.milestone.ref,
                "text": row.text,
                "names": InlineList(sorted(person.email for person in row.mentioned.all())),
                "by": email_of(row.entered_by),
                "at": moment_of(row.entered_at),
            }
        )
        for row in rows.order_by("entered_at", "pk")
    ]
