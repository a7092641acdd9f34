"""When a decision takes effect for every council at once (F-31, INV-06, INV-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.dates import ImpreciseDate
from governance.enums import ApprovalBody, Authority, CouncilDecisionState, DecisionKind, DecisionState
from governance.rules.facts import Answer, Proposal, body_verb
from governance.rules.lines import start_line, sub_line
from governance.rules.start import Standing, Start, StartWord, can_start
from tests.governance.rules import story
from tests.governance.rules.story import (
    APPROVED,
    CHANGED,
    FULL_COUNCIL,
    REJECTED,
    TODAY,
    answer,
    day,
    proposal,
)

NEW_VERSION = (
    "Tonight: recommend version 2. Version 1 is blocked because the councils differ; "
    "it lapses on 10 January 2027"
)


def start_of(decision: Proposal, as_of: date = TODAY) -> Start:
    return can_start(decision, day(as_of))


def row(decision: Proposal, as_of: date = TODAY) -> tuple[str, str, str]:
    """What the board says: under the title, the word, and under the word."""
    start = start_of(decision, as_of)
    return sub_line(start, decision, as_of), str(start.word), start_line(start, decision)


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        (
            story.joint_committee(),
            (
                "Tonight: recommend delegation to one joint committee",
                "Not yet",
                "16 January 2027 at the earliest",
            ),
        ),
        (
            story.compensation(),
            ("Tonight: recommend £35,799.19", "Not yet", "13 February 2027 at the earliest"),
        ),
        (
            story.pay_and_grading(),
            (
                NEW_VERSION,
                "Not yet",
                "13 February 2027 at the earliest, if version 2 is agreed",
            ),
        ),
        (
            story.data_sharing(),
            (
                "Recommended 22 September 2026, 63 days ago. Lapses on 21 March 2027",
                "Not yet",
                "12 December 2026 at the earliest. Waiting for Carrick",
            ),
        ),
        (
            story.ict_contract(),
            ("Recommended 22 September 2026, 63 days ago", "Not yet", "28 November 2026 at the earliest"),
        ),
        (
            story.current_plan(),
            ("ICT saving earlier, office saving later", "Yes", "In effect from 20 June 2026"),
        ),
    ],
)
def test_row_of_the_board(decision: Proposal, expected: tuple[str, str, str]) -> None:
    assert row(decision) == expected


def test_effective_date_is_the_latest_of_all_councils() -> None:
    decision = proposal(
        answer("Ashmere", state=APPROVED, decided=date(2026, 12, 16), published=date(2026, 12, 18)),
        answer("Brockvale", state=APPROVED, decided=date(2027, 1, 6), published=date(2027, 1, 8)),
        answer("Carrick", FULL_COUNCIL, APPROVED, decided=date(2027, 1, 14)),
    )
    before, after = start_of(decision, date(2027, 1, 15)), start_of(decision, date(2027, 1, 16))
    assert (before.word, before.on, before.waiting_for) == ("Not yet", date(2027, 1, 16), ("Brockvale",))
    assert (after.word, after.on, after.waiting_for) == ("Yes", date(2027, 1, 16), ())


def test_effective_date_waits_for_the_day_agreed() -> None:
    decision = replace(story.current_plan(), not_before_on=date(2027, 4, 1))
    start = start_of(decision)
    assert (start.word, start.on, start.waiting_for) == ("Not yet", date(2027, 4, 1), ())
    assert start_of(decision, date(2027, 4, 1)).word == StartWord.YES


def test_nothing_is_effective_while_one_council_has_not_decided() -> None:
    start = start_of(story.data_sharing())
    assert (start.word, start.not_ratified, start.waiting_for) == ("Not yet", ("Carrick",), ("Carrick",))


@pytest.mark.parametrize("state", [CHANGED, REJECTED])
def test_one_refusal_blocks_every_council(state: str) -> None:
    refusal = answer("Carrick", state=state, decided=date(2026, 11, 5))
    decision = replace(story.data_sharing(), answers=(*story.data_sharing().answers[:2], refusal))
    start = start_of(decision)
    assert (start.word, start.standing, start.on, start.waiting_for) == ("No", Standing.BLOCKED, None, ())
    assert [position.agrees for position in start.positions] == [True, True, False]
    word = "Changed" if state == CHANGED else "Rejected"
    assert start_line(start, decision) == f"{word} by Carrick"


def test_approval_of_another_text_blocks() -> None:
    answers = tuple(replace(one, text_hash="a" * 64) for one in story.current_plan().answers)
    odd = replace(answers[2], text_hash="b" * 64)
    decision = replace(story.current_plan(), text_hash="a" * 64, answers=(*answers[:2], odd))
    start = start_of(decision)
    assert (start.word, start.not_ratified) == ("No", ("Carrick",))
    assert start_line(start, decision) == "Given another text by Carrick"


def test_recorded_state_does_not_make_a_decision_effective() -> None:
    decision = replace(story.data_sharing(), state=DecisionState.EFFECTIVE)
    assert start_of(decision).word == StartWord.NOT_YET


def test_call_in_that_has_closed_makes_it_effective_without_a_new_record() -> None:
    start = start_of(story.ict_contract(), date(2026, 11, 28))
    assert (start.word, start.on) == ("Yes", date(2026, 11, 28))


def test_called_in_gives_no_date() -> None:
    decision = replace(story.ict_contract(), state=DecisionState.CALLED_IN)
    start = start_of(decision, date(2026, 12, 1))
    assert (start.word, start.on) == ("Not yet", None)
    assert start_line(start, decision) == "No date yet. It has been called in: the date waits for scrutiny"


def test_no_date_where_a_council_has_no_meeting() -> None:
    decision = proposal(answer("Ashmere"), answer("Carrick"), recommended_on=date(2026, 11, 3))
    start = start_of(decision)
    assert start.on is None
    assert start_line(start, decision) == ("No date yet. Ashmere and Carrick have no meeting date")


def test_no_council_recorded_gives_no_date() -> None:
    decision = proposal()
    assert row(decision) == ("", "Not yet", "No date yet. It is not recorded which councils must decide")


def test_lapses_after_its_last_day() -> None:
    last = start_of(story.data_sharing(), date(2027, 3, 21))
    after = start_of(story.data_sharing(), date(2027, 3, 22))
    assert (last.standing, last.lapses_on) == (Standing.RATIFYING, date(2027, 3, 21))
    assert (after.standing, after.word, after.waiting_for) == (Standing.ENDED, "No", ())
    assert start_line(after, story.data_sharing()) == "Lapsed before every council had approved it"


@pytest.mark.parametrize(
    ("state", "line"),
    [
        (DecisionState.WITHDRAWN, "Withdrawn"),
        (DecisionState.SUPERSEDED, "Replaced by a new version"),
        (DecisionState.LAPSED, "Lapsed"),
    ],
)
def test_ended_decision_says_how(state: DecisionState, line: str) -> None:
    decision = replace(story.data_sharing(), state=state)
    assert row(decision) == ("", "No", line)


def test_going_ahead_without_a_council_is_in_effect_for_the_others() -> None:
    answers = story.current_plan().answers
    refusal = answer("Carrick", state=REJECTED, decided=date(2026, 6, 11))
    decision = replace(
        story.current_plan(), state=DecisionState.PROCEEDING_WITHOUT, answers=(*answers[:2], refusal)
    )
    start = start_of(decision)
    assert (start.word, start.on, start.not_ratified) == ("Yes", date(2026, 6, 20), ("Carrick",))


def test_outcomes_alone_say_who_has_not_ratified() -> None:
    names = ("Canterbury", "Dover", "Thanet", "Shepway")
    decision = proposal(
        *(
            Answer(name, ApprovalBody.NOT_STATED, REJECTED if name == "Shepway" else APPROVED)
            for name in names
        ),
        state=DecisionState.BLOCKED,
    )
    start = start_of(decision)
    assert (start.standing, start.word, start.not_ratified) == (Standing.REPORTED, "No", ("Shepway",))
    assert start_line(start, decision) == "Declined by Shepway"
    went_ahead = replace(decision, state=DecisionState.PROCEEDING_WITHOUT)
    assert row(went_ahead)[1:] == ("No", "Declined by Shepway. The others went ahead")


def test_outcomes_alone_all_agreed() -> None:
    decision = proposal(
        *(Answer(name, ApprovalBody.NOT_STATED, APPROVED) for name in ("Bromsgrove", "Redditch")),
        state=DecisionState.EFFECTIVE,
    )
    start = start_of(decision)
    assert (start.standing, start.word, start.on, start.not_ratified) == (Standing.REPORTED, "Yes", None, ())
    assert start_line(start, decision) == ""


def test_outcomes_alone_say_who_took_it_and_when() -> None:
    one = Answer("Dover", ApprovalBody.NOT_STATED, APPROVED)
    dated = proposal(one, body="four councils", taken=ImpreciseDate.month(2008, 6))
    undated = proposal(one, body="")
    assert [row(dated)[0], row(undated)[0]] == ["Four councils, June 2008", "Date not stated"]


def test_on_the_agenda_until_the_outcome_is_recorded() -> None:
    decision = story.joint_committee()
    assert row(decision, date(2026, 11, 20))[0] == (
        "On 24 November 2026: recommend delegation to one joint committee"
    )
    assert row(decision, date(2026, 11, 26))[0] == (
        "Was on the agenda of 24 November 2026, outcome not recorded: "
        "recommend delegation to one joint committee"
    )
    recorded = replace(decision, recommended_on=TODAY, state=DecisionState.RATIFYING)
    assert row(recorded, date(2026, 11, 26))[0] == (
        "Recommended 24 November 2026, 2 days ago. Lapses on 23 May 2027"
    )


def test_as_of_a_day_before_the_recommendation_it_was_not_put() -> None:
    start = start_of(story.ict_contract(), date(2026, 9, 1))
    assert (start.standing, start.not_ratified) == (
        Standing.ON_AGENDA,
        ("Ashmere", "Brockvale", "Carrick"),
    )


@pytest.mark.parametrize(
    ("authority", "kind", "verb"),
    [
        (Authority.RECOMMENDS, DecisionKind.RECOMMENDATION, "recommended"),
        (Authority.RECOMMENDS, DecisionKind.RESOLUTION, "recommended"),
        (Authority.OVERSEES, DecisionKind.RESOLUTION, "recommended"),
        (Authority.DECIDES, DecisionKind.RECOMMENDATION, "recommended"),
        (Authority.DECIDES, DecisionKind.RESOLUTION, "resolved"),
        (Authority.RECOMMENDS, DecisionKind.NOTING, "noted"),
    ],
)
def test_body_that_recommends_never_decides(authority: str, kind: str, verb: str) -> None:
    assert body_verb(authority, kind) == verb


STATES = st.sampled_from(list(CouncilDecisionState))
WHEN = st.dates(date(2026, 10, 1), date(2027, 2, 28))


@st.composite
def answers(draw: st.DrawFn) -> Answer:
    decided = draw(WHEN)
    return answer(
        draw(st.sampled_from(["Ashmere", "Brockvale", "Carrick"])),
        draw(st.sampled_from([ApprovalBody.EXECUTIVE, ApprovalBody.FULL_COUNCIL])),
        draw(STATES),
        decided=decided,
        published=decided + timedelta(days=draw(st.integers(0, 5))),
        meets=draw(st.none() | WHEN),
    )


@given(st.lists(answers(), min_size=1, max_size=5), WHEN, st.sampled_from(list(DecisionState)))
def test_yes_only_when_every_council_approved_and_every_call_in_closed(
    given_answers: list[Answer], as_of: date, state: DecisionState
) -> None:
    start = start_of(proposal(*given_answers, state=state, recommended_on=date(2026, 9, 22)), as_of)
    if start.word == StartWord.YES and start.standing != Standing.GOING_AHEAD_WITHOUT:
        assert all(position.agrees and position.is_final for position in start.positions)
        assert start.on == max(position.effective_on for position in start.positions if position.effective_on)
        assert start.on <= as_of


@given(st.lists(answers(), min_size=1, max_size=5), WHEN)
def test_order_of_councils_changes_neither_word_nor_date(given_answers: list[Answer], as_of: date) -> None:
    forward = start_of(proposal(*given_answers), as_of)
    backward = start_of(proposal(*reversed(given_answers)), as_of)
    assert (forward.word, forward.on) == (backward.word, backward.on)
