"""Acceptance scenarios 3 to 8 of domain.md section 11, walked through the pages by the people who do it.

And of 21 the way from the decision board to a council's own decision, by the keyboard alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
import time_machine
from playwright.sync_api import Page, expect

from accounts.models import User
from benefits.models import PlanProposal
from governance.actions.agenda import Item, add_item
from governance.actions.due import apply_due_decisions
from governance.actions.meetings import Arrangements, plan_meeting
from governance.enums import CouncilDecisionState
from governance.models import Body, BodyMember, BodySeat, Decision, Meeting
from programme.actions.reminders import send_due_reminders
from programme.enums import Matter
from programme.models import CouncilSetting, Reminder
from tests.browser.drafts import proposed_plan
from tests.browser.guard import Guard
from tests.browser.keyboard import tab_to, unseen, watch
from tests.browser.sovereign import BOARD, Desk, golden_scene
from tests.governance.actions.scene import STARTS, Scene

APPROVED = {
    "What_it_decided": "Approved these exact words",
    "Reasons_for_the_decision": "It costs less.",
    "Options_rejected": "None considered.",
}
CALLED_IN = (
    "This decision has been called in by Brockvale. Nothing can be implemented until scrutiny has answered"
)
WHY = "It costs less. Options rejected: None considered."
REFUSED = 422


@pytest.fixture
def scene(restored: None) -> Iterator[Scene]:
    with time_machine.travel(STARTS, tick=True) as clock:
        yield golden_scene(clock)


@pytest.fixture
def desk(page: Page, base_url: str, scene: Scene) -> Desk:
    return Desk(page, base_url, scene)


def record(desk: Desk, decision: Decision, key: str, decided_on: str, **boxes: str) -> None:
    """A council's democratic services record what it decided."""
    desk.seat(desk.scene.clerks[key])
    desk.open(decision)
    desk.take(
        f"Record what it decided for {desk.scene.councils[key]}",
        saved="The decision is recorded",
        Decided_on=decided_on,
        **{**APPROVED, **boxes},
    )


def publish(desk: Desk, key: str, published_on: str) -> None:
    """On the page where they are, they say when it was published."""
    desk.take(
        f"Record its publication for {desk.scene.councils[key]}",
        saved="The publication is recorded",
        Published_on=published_on,
    )


def plan_waits(desk: Desk, plan: PlanProposal, why: str) -> None:
    """The manager reads on the proposed plan what it waits for, and finds no way around it."""
    desk.seat(desk.scene.manager)
    desk.page.goto(plan.get_absolute_url())
    expect(desk.page.locator("main").get_by_text(why).first).to_be_visible()
    expect(desk.page.locator("main").get_by_role("button", name="current")).to_have_count(0)


def told_of_differing(decision: Decision, day: date) -> list[str]:
    """Who has been told by the morning of that day that the councils are out of step."""
    send_due_reminders(day=day)
    rows = Reminder.objects.filter(rule="councils_out_of_step", object_id=decision.pk)
    return sorted(rows.values_list("recipient__name", flat=True))


def test_3_nothing_is_effective_until_the_last_council_decides(desk: Desk, scene: Scene) -> None:
    decision = scene.tabled()
    scene.at(2026, 11, 24, 18)
    desk.seat(scene.clerks["ashmere"])
    desk.open(decision)
    when = {"Recommended_on": "24 11 2026"}
    desk.take("Record the recommendation", saved="The recommendation is recorded", **when)
    desk.take("Send it to each council", saved="Each council is asked to decide")
    scene.at(2026, 12, 18, 12)
    record(desk, decision, "ashmere", "16 12 2026")
    publish(desk, "ashmere", "18 12 2026")
    scene.at(2027, 1, 8, 12)
    record(desk, decision, "brockvale", "6 1 2027")
    publish(desk, "brockvale", "8 1 2027")
    assert desk.standing == ["Approved", "Call-in open", "Awaiting"]
    assert desk.answer == "Not yet. No date can be worked out."
    scene.at(2027, 1, 14, 20)
    record(desk, decision, "carrick", "14 1 2027")
    assert desk.answer == "Not yet. The earliest date is Saturday 16 January 2027."
    apply_due_decisions(scene.at(2027, 1, 16, 0, 1))
    desk.seat(scene.manager)
    desk.find(decision)
    assert desk.standing == ["Approved", "Approved", "Approved"]
    assert desk.answer == "Yes. In effect for all three councils since 16 January 2027."


def test_4_rejection_stops_it_for_all_and_keeps_what_the_others_decided(
    desk: Desk, scene: Scene, guard: Guard
) -> None:
    guard.expect(REFUSED)
    plan = PlanProposal.objects.get(**proposed_plan(is_submitted=True))
    decision = scene.a_and_b_approve(scene.ratifying(plan_proposal=plan))
    scene.at(2027, 1, 19, 20)
    record(desk, decision, "carrick", "14 1 2027", What_it_decided="Rejected it")
    assert desk.answer == "No. The councils have not approved the same text."
    assert desk.standing == ["Approved", "Approved", "Rejected"]
    assert desk.table("What each council recorded") == [
        ["Carrick", "Full council, 14 January 2027", WHY, "19 January 2027"],
        ["Brockvale", "Cabinet, 6 January 2027", WHY, "8 January 2027"],
        ["Ashmere", "Cabinet, 16 December 2026", WHY, "18 December 2026"],
    ]
    waits = f"This plan takes effect when decision {decision.ref} does."
    plan_waits(desk, plan, f"{waits} The councils have not approved the same text")
    once = told_of_differing(decision, date(2027, 1, 20))
    assert once == ["D Lewis", "G Patel", "H Musa", "Sam Okafor"]
    assert told_of_differing(decision, date(2027, 1, 21)) == once


