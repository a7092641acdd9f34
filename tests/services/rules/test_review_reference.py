"""Question sets and templates of reviews: complete, and each with its source."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

import services
from services.enums import QuestionSet, ServiceKind
from services.rules.review_reference import questions, template

FOLDER = Path(services.__file__).parent / "reference"


def test_readiness_asks_twelve_questions_and_alignment_ten() -> None:
    assert [len(questions(one)) for one in QuestionSet] == [12, 10]


def test_every_code_is_there_once() -> None:
    codes = [question.code for one in QuestionSet for question in questions(one)]
    assert len(codes) == len(set(codes))


def test_template_holds_what_every_review_does_then_its_own() -> None:
    general = template(ServiceKind.OTHER)
    for kind in ServiceKind:
        assert template(kind)[: len(general)] == general
    own = [task.text for task in template(ServiceKind.WASTE)[len(general) :]]
    assert own == [
        "Note the first contract to end: work starts two years before it",
        "Agree each council's own collection standards and which may differ",
    ]


@pytest.mark.parametrize("name", ["review_questions.csv", "review_templates.csv"])
def test_every_row_names_its_source_and_the_day_it_was_read(name: str) -> None:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row for row in rows if not row["source"] or len(row["retrieved_on"]) != 10] == []


def test_every_kind_of_template_is_a_kind_of_service() -> None:
    with (FOLDER / "review_templates.csv").open(encoding="utf-8", newline="") as file:
        kinds = {row["kind"] for row in csv.DictReader(file)}
    assert kinds - {""} == set(ServiceKind.values) - {ServiceKind.OTHER.value}
