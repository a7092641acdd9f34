"""Acceptance scenarios 3 to 9 and 24 of domain.md section 11, through the actions."""

from __future__ import annotations

from datetime import UTC, date

import pytest

from accounts.enums import RoleName
from core.errors import Refusal
from core.rules.calendar import format_date
from governance.actions.call_ins import raise_call_in, settle_call_in
from governance.actions.decisions import (
    announce_decision,
    implement_decision,
    record_recommendation,
    send_to_councils,
    table_decision,
)
from governance.actions.due import apply_due_decisions
from governance.actions.requirements import UrgencyRoute, record_urgency
from governance.actions.resolutions import record_resolution
from governance.actions.ways_on import put_new_version
from governance.enums import ApprovalBody, CallInOutcome, CouncilDecisionState, DecisionState, Urgency
from governance.models import CallIn, CouncilDecisionRecord, Decision
from programme.actions.reminders import send_due_reminders
from programme.enums import Matter
from programme.models import CouncilSetting, Reminder
from tests.factories import UserFactory, role
from tests.governance.actions.scene import Scene, steps

SIGNED = ("Cllr Ahmed", "Cllr Brown", "Cllr Cole")


def refused(action: object, *args: object, **values: object) -> str:
    with pytest.raises(Refusal) as said:
        action(*args, **values)  # type: ignore[operator]
    return said.value.message


# Scenario 3


def test_nothing_is_effective_until_the_last_council_decides(scene: Scene) -> None:
    decision = scene.a_and_b_approve(scene.ratifying())
    assert (decision.state, decision.effective_on) == (DecisionState.RATIFYING, None)
    scene.at(2027, 1, 14, 20)
    assert apply_due_decisions(scene.at(2027, 1, 14, 20)) == []
    scene.decides(decision, "carrick", date(2027, 1, 14))
    assert scene.fresh(decision).state == DecisionState.CALLIN
    assert apply_due_decisions(scene.at(2027, 1, 15, 23, 59)) == []
    moved = apply_due_decisions(scene.at(2027, 1, 16, 0, 1))
    assert [(one.ref, one.from_state, one.to_state) for one in moved] == [
        (decision.ref, DecisionState.CALLIN, DecisionState.EFFECTIVE)
    ]
    assert scene.fresh(decision).effective_on == date(2027, 1, 16)
    assert steps(decision) == [
        ("publish_notice", "notice_open"),
        ("table", "tabled"),
        ("recommend", "recommended"),
        ("send", "ratifying"),
        ("open_call_in", "callin"),
        ("take_effect", "effective"),
    ]
    assert list(decision.transitions.values_list("by__name", flat=True))[-2:] == [None, None]


@pytest.mark.parametrize("late", [(2027, 1, 16, 0, 1), (2027, 3, 1, 12)])
def test_beat_that_runs_twice_or_late_leaves_the_same_rows(scene: Scene, late: tuple[int, ...]) -> None:
    decision = scene.approved_by_all()
    apply_due_decisions(scene.at(*late))
    once = Decision.objects.values().get(pk=decision.pk)
    assert apply_due_decisions(scene.at(2027, 4, 1, 12)) == []
    assert Decision.objects.values().get(pk=decision.pk) == once
    assert (once["state"], once["effective_on"]) == ("effective", date(2027, 1, 16))


# Scenario 4


def test_rejection_blocks_for_all_and_keeps_what_the_others_decided(scene: Scene) -> None:
    decision = scene.a_and_b_approve(scene.ratifying())
    scene.at(2027, 1, 14, 20)
    scene.decides(decision, "carrick", date(2027, 1, 14), CouncilDecisionState.REJECTED)
    apply_due_decisions(scene.at(2027, 2, 1, 12))
    stored = scene.fresh(decision)
    assert (stored.state, stored.effective_on) == (DecisionState.BLOCKED, None)
    assert [scene.asked(decision, key).state for key in scene.councils] == [
        CouncilDecisionState.APPROVED,
        CouncilDecisionState.APPROVED,
        CouncilDecisionState.REJECTED,
    ]


