"""The answers at the top of a council's page."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from core.rules.assessment import NotAssessable
from governance.rules.council_answers import (
    MemberAnswer,
    decisions_answer,
    fairness_answer,
    milestones_answer,
    net_answer,
    points_in_words,
    savings_answer,
)
from governance.rules.position import council_position
from tests.governance.rules import story
from tests.governance.rules.story import day

CUT_OFF = date(2026, 10, 31)
NO_PLAN = NotAssessable("No plan version is recorded")


def test_savings_answer_names_what_is_verified_of_what_was_planned() -> None:
    assert savings_answer(
        planned=4_510_20, verified=3_213_52, claimed=1_127_55, rating="Red", cut_off=CUT_OFF
    ) == MemberAnswer(
        "Are we saving what was planned?",
        "Red",
        "£3,213.52 verified of £4,510.20 planned to 31 October 2026.",
        "£1,127.55 more is claimed and not verified.",
        "#savings",
    )


def test_savings_answer_with_nothing_claimed_says_no_more() -> None:
    found = savings_answer(planned=100_00, verified=100_00, claimed=0, rating="Green", cut_off=None)
    assert (found.text, found.more) == ("£100 verified of £100 planned.", "")


def test_savings_answer_without_a_plan_says_what_is_missing() -> None:
    found = savings_answer(planned=NO_PLAN, verified=NO_PLAN, claimed=0, rating="", cut_off=None)
    assert (found.word, found.text) == ("Not assessable", "No plan version is recorded.")


def test_net_answer_says_better_or_worse_off() -> None:
    better = net_answer(planned=18_674_13, forecast=14_179_58, last_fy=2031)
    worse = net_answer(planned=-35_799_19, forecast=NO_PLAN, last_fy=2031)
    assert (better.word, better.text) == (
        "Better off",
        "By 31 March 2032 the forecast leaves the council £14,179.58 better off in cash.",
    )
    assert (worse.word, worse.text) == (
        "Worse off",
        "By 31 March 2032 the current plan leaves the council £35,799.19 worse off in cash.",
    )


def test_net_answer_says_where_present_value_answers_otherwise() -> None:
    found = net_answer(planned=1, forecast=14_179_58, last_fy=2031, present_pence=-39_251_69)
    assert (found.word, found.more) == ("Better off", "At net present value it is £39,251.69 worse off.")
    assert net_answer(planned=1, forecast=1, last_fy=2031, present_pence=0).more == ""


def test_net_answer_without_a_plan_says_what_is_missing() -> None:
    found = net_answer(planned=NO_PLAN, forecast=NO_PLAN, last_fy=None)
    assert (found.word, found.text) == ("Not assessable", "No plan version is recorded.")


def test_fairness_answer_flags_a_share_far_from_the_key() -> None:
    flagged = fairness_answer(share=Fraction(22, 10), key=Fraction(282, 10), is_flagged=True, reason="")
    within = fairness_answer(share=Fraction(30), key=Fraction(282, 10), is_flagged=False, reason="")
    unknown = fairness_answer(share=None, key=None, is_flagged=False, reason="Population is not stated")
    assert [(one.word, one.text) for one in (flagged, within, unknown)] == [
        ("Flagged", "2.2% of the planned net saving, against 28.2% of the population."),
        ("Within 5 points", "30.0% of the planned net saving, against 28.2% of the population."),
        ("Not assessable", "Population is not stated."),
    ]


def test_decisions_answer_names_the_soonest() -> None:
    waiting = []
    for title, decision in (("Compensation", story.compensation()), ("Sharing", story.data_sharing())):
        waiting.append((title, council_position(decision.answers[2], decision, day())))
    assert decisions_answer(waiting) == MemberAnswer(
        "What must we decide?",
        "2 open",
        "Next, on 3 December 2026: Sharing.",
        "Decides on 3 December. Publish the agenda by tomorrow, 25 November.",
        "#decisions",
    )


def test_decisions_answer_where_only_a_call_in_is_open() -> None:
    decision = story.ict_contract()
    position = council_position(decision.answers[1], decision, day())
    found = decisions_answer([("Contract", position)])
    assert (found.word, found.text) == ("1 open", "Contract: Call-in closes at 5pm on 27 November.")


def test_decisions_answer_with_nothing_open() -> None:
    found = decisions_answer([])
    assert (found.word, found.text) == ("Nothing", "No decision waits for this council.")


def test_milestones_answer_counts_late_and_due() -> None:
    until = date(2026, 12, 8)
    late = milestones_answer(late=["Agreement signed", "Servers listed"], due=1, due_until=until)
    none = milestones_answer(late=[], due=0, due_until=until)
    assert (late.word, late.text, late.more) == (
        "2 late",
        "Late the longest: Agreement signed.",
        "1 milestone is due by 8 December 2026.",
    )
    assert (none.word, none.text) == ("Nothing", "Nothing is late. Nothing is due by 8 December 2026.")


def test_points_in_words() -> None:
    assert [points_in_words(Fraction(points)) for points in (Fraction(218, 10), -26, 0)] == [
        "21.8 points above",
        "26.0 points below",
        "equal",
    ]
