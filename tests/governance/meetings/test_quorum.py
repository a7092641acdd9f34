"""What a joint body is said to have decided counts only where its meeting that day was quorate (INV-10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from core.errors import Refusal
from governance.actions.decisions import record_recommendation
from governance.actions.meetings import record_attendance
from governance.actions.resolutions import record_resolution
from governance.actions.votes import declare_interest, record_votes
from governance.enums import Attending, DecisionState, InterestKind, MeetingState, VoteChoice
from governance.models import BodyMember, Decision, Meeting
from tests import factories
from tests.governance.meetings.scene import HELD_AT, NOW, MeetingScene, meeting_scene

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 20)
NO_CARRICK = "Meeting is not quorate: no member from Carrick is present"
ON_AGENDA = "INV-10 This decision is on the agenda"
WAY_ON = "Enter that day, or put it on the agenda of the meeting that decided"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene() -> MeetingScene:
    return meeting_scene()


def put(scene: MeetingScene, meeting: Meeting | None = None) -> Decision:
    """A decision that is on an agenda of the committee, at `meeting` where there is one."""
    decision: Decision = factories.DecisionFactory(
        programme=scene.programme, body=scene.body, state=DecisionState.TABLED, text="Share it."
    )
    factories.CouncilDecisionFactory(decision=decision, council=scene.councils[0])
    if meeting is not None:
        scene.item(meeting, decision=decision)
    return decision


def recommends(scene: MeetingScene, decision: Decision, on: date = DAY) -> str:
    """What is said against it; nothing where it is recorded."""
    try:
        record_recommendation(decision, by=scene.clerk, seen_version=1, recommended_on=on)
    except Refusal as refusal:
        return f"{refusal.code} {refusal.message}"
    return Decision.objects.get(pk=decision.pk).state


def resolves(scene: MeetingScene, decision: Decision) -> str:
    said: dict[str, Any] = {"reasons": "It costs less.", "alternatives_rejected": "None considered."}
    try:
        record_resolution(decision, by=scene.clerk, seen_version=1, resolved_on=DAY, **said)
    except Refusal as refusal:
        return f"{refusal.code} {refusal.message}"
    return Decision.objects.get(pk=decision.pk).state


def test_inquorate_meeting_neither_recommends_nor_resolves(scene: MeetingScene) -> None:
    meeting = scene.hold(absent=(4, 5))
    on_agenda, beside = put(scene, meeting), put(scene)
    assert {
        "on its agenda, recommended": recommends(scene, on_agenda),
        "on its agenda, resolved": resolves(scene, on_agenda),
        "not on its agenda": recommends(scene, beside),
        "a day without a meeting": recommends(scene, beside, date(2026, 11, 19)),
    } == {
        "on its agenda, recommended": f"56 {NO_CARRICK}",
        "on its agenda, resolved": f"56 {NO_CARRICK}",
        "not on its agenda": f"56 {NO_CARRICK}",
        "a day without a meeting": DecisionState.RECOMMENDED,
    }


def test_quorum_in_total_counts_too() -> None:
    scene = meeting_scene(quorum_total=4)
    said = recommends(scene, put(scene, scene.hold(absent=(1, 3, 5))))
    assert said == "56 Meeting is not quorate: 3 voting members are present and 4 are needed"


def test_quorate_meeting_recommends_and_resolves(scene: MeetingScene) -> None:
    meeting = scene.hold(absent=(5,))
    assert recommends(scene, put(scene, meeting)) == DecisionState.RECOMMENDED
    assert resolves(scene, put(scene, meeting)) == DecisionState.CALLIN


def test_meeting_that_was_not_held_says_nothing_about_its_quorum(scene: MeetingScene) -> None:
    meeting = scene.plan(HELD_AT)
    apologies = {scene.members[0].pk: Attending.APOLOGIES}
    record_attendance(meeting, by=scene.clerk, seen_version=1, states=apologies)
    assert recommends(scene, put(scene, meeting)) == DecisionState.RECOMMENDED


def test_second_meeting_of_the_day_that_has_the_decision_counts(scene: MeetingScene) -> None:
    scene.hold(absent=(4, 5))
    evening = scene.came(scene.plan(datetime(2026, 11, 20, 23, 30, tzinfo=UTC)))
    assert recommends(scene, put(scene, evening)) == DecisionState.RECOMMENDED


def test_quorum_is_lost_where_a_member_leaves_for_an_interest(scene: MeetingScene) -> None:
    meeting = scene.hold(absent=(5,))
    decision = put(scene, meeting)
    member = BodyMember.objects.get(pk=scene.members[4].pk)
    declare_interest(
        meeting.items.get(), by=scene.clerk, member=member, kind=InterestKind.PECUNIARY, text="Owns it",
        has_left=True,
    )  # fmt: skip
    assert recommends(scene, decision) == f"56 {NO_CARRICK}"


def test_votes_of_members_who_turn_out_to_have_been_away_do_not_count(scene: MeetingScene) -> None:
    meeting = scene.hold()
    decision = put(scene, meeting)
    record_votes(
        meeting.items.get(), by=scene.clerk, seen_version=1, votes=scene.votes(*[VoteChoice.FOR] * 6)
    )
    scene.came(meeting, absent=(5,))
    assert recommends(scene, decision) == "57 6 votes recorded but 5 voting members were present"


def test_motion_that_was_lost_is_neither_recommended_nor_resolved(scene: MeetingScene) -> None:
    meeting = scene.hold()
    lost, equal, carried = (put(scene, meeting) for _ in range(3))
    how = {lost: "FFAAAA", equal: "FFFAAA", carried: "FFFFAA"}
    kinds = {"F": VoteChoice.FOR, "A": VoteChoice.AGAINST}
    for decision, letters in how.items():
        votes = scene.votes(*[kinds[letter] for letter in letters])
        record_votes(meeting.items.get(decision=decision), by=scene.clerk, seen_version=1, votes=votes)
    assert {
        "lost, resolved": resolves(scene, lost),
        "lost, recommended": recommends(scene, lost),
        "equal": recommends(scene, equal),
        "carried": recommends(scene, carried),
    } == {
        "lost, resolved": "INV-10 The meeting did not agree to this. Lost by 2 to 4",
        "lost, recommended": "INV-10 The meeting did not agree to this. Lost by 2 to 4",
        "equal": "INV-10 The meeting did not agree to this. Not carried: the votes are equal, 3 to 3",
        "carried": DecisionState.RECOMMENDED,
    }


def test_another_day_than_that_of_the_meeting_does_not_avoid_its_quorum(scene: MeetingScene) -> None:
    """A meeting that was called off does not count, and the day is that by the clock in London."""
    decision = put(scene, scene.hold(absent=(4, 5)))
    called_off = scene.plan(datetime(2026, 11, 18, 18, tzinfo=UTC))
    scene.item(called_off, decision=decision)
    Meeting.objects.filter(pk=called_off.pk).update(state=MeetingState.CANCELLED)
    one = recommends(scene, decision, date(2026, 11, 18))
    scene.item(scene.plan(datetime(2026, 7, 21, 23, 30, tzinfo=UTC)), decision=decision)
    assert [
        one,
        recommends(scene, decision, date(2026, 7, 21)),
        recommends(scene, decision),
        recommends(scene, decision, date(2026, 7, 22)),
    ] == [
        f"{ON_AGENDA} of the meeting of 20 November 2026. {WAY_ON}",
        "INV-10 This decision is on the agenda of the meetings of 22 July 2026 and 20 November 2026. "
        + WAY_ON,
        f"56 {NO_CARRICK}",
        DecisionState.RECOMMENDED,
    ]
