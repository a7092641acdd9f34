"""Scores, references and states of the registers."""

from __future__ import annotations

from datetime import date

from core.errors import Refusal
from programme.rules.raid import (
    check_closed,
    check_open,
    check_scores,
    is_review_due,
    next_ref,
    score_of,
)

DAY = date(2026, 11, 24)


def said(register: str, likelihood: int | None, impact: int | None) -> tuple[str, str | None] | None:
    try:
        check_scores(register, likelihood, impact)
    except Refusal as refusal:
        return refusal.message, refusal.field
    return None


def test_score_is_likelihood_times_impact() -> None:
    assert [score_of(*pair) for pair in ((3, 4), (5, 5), (1, 1), (None, 4), (4, None))] == [
        12,
        25,
        1,
        None,
        None,
    ]


def test_scores_are_both_or_neither_from_1_to_5_and_an_issue_has_an_impact_alone() -> None:
    both = "Give both likelihood and impact, or neither"
    issue = "An issue has happened already. Leave its likelihood empty"
    wanted = {
        ("risk", 1, 5): None,
        ("risk", None, None): None,
        ("assumption", None, 3): (both, "likelihood"),
        ("dependency", 3, None): (both, "impact"),
        ("risk", 0, 3): ("Likelihood must be from 1 to 5", "likelihood"),
        ("risk", 5, 6): ("Impact must be from 1 to 5", "impact"),
        ("issue", None, 3): None,
        ("issue", None, None): None,
        ("issue", 2, 3): (issue, "likelihood"),
        ("issue", None, 0): ("Impact must be from 1 to 5", "impact"),
    }
    assert {given: said(*given) for given in wanted} == wanted


def test_review_is_due_on_its_day_and_not_of_what_is_closed() -> None:
    days = [None, date(2026, 11, 25), DAY, date(2026, 11, 1)]
    assert [is_review_due(day, None, DAY) for day in days] == [False, False, True, True]
    assert not any(is_review_due(day, DAY, DAY) for day in days)


def test_reference_follows_the_highest_of_its_register() -> None:
    taken = ["R-01", "R-13", "R-9x", "A-02", "case-R-77"]
    registers = ("risk", "assumption", "issue", "dependency")
    assert [next_ref(register, taken) for register in registers] == ["R-14", "A-03", "I-01", "DEP-01"]
    assert next_ref("risk", ["R-99"]) == "R-100"


def test_what_is_closed_is_opened_again_before_it_changes() -> None:
    messages = []
    for check, closed_on in (
        (check_open, None),
        (check_closed, DAY),
        (check_open, DAY),
        (check_closed, None),
    ):
        try:
            check(closed_on)
        except Refusal as refusal:
            messages.append(refusal.message)
    assert messages == [
        "This was closed on 24 November 2026. Open it again before you change it",
        "This is open. There is nothing to open again",
    ]
