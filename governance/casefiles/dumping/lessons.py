"""Lessons, with where each was learnt and in which reviews of its own programme it was used."""

from __future__ import annotations

from governance.casefiles.dumping.shape import (
    Fields,
    Inline,
    compact,
    email_of,
    inline,
    moment_of,
    ref_of,
    source_of,
)
from programme.models import Lesson, Programme


def dump_lessons(programme: Programme) -> list[Fields]:
    """Lessons in order."""
    rows = programme.lessons.select_related("source", "gate_review", "milestone")
    found = rows.prefetch_related("uses__gate_review", "uses__used_by").order_by("order_index", "ref")
    return [
        compact(
            {
                "id": row.ref,
                "text": row.text,
                "evidence": row.evidence,
                "change": row.recommended_change,
                "gate": row.gate,
                "service_kind": row.service_kind,
                "gate_review": ref_of(row.gate_review),
                "milestone": ref_of(row.milestone),
                "review": row.review_ref,
                "used_in": _uses(row),
                "source": source_of(row.source),
            }
        )
        for row in found
    ]


def _uses(lesson: Lesson) -> list[Inline]:
    """Uses in other programmes are not in the file: those may not be known where it is loaded."""
    own = [use for use in lesson.uses.all() if use.programme_id == lesson.programme_id]
    uses = sorted(own, key=lambda use: (use.gate_review.ref if use.gate_review else "", use.review_ref))
    return [
        inline(
            {
                "gate_review": ref_of(use.gate_review),
                "review": use.review_ref,
                "at": moment_of(use.used_at),
                "by": email_of(use.used_by),
            }
        )
        for use in uses
    ]
