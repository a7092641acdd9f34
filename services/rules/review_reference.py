"""Question sets and review templates from files of the repository (domain.md 2.5, 2.11)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from core.rules.reference import rows_in
from services.enums import QuestionSet, ServiceKind

_FOLDER = Path(__file__).parent.parent / "reference"


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a set: its code, the name of what it measures, its text and where it comes from."""

    code: str
    name: str
    text: str
    source: str


@dataclass(frozen=True, slots=True)
class TemplateTask:
    """One thing that a review has to settle, and where the advice comes from."""

    text: str
    source: str


@cache
def questions(question_set: QuestionSet) -> tuple[Question, ...]:
    """The questions of a set, in the order in which they are asked."""
    return tuple(
        Question(row["code"], row["name"], row["question"], row["source"])
        for row in rows_in(_FOLDER / "review_questions.csv")
        if row["set"] == question_set.value
    )


@cache
def template(kind: ServiceKind) -> tuple[TemplateTask, ...]:
    """What a review of this kind of service has to settle: what every review does, then its own."""
    rows = rows_in(_FOLDER / "review_templates.csv")
    return tuple(
        TemplateTask(row["task"], row["source"])
        for wanted in ("", kind.value)
        for row in rows
        if row["kind"] == wanted
    )
