"""Rules of lessons: where each was learnt, and in which reviews it was used."""

from __future__ import annotations

from governance.casefiles.checking.common import check_person, check_reference, check_unique, ids_of
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry


def check_lessons(file: CaseFile, world: World) -> None:
    """Note what is wrong in the lessons of a programme."""
    check_unique(file.entries("lessons"))
    reviews = {
        f"{service.text('id')}/{review.text('id')}"
        for service in file.entries("services")
        for review in service.entries("reviews")
    }
    for lesson in file.entries("lessons"):
        check_reference(lesson, "milestone", ids_of(file, "milestones"), "milestones")
        _check_review(lesson, file, reviews)
        if sum(name in lesson for name in ("gate_review", "milestone", "review")) > 1:
            lesson.add("A lesson was learnt in one place. Give one of gate_review, milestone and review")
        for use in lesson.entries("used_in"):
            check_person(use, "by", world)
            _check_review(use, file, reviews)
            if ("gate_review" in use) == ("review" in use):
                use.add("Give the gate review or the service review that used the lesson")
        for name in ("gate_review", "review"):
            check_unique(lesson.entries("used_in"), name)


def _check_review(entry: Entry, file: CaseFile, reviews: set[str]) -> None:
    check_reference(entry, "gate_review", ids_of(file, "gate_reviews"), "gate_reviews")
    check_reference(entry, "review", reviews, "the reviews of services")
