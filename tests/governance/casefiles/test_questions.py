"""The questions of the casebook, answered from the loaded database by the product's own queries."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

from benefits.enums import Recurrence, StatedKind
from benefits.queries.stated import (
    StatedFigures,
    one_off_cost,
    stated_figures,
    whole_life_saving,
    yearly_saving,
)
from benefits.rules.stated_sums import StatedSum
from core.rules.assessment import NotAssessable
from governance.queries.decisions import not_ratified
from programme.models import Council, Programme
from programme.policies import Powers
from programme.queries.milestones import milestone_rows
from programme.queries.programmes import programme_page
from programme.rules.milestone import MilestoneProgress, milestone_state
from services.queries.entry_tests import entry_tests, reduction_asked
from services.rules.east_kent_rule import EntryTest, budget_reduction_test
from services.rules.payback import Payback
from tests.governance.casefiles.samples import load_casebook

pytestmark = pytest.mark.django_db

Question = dict[str, Any]
QUESTIONS: list[Question] = yaml.safe_load(
    Path(settings.BASE_DIR / "casebook" / "questions.yaml").read_text(encoding="utf-8")
)["questions"]
NOBODY = Powers(0, frozenset(), frozenset(), frozenset(), frozenset())
NOT_ASSESSABLE = "not_assessable"


@pytest.fixture(scope="module")
def casebook(module_db: None) -> None:
    """All cases of the casebook, loaded once; a question reads those it needs."""
    load_casebook()


@pytest.mark.parametrize("question", QUESTIONS, ids=[question["id"] for question in QUESTIONS])
def test_question_of_the_casebook_has_its_expected_answer(casebook: None, question: Question) -> None:
    expected = question["expected"]
    answer = ANSWERS[question["id"]](question)
    _assert_within(answer, expected["value"], Fraction(str(expected.get("tolerance", 0))))


def test_every_question_is_answered_and_no_other() -> None:
    assert ANSWERS.keys() == {question["id"] for question in QUESTIONS}


def _assert_within(answer: Any, expected: Any, tolerance: Fraction) -> None:
    """Compare numbers within the tolerance, and everything else exactly, key by key."""
    if isinstance(expected, dict):
        assert list(answer) == list(expected)
        for key, value in expected.items():
            _assert_within(answer[key], value, tolerance)
    elif isinstance(expected, bool | str | list):
        assert answer == expected
    else:
        assert abs(Fraction(answer) - Fraction(str(expected))) <= tolerance, (float(answer), expected)


def _programme(question: Question) -> Programme:
    (key,) = question["needs"]
    return Programme.objects.get(key=key)


def _figures(question: Question) -> StatedFigures:
    return stated_figures(_programme(question))


def _pounds(total: StatedSum | NotAssessable) -> Fraction:
    assert isinstance(total, StatedSum), total
    return Fraction(total.pence, 100)


def _council_named_in(question: Question, figures: StatedFigures) -> Council:
    """The partner whose name the question asks about: the longest that stands in it."""
    named = [council for council in figures.partners if council.short_name in question["question"]]
    return max(named, key=lambda council: len(council.short_name))


def _yearly_of_one_council(question: Question) -> Fraction:
    figures = _figures(question)
    council = _council_named_in(question, figures)
    return _pounds(figures.total(yearly_saving(StatedKind.ACHIEVED), [council.key]))


def _whole_life_of_one_council(question: Question) -> Fraction:
    figures = _figures(question)
    council = _council_named_in(question, figures)
    return _pounds(figures.total(whole_life_saving(StatedKind.ACHIEVED), [council.key]))


def _yearly_and_whole_life(question: Question) -> dict[str, Fraction]:
    figures = _figures(question)
    return {
        "per_year": _pounds(figures.total(yearly_saving(StatedKind.ACHIEVED))),
        "whole_life": _pounds(figures.total(whole_life_saving(StatedKind.ACHIEVED))),
    }


def _net_saving_of_each(question: Question) -> dict[str, Fraction]:
    saving = _figures(question).saving(yearly_saving(StatedKind.PLANNED))
    each = {key: _pounds(total) for key, total in saving.by_council.items()}
    assert sum(each.values()) == _pounds(saving.together)
    return {**each, "combined": _pounds(saving.together)}


def _years(figures: StatedFigures, cost: Any, saving: Any) -> Fraction:
    payback = figures.payback(cost, saving).result
    assert isinstance(payback, Payback), payback
    return payback.years


def _payback_of_the_plan(question: Question) -> Fraction:
    return _years(_figures(question), one_off_cost(), yearly_saving(StatedKind.PLANNED))


def _position_by_year(question: Question) -> list[int]:
    positions = _figures(question).net_position(one_off_cost(), yearly_saving(StatedKind.PLANNED), 5)
    assert isinstance(positions, list), positions
    return [pence // 100 for pence in positions]


def _payback_with_and_without_it(question: Question) -> dict[str, Fraction]:
    """The saving of each council leaves open how often it comes; it is read as yearly."""
    figures = _figures(question)
    saving = yearly_saving(StatedKind.ACHIEVED, read_as_yearly=Recurrence.NOT_STATED)
    team = ["redundancy_and_pay_harmonisation"]
    return {
        "team_only": _years(figures, one_off_cost(team), saving),
        "with_it": _years(figures, one_off_cost([*team, "ict"]), saving),
    }


def _payback_of_2016(question: Question) -> Fraction:
    cost, saving = one_off_cost(["set_up_total"]), yearly_saving(StatedKind.ACHIEVED, period="2016")
    return _years(_figures(question), cost, saving)


def _payback_in_months(question: Question) -> Fraction:
    first_year = yearly_saving(StatedKind.ACHIEVED, read_as_yearly=Recurrence.TOTAL)
    return 12 * _years(_figures(question), one_off_cost(), first_year)


def _equity(question: Question) -> str:
    answer = _figures(question).equity(yearly_saving(StatedKind.PLANNED), one_off_cost())
    whose = "South Oxfordshire and Vale of White Horse"
    assert answer == NotAssessable(f"Redundancy on moving to one client team is not split between {whose}")
    return NOT_ASSESSABLE


def _against_plan(question: Question) -> Fraction:
    reached, plan = yearly_saving(StatedKind.ACHIEVED, period="2016"), yearly_saving(StatedKind.PLANNED)
    return _percent(_figures(question), reached, plan)


def _percent(figures: StatedFigures, reached: Any, plan: Any, councils: list[str] | None = None) -> Fraction:
    """The percent, which is a ceiling: each of the plans asked about is stated as "over"."""
    answer = figures.percent_of_plan(reached, plan, councils)
    assert isinstance(answer.percent, Fraction), answer
    assert answer.bound == "ceiling"
    return answer.percent


def _three_districts(question: Question) -> dict[str, Fraction]:
    """The partners that are districts without borough status are the three that the question means."""
    figures = _figures(question)
    reached = yearly_saving(StatedKind.ACHIEVED, period="2016")
    plan = yearly_saving(StatedKind.PLANNED, period="2020")
    three = [council.key for council in figures.partners if council.type == "district"]
    assert len(three) == 3
    return {
        "saving_2016": _pounds(figures.total(reached, three)),
        "pct_of_2020": _percent(figures, reached, plan, three),
    }


def _not_agreed(question: Question) -> list[str]:
    programme = _programme(question)
    decision = programme.decisions.get(title__icontains="go ahead")
    names = not_ratified(programme, as_of=date(2011, 3, 31))[decision.ref]
    return [Council.objects.get(short_name=name).key for name in names]


def _overdue_on(programme: Programme, as_of: date) -> list[str]:
    rows = milestone_rows(programme.milestones.all(), as_of=as_of, powers=NOBODY)
    overdue = [row.milestone for row in rows if row.progress == MilestoneProgress.OVERDUE]
    return [milestone.ref for milestone in sorted(overdue, key=lambda milestone: milestone.order_index)]


def _passed(question: Question) -> list[str]:
    return _overdue_on(_programme(question), date.fromisoformat(question["as_of"]))


def _go_live_on_two_days(question: Question) -> dict[str, str]:
    """Nothing new is recorded: the two days lie after the case was written, so its dates alone decide."""
    milestone = _programme(question).milestones.get(title__icontains="first tranche")
    plan, forecast, actual = (milestone.get_date(name) for name in ("plan", "forecast", "actual"))
    return {
        day: milestone_state(
            plan=plan,
            forecast=forecast,
            actual=actual,
            stated_state=milestone.stated_state,
            as_of=date.fromisoformat(day),
        ).value
        for day in question["expected"]["value"]
    }


def _phases(question: Question) -> dict[str, str]:
    as_of = date.fromisoformat(question["as_of"])
    page = programme_page(_programme(question), as_of=as_of, powers=NOBODY)
    return {row.phase.ref: row.progress.value for row in page.phases}


def _ten_per_cent_test(question: Question) -> dict[str, dict[str, Any]]:
    """The percentage comes from the criterion in the database; the budgets are the question's own."""
    percent = reduction_asked(_programme(question))
    assert percent == Decimal(10)
    start = question["given"]["baseline_gbp"] * 100
    found = {}
    for later in question["expected"]["value"]:
        test = budget_reduction_test(start, int(later) * 100, percent=percent)
        assert isinstance(test, EntryTest)
        found[later] = {"reduction_pct": test.percent, "result": "pass" if test.is_passed else "fail"}
    return found