def test_each_council_is_told_once_that_a_sister_council_blocked(scene: Scene) -> None:
    for council in scene.councils.values():
        lead = UserFactory(name=f"Lead of {council}")
        role(lead, RoleName.COUNCIL_LEAD, council=council)
    decision = scene.ratifying()
    scene.at(2026, 12, 16, 20)
    scene.decides(decision, "ashmere", date(2026, 12, 16))
    scene.at(2027, 1, 14, 20)
    scene.decides(decision, "carrick", date(2027, 1, 14), CouncilDecisionState.REJECTED)
    told = Reminder.objects.filter(rule="councils_out_of_step", object_id=decision.pk)
    assert not told.exists()
    send_due_reminders(day=scene.at(2027, 1, 15, 7).date())
    scene.at(2027, 1, 20, 20)
    scene.decides(decision, "brockvale", date(2027, 1, 20), CouncilDecisionState.REJECTED)
    send_due_reminders(day=scene.at(2027, 1, 21, 7).date())
    assert sorted(told.values_list("recipient__name", "digest__day_on")) == [
        (name, date(2027, 1, 15))
        for name in ("Lead of Ashmere", "Lead of Brockvale", "Lead of Carrick", "Sam Okafor")
    ]


# Scenario 5


def test_amendment_counts_as_rejection_and_the_next_version_restarts_every_council(scene: Scene) -> None:
    decision = scene.a_and_b_approve(scene.ratifying())
    scene.at(2027, 1, 14, 20)
    changed = "The councils share revenues only."
    amended = CouncilDecisionState.APPROVED_AMENDED
    scene.decides(decision, "carrick", date(2027, 1, 14), amended, text=changed)
    stored = scene.fresh(decision)
    assert stored.state == DecisionState.BLOCKED
    again = put_new_version(
        stored, by=scene.manager, seen_version=stored.version, text=changed, why="Carrick’s wording"
    )
    assert (again.state, again.text_number, again.text) == (DecisionState.DRAFT, 2, changed)
    rows = [scene.asked(decision, key) for key in scene.councils]
    assert [(row.state, row.text_number, row.published_on) for row in rows] == [
        (CouncilDecisionState.AWAITING, 1, None)
    ] * 3
    records = CouncilDecisionRecord.objects.filter(council_decision__decision=decision).order_by("pk")
    assert list(records.values_list("text_number", "state", "proposed_text")) == [
        (1, "approved", ""),
        (1, "approved", ""),
        (1, "approved_amended", changed),
    ]
    again = announce_decision(again, by=scene.manager, seen_version=again.version)
    again = table_decision(again, by=scene.manager, seen_version=again.version, meeting_on=date(2027, 2, 2))
    scene.at(2027, 2, 2, 20)
    again = record_recommendation(
        again, by=scene.manager, seen_version=again.version, recommended_on=date(2027, 2, 2)
    )
    again = send_to_councils(again, by=scene.manager, seen_version=again.version)
    assert again.state == DecisionState.RATIFYING
    assert list(again.texts.values_list("number", "text")) == [(1, decision.text), (2, changed)]


# Scenario 6


def call_in(scene: Scene, decision: Decision, key: str = "brockvale") -> CallIn:
    asked = scene.asked(decision, key)
    return raise_call_in(
        asked,
        by=scene.scrutiny[key],
        seen_version=asked.version,
        signatories=SIGNED,
        grounds="The cost to residents was not considered.",
    )


def test_call_in_at_4_59pm_is_taken_and_at_5_01pm_refused(scene: Scene) -> None:
    decision = scene.approved_by_all()
    scene.at(2027, 1, 15, 17, 1)
    assert refused(call_in, scene, decision) == "Call-in closed at 5pm on 15 January 2027"
    assert CallIn.objects.count() == 0
    moment = scene.at(2027, 1, 15, 16, 59)
    assert call_in(scene, decision).raised_at == moment
    assert scene.fresh(decision).state == DecisionState.CALLED_IN


