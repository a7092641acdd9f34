"""Writes of bodies and meetings: what is stored, refused and kept in the audit trail."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from rest_framework.test import APIClient

from accounts.enums import RoleName
from core.actions.publication import Withholding
from core.enums import PublicationClass
from core.errors import Refusal, Refusals, StaleEdit
from core.models import AuditEvent
from governance.actions.agenda import (
    DOWN,
    UP,
    Item,
    add_item,
    move_item,
    record_outcome,
    remove_item,
    update_item,
)
from governance.actions.bodies import (
    BodyTerms,
    Seat,
    add_member,
    create_body,
    set_chair,
    update_body,
    update_member,
)
from governance.actions.meetings import (
    Arrangements,
    approve_minutes,
    call_off_meeting,
    plan_meeting,
    publish_agenda,
    record_attendance,
    update_meeting,
    write_minutes,
)
from governance.actions.votes import declare_interest, record_votes
from governance.enums import (
    Attending,
    Authority,
    BodyType,
    InterestKind,
    MeetingState,
    MinutesState,
    VoteChoice,
    VotingRule,
)
from governance.models import AgendaItem, Body, Meeting
from governance.queries.meeting_decisions import decisions_for
from tests import factories
from tests.governance.meetings.scene import COMING_AT, HELD_AT, NOW, MeetingScene, meeting_scene

pytestmark = pytest.mark.django_db
FOR, AGAINST = VoteChoice.FOR, VoteChoice.AGAINST


@pytest.fixture(autouse=True)
def clock() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def scene() -> MeetingScene:
    return meeting_scene()


def said(act: Callable[..., Any], *args: Any, **kwargs: Any) -> list[str]:
    """The words of a refusal; nothing may be stored by it."""
    before = AuditEvent.objects.count()
    with pytest.raises((Refusal, Refusals)) as refused:
        act(*args, **kwargs)
    assert AuditEvent.objects.count() == before
    return [row.message for row in getattr(refused.value, "refusals", [refused.value])]


def last_event() -> tuple[str, str, str, Any, Any]:
    event = AuditEvent.objects.order_by("pk").last()
    return event.action, event.object_label, event.scope, event.before, event.after


def test_body_of_a_partnership_is_set_up_by_its_manager(scene: MeetingScene) -> None:
    terms = BodyTerms(
        "Joint scrutiny", BodyType.JOINT_SCRUTINY, Authority.REVIEWS, "To look back", VotingRule.EACH_COUNCIL,
        has_casting_vote=True, quorum_total=3, quorum_per_council=1, meeting_interval_weeks=13,
        seats={"ashmere": 2, "brockvale": 2, "carrick": 1},
    )  # fmt: skip
    body = create_body(scene.programme.partnership, by=scene.manager, terms=terms)
    stored = Body.objects.get(pk=body.pk)
    assert (stored.ref, stored.order_index, stored.seats, stored.quorum_total) == ("BODY-1", 1, 5, 3)
    seats = stored.composition.values_list("council__key", "seats").order_by("order_index")
    assert list(seats) == [("ashmere", 2), ("brockvale", 2), ("carrick", 1)]
    action, label, scope, before, after = last_event()
    assert (action, label, scope, before) == ("create_body", "Joint scrutiny", "abc", {})
    assert after["seats"] == {"ashmere": 2, "brockvale": 2, "carrick": 1}
    changed = BodyTerms(**{name: getattr(terms, name) for name in BodyTerms.__dataclass_fields__} | {
        "seats": {"ashmere": 3, "brockvale": 2, "carrick": 1}, "quorum_total": 4,
    })  # fmt: skip
    update_body(stored, by=scene.manager, seen_version=1, terms=changed)
    assert last_event()[3:] == (
        {"quorum_total": 3, "seats": {"ashmere": 2, "brockvale": 2, "carrick": 1}, "version": 1},
        {"quorum_total": 4, "seats": {"ashmere": 3, "brockvale": 2, "carrick": 1}, "version": 2},
    )
    with pytest.raises(StaleEdit):
        update_body(stored, by=scene.manager, seen_version=1, terms=terms)


def test_own_bodies_are_set_up_by_that_councils_democratic_services(scene: MeetingScene) -> None:
    brockvale, carrick = scene.councils[1], scene.councils[2]
    terms = BodyTerms("Cabinet", BodyType.CABINET, Authority.DECIDES, seats={"brockvale": 7})
    body = create_body(brockvale, by=scene.clerk, terms=terms)
    assert (body.council, body.partnership, body.ref) == (brockvale, None, "BODY-1")
    for who, owner in (
        (scene.clerk, carrick),
        (scene.clerk, scene.programme.partnership),
        (scene.manager, brockvale),
        (scene.reader, brockvale),
    ):
        with pytest.raises(PermissionDenied):
            create_body(owner, by=who, terms=terms)


def test_advisory_body_never_decides(scene: MeetingScene) -> None:
    terms = BodyTerms("Group", BodyType.STEERING_GROUP, Authority.DECIDES)
    assert said(create_body, scene.programme.partnership, by=scene.manager, terms=terms) == [
        "A steering group or board recommends; it cannot decide"
    ]


def test_member_and_substitute(scene: MeetingScene) -> None:
    first, other = scene.members[4], scene.members[0]
    seat = Seat("G Pike", date(2026, 5, 1), scene.councils[2], substitute_for=first)
    substitute = add_member(scene.body, by=scene.manager, seat=seat)
    assert last_event()[4] == {
        "name": "G Pike", "council": "carrick", "account": None, "is_voting": True,
        "is_executive_member": False,
        "substitute_for": "E Dean", "from_on": "2026-05-01", "to_on": None,
    }  # fmt: skip
    for wrong, words in (
        (Seat("H", date(2026, 5, 1), scene.councils[2], substitute_for=other),
         "Choose a member of the same council who is not a substitute"),
        (Seat("H", date(2026, 5, 1), scene.councils[2], substitute_for=substitute),
         "Choose a member of the same council who is not a substitute"),
        (Seat("", date(2026, 5, 1), scene.councils[2]), "Enter the name"),
        (Seat("a hart", date(2026, 6, 1), scene.councils[2]), "a hart already sits on this body"),
        (Seat("H", date(2026, 5, 1)), "Choose the council that the member sits for"),
        (Seat("H", date(2026, 5, 2), scene.councils[2], date(2026, 5, 1)),
         "End date must be on or after the start date"),
        (Seat("H", date(2026, 5, 1), scene.councils[2], user=factories.UserFactory()),
         "Choose a person who has a role there"),
    ):  # fmt: skip
        assert said(add_member, scene.body, by=scene.manager, seat=wrong) == [words]
    left = Seat("A Hart", date(2026, 5, 1), scene.councils[0], date(2026, 11, 1))
    update_member(other, by=scene.manager, seen_version=1, seat=left)
    assert last_event()[3:] == (
        {"is_executive_member": True, "to_on": None},
        {"is_executive_member": False, "to_on": "2026-11-01", "version": 2},
    )
    add_member(scene.body, by=scene.manager, seat=Seat("A Hart", date(2026, 11, 2), scene.councils[1]))


def test_chair_rotates(scene: MeetingScene) -> None:
    ashmere, brockvale, _ = scene.councils
    body = scene.body
    set_chair(
        body, by=scene.manager, seen_version=1, municipal_year=2026, chair=ashmere, vice_chair=brockvale,
        chair_member=scene.members[0],
    )  # fmt: skip
    assert last_event()[4] == {
        "municipal_year": 2026, "chair": "ashmere", "vice_chair": "brockvale", "chair_member": "A Hart",
    }  # fmt: skip
    body.refresh_from_db()
    wrong = {"by": scene.manager, "seen_version": 2, "municipal_year": 2027}
    assert said(set_chair, body, chair=ashmere, **wrong) == [
        "Ashmere chaired in 2026 to 2027. No council chairs two years running"
    ]
    assert said(set_chair, body, chair=brockvale, vice_chair=brockvale, **wrong) == [
        "Choose the chair and the vice-chair from different councils"
    ]
    assert said(set_chair, body, chair=brockvale, chair_member=scene.members[0], **wrong) == [
        "Choose a member who sits for Brockvale"
    ]
    with pytest.raises(StaleEdit):
        set_chair(body, by=scene.manager, seen_version=1, municipal_year=2027, chair=brockvale)


def test_meeting_is_planned_moved_and_called_off(scene: MeetingScene) -> None:
    meeting = plan_meeting(scene.body, by=scene.clerk, arrangements=Arrangements(COMING_AT, "Town Hall"))
    assert said(plan_meeting, scene.body, by=scene.clerk, arrangements=Arrangements(COMING_AT)) == [
        "This body already meets at that time"
    ]
    later = datetime(2027, 1, 21, 18, tzinfo=UTC)
    host = scene.councils[0]
    meeting = update_meeting(
        meeting, by=scene.clerk, seen_version=1, arrangements=Arrangements(later, "Town Hall", host)
    )
    assert last_event()[3:] == (
        {"starts_at": "2027-01-20T18:00:00+00:00", "host": None},
        {"starts_at": "2027-01-21T18:00:00+00:00", "host": "ashmere"},
    )
    assert said(call_off_meeting, meeting, by=scene.clerk, seen_version=2, reason=" ") == [
        "Enter why it is called off"
    ]
    meeting = call_off_meeting(meeting, by=scene.clerk, seen_version=2, reason="Snow")
    assert (meeting.state, meeting.cancelled_reason) == (MeetingState.CANCELLED, "Snow")
    assert said(add_item, meeting, by=scene.clerk, item=Item("Budget")) == ["This meeting is called off"]
    with pytest.raises(PermissionDenied):
        plan_meeting(scene.body, by=scene.reader, arrangements=Arrangements(later))


def test_items_move_and_go_until_the_agenda_is_published(scene: MeetingScene) -> None:
    meeting = scene.plan()
    rows = [scene.item(meeting, title) for title in ("One", "Two", "Three")]

    def order() -> list[tuple[int, str]]:
        return list(meeting.items.values_list("number", "title").order_by("number"))

    move_item(rows[2], by=scene.clerk, direction=UP)
    assert order() == [(1, "One"), (2, "Three"), (3, "Two")]
    move_item(rows[0], by=scene.clerk, direction=UP)
    move_item(rows[0], by=scene.clerk, direction=DOWN)
    assert order() == [(1, "Three"), (2, "One"), (3, "Two")]
    item = AgendaItem.objects.get(pk=rows[0].pk)
    remove_item(item, by=scene.clerk, seen_version=item.version)
    assert order() == [(1, "Three"), (2, "Two")]
    assert said(publish_agenda, meeting, by=scene.clerk, seen_version=1, published_on=date(2026, 11, 25)) == [
        "Publication date must be today or in the past"
    ]
    meeting = publish_agenda(meeting, by=scene.clerk, seen_version=1)
    assert meeting.agenda_published_on == date(2026, 11, 24)
    late = "The agenda was published on 24 November 2026. Add a late item instead"
    row = AgendaItem.objects.select_related("meeting__body").get(pk=rows[1].pk)
    assert said(move_item, row, by=scene.clerk, direction=UP) == [late]
    assert said(remove_item, row, by=scene.clerk, seen_version=1) == [late]
    assert said(update_item, row, by=scene.clerk, seen_version=1, item=Item("New")) == [late]
    assert scene.item(meeting, "Late").number == 3


def test_agenda_without_items_is_not_published(scene: MeetingScene) -> None:
    assert said(publish_agenda, scene.plan(), by=scene.clerk, seen_version=1) == [
        "Add an item to the agenda first"
    ]


def test_withheld_text_is_kept_out_of_the_audit_trail_and_its_class_from_an_edit(scene: MeetingScene) -> None:
    exempt = Withholding(PublicationClass.EXEMPT, 3, "The talks go on")
    item = scene.item(scene.plan(), "Exit", text="It costs £1 million", withholding=exempt)
    assert (item.publication_class, item.exempt_paragraph, item.exempt_review_on) == (
        PublicationClass.EXEMPT, 3, date(2027, 11, 24),
    )  # fmt: skip
    assert last_event()[4]["text"] == "withheld"
    saved = update_item(item, by=scene.clerk, seen_version=1, item=Item("Exit from ICT", None))
    assert (saved.title, saved.text, saved.is_withheld) == ("Exit from ICT", "It costs £1 million", True)
    assert last_event()[3:] == ({"title": "Exit"}, {"title": "Exit from ICT"})
    for wrong, words in (
        (Withholding(PublicationClass.EXEMPT, None, "x"), "Choose the exempt paragraph"),
        (Withholding(PublicationClass.EXEMPT, 3, " "), "Explain why withholding outweighs publishing"),
    ):
        assert said(add_item, item.meeting, by=scene.clerk, item=Item("A", withholding=wrong)) == [words]


def test_item_takes_a_decision_of_its_own_partnership(scene: MeetingScene) -> None:
    meeting = scene.plan()
    own, other = factories.DecisionFactory(programme=scene.programme), factories.DecisionFactory()
    assert scene.item(meeting, decision=own).decision == own
    unseen = Item("A", decision=other)
    assert said(add_item, meeting, by=scene.clerk, item=unseen) == ["There is no such decision"]
    factories.role(scene.clerk, RoleName.MEMBER, partnership=other.programme.partnership)
    assert said(add_item, meeting, by=scene.clerk, item=unseen) == ["Choose a decision of this partnership"]


def test_body_of_a_council_takes_only_decisions_that_ask_the_council(scene: MeetingScene) -> None:
    first, clerks = scene.councils[:2]
    asking = factories.DecisionFactory(programme=scene.programme, councils=[clerks])
    other = factories.DecisionFactory(programme=scene.programme, councils=[first])
    unseen = factories.DecisionFactory(councils=[first])
    meeting = factories.MeetingFactory(body=factories.BodyFactory(council=clerks, partnership=None))
    assert list(decisions_for(scene.clerk, meeting.body)) == [asking]
    item = add_item(meeting, by=scene.clerk, item=Item("A", decision=asking))
    for wrong, words in (
        (other, "Choose a decision that this council is asked to take"),
        (unseen, "There is no such decision"),
    ):
        sent = {"by": scene.clerk, "item": Item("A", decision=wrong)}
        assert said(add_item, meeting, **sent) == [words]
        assert said(update_item, item, seen_version=1, **sent) == [words]
    api = APIClient()
    api.force_authenticate(scene.clerk)
    answers = [
        api.post(f"/api/v1/meetings/{meeting.pk}/items/", {"title": "A", "decision": pk}, format="json")
        for pk in (unseen.pk, 999_999)
    ]
    assert [(one.status_code, one.json()["errors"]) for one in answers] == [
        (400, [{"field": "decision", "message": "There is no such decision"}])
    ] * 2


def test_who_was_present_makes_the_meeting_held(scene: MeetingScene) -> None:
    coming = scene.plan()
    present = {scene.members[0].pk: Attending.PRESENT}
    assert said(record_attendance, coming, by=scene.clerk, seen_version=1, states=present) == [
        "The meeting is on 20 January 2027. Record who will come, not who was present"
    ]
    meeting = scene.plan(HELD_AT)
    chair = {"chaired_by": scene.members[1]}
    assert said(record_attendance, meeting, by=scene.clerk, seen_version=1, states=present, **chair) == [
        "Choose who took the chair from those present"
    ]
    meeting = record_attendance(meeting, by=scene.clerk, seen_version=1, states=present)
    assert (meeting.state, meeting.version) == (MeetingState.HELD, 2)
    assert last_event()[4] == {"members": {"A Hart": "present"}, "chaired_by": None}
    assert said(call_off_meeting, meeting, by=scene.clerk, seen_version=2, reason="x") == [
        "This meeting was held. Its arrangements cannot change"
    ]


def test_votes_are_recorded_again_until_the_minutes_are_approved(scene: MeetingScene) -> None:
    meeting = scene.hold()
    item = scene.item(meeting)
    item = record_votes(
        item, by=scene.clerk, seen_version=1, votes=scene.votes(FOR, FOR, FOR), outcome="Agreed"
    )
    item = record_votes(item, by=scene.clerk, seen_version=2, votes=scene.votes(FOR, AGAINST))
    assert last_event()[3:] == (
        {"votes": {"A Hart": "for", "B Moss": "for", "C Bell": "for"}, "outcome": "Agreed"},
        {"votes": {"A Hart": "for", "B Moss": "against"}, "outcome": "Agreed"},
    )
    item = record_outcome(item, by=scene.clerk, seen_version=3, outcome="Agreed as put")
    later = scene.came(scene.plan(datetime(2026, 11, 23, 18, tzinfo=UTC)))
    assert said(approve_minutes, meeting, by=scene.clerk, seen_version=2, at=later) == [
        "Write the minutes first"
    ]
    meeting = write_minutes(meeting, by=scene.clerk, seen_version=2, minutes="All agreed.")
    assert said(approve_minutes, meeting, by=scene.clerk, seen_version=3, at=meeting) == [
        "Choose a meeting after this one"
    ]
    meeting = approve_minutes(meeting, by=scene.clerk, seen_version=3, at=later)
    assert (meeting.minutes_state, meeting.minutes_approved_at) == (MinutesState.APPROVED, later)
    closed = ["The minutes are approved and cannot be changed"]
    item = AgendaItem.objects.select_related("meeting__body").get(pk=item.pk)
    assert said(record_votes, item, by=scene.clerk, seen_version=4, votes={}) == closed
    assert said(record_outcome, item, by=scene.clerk, seen_version=4, outcome="x") == closed
    assert said(write_minutes, meeting, by=scene.clerk, seen_version=4, minutes="x") == closed
    assert said(add_item, meeting, by=scene.clerk, item=Item("A")) == closed


def test_only_the_chair_of_a_body_that_allows_it_has_a_casting_vote() -> None:
    scene = meeting_scene(has_casting_vote=True)
    item = scene.item(scene.hold())
    tied = {"by": scene.clerk, "seen_version": 1, "votes": scene.votes(FOR, AGAINST)}
    item = record_votes(item, casting=AGAINST, **tied)
    assert list(item.votes.values_list("member__name", "choice", "is_casting")) == [
        ("A Hart", "for", False), ("B Moss", "against", False), ("A Hart", "against", True),
    ]  # fmt: skip
    unequal = {"by": scene.clerk, "seen_version": 2, "votes": scene.votes(FOR, FOR)}
    assert said(record_votes, item, casting=FOR, **unequal) == [
        "The votes are not equal, so there is no casting vote"
    ]


def test_casting_vote_needs_a_chair() -> None:
    scene = meeting_scene(has_casting_vote=True)
    item = scene.item(scene.hold(chair=None))
    tied = {"by": scene.clerk, "seen_version": 1, "votes": scene.votes(FOR, AGAINST)}
    assert said(record_votes, item, casting=FOR, **tied) == ["Record who was in the chair first"]


def test_member_who_left_for_an_interest_does_not_vote(scene: MeetingScene) -> None:
    item = scene.item(scene.hold(absent=(5,)))
    declared = {"kind": InterestKind.PECUNIARY, "text": "Owns the supplier", "has_left": True}
    assert said(declare_interest, item, by=scene.clerk, member=scene.members[5], **declared) == [
        "F Hale was not present"
    ]
    declare_interest(item, by=scene.clerk, member=scene.members[1], **declared)
    assert said(declare_interest, item, by=scene.clerk, member=scene.members[1], **declared) == [
        "B Moss has declared an interest in this item"
    ]
    assert said(record_votes, item, by=scene.clerk, seen_version=1, votes=scene.votes(FOR, FOR)) == [
        "B Moss was not present as a voting member"
    ]
    record_votes(item, by=scene.clerk, seen_version=1, votes=scene.votes(FOR, "", FOR))


def test_meeting_planned_by_manager_and_served_by_any_partners_clerk(scene: MeetingScene) -> None:
    other = factories.UserFactory()
    factories.role(other, RoleName.DEMOCRATIC_SERVICES, council=factories.CouncilFactory())
    with pytest.raises(PermissionDenied):
        add_item(scene.plan(), by=other, item=Item("A"))
    assert Meeting.objects.count() == 1