def _test_on_the_case_alone(question: Question) -> dict[str, str]:
    tests = entry_tests(_programme(question))
    assert [test.outcome for test in tests] == [NotAssessable("Starting budget is not stated")] * len(tests)
    return {test.service.name: NOT_ASSESSABLE for test in tests}


def _unravelling(question: Question) -> dict[str, Any]:
    cost = _figures(question).exit_cost()
    assert not isinstance(cost, NotAssessable)
    return {"total_gbp": Fraction(cost.total_pence, 100), "conflict_with_other_source": cost.is_disputed}


ANSWERS: dict[str, Callable[[Question], Any]] = {
    "Q01": _yearly_of_one_council,
    "Q02": _whole_life_of_one_council,
    "Q03": _yearly_and_whole_life,
    "Q04": _net_saving_of_each,
    "Q05": _payback_of_the_plan,
    "Q06": _position_by_year,
    "Q08": _payback_with_and_without_it,
    "Q09": _payback_of_2016,
    "Q10": _payback_in_months,
    "Q16": _equity,
    "Q21": _against_plan,
    "Q24": _three_districts,
    "Q25": _not_agreed,
    "Q28": _passed,
    "Q30": _go_live_on_two_days,
    "Q33": _phases,
    "Q35": _ten_per_cent_test,
    "Q36": _test_on_the_case_alone,
    "Q38": _unravelling,
}
