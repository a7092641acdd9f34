"""The answer to "Can we start?" in sentences, and the timeline beside it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from governance.enums import ApprovalBody, DecisionState
from governance.rules.explain import Explanation, explain
from governance.rules.facts import Answer, Proposal
from governance.rules.start import can_start
from governance.rules.timeline import Event, Place, timeline
from tests.governance.rules import story
from tests.governance.rules.story import APPROVED, FULL_COUNCIL, REJECTED, TODAY, answer, day, proposal


def explained(decision: Proposal, as_of: date = TODAY) -> Explanation:
    return explain(can_start(decision, day(as_of)), decision, day(as_of))


def events(decision: Proposal, as_of: date = TODAY) -> list[Event]:
    return timeline(decision, can_start(decision, day(as_of)), day(as_of))


def called_in(council: str) -> str:
    return f"If it is called in, the date moves to the day {council}’s scrutiny committee meets, or later."


def test_explain_an_open_call_in() -> None:
    assert explained(story.ict_contract()) == Explanation(
        "Not yet. The earliest date is Saturday 28 November 2026.",
        "All three councils have approved the same text. Nothing takes effect for any council until "
        "Brockvale’s call-in closes at 5pm on Friday 27 November 2026.",
        (
            "You may prepare. Do not sign or spend on the strength of it.",
            called_in("Brockvale"),
        ),
    )


def test_explain_two_open_call_ins() -> None:
    first = story.ict_contract().answers
    decision = replace(
        story.ict_contract(),
        answers=(
            answer("Ashmere", state=APPROVED, decided=date(2026, 11, 18), published=date(2026, 11, 19)),
            first[1],
        ),
    )
    assert explained(decision) == Explanation(
        "Not yet. The earliest date is Saturday 28 November 2026.",
        "Both councils have approved the same text. Nothing takes effect for any council until the call-ins "
        "of Ashmere and Brockvale have closed, the last at 5pm on Friday 27 November 2026.",
        (
            "You may prepare. Do not sign or spend on the strength of it.",
            "The date is Brockvale’s, the later of the two.",
            called_in("Ashmere"),
            called_in("Brockvale"),
        ),
    )


def test_explain_a_council_that_has_not_decided() -> None:
    assert explained(story.data_sharing()) == Explanation(
        "Not yet. The earliest date is Saturday 12 December 2026.",
        "Ashmere and Brockvale have approved the text. Nothing takes effect for any council until Carrick "
        "has approved it too.",
        (
            "You may prepare. Do not sign or spend on the strength of it.",
            "The date assumes that Carrick decides on the day planned, in favour and without a call-in.",
            "It lapses on 21 March 2027 unless every council has approved it by then.",
        ),
    )


def test_explain_a_text_that_a_group_can_only_recommend() -> None:
    found = explained(story.joint_committee())
    assert found.answer == "Not yet. The earliest date is Saturday 16 January 2027."
    assert found.why == (
        "The joint steering group considers it tonight and can only recommend it; each council then decides "
        "for itself. Nothing takes effect for any council until all three councils have approved the same "
        "text."
    )
    assert found.points[1] == "The date is Brockvale’s, the latest of the three."


def test_explain_a_new_version() -> None:
    assert explained(story.pay_and_grading()).points[-1] == (
        "Version 1 is blocked because the councils differ, and lapses on 10 January 2027."
    )


def test_explain_what_is_in_effect() -> None:
    assert explained(story.current_plan()) == Explanation(
        "Yes. In effect for all three councils since 20 June 2026.",
        "All three councils have approved the same text. No call-in is open.",
    )


def test_explain_councils_that_differ() -> None:
    refusal = answer("Carrick", state=REJECTED, decided=date(2026, 11, 5))
    decision = replace(story.data_sharing(), answers=(*story.data_sharing().answers[:2], refusal))
    assert explained(decision) == Explanation(
        "No. The councils have not approved the same text.",
        "Rejected by Carrick. Nothing takes effect for any council. "
        "The approval of Ashmere and Brockvale stays on record.",
        (
            "The group may put a new version of the text; every council then decides again.",
            "The councils may use the steps that their agreement sets out for disputes.",
            "Without either, the recommendation lapses.",
        ),
    )


def test_explain_a_missing_meeting_date() -> None:
    decision = proposal(
        answer("Ashmere", FULL_COUNCIL, APPROVED, decided=date(2026, 11, 5)), answer("Carrick")
    )
    found = explained(decision)
    assert found.answer == "Not yet. No date can be worked out."
    assert found.points[1] == "No date can be worked out because Carrick has no meeting date."


def test_explain_a_decision_not_published() -> None:
    decision = proposal(answer("Ashmere", state=APPROVED, decided=date(2026, 11, 23)))
    assert explained(decision) == Explanation(
        "Not yet. The earliest date is Thursday 3 December 2026.",
        "The council has approved the text. Nothing takes effect for any council until Ashmere’s call-in "
        "closes at 5pm on Wednesday 2 December 2026.",
        (
            "You may prepare. Do not sign or spend on the strength of it.",
            "Ashmere has not published its decision: its call-in starts only then.",
        ),
    )


def test_explain_going_ahead_without_a_council() -> None:
    answers = story.current_plan().answers
    refusal = answer("Carrick", state=REJECTED, decided=date(2026, 6, 11))
    decision = replace(
        story.current_plan(), state=DecisionState.PROCEEDING_WITHOUT, answers=(*answers[:2], refusal)
    )
    assert explained(decision) == Explanation(
        "Yes, for Ashmere and Brockvale from 20 June 2026.", "They go ahead without Carrick."
    )


def test_explain_outcomes_of_a_report() -> None:
    decision = proposal(
        Answer("Dover", ApprovalBody.NOT_STATED, APPROVED),
        Answer("Shepway", ApprovalBody.NOT_STATED, REJECTED),
    )
    assert explained(decision) == Explanation(
        "Not agreed by every council. Declined by Shepway.", "Dover agreed."
    )


def test_timeline_of_an_open_call_in() -> None:
    assert events(story.ict_contract()) == [
        Event(
            date(2026, 9, 22),
            "Joint steering group recommended version 1",
            "Text fingerprint 7c41 e09a",
        ),
        Event(
            date(2026, 10, 21),
            "Ashmere cabinet approved",
            "Published 23 October. No call-in by 30 October. Final from 31 October",
        ),
        Event(
            date(2026, 11, 5),
            "Carrick cabinet approved",
            "Published 6 November. No call-in by 13 November. Final from 14 November",
        ),
        Event(
            date(2026, 11, 18),
            "Brockvale cabinet approved",
            "Published 20 November. Call-in opened: 5 working days",
        ),
        Event(TODAY, "Today: 3 working days of Brockvale’s call-in left after today", "", Place.TODAY),
        Event(date(2026, 11, 27), "Brockvale’s call-in closes at 5pm", "", Place.NEXT),
        Event(
            date(2026, 11, 28),
            "In effect for all three councils, if not called in",
            "The first working day is Monday 30 November",
            Place.NEXT,
        ),
    ]


def test_timeline_of_a_council_that_deferred() -> None:
    assert events(story.data_sharing())[3:] == [
        Event(date(2026, 11, 5), "Carrick cabinet deferred"),
        Event(TODAY, "Today: waiting for Carrick", "", Place.TODAY),
        Event(
            date(2026, 11, 25),
            "Last day for Carrick’s agenda",
            "5 clear working days before it meets",
            Place.NEXT,
        ),
        Event(date(2026, 12, 3), "Carrick cabinet decides", "", Place.NEXT),
        Event(
            date(2026, 12, 11),
            "Carrick’s call-in would close at 5pm",
            "If published on 4 December 2026",
            Place.NEXT,
        ),
        Event(
            date(2026, 12, 12),
            "In effect for all three councils, if all goes as planned",
            "The first working day is Monday 14 December",
            Place.NEXT,
        ),
    ]


def test_timeline_of_a_new_version_starts_with_the_old_one() -> None:
    found = events(story.pay_and_grading())
    assert [(event.on, event.text) for event in found[:5]] == [
        (date(2026, 7, 14), "Joint steering group recommended version 1"),
        (date(2026, 9, 16), "Ashmere cabinet approved version 1"),
        (date(2026, 10, 7), "Brockvale cabinet changed version 1"),
        (date(2026, 10, 8), "Carrick cabinet approved version 1"),
        (TODAY, "Today: the joint steering group considers version 2"),
    ]


def test_timeline_of_what_is_in_effect_ends_there() -> None:
    assert events(story.current_plan())[-1] == Event(date(2026, 6, 20), "In effect for all three councils")


def test_timeline_on_the_last_day_of_a_call_in() -> None:
    found = [
        event for event in events(story.ict_contract(), date(2026, 11, 27)) if event.place == Place.TODAY
    ]
    assert found == [Event(date(2026, 11, 27), "Today: the last day of Brockvale’s call-in", "", Place.TODAY)]


def test_timeline_of_outcomes_alone_is_empty() -> None:
    decision = proposal(Answer("Dover", ApprovalBody.NOT_STATED, APPROVED))
    assert events(decision) == []
