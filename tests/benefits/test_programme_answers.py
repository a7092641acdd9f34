"""What the page of a programme says of its savings."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.programme_answers import answers_for_programme
from tests.factories import BenefitFactory, LineFactory, ProgrammeFactory, actual, councils_of, plan_version

pytestmark = pytest.mark.django_db


def test_saving_and_fairness_are_answered_with_links(django_assert_num_queries: Any) -> None:
    programme = ProgrammeFactory(key="shared", partnership__councils=2)
    line = LineFactory(programme=programme, benefit=BenefitFactory(programme=programme))
    for council in councils_of(programme):
        actual(line, council, 2026, 4, 50_00)
    amounts = [(line, council, 2026, 4, 100_00) for council in councils_of(programme)]
    plan_version(programme, 1, amounts=amounts)
    with django_assert_num_queries(8):
        answers = answers_for_programme(programme, date(2026, 11, 24))
    assert [(answer.question, answer.url) for answer in answers] == [
        ("Are we saving what we said?", "/programmes/shared/savings/#savings"),
        ("Is every council getting its fair share?", "/programmes/shared/savings/#fair"),
    ]


def test_programme_without_figures_has_no_answer_of_savings() -> None:
    answers = answers_for_programme(ProgrammeFactory(), date(2026, 11, 24))
    assert [answer.question for answer in answers if "#savings" in answer.url] == []
