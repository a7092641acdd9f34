"""Sections of the decision board and their counts."""

from __future__ import annotations

from datetime import date

import pytest

from governance.rules.board import Group, counts_sentence, group_of, heading
from governance.rules.start import Standing
from governance.rules.wording import by_day, day_month, every_council, possessive, the_body, with_body
from tests.governance.rules.story import CABINET, TODAY

MEETING = [TODAY, TODAY, TODAY]


def test_every_standing_has_a_section() -> None:
    assert [group_of(standing) for standing in Standing] == [
        Group.ON_AGENDA,
        Group.WAITING,
        Group.WAITING,
        Group.WAITING,
        Group.BLOCKED,
        Group.EFFECTIVE,
        Group.EFFECTIVE,
        Group.ENDED,
        Group.REPORTED,
    ]


def test_counts_of_tonights_board() -> None:
    groups = [(Group.ON_AGENDA, MEETING), (Group.WAITING, [None] * 2), (Group.EFFECTIVE, [None] * 2)]
    assert counts_sentence(groups, TODAY) == (
        "3 decisions are on tonight’s agenda, 2 are waiting for a council and 2 are in effect. "
        "Nothing takes effect for any council until every council has approved the same text."
    )


def test_counts_of_one_decision() -> None:
    groups = [(Group.WAITING, [None]), (Group.BLOCKED, [None])]
    assert counts_sentence(groups, TODAY) == (
        "1 decision is waiting for a council and 1 is blocked because the councils differ. "
        "Nothing takes effect for any council until every council has approved the same text."
    )


def test_counts_of_reported_outcomes() -> None:
    assert counts_sentence([(Group.REPORTED, [None] * 3)], TODAY) == (
        "3 decisions are known only by their outcome. "
        "The source names each council’s answer, and not when or how it was given."
    )


def test_counts_of_none() -> None:
    assert counts_sentence([], TODAY) == ""


@pytest.mark.parametrize(
    ("group", "meetings", "text"),
    [
        (Group.ON_AGENDA, [TODAY], "On tonight’s agenda"),
        (Group.ON_AGENDA, [date(2027, 1, 5)], "On the next agenda"),
        (Group.ON_AGENDA, [TODAY, date(2027, 1, 5)], "On the next agenda"),
        (Group.ON_AGENDA, [TODAY, None], "Not yet put to the councils"),
        (Group.ON_AGENDA, [date(2026, 11, 17)], "Not yet put to the councils"),
        (Group.WAITING, [None], "Waiting for a council"),
        (Group.EFFECTIVE, [None], "In effect"),
    ],
)
def test_heading(group: Group, meetings: list[date | None], text: str) -> None:
    assert heading(group, meetings, TODAY) == text


def test_words_for_dates() -> None:
    assert [
        day_month(date(2026, 10, 23), TODAY),
        day_month(date(2027, 1, 6), TODAY),
        by_day(TODAY, TODAY),
        by_day(date(2026, 11, 25), TODAY),
        by_day(date(2026, 12, 8), TODAY),
    ] == [
        "23 October",
        "6 January 2027",
        "by today, 24 November",
        "by tomorrow, 25 November",
        "by 8 December 2026",
    ]


def test_words_for_councils_and_bodies() -> None:
    assert [every_council(count) for count in (1, 2, 3, 5, 12)] == [
        "the council",
        "both councils",
        "all three councils",
        "all five councils",
        "all 12 councils",
    ]
    assert [possessive("Brockvale"), possessive("South Hams")] == ["Brockvale’s", "South Hams’"]
    assert [the_body("Joint steering group"), the_body("East Kent Committee")] == [
        "the joint steering group",
        "the East Kent Committee",
    ]
    assert with_body("Ashmere", CABINET) == "Ashmere cabinet"
