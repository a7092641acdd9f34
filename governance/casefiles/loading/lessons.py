"""Lessons, with where each was learnt and in which reviews of its own programme it was used."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from core.clock import now
from governance.casefiles.dumping.shape import moment_of
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from programme.models import GateReview, Lesson, LessonUse, Milestone, Programme


def load_lessons(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    milestones: Mapping[str, Milestone],
    reviews: Mapping[str, GateReview],
) -> None:
    """Lessons; uses in other programmes stay as they are."""
    rows = programme.lessons.select_related("source", "gate_review", "milestone")
    existing = {lesson.ref: lesson for lesson in rows.prefetch_related("uses__gate_review", "uses__used_by")}
    for index, entry in enumerate(file.entries("lessons")):
        ref = entry.text("id")
        values = {
            "text": entry.text("text"),
            "evidence": entry.text("evidence"),
            "recommended_change": entry.text("change"),
            "gate": entry.integer("gate"),
            "service_kind": entry.text("service_kind"),
            "gate_review": reviews.get(entry.text("gate_review")),
            "milestone": milestones.get(entry.text("milestone")),
            "review_ref": entry.text("review"),
            "order_index": index,
            "source": loading.source(entry),
        }
        lesson = existing.get(ref) or Lesson(programme=programme, ref=ref)
        parts = [_uses_part(loading, entry, lesson, programme, reviews)]
        save_row(loading, lesson, Wanted("lesson", f"Lesson {ref}", file.key, values, parts=parts))
    report_kept(loading, "lesson", existing, (entry.text("id") for entry in file.entries("lessons")))


def _uses_part(
    loading: Loading,
    entry: Entry,
    lesson: Lesson,
    programme: Programme,
    reviews: Mapping[str, GateReview],
) -> Part:
    """The uses in its own programme, replaced as a whole."""
    known = [use for use in lesson.uses.all() if use.programme_id == programme.pk] if lesson.pk else []
    current = {
        use.gate_review.ref if use.gate_review else use.review_ref: [
            moment_of(use.used_at),
            use.used_by.email,
        ]
        for use in known
    }
    wanted: dict[str, list[Any]] = {}
    for one in entry.entries("used_in"):
        key = one.text("gate_review") or one.text("review")
        stays = current.get(key, [moment_of(now()), loading.by.email])
        at = moment_of(one.moment("at")) or stays[0]
        by = one.text("by").lower() or stays[1]
        wanted[key] = [at, by]

    def write() -> None:
        lesson.uses.filter(programme=programme).delete()
        LessonUse.objects.bulk_create(
            LessonUse(
                lesson=lesson,
                programme=programme,
                gate_review=reviews.get(one.text("gate_review")),
                review_ref=one.text("review"),
                used_at=one.moment("at") or now(),
                used_by=loading.author(one),
            )
            for one in entry.entries("used_in")
        )

    return Part("uses", current, wanted, write)
