"""Quorum, votes by each voting rule, casting vote and rotation of chairs (rows 56 to 58, scenario 8)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from core.errors import Refusal
from governance.enums import BodyType, VoteChoice, VotingRule
from governance.rules.voting import (
    Ballot,
    BodyRules,
    ChairYear,
    Member,
    Result,
    check_chairs,
    check_executive_members,
    check_quorum,
    check_votes,
    municipal_year,
    quorum_gaps,
    result,
    rotation,
)

COUNCILS = ("Canterbury", "Dover", "Thanet")
EAST_KENT = BodyRules(seats=dict.fromkeys(COUNCILS, 2), quorum_total=3, quorum_per_council=1)


def members(*present: int) -> list[Member]:
    """So many members in the room of each council, of two: C1, C2, D1, D2, T1, T2."""
    return [
        Member(f"{council[0]}{number}", council, is_present=number <= count)
        for council, count in zip(COUNCILS, present, strict=True)
        for number in (1, 2)
    ]


def votes(text: str) -> list[Ballot]:
    """C1+ D1- T1= as ballots; a star marks the casting vote."""
    choices = {"+": VoteChoice.FOR, "-": VoteChoice.AGAINST, "=": VoteChoice.ABSTAIN}
    return [Ballot(word[:2], choices[word[2]], word.endswith("*")) for word in text.split()]


def refusal(check: Callable[[], None]) -> tuple[str, str]:
    with pytest.raises(Refusal) as refused:
        check()
    return refused.value.code, refused.value.message


def test_five_members_from_two_councils_are_no_quorum() -> None:
    room = [*members(2, 0, 2), Member("C3", "Canterbury", is_present=True)]
    expected = ("56", "Meeting is not quorate: no member from Dover is present")
    assert refusal(lambda: check_quorum(room, EAST_KENT)) == expected


@pytest.mark.parametrize(
    ("present", "rules", "gaps"),
    [
        ((1, 1, 1), EAST_KENT, ()),
        ((2, 1, 0), EAST_KENT, ("no member from Thanet is present",)),
        (
            (1, 0, 0),
            EAST_KENT,
            (
                "no member from Dover is present",
                "no member from Thanet is present",
                "1 voting member is present and 3 are needed",
            ),
        ),
        (
            (2, 1, 2),
            replace(EAST_KENT, quorum_per_council=2),
            ("1 member from Dover is present and 2 are needed",),
        ),
        ((0, 0, 0), replace(EAST_KENT, quorum_total=None, quorum_per_council=None), ()),
    ],
)
def test_quorum_in_total_and_for_each_council(
    present: tuple[int, ...], rules: BodyRules, gaps: tuple[str, ...]
) -> None:
    assert quorum_gaps(members(*present), rules) == gaps


def test_member_without_a_vote_does_not_count_towards_the_quorum() -> None:
    room = [*members(1, 0, 1), Member("D3", "Dover", is_voting=False, is_present=True)]
    assert quorum_gaps(room, EAST_KENT) == (
        "no member from Dover is present",
        "2 voting members are present and 3 are needed",
    )


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C1+ C2+ D1+ D2+ T1+ T2+ C3+", ("57", "7 votes recorded but 6 voting members were present")),
        ("C1+ C9+", ("57", "C9 was not present as a voting member")),
        ("C1+ C1+", ("57", "C1 has voted twice")),
        ("C1+ C1+*", ("58", "This body has no casting vote")),
    ],
)
def test_votes_that_cannot_be_counted(text: str, expected: tuple[str, str]) -> None:
    assert refusal(lambda: check_votes(members(2, 2, 2), votes(text), EAST_KENT)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("C1+ D1- D1+*", ("58", "Only the chair of the meeting has a casting vote")),
        ("C1+ D1+ C1+*", ("58", "The votes are not equal, so there is no casting vote")),
    ],
)
def test_casting_vote_is_the_chairs_where_votes_are_equal(text: str, expected: tuple[str, str]) -> None:
    rules = replace(EAST_KENT, has_casting_vote=True, chair="C1")
    assert refusal(lambda: check_votes(members(2, 2, 2), votes(text), rules)) == expected
    check_votes(members(2, 2, 2), votes("C1+ D1- C1+*"), rules)


MAJORITY, EACH, UNANIMOUS = VotingRule.MAJORITY, VotingRule.EACH_COUNCIL, VotingRule.UNANIMOUS_COUNCILS


@pytest.mark.parametrize(
    ("rule", "text", "expected"),
    [
        (MAJORITY, "C1+ C2+ D1- T1=", Result(2, 1, 1, True, "Carried by 2 to 1")),
        (MAJORITY, "C1+ D1-", Result(1, 1, 0, False, "Not carried: the votes are equal, 1 to 1")),
        (MAJORITY, "C1+ D1- C1+*", Result(2, 1, 0, True, "Carried by 2 to 1")),
        (MAJORITY, "C1+ D1- T1-", Result(1, 2, 0, False, "Lost by 1 to 2")),
        (EACH, "C1+ D1+ T1+ T2=", Result(3, 0, 1, True, "Carried by 3 to 0")),
        (EACH, "C1+ C2+ D1+ D2+ T1-", Result(4, 1, 0, False, "Lost: no majority of the members of Thanet")),
        (
            EACH,
            "C1+ C2+ D1+ D2- T1=",
            Result(3, 1, 1, False, "Lost: no majority of the members of Dover and Thanet"),
        ),
        (UNANIMOUS, "C1+ C2+ D1+ D2+ T1+ T2+", Result(6, 0, 0, True, "Carried by 6 to 0")),
        (
            UNANIMOUS,
            "C1+ C2+ D1+ D2+ T1+",
            Result(5, 0, 0, False, "Lost: no majority of the members of Thanet"),
        ),
    ],
)
def test_result_by_each_voting_rule(rule: VotingRule, text: str, expected: Result) -> None:
    assert result(members(2, 2, 2), votes(text), replace(EAST_KENT, voting_rule=rule)) == expected


def test_executive_joint_committee_has_executive_members_below_five_councils() -> None:
    seats = [
        Member("C1", "Canterbury", is_executive_member=True),
        Member("D1", "Dover"),
        Member("T1", "Thanet"),
    ]
    message = (
        "D1 and T1 are not executive members. All voting members must be, unless five or more councils "
        "take part"
    )
    check = lambda: check_executive_members(BodyType.JOINT_COMMITTEE, seats, EAST_KENT)  # noqa: E731
    assert refusal(check) == ("2.2", message)
    five = replace(EAST_KENT, seats=dict.fromkeys((*COUNCILS, "Shepway", "Swale"), 1))
    check_executive_members(BodyType.JOINT_COMMITTEE, seats, five)
    check_executive_members(BodyType.STEERING_GROUP, seats, EAST_KENT)


@pytest.mark.parametrize(
    ("day", "year"), [(date(2027, 4, 30), 2026), (date(2027, 5, 1), 2027), (date(2027, 12, 31), 2027)]
)
def test_municipal_year_begins_in_may(day: date, year: int) -> None:
    assert municipal_year(day) == year


def test_rotation_passes_the_chair_to_the_vice_chair() -> None:
    assert rotation(COUNCILS, 2026, 4) == (
        ChairYear(2026, "Canterbury", "Dover"),
        ChairYear(2027, "Dover", "Thanet"),
        ChairYear(2028, "Thanet", "Canterbury"),
        ChairYear(2029, "Canterbury", "Dover"),
    )


def test_rotation_never_breaks_the_rule_about_chairs() -> None:
    terms = rotation(COUNCILS, 2026, 6)
    for term in terms:
        check_chairs(term, [other for other in terms if other != term])


@pytest.mark.parametrize(
    ("term", "message"),
    [
        (
            ChairYear(2027, "Dover", "Dover"),
            "Choose the chair and the vice-chair from different councils",
        ),
        (
            ChairYear(2027, "Dover", "Thanet"),
            "Dover chaired in 2026 to 2027. No council chairs two years running",
        ),
        (
            ChairYear(2025, "Dover", "Thanet"),
            "Dover chairs in 2026 to 2027. No council chairs two years running",
        ),
    ],
)
def test_chairs_that_break_the_rotation(term: ChairYear, message: str) -> None:
    others = [ChairYear(2026, "Dover", "Canterbury")]
    assert refusal(lambda: check_chairs(term, others)) == ("2.2", message)