def test_called_in_decision_cannot_be_implemented_and_waits_for_scrutiny(scene: Scene) -> None:
    decision = scene.approved_by_all()
    scene.at(2027, 1, 15, 16, 59)
    raised = call_in(scene, decision)
    scene.at(2027, 2, 1, 12)
    stored = scene.fresh(decision)
    message = refused(
        implement_decision,
        stored,
        by=scene.manager,
        seen_version=stored.version,
        implemented_on=date(2027, 2, 1),
    )
    assert message == (
        "This decision has been called in by Brockvale. "
        "Nothing can be implemented until scrutiny has answered"
    )
    assert apply_due_decisions(scene.at(2027, 2, 1, 12)) == []
    settle_call_in(
        raised,
        by=scene.clerks["brockvale"],
        seen_version=1,
        outcome=CallInOutcome.NO_ACTION,
        scrutiny_met_on=date(2027, 1, 28),
    )
    stored = scene.fresh(decision)
    assert (stored.state, stored.effective_on) == (DecisionState.EFFECTIVE, date(2027, 1, 28))
    done = implement_decision(
        stored, by=scene.manager, seen_version=stored.version, implemented_on=date(2027, 2, 1)
    )
    assert done.state == DecisionState.IMPLEMENTED


def test_implementation_is_refused_while_call_in_is_open(scene: Scene) -> None:
    decision = scene.approved_by_all()
    message = refused(
        implement_decision,
        decision,
        by=scene.manager,
        seen_version=decision.version,
        implemented_on=date(2027, 1, 14),
    )
    assert message == ("Call-in is open until 5pm on 15 January 2027. Nothing can be implemented before then")


def test_decision_referred_back_is_taken_afresh_and_not_called_in_again(scene: Scene) -> None:
    decision = scene.approved_by_all()
    scene.at(2027, 1, 15, 16, 59)
    raised = call_in(scene, decision)
    scene.at(2027, 1, 28, 20)
    settle_call_in(
        raised,
        by=scene.clerks["brockvale"],
        seen_version=1,
        outcome=CallInOutcome.REFERRED_BACK,
        scrutiny_met_on=date(2027, 1, 28),
        next_meeting_on=date(2027, 2, 3),
    )
    assert apply_due_decisions(scene.at(2027, 2, 2, 12)) == []
    assert scene.fresh(decision).state == DecisionState.CALLED_IN
    scene.at(2027, 2, 3, 20)
    scene.decides(decision, "brockvale", date(2027, 2, 3))
    stored = scene.fresh(decision)
    assert (stored.state, stored.effective_on) == (DecisionState.EFFECTIVE, date(2027, 2, 3))


# Scenario 7


def resolved(scene: Scene, **values: object) -> Decision:
    """Carrick counts 3 days of call-in, the others 5; its cabinet is bound as theirs are."""
    CouncilSetting.objects.filter(council=scene.councils["carrick"]).update(callin_days=3)
    decision = scene.tabled(body=scene.committee(), kind="resolution", **values)
    scene.at(2026, 11, 24, 18)
    return record_resolution(
        decision, by=scene.clerks["ashmere"], seen_version=3, resolved_on=date(2026, 11, 24)
    )


def test_resolution_waits_for_the_longest_call_in(scene: Scene) -> None:
    decision = resolved(scene)
    assert decision.state == DecisionState.CALLIN
    assert {scene.asked(decision, key).approval_body for key in scene.councils} == {
        ApprovalBody.JOINT_COMMITTEE
    }
    scene.at(2026, 11, 25, 12)
    for key in scene.councils:
        scene.publishes(decision, key, date(2026, 11, 25))
    assert apply_due_decisions(scene.at(2026, 11, 30, 23)) == []
    apply_due_decisions(scene.at(2026, 12, 5, 1))
    stored = scene.fresh(decision)
    assert (stored.state, stored.effective_on) == (DecisionState.EFFECTIVE, date(2026, 12, 3))


def test_reserved_matter_is_not_resolved_by_a_committee(scene: Scene) -> None:
    message = refused(resolved, scene, matter=Matter.BUSINESS_CASE, is_reserved_matter=True)
    assert message == (
        "Approving the business case is reserved to each council. Record a recommendation instead"
    )


