"""Redundancies at one place of work within 90 days, added up (row 80; 1992 c. 52, section 188)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.errors import Refusals
from core.rules.assessment import NotApplicable
from services.enums import ConsultationKind
from services.rules.consultation_record import (
    ConsultationRecord,
    Earliest,
    check_consultation,
    earliest_dismissal,
)
from services.rules.establishment import AddedUp, Proposal, add_up

START, DISMISSAL = date(2027, 3, 1), date(2027, 3, 20)
OWN = Proposal("own", "Mill Lane depot", 15, START, date(2027, 1, 1), DISMISSAL)
OTHER = replace(OWN, label="other", affected_count=10, place=" mill lane  Depot")


def counted(*others: Proposal, own: Proposal = OWN) -> list[str]:
    return [one.label for one in add_up(own, others).counted]


@pytest.mark.parametrize(("days", "counts"), [(89, True), (90, False), (-89, True), (-90, False)], ids=str)
def test_dismissals_within_ninety_days_count(days: int, counts: bool) -> None:
    later = replace(OTHER, first_dismissal_on=DISMISSAL + timedelta(days=days))
    assert counted(later) == (["other"] if counts else [])


def test_of_two_periods_the_fuller_one_counts() -> None:
    before = replace(OTHER, label="before", first_dismissal_on=DISMISSAL - timedelta(days=60))
    after = replace(
        OTHER, label="after", first_dismissal_on=DISMISSAL + timedelta(days=60), affected_count=11
    )
    assert counted(before, after) == ["after"]


def test_other_places_do_not_count_and_no_place_is_a_place() -> None:
    assert counted(replace(OTHER, place="Town hall"), replace(OTHER, place="")) == []
    assert counted(replace(OTHER, place=""), own=replace(OWN, place="")) == ["other"]


def test_people_already_consulted_about_are_not_counted_again() -> None:
    earlier = replace(OTHER, started_on=START - timedelta(days=1))
    assert add_up(OWN, [earlier]) == AddedUp((), (earlier,))
    assert counted(OWN, own=earlier) == ["own"]


def test_what_is_proposed_once_consultation_runs_does_not_count_in_it() -> None:
    assert counted(replace(OTHER, proposed_on=START + timedelta(days=1))) == []
    assert counted(replace(OTHER, proposed_on=START, started_on=START + timedelta(days=9))) == ["other"]


def test_one_without_a_day_of_dismissal_counts() -> None:
    assert counted(replace(OTHER, first_dismissal_on=None)) == ["other"]
    assert counted(OTHER, own=replace(OWN, first_dismissal_on=None)) == ["other"]


MINIMUM = "First dismissal must be on or after 31 March 2027, 30 days after consultation started"
RECORD = ConsultationRecord(ConsultationKind.REDUNDANCY, 15, START, first_dismissal_on=DISMISSAL)


def test_dismissal_lawful_alone_is_refused_with_the_others() -> None:
    check_consultation(RECORD)
    with pytest.raises(Refusals) as said:
        check_consultation(RECORD, None, AddedUp((OTHER,)))
    assert [(one.field, one.message, one.code) for one in said.value.refusals] == [
        (
            "first_dismissal_on",
            f"{MINIMUM}, counted with 1 other proposal of the council at the same place",
            "80",
        )
    ]
    check_consultation(RECORD, None, AddedUp((replace(OTHER, affected_count=4),)))


@pytest.mark.parametrize("hidden", [1, 2, 3, 4])
def test_what_is_shown_gives_no_small_number_away(hidden: int) -> None:
    few = AddedUp((replace(OTHER, affected_count=hidden),))
    shown = [earliest_dismissal(replace(RECORD, affected_count=own), few) for own in (15, 16, 18, 19, 98)]
    nothing = NotApplicable("No minimum time is set for this number of people")
    thirty, forty_five = START + timedelta(days=30), START + timedelta(days=45)
    assert shown == [
        nothing,
        Earliest(thirty, 30, is_at_most=True),
        Earliest(thirty, 30, is_at_most=True),
        Earliest(thirty, 30),
        Earliest(forty_five, 45, is_at_most=True),
    ]


def test_refusals_tell_no_number_below_five_apart() -> None:
    own = ConsultationRecord(ConsultationKind.REDUNDANCY, 16, START, None, DISMISSAL)
    for hidden in range(1, 5):
        others = AddedUp((replace(OTHER, affected_count=hidden),))
        with pytest.raises(Refusals, match="counted with 1 other proposal"):
            check_consultation(own, None, others)
        check_consultation(replace(own, affected_count=15), None, others)
