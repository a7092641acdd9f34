"""Where one council stands, in the words of the board."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.rules.dates import ImpreciseDate
from core.rules.notice import CallInPeriod
from governance.enums import ApprovalBody, CouncilDecisionState
from governance.rules.board import Group, counts_sentence
from governance.rules.facts import Answer, Proposal
from governance.rules.position import Position, council_position
from programme.enums import DayUnit
from tests.governance.rules import story
from tests.governance.rules.story import (
    APPROVED,
    CHANGED,
    DEFERRED,
    FULL_COUNCIL,
    REJECTED,
    TODAY,
    answer,
    day,
    own_rules,
    proposal,
)


def cells(decision: Proposal, as_of: date = TODAY) -> list[tuple[str, str, str]]:
    """Each council's tag, date and next step."""
    positions = [council_position(one, decision, day(as_of)) for one in decision.answers]
    return [(str(one.word), one.when, one.next_step) for one in positions]


def position_of(one: Answer, as_of: date = TODAY, **facts: object) -> Position:
    return council_position(one, proposal(one, **facts), day(as_of))


def test_cells_of_a_key_decision_on_the_agenda() -> None:
    assert cells(story.joint_committee()) == [
        (
            "Awaiting",
            "Cabinet, 16 December 2026",
            "Notice published 16 November. A decision is lawful from 15 December",
        ),
        ("Awaiting", "Cabinet, 6 January 2027", "Publish the notice by 8 December 2026"),
        ("Awaiting", "Full council, 14 January 2027", "Publish the agenda by 6 January 2027"),
    ]


def test_cells_of_a_key_decision_of_three_cabinets() -> None:
    assert cells(story.compensation()) == [
        ("Awaiting", "Cabinet, 20 January 2027", "Publish the notice by 22 December 2026"),
        ("Awaiting", "Cabinet, 3 February 2027", "Publish the notice by 5 January 2027"),
        ("Awaiting", "Cabinet, 4 February 2027", "Publish the notice by 6 January 2027"),
    ]


def test_cells_where_a_new_version_is_put() -> None:
    assert cells(story.pay_and_grading()) == [
        (
            "Approved",
            "Version 1, 16 September 2026",
            "Decides on version 2 on 20 January 2027. Publish the notice by 22 December 2026",
        ),
        (
            "Changed",
            "Version 1, 7 October 2026",
            "Decides on version 2 on 3 February 2027. Publish the notice by 5 January 2027",
        ),
        (
            "Approved",
            "Version 1, 8 October 2026",
            "Decides on version 2 on 4 February 2027. Publish the notice by 6 January 2027",
        ),
    ]
    put = story.pay_and_grading()
    assert not any(council_position(one, put, day(TODAY)).has_decided for one in put.answers)


def test_cells_where_one_council_deferred() -> None:
    assert cells(story.data_sharing()) == [
        ("Approved", "Executive member, 14 October 2026", "Call-in closed 23 October"),
        ("Approved", "Cabinet, 21 October 2026", "Call-in closed 30 October"),
        (
            "Deferred",
            "Cabinet, 5 November 2026",
            "Decides on 3 December. Publish the agenda by tomorrow, 25 November",
        ),
    ]


def test_cells_where_a_call_in_is_open() -> None:
    assert cells(story.ict_contract()) == [
        ("Approved", "Cabinet, 21 October 2026", "Call-in closed 30 October"),
        ("Call-in open", "Cabinet approved, 18 November 2026", "Call-in closes at 5pm on 27 November"),
        ("Approved", "Cabinet, 5 November 2026", "Call-in closed 13 November"),
    ]


def test_position_on_the_last_day_of_call_in_and_the_day_after() -> None:
    brockvale = story.ict_contract().answers[1]
    last = position_of(brockvale, date(2026, 11, 27))
    after = position_of(brockvale, date(2026, 11, 28))
    assert (last.word, last.next_step, last.is_waiting, last.is_final) == (
        "Call-in open",
        "Call-in closes at 5pm today, 27 November",
        True,
        False,
    )
    assert (after.word, after.next_step, after.is_waiting, after.is_final) == (
        "Approved",
        "Call-in closed 27 November",
        False,
        True,
    )


def test_position_with_call_in_over_christmas_carries_the_period() -> None:
    position = position_of(
        answer("Ashmere", state=APPROVED, decided=date(2026, 12, 16), published=date(2026, 12, 18)),
        date(2026, 12, 19),
    )
    assert position.call_in == CallInPeriod(date(2026, 12, 29), time(17), date(2026, 12, 30))
    assert position.effective_on == date(2026, 12, 30)


def test_position_uses_the_councils_own_rules_of_the_day() -> None:
    old = own_rules(call_in_days=3, cut_off=time(12))
    new = replace(own_rules(call_in_days=5), from_on=date(2027, 2, 1))
    one = answer(
        "Ashmere", state=APPROVED, decided=date(2027, 1, 8), published=date(2027, 1, 12), own_rules=(new, old)
    )
    position = position_of(one, date(2027, 1, 13))
    assert position.call_in == CallInPeriod(date(2027, 1, 15), time(12), date(2027, 1, 16))
    assert position.next_step == "Call-in closes at midday on 15 January"