def test_referral_by_one_council_keeps_a_joint_decision_from_all(scene: Scene) -> None:
    decision = resolved(scene)
    scene.at(2026, 11, 25, 12)
    for key in scene.councils:
        scene.publishes(decision, key, date(2026, 11, 25))
    scene.at(2026, 11, 27, 12)
    one, other = call_in(scene, decision, "ashmere"), call_in(scene, decision, "brockvale")
    scene.at(2026, 12, 10, 12)
    outcomes = ((one, "ashmere", CallInOutcome.NO_ACTION), (other, "brockvale", CallInOutcome.REFERRED_BACK))
    for raised, key, outcome in outcomes:
        settle_call_in(
            raised,
            by=scene.clerks[key],
            seen_version=1,
            outcome=outcome,
            scrutiny_met_on=date(2026, 12, 9),
        )
        assert scene.fresh(decision).state == DecisionState.CALLED_IN
    assert apply_due_decisions(scene.at(2027, 3, 1, 12)) == []


# Scenario 9


@pytest.mark.parametrize(("published", "is_lawful"), [(22, True), (23, False)])
def test_key_decision_needs_28_clear_days(scene: Scene, published: int, is_lawful: bool) -> None:
    decision = scene.ratifying(is_key=True)
    scene.at(2026, 12, 23, 12)
    scene.notify(decision, "ashmere", date(2026, 12, published))
    scene.at(2027, 1, 20, 20)
    if is_lawful:
        assert scene.decides(decision, "ashmere", date(2027, 1, 20)).state == CouncilDecisionState.APPROVED
        return
    message = refused(scene.decides, decision, "ashmere", date(2027, 1, 20))
    assert message == "Earliest date for this key decision is 21 January 2027, 28 clear days after notice"


def test_key_decision_by_urgency_needs_all_its_steps(scene: Scene) -> None:
    decision = scene.ratifying(is_key=True)
    scene.at(2027, 1, 20, 20)
    asked = scene.asked(decision, "ashmere")
    exception = UrgencyRoute(Urgency.GENERAL_EXCEPTION, "The contract ends.", date(2027, 1, 8))
    asked = record_urgency(asked, exception, by=scene.monitors["ashmere"], seen_version=asked.version)
    message = "Record when the scrutiny chair was told and when the notice was published"
    assert refused(scene.decides, decision, "ashmere", date(2027, 1, 20)) == message
    special = UrgencyRoute(Urgency.SPECIAL, "The contract ends.")
    asked = record_urgency(asked, special, by=scene.monitors["ashmere"], seen_version=asked.version)
    message = "Record who agreed that the decision is urgent and cannot reasonably be deferred"
    assert refused(scene.decides, decision, "ashmere", date(2027, 1, 20)) == message
    whole = UrgencyRoute(
        Urgency.GENERAL_EXCEPTION, "The contract ends.", date(2027, 1, 8), notice_on=date(2027, 1, 8)
    )
    record_urgency(asked, whole, by=scene.monitors["ashmere"], seen_version=asked.version)
    assert scene.decides(decision, "ashmere", date(2027, 1, 20)).state == CouncilDecisionState.APPROVED


# Scenario 24


@pytest.mark.parametrize(
    ("published", "closes", "utc_hour"),
    [
        (date(2027, 3, 22), (2027, 3, 31), 16),
        (date(2027, 10, 26), (2027, 11, 2), 17),
    ],
    ids=["summer time begins", "summer time ends"],
)
def test_call_in_closes_at_5pm_in_london_across_a_clock_change(
    scene: Scene, published: date, closes: tuple[int, int, int], utc_hour: int
) -> None:
    decision = scene.ratifying(lapse_after_days=1_000)
    scene.at(published.year, published.month, published.day, 20)
    scene.decides(decision, "brockvale", published)
    scene.publishes(decision, "brockvale", published)
    scene.at(*closes, 17, 1)
    closed = f"Call-in closed at 5pm on {format_date(date(*closes))}"
    assert refused(call_in, scene, decision) == closed
    moment = scene.at(*closes, 16, 59)
    assert call_in(scene, decision).raised_at == moment
    assert moment.astimezone(UTC).hour == utc_hour - 1
