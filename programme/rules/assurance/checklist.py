"""The eight lessons that every gate review asks about, from a file of the repository (domain.md 2.11)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.errors import Refusal, Refusals
from core.rules.reference import rows_in
from core.rules.text import check_text
from programme.enums import LessonAnswer

EVIDENCE_LIMIT = 1_000
_FILE = Path(__file__).parent.parent.parent / "reference" / "gate_checklist.csv"


@dataclass(frozen=True, slots=True)
class ChecklistLesson:
    """One of the eight: its code, its number, its name, the question, and where it comes from."""

    code: str
    number: int
    name: str
    question: str
    source: str


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one of them, with its evidence; both empty where it is not answered."""

    answer: str = ""
    evidence: str = ""


@cache
def checklist() -> tuple[ChecklistLesson, ...]:
    """The eight, in the order in which they are asked."""
    return tuple(
        ChecklistLesson(row["code"], number, row["name"], row["question"], row["source"])
        for number, row in enumerate(rows_in(_FILE), 1)
    )


def check_answers(given: Mapping[str, Given]) -> dict[str, Given]:
    """The answers as they are kept, by code.

    Refuses, all at once, whatever of the eight is not answered or has no evidence, and what is none of them.
    """
    said: list[Refusal] = []
    kept: dict[str, Given] = {}
    for lesson in checklist():
        try:
            kept[lesson.code] = _checked(lesson, given.get(lesson.code, Given()))
        except Refusal as refusal:
            said.append(refusal)
    said += [Refusal(f"There is no lesson {code}", code) for code in given if code not in kept and not said]
    if said:
        raise Refusals(said)
    return kept


def _checked(lesson: ChecklistLesson, given: Given) -> Given:
    if given.answer not in LessonAnswer.values:
        words = f"Say whether lesson {lesson.number}, {lesson.name.lower()}, is met, partly met or not met"
        raise Refusal(words, f"{lesson.code}.answer")
    evidence = check_text(
        given.evidence, f"Evidence of lesson {lesson.number}", EVIDENCE_LIMIT, f"{lesson.code}.evidence"
    )
    if not evidence:
        raise Refusal(f"Enter the evidence for lesson {lesson.number}", f"{lesson.code}.evidence")
    return Given(given.answer, evidence)
