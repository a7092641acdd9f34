"""What may be recorded of a gate review (domain.md 2.11, F-27, rows 11 and 12)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from core.errors import Refusal, Refusals
from core.rules.references import next_reference
from programme.rules.assurance.checklist import Given, check_answers, checklist
from programme.rules.assurance.gate_review import (
    check_confidence,
    check_due,
    check_gate,
    check_held,
    check_settled,
    check_still_open,
    is_late,
)
from programme.rules.delivery_confidence import DeliveryConfidence

DAY = date(2026, 11, 24)
WHOLE = {lesson.code: Given("met", f"Seen: {lesson.name}") for lesson in checklist()}


def refusal_of(rule: Callable[[], object]) -> tuple[str, str | None, str]:
    with pytest.raises(Refusal) as said:
        rule()
    return said.value.message, said.value.field, said.value.code


def test_checklist_is_the_eight_lessons_in_their_order_with_their_source() -> None:
    assert [(one.number, one.name) for one in checklist()] == [
        (1, "Business case"),
        (2, "Benefits plan"),
        (3, "Capacity"),
        (4, "Support"),
        (5, "Service levels"),
        (6, "Migration"),
        (7, "Staff"),
        (8, "Contingency"),
    ]
    assert all("Office of Government Commerce" in one.source for one in checklist())


def test_all_eight_with_evidence_are_kept() -> None:
    spaced = WHOLE | {"case": Given("partly", "  Issued  ")}
    assert check_answers(spaced) == WHOLE | {"case": Given("partly", "Issued")}


def test_each_of_the_eight_without_answer_or_evidence_is_named_at_once() -> None:
    given = WHOLE | {
        "case": Given("", "Issued"),
        "staff": Given("not_met", " "),
        "benefits": Given("yes", "x"),
    }
    del given["contingency"]
    with pytest.raises(Refusals) as said:
        check_answers(given)
    assert [(one.message, one.field) for one in said.value.refusals] == [
        ("Say whether lesson 1, business case, is met, partly met or not met", "case.answer"),
        ("Say whether lesson 2, benefits plan, is met, partly met or not met", "benefits.answer"),
        ("Enter the evidence for lesson 7", "staff.evidence"),
        ("Say whether lesson 8, contingency, is met, partly met or not met", "contingency.answer"),
    ]


def test_answer_to_a_ninth_lesson_is_refused() -> None:
    with pytest.raises(Refusals) as said:
        check_answers(WHOLE | {"luck": Given("met", "Seen")})
    assert [(one.message, one.field) for one in said.value.refusals] == [("There is no lesson luck", "luck")]


@pytest.mark.parametrize(
    ("scale", "points"),
    [("three", ["Green", "Amber", "Red"]), ("five", ["Green", "Amber/Green", "Amber", "Amber/Red", "Red"])],
)
def test_confidence_is_a_point_of_its_scale(scale: str, points: list[str]) -> None:
    assert [check_confidence(scale, point).value for point in points] == points


def test_five_point_confidence_is_refused_on_three_points() -> None:
    assert refusal_of(lambda: check_confidence("three", DeliveryConfidence.AMBER_RED)) == (
        "Choose one of the three points: Green, Amber, Red",
        "delivery_confidence",
        "F-27",
    )


def test_rules_of_a_review_refuse_in_the_words_of_their_rows() -> None:
    check_gate(0)
    check_held(DAY, DAY)
    check_due(DAY, DAY)
    assert refusal_of(lambda: check_gate(6)) == ("Choose a gate from 0 to 5", "gate", "")
    assert refusal_of(lambda: check_held(date(2026, 11, 25), DAY)) == (
        "Date of the review must be today or in the past",
        "held_on",
        "11",
    )
    assert refusal_of(lambda: check_due(DAY, date(2026, 11, 23))) == (
        "Due date must be on or after 24 November 2026, the day of the review",
        "due_on",
        "12",
    )
    assert refusal_of(lambda: check_still_open("done", DAY))[0] == (
        "This recommendation is done since 24 November 2026. Open it again before you change it"
    )
    assert refusal_of(lambda: check_settled("open"))[0] == (
        "This recommendation is open. There is nothing to open again"
    )


def test_recommendation_is_late_from_the_day_after_while_it_is_open() -> None:
    before = date(2026, 11, 23)
    cases = [("open", before), ("open", DAY), ("open", None), ("done", before)]
    assert [is_late(state, due, DAY) for state, due in cases] == [True, False, False, False]


def test_reference_follows_the_highest_of_its_prefix() -> None:
    taken = ["GR-01", "GR-09", "GR-x", "R-40"]
    assert (next_reference("GR-", taken, width=2), next_reference("LN-", ["LN-4"])) == ("GR-10", "LN-5")