def test_5_amendment_is_a_rejection_and_the_next_version_restarts_every_council(
    desk: Desk, scene: Scene
) -> None:
    decision = scene.a_and_b_approve(scene.ratifying())
    scene.at(2027, 1, 19, 20)
    changed = "The councils share revenues only."
    amended = {"What_it_decided": "Approved other words", "The_words_that_it_approved": changed}
    record(desk, decision, "carrick", "14 1 2027", **amended)
    assert desk.standing == ["Approved", "Approved", "Changed"]
    assert desk.answer == "No. The councils have not approved the same text."
    desk.seat(scene.manager)
    desk.open(decision)
    new = {"The_new_words": changed, "Why_a_new_version_is_put": "Carrick’s wording"}
    desk.take("Put a new version", saved="The new version is a draft", **new)
    desk.take("Put it in the forward plan", saved="It is in the forward plan")
    desk.take("Put it on an agenda", saved="It is on the agenda", Date_of_the_meeting="2 2 2027")
    assert desk.standing == ["Awaiting", "Awaiting", "Awaiting"]
    assert [row[:2] for row in desk.table("What each council recorded")] == [
        ["Carrick", "Full council, 14 January 2027"],
        ["Brockvale", "Cabinet, 6 January 2027"],
        ["Ashmere", "Cabinet, 16 December 2026"],
    ]
    expect(desk.main.locator(".app-diff del")).to_contain_text("and benefits.")


def call_in(desk: Desk, who: User, decision: Decision) -> None:
    """Fill in a call-in of Brockvale's decision, signed by three."""
    desk.seat(who)
    desk.open(decision)
    desk.page.get_by_role("link", name="Call it in for Brockvale", exact=True).click()
    desk.fill(
        Councillors_who_signed="Cllr Ahmed\nCllr Brown\nCllr Cole",
        Grounds="The cost to residents was not considered.",
        Scrutiny_hears_it_on="28 1 2027",
    )


def test_6_call_in_is_taken_to_the_minute_and_stops_everything(
    desk: Desk, scene: Scene, guard: Guard
) -> None:
    guard.expect(REFUSED)
    plan = PlanProposal.objects.get(**proposed_plan(is_submitted=True))
    decision = scene.approved_by_all(plan_proposal=plan)
    scene.at(2027, 1, 15, 17, 1)
    call_in(desk, scene.scrutiny["brockvale"], decision)
    expect(desk.main.get_by_label("At what time")).to_have_count(0)
    desk.save("Call it in")
    desk.refused("Call-in closed at 5pm on 15 January 2027")
    call_in(desk, scene.clerks["brockvale"], decision)
    expect(desk.main.get_by_label("At what time")).to_have_value("5:01pm")
    desk.fill(At_what_time="4:59pm")
    desk.save("Call it in")
    expect(desk.page.get_by_text("It is called in", exact=True)).to_be_visible()
    assert desk.standing == ["Approved", "Called in", "Approved"]
    apply_due_decisions(scene.at(2027, 1, 20, 12))
    desk.seat(scene.owner)
    desk.page.goto(f"{decision.get_absolute_url()}steps/implement/")
    desk.fill(Implemented_on="20 1 2027")
    desk.save("Record that it is implemented")
    desk.refused(CALLED_IN)
    waits = f"This plan takes effect when decision {decision.ref} does."
    plan_waits(desk, plan, f"{waits} It has been called in by Brockvale, and scrutiny has still to answer")
    scene.at(2027, 1, 28, 20)
    desk.seat(scene.clerks["brockvale"])
    desk.open(decision)
    desk.page.get_by_role("link", name="Record the outcome of Brockvale’s call-in").click()
    desk.fill(What_scrutiny_did="No further action", Scrutiny_met_on="28 1 2027")
    desk.save("Save the outcome")
    assert desk.answer == "Yes. In effect for all three councils since 28 January 2027."