def test_position_counts_calendar_days_where_the_council_does() -> None:
    rules = own_rules(call_in_days=5, unit=DayUnit.CALENDAR)
    one = answer(
        "Ashmere",
        state=APPROVED,
        decided=date(2026, 11, 18),
        published=date(2026, 11, 20),
        own_rules=(rules,),
    )
    assert position_of(one).call_in == CallInPeriod(date(2026, 11, 25), time(17), date(2026, 11, 26))


def test_position_without_recorded_rules_works_out_no_date() -> None:
    position = position_of(answer("Ashmere", state=APPROVED, decided=date(2026, 11, 18), own_rules=()))
    assert position.effective_on is None
    assert position.missing == "has no call-in rules recorded"
    assert position.next_step == "No date can be worked out: it has no call-in rules recorded"
    assert position.is_waiting


def test_position_approved_by_full_council_has_no_call_in() -> None:
    position = position_of(answer("Carrick", FULL_COUNCIL, APPROVED, decided=date(2026, 11, 19)))
    assert (position.call_in, position.effective_on, position.is_final) == (None, date(2026, 11, 19), True)
    assert position.next_step == "No call-in. Final from 19 November"


def test_position_under_a_committee_system_has_neither_notice_nor_call_in() -> None:
    decided = answer(
        "Carrick", ApprovalBody.COMMITTEE, APPROVED, decided=date(2026, 11, 19), has_executive=False
    )
    awaited = answer("Carrick", ApprovalBody.COMMITTEE, meets=date(2027, 1, 20), has_executive=False)
    assert position_of(decided, is_key=True).call_in is None
    assert position_of(awaited, is_key=True).next_step == "Publish the agenda by 12 January 2027"


@pytest.mark.parametrize(("is_key", "has_call_in"), [(True, True), (False, False)])
def test_position_of_an_officer_has_call_in_only_on_a_key_decision(is_key: bool, has_call_in: bool) -> None:
    one = answer(
        "Ashmere", ApprovalBody.OFFICER, APPROVED, decided=date(2026, 11, 18), published=date(2026, 11, 19)
    )
    assert (position_of(one, is_key=is_key).call_in is not None) == has_call_in


def test_position_approved_and_not_published_expects_publication() -> None:
    one = answer("Brockvale", state=APPROVED, decided=date(2026, 11, 23))
    position = position_of(one)
    assert position.next_step == "Not published yet, expected by 25 November. Call-in starts then"
    assert (position.effective_on, position.is_final, position.is_waiting) == (date(2026, 12, 3), False, True)


def test_position_never_published_moves_with_the_day() -> None:
    one = answer("Brockvale", state=APPROVED, decided=date(2026, 11, 2))
    assert position_of(one).effective_on == date(2026, 12, 2)
    assert position_of(one, date(2026, 12, 1)).effective_on == date(2026, 12, 9)


def test_position_after_a_missed_notice_gives_the_next_lawful_day() -> None:
    position = position_of(answer("Ashmere", meets=date(2027, 1, 20)), date(2026, 12, 23), is_key=True)
    assert position.next_step == (
        "The notice was due by 22 December 2026. "
        "Published today, it makes a decision lawful from 21 January 2027"
    )
    assert position.decided_on == date(2027, 1, 21)


def test_position_with_a_late_notice_is_not_lawful_at_the_meeting() -> None:
    one = answer("Ashmere", meets=date(2027, 1, 20), notice=date(2026, 12, 23))
    position = position_of(one, date(2026, 12, 24), is_key=True)
    assert position.next_step == (
        "Notice published 23 December 2026. A decision is not lawful before 21 January"
    )
    assert position.decided_on == date(2027, 1, 21)


def test_position_within_a_week_of_the_agenda_names_the_agenda() -> None:
    ashmere = story.joint_committee().answers[0]
    before = position_of(ashmere, date(2026, 11, 30), is_key=True)
    within = position_of(ashmere, date(2026, 12, 1), is_key=True)
    late = position_of(ashmere, date(2026, 12, 9), is_key=True)
    on_the_day = position_of(ashmere, date(2026, 12, 16), is_key=True)
    assert [one.next_step for one in (before, within, late, on_the_day)] == [
        "Notice published 16 November. A decision is lawful from 15 December",
        "Publish the agenda by 8 December 2026",
        "The agenda was due by 8 December",
        "Decides today",
    ]


