"""Rules of gate reviews, of their answers to the checklist and of their recommendations."""

from __future__ import annotations

from functools import partial

from core.rules.calendar import format_date
from governance.casefiles.checking.common import check_person, check_unique
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.enums import ConfidenceScale, GateRecommendationState
from programme.rules.assurance.checklist import checklist
from programme.rules.assurance.gate_review import check_confidence


def check_gate_reviews(file: CaseFile, world: World) -> None:
    """Note what is wrong in the gate reviews of a programme."""
    check_unique(file.entries("gate_reviews"))
    for review in file.entries("gate_reviews"):
        held = review.day("held_on")
        if held and held > world.as_of:
            review.add("Date of the review must be today or in the past", "held_on")
        scale = review.text("scale") or ConfidenceScale.THREE.value
        review.refused(partial(check_confidence, scale, review.text("confidence")), "confidence")
        _check_answers(review)
        _check_recommendations(review, world)


def _check_answers(review: Entry) -> None:
    known = {lesson.code for lesson in checklist()}
    answers = review.entries("answers")
    check_unique(answers, "lesson")
    for answer in answers:
        if answer.text("lesson") not in known:
            answer.add(f"There is no lesson {answer.text('lesson')} in the checklist", "lesson")
    missing = known - {answer.text("lesson") for answer in answers}
    if answers and missing:
        review.add(f"Answer all eight lessons. Not answered: {', '.join(sorted(missing))}", "answers")


def _check_recommendations(review: Entry, world: World) -> None:
    seen: set[int | None] = set()
    held = review.day("held_on")
    for one in review.entries("recommendations"):
        check_person(one, "owner", world)
        number, due = one.integer("number"), one.day("due_on")
        if number in seen:
            one.add(f"There are two recommendations with the number {number}. Keep one", "number")
        seen.add(number)
        if held and due and due < held:
            words = f"Due date must be on or after {format_date(held)}, the day of the review"
            one.add(words, "due_on")
        is_open = (one.text("state") or GateRecommendationState.OPEN) == GateRecommendationState.OPEN
        if any(name in one for name in ("settled_on", "settled_because")) == is_open or (
            ("settled_on" in one) != ("settled_because" in one)
        ):
            one.add("Give the day and the words of what is done or rejected, and none of what is open")