def test_7_resolution_of_a_joint_committee_waits_for_the_longer_call_in(desk: Desk, scene: Scene) -> None:
    CouncilSetting.objects.filter(council=scene.councils["carrick"]).update(callin_days=3)
    decision = scene.tabled(body=scene.committee(), kind="resolution")
    scene.at(2026, 11, 24, 18)
    desk.seat(scene.clerks["ashmere"])
    desk.open(decision)
    desk.take("Record the resolution", saved="The resolution is recorded", Resolved_on="24 11 2026")
    scene.at(2026, 11, 25, 12)
    for key in scene.councils:
        desk.seat(scene.clerks[key])
        desk.open(decision)
        publish(desk, key, "25 11 2026")
    assert [row[3] for row in desk.table("What each council did")] == [
        "5pm on 2 December 2026",
        "5pm on 2 December 2026",
        "5pm on 30 November 2026",
    ]
    apply_due_decisions(scene.at(2026, 12, 1, 0, 1))
    desk.seat(scene.manager)
    desk.open(decision)
    assert desk.standing == ["Call-in open", "Call-in open", "Approved"]
    assert desk.answer == "Not yet. The earliest date is Thursday 3 December 2026."
    apply_due_decisions(scene.at(2026, 12, 3, 0, 1))
    desk.seat(scene.manager)
    desk.open(decision)
    assert desk.answer == "Yes. In effect for all three councils since 3 December 2026."


def test_7_reserved_matter_goes_to_each_council(desk: Desk, scene: Scene, guard: Guard) -> None:
    guard.expect(REFUSED)
    reserved = {"matter": Matter.BUSINESS_CASE, "is_reserved_matter": True}
    decision = scene.tabled(body=scene.committee(), kind="resolution", **reserved)
    scene.at(2026, 11, 24, 18)
    desk.seat(scene.clerks["ashmere"])
    desk.open(decision)
    desk.page.get_by_role("link", name="Record the resolution", exact=True).click()
    desk.fill(Resolved_on="24 11 2026")
    desk.save("Record the resolution")
    desk.refused("Approving the business case is reserved to each council. Record a recommendation instead")
    desk.open(decision)
    when = {"Recommended_on": "24 11 2026"}
    desk.take("Record the recommendation", saved="The recommendation is recorded", **when)
    desk.take("Send it to each council", saved="Each council is asked to decide")
    assert desk.standing == ["Awaiting", "Awaiting", "Awaiting"]


def test_8_meeting_without_a_member_from_each_council_cannot_vote(
    desk: Desk, scene: Scene, guard: Guard
) -> None:
    guard.expect(REFUSED)
    meeting = planned_meeting(scene)
    scene.at(2026, 11, 24, 20)
    desk.seat(scene.clerks["ashmere"])
    desk.page.goto(meeting.get_absolute_url())
    came = {f"{member}, {member.council.short_name}": "Present" for member in members_of(meeting)}
    came["Cllr F, Carrick"] = "Apologies"
    desk.take("Record who came", save="Save the list", saved="The list is saved", **came)
    expect(desk.main).to_contain_text("Not quorate")
    desk.page.get_by_role("link", name="Record the vote on item 1", exact=True).click()
    desk.fill(**{"Cllr A, Ashmere": "For"})
    desk.save("Save the vote")
    desk.refused("Meeting is not quorate: no member from Carrick is present")


def test_21_council_records_its_decision_by_keyboard_alone(desk: Desk, scene: Scene) -> None:
    decision = scene.ratifying()
    scene.at(2027, 1, 14, 20)
    desk.seat(scene.clerks["carrick"])
    page, press = desk.page, desk.page.keyboard
    page.goto(BOARD)
    watch(page)
    tab_to(page, f"Record what it decided of Carrick: {decision.ref}")
    assert unseen(page) == []
    press.press("Enter")
    expect(desk.main.get_by_role("heading", level=1)).to_contain_text("Carrick: record what it decided")
    watch(page)
    typed = {
        "What it decided": "Approved these",
        "Decided on": "14 1 2027",
        "Reasons for the decision": "It costs less.",
        "Options rejected": "None considered.",
    }
    for box, text in typed.items():
        tab_to(page, box)
        press.type(text)
    tab_to(page, "Record what it decided")
    assert unseen(page) == []
    press.press("Enter")
    expect(page.get_by_text("The decision is recorded", exact=True)).to_be_visible()
    asked = scene.asked(decision, "carrick")
    assert (asked.state, asked.decided_last_on, asked.statement) == (
        CouncilDecisionState.APPROVED,
        date(2027, 1, 14),
        "It costs less.",
    )


def planned_meeting(scene: Scene) -> Meeting:
    """A meeting of a committee of two members a council, with a quorum of three, one from each."""
    body = scene.committee()
    Body.objects.filter(pk=body.pk).update(quorum_total=3, quorum_per_council=1)
    by = {"created_by": scene.manager, "updated_by": scene.manager}
    seats = {"ashmere": "AB", "brockvale": "CDE", "carrick": "F"}
    for key, names in seats.items():
        council = scene.councils[key]
        BodySeat.objects.create(body=body, council=council, seats=len(names))
        for name in names:
            member = {"name": f"Cllr {name}", "from_on": date(2026, 5, 1), "is_executive_member": True}
            BodyMember.objects.create(body=body, council=council, **member, **by)
    at = datetime(2026, 11, 24, 18, tzinfo=UTC)
    meeting = plan_meeting(body, by=scene.manager, arrangements=Arrangements(at, "Town Hall"))
    add_item(meeting, by=scene.manager, item=Item("Budget"))
    return meeting


def members_of(meeting: Meeting) -> list[BodyMember]:
    """Everybody who sits on the body."""
    return list(meeting.body.members.select_related("council"))