def test_what_is_kept_names_the_day_and_never_says_today() -> None:
    late, ashmere = answer("Ashmere", meets=date(2027, 1, 20)), story.joint_committee().answers[0]
    asked = [
        (late, date(2026, 12, 23)),
        (late, date(2026, 12, 22)),
        (ashmere, date(2026, 12, 16)),
        (story.ict_contract().answers[1], date(2026, 11, 27)),
    ]
    kept = [
        council_position(one, proposal(one, is_key=True), replace(day(on), is_kept=True)) for one, on in asked
    ]
    assert [one.next_step for one in kept] == [
        (
            "The notice was due by 22 December 2026. "
            "Published on 23 December 2026, it makes a decision lawful from 21 January 2027"
        ),
        "Publish the notice by 22 December 2026",
        "Decides on 16 December 2026",
        "Call-in closes at 5pm on 27 November",
    ]
    groups = [(Group.ON_AGENDA, [date(2026, 12, 1)])]
    said = counts_sentence(groups, date(2026, 12, 1), is_kept=True)
    assert said.startswith("1 decision is on the agenda of 1 December 2026.")


def test_position_with_no_meeting_says_so() -> None:
    position = position_of(answer("Ashmere"))
    assert (position.when, position.next_step, position.missing) == (
        "Cabinet, no date yet",
        "No date is set for it to decide",
        "has no meeting date",
    )


def test_position_with_a_meeting_gone_by_asks_for_the_record() -> None:
    position = position_of(answer("Ashmere", meets=date(2026, 11, 19)))
    assert (position.next_step, position.missing, position.effective_on) == (
        "Record what was decided on 19 November",
        "has not recorded what it decided on 19 November 2026",
        None,
    )


@pytest.mark.parametrize(
    ("state", "word", "step"),
    [
        (CHANGED, "Changed", "Counts as a rejection, and as a proposal for the next version"),
        (REJECTED, "Rejected", ""),
        (CouncilDecisionState.WITHDRAWN, "Withdrawn", ""),
    ],
)
def test_position_of_a_refusal_differs(state: str, word: str, step: str) -> None:
    position = position_of(answer("Carrick", state=state, decided=date(2026, 11, 5)))
    assert (position.word, position.when, position.next_step) == (word, "Cabinet, 5 November 2026", step)
    assert (position.agrees, position.differs, position.is_waiting) == (False, True, False)


def test_position_on_a_text_with_another_hash_does_not_agree() -> None:
    one = answer("Carrick", state=APPROVED, decided=date(2026, 11, 5), text_hash="b" * 64)
    position = position_of(one, text_hash="a" * 64)
    assert (position.agrees, position.differs, position.next_step) == (
        False,
        True,
        "Approved a different text",
    )


@pytest.mark.parametrize(
    ("state", "word", "agrees"), [(APPROVED, "Agreed", True), (REJECTED, "Declined", False)]
)
def test_position_known_only_by_its_outcome(state: str, word: str, agrees: bool) -> None:
    one = Answer("Shepway", ApprovalBody.NOT_STATED, state)
    position = position_of(one)
    assert (position.word, position.when, position.next_step) == (word, "", "")
    assert (position.agrees, position.differs, position.effective_on) == (agrees, not agrees, None)


def test_position_before_the_decision_was_made_is_awaiting() -> None:
    brockvale = story.ict_contract().answers[1]
    position = position_of(brockvale, date(2026, 11, 10))
    assert (position.word, position.when, position.agrees) == ("Awaiting", "Cabinet, 18 November 2026", False)


def test_position_before_publication_does_not_know_it() -> None:
    brockvale = story.ict_contract().answers[1]
    position = position_of(brockvale, date(2026, 11, 19))
    assert (position.word, position.is_published, position.published_on) == (
        "Approved",
        False,
        date(2026, 11, 20),
    )


def test_position_decided_in_a_month_that_is_all_that_is_known_has_no_date() -> None:
    one = replace(answer("Ashmere", state=APPROVED), decided=ImpreciseDate.month(2026, 6))
    position = position_of(one)
    assert (position.when, position.effective_on, position.missing) == (
        "Cabinet, June 2026",
        None,
        "has no date stated for its decision",
    )


DAYS = st.dates(date(2026, 1, 1), date(2027, 11, 30))


@given(decided=DAYS, wait=st.integers(0, 40), later=st.integers(0, 60), call_in_days=st.integers(1, 10))
def test_effective_date_follows_publication_and_never_comes_back(
    decided: date, wait: int, later: int, call_in_days: int
) -> None:
    published = decided + timedelta(days=wait)
    one = answer(
        "Ashmere",
        state=APPROVED,
        decided=decided,
        published=published,
        own_rules=(own_rules(call_in_days=call_in_days),),
    )
    position = position_of(one, published + timedelta(days=later))
    assert position.effective_on is not None
    assert position.effective_on > published + timedelta(days=call_in_days)
    assert position.is_final == (published + timedelta(days=later) >= position.effective_on)


@given(meets=DAYS, as_of=DAYS, state=st.sampled_from([story.AWAITING, DEFERRED]))
def test_council_that_has_not_decided_never_agrees(meets: date, as_of: date, state: str) -> None:
    position = position_of(answer("Ashmere", state=state, meets=meets), as_of, is_key=True)
    assert (position.agrees, position.is_final, position.is_waiting) == (False, False, True)
    assert position.effective_on is None or position.effective_on > as_of
