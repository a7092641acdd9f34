"""Propose, change, submit and withdraw a plan, and say whether a section 151 officer supports it."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction

from accounts.enums import RoleName
from benefits.actions.amounts import Amount, PlannedDate
from benefits.actions.plan_approval import approve_plan_proposal, make_plan_current, refuse_plan_proposal
from benefits.actions.plan_content import amounts_of, dates_of, save_amounts, save_dates
from benefits.actions.plan_proposal import (
    give_opinion,
    propose_plan,
    submit_plan_proposal,
    update_plan_proposal,
    withdraw_plan_proposal,
)
from benefits.enums import ProposalState
from benefits.models import PlanOpinion, PlanProposal, ProposalAmount
from core.errors import Refusal, StaleEdit
from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.models import PlanVersion
from tests import factories
from tests.benefits.actions.faults import unwritable
from tests.benefits.scene import make_scene

pytestmark = pytest.mark.django_db
WHY = "The councils agreed to start one saving a year later than first planned."
DAY = date(2027, 10, 1)


@pytest.fixture
def scene():
    return make_scene()


@pytest.fixture
def version(scene):
    """Plan version 1: £774,000 of saving in Brockvale, months and years, and a milestone."""
    milestone = factories.MilestoneFactory(programme=scene.programme, ref="M-1")
    return factories.plan_version(
        scene.programme,
        1,
        amounts=[
            (scene.saving, scene.brockvale, 2026, 4, 400_000),
            (scene.saving, scene.brockvale, 2027, None, 77_000_000),
        ],
        dates=[(milestone, DAY)],
    )


def less(scene, proposal):
    """The proposal with £24,000 less in 2027 to 2028."""
    amounts = [
        one if one.fy == 2026 else Amount(one.line, one.council, one.fy, None, one.pence - 2_400_000)
        for one in amounts_of(proposal)
    ]
    return save_amounts(proposal, by=scene.manager, seen_version=proposal.version, amounts=amounts)


def submitted(scene, **changes):
    reasons = {"reason_code": "approved_delay", "narrative": WHY} | changes
    proposal = less(scene, propose_plan(scene.programme, by=scene.manager, **reasons))
    return submit_plan_proposal(proposal, by=scene.manager, seen_version=proposal.version)


def test_proposal_starts_from_all_that_the_latest_plan_holds(scene, version):
    proposal = propose_plan(scene.programme, by=scene.manager, reason_code="inflation", narrative=WHY)
    assert (proposal.number, proposal.based_on, proposal.state) == (2, version, ProposalState.DRAFT)
    assert amounts_of(proposal) == amounts_of(version)
    assert dates_of(proposal) == dates_of(version)
    event = AuditEvent.objects.get()
    assert (event.action, event.scope, event.by, event.after) == (
        "propose_plan",
        "abc",
        scene.manager,
        {"number": 2, "reason_code": "inflation", "narrative": WHY},
    )


def test_first_plan_starts_empty_and_is_its_own_reason(scene):
    proposal = propose_plan(scene.programme, by=scene.manager)
    assert (proposal.number, proposal.based_on, proposal.reason_code) == (1, None, "first_plan")
    assert (amounts_of(proposal), dates_of(proposal)) == ([], [])


def test_only_the_programme_manager_proposes_and_changes(scene, version):
    proposal = propose_plan(scene.programme, by=scene.manager)
    for user in (scene.finance, scene.s151, scene.reader):
        with pytest.raises(PermissionDenied, match="Only the programme manager can propose a plan"):
            propose_plan(scene.programme, by=user)
        with pytest.raises(PermissionDenied, match="Only the programme manager can propose a plan"):
            save_amounts(proposal, by=user, seen_version=1, amounts=[])
        with pytest.raises(PermissionDenied, match="Only the programme manager or the senior"):
            submit_plan_proposal(proposal, by=user, seen_version=1)
    assert ProposalAmount.objects.count() == 2


def test_a_programme_has_one_open_proposal(scene, version):
    proposal = propose_plan(scene.programme, by=scene.manager)
    with pytest.raises(Refusal, match="Plan version 2 is proposed already"):
        propose_plan(scene.programme, by=scene.manager)
    withdraw_plan_proposal(proposal, by=scene.manager, seen_version=1, reason="Started by mistake")
    assert propose_plan(scene.programme, by=scene.manager).number == 2


def test_amounts_are_replaced_whole_and_only_the_change_is_audited(scene, version):
    proposal = less(scene, propose_plan(scene.programme, by=scene.manager))
    assert [(one.fy, one.period, one.pence) for one in amounts_of(proposal)] == [
        (2026, 4, 400_000),
        (2027, None, 74_600_000),
    ]
    event = AuditEvent.objects.last()
    assert (event.action, event.before, event.after) == (
        "save_amounts",
        {"ICT.brockvale.2027": 77_000_000, "version": 1},
        {"ICT.brockvale.2027": 74_600_000, "version": 2},
    )
    again = save_amounts(proposal, by=scene.manager, seen_version=2, amounts=amounts_of(proposal))
    assert (again.version, AuditEvent.objects.count()) == (2, 2)


def test_amounts_over_anothers_edit_are_refused(scene, version):
    proposal = less(scene, propose_plan(scene.programme, by=scene.manager))
    with pytest.raises(StaleEdit):
        save_amounts(proposal, by=scene.manager, seen_version=1, amounts=[])
    assert ProposalAmount.objects.count() == 2


def test_amounts_that_no_plan_can_hold_are_refused(scene, version):
    proposal = propose_plan(scene.programme, by=scene.manager)
    late = [Amount(scene.saving, scene.brockvale, 2033, None, 1)]
    with pytest.raises(Refusal, match="2033 to 2034 is after the end of the appraisal period"):
        save_amounts(proposal, by=scene.manager, seen_version=1, amounts=late)


def test_dates_are_replaced_whole(scene, version):
    proposal = propose_plan(scene.programme, by=scene.manager)
    planned = dates_of(proposal)[0]
    later = PlannedDate(planned.milestone, ImpreciseDate.day(date(2028, 1, 1)))
    saved = save_dates(proposal, by=scene.manager, seen_version=1, dates=[later])
    assert (saved.version, dates_of(saved)) == (2, [later])


@pytest.mark.parametrize(
    ("reasons", "message"),
    [
        ({"reason_code": ""}, "Choose a reason"),
        ({"narrative": "Too short"}, "Explain the change in at least 50 characters"),
    ],
)
def test_submission_without_reason_or_narrative_is_refused(scene, version, reasons, message):
    with pytest.raises(Refusal) as refused:
        submitted(scene, **reasons)
    assert (refused.value.message, refused.value.code) == (message, "34")
    assert PlanProposal.objects.get().state == ProposalState.DRAFT


def test_rebaseline_as_a_first_plan_is_refused(scene, version):
    with pytest.raises(Refusal, match="Choose a reason"):
        propose_plan(scene.programme, by=scene.manager, reason_code="first_plan")


def test_submission_that_changes_nothing_or_holds_nothing_is_refused(scene):
    empty = propose_plan(scene.programme, by=scene.manager)
    with pytest.raises(Refusal, match="Enter the amounts or the dates of the plan first"):
        submit_plan_proposal(empty, by=scene.manager, seen_version=1)
    withdraw_plan_proposal(empty, by=scene.manager, seen_version=1, reason="Started by mistake")
    factories.plan_version(scene.programme, 1, amounts=[(scene.saving, scene.brockvale, 2026, None, 1)])
    same = propose_plan(scene.programme, by=scene.manager, reason_code="inflation", narrative=WHY)
    with pytest.raises(Refusal, match="Nothing differs from plan version 1"):
        submit_plan_proposal(same, by=scene.manager, seen_version=1)


def test_submitted_content_is_frozen_for_actions_and_in_the_database(scene, version):
    proposal = submitted(scene)
    assert (proposal.state, proposal.submitted_by, len(proposal.content_hash)) == (
        ProposalState.SUBMITTED,
        scene.manager,
        64,
    )
    with pytest.raises(Refusal, match="This proposal is submitted and cannot be changed"):
        save_amounts(proposal, by=scene.manager, seen_version=proposal.version, amounts=[])
    with pytest.raises(Refusal, match="This proposal is submitted and cannot be changed"):
        update_plan_proposal(
            proposal, by=scene.manager, seen_version=proposal.version, reason_code="inflation", narrative=WHY
        )
    row = proposal.amounts.first()
    for write in (
        lambda: proposal.amounts.update(amount_pence=1),
        lambda: proposal.amounts.all()._raw_delete("default"),
        lambda: ProposalAmount.objects.create(
            proposal=proposal, line=row.line, council=row.council, fy=2028, amount_pence=1
        ),
        lambda: proposal.dates.update(date_text="Later"),
        lambda: PlanProposal.objects.update(narrative=WHY + WHY),
        lambda: PlanProposal.objects.all()._raw_delete("default"),
    ):
        with pytest.raises(IntegrityError, match="A submitted plan proposal"), transaction.atomic():
            write()


def test_approval_makes_the_plan_version_once_and_leaves_the_original(scene, version):
    proposal = submitted(scene)
    facts = {"decision_ref": "D-14", "approved_on": date(2026, 5, 1), "effective_on": date(2026, 5, 8)}
    made = approve_plan_proposal(proposal, by=None, **facts)
    again = approve_plan_proposal(proposal, by=None, **facts)
    assert made == again
    assert list(PlanVersion.objects.values_list("number", "reason", "approved_on", "effective_on")) == [
        (1, "", date(2026, 3, 31), date(2026, 4, 1)),
        (2, "approved_delay", date(2026, 5, 1), date(2026, 5, 8)),
    ]
    assert (made.content_hash, made.entered_by, made.narrative) == (
        proposal.content_hash,
        scene.manager,
        WHY,
    )
    assert [one.pence for one in amounts_of(version)] == [400_000, 77_000_000]
    assert [one.pence for one in amounts_of(made)] == [400_000, 74_600_000]
    stored = PlanProposal.objects.get()
    assert (stored.state, stored.plan_version, stored.decision_ref) == (ProposalState.APPROVED, made, "D-14")
    assert list(AuditEvent.objects.order_by("pk").values_list("action", "by"))[-2:] == [
        ("record_plan_version", None),
        ("approve_plan_proposal", None),
    ]


def test_draft_withdrawn_or_overtaken_plan_is_not_approved(scene, version):
    facts = {"decision_ref": "D-14", "approved_on": date(2026, 5, 1), "effective_on": date(2026, 5, 8)}
    draft = propose_plan(scene.programme, by=scene.manager, reason_code="inflation", narrative=WHY)
    with pytest.raises(Refusal, match="Submit plan version 2 before councils are asked to approve it"):
        approve_plan_proposal(draft, by=None, **facts)
    withdraw_plan_proposal(draft, by=scene.manager, seen_version=1, reason="Started by mistake")
    with pytest.raises(Refusal, match="The proposed plan version 2 is withdrawn"):
        approve_plan_proposal(draft, by=None, **facts)
    overtaken = submitted(scene)
    factories.plan_version(scene.programme, 2)
    with pytest.raises(Refusal, match="This plan was approved on 31 March 2026 and cannot be changed"):
        approve_plan_proposal(overtaken, by=None, **facts)
    assert PlanVersion.objects.count() == 2


@pytest.mark.parametrize("table", ["core_auditevent", "benefits_planamount", "programme_planversion"])
def test_approval_is_undone_when_a_part_of_it_fails(scene, version, table):
    proposal = submitted(scene)
    with unwritable(table), pytest.raises(DatabaseError):
        approve_plan_proposal(
            proposal, by=None, decision_ref="D-14", approved_on=DAY.replace(2026), effective_on=DAY
        )
    assert PlanVersion.objects.count() == 1
    assert PlanProposal.objects.get().state == ProposalState.SUBMITTED


def test_refused_by_a_decision_that_ended(scene, version):
    proposal = submitted(scene)
    refuse_plan_proposal(proposal, by=None, decision_ref="D-14", why="Decision D-14: lapsed")
    again = refuse_plan_proposal(proposal, by=None, decision_ref="D-15", why="Decision D-15: lapsed")
    assert (again.state, again.decision_ref, again.ended_reason) == (
        ProposalState.REFUSED,
        "D-14",
        "Decision D-14: lapsed",
    )


def test_opinions_of_section_151_officers_stay_and_the_last_counts(scene, version):
    proposal = submitted(scene)
    give_opinion(proposal, scene.brockvale, by=scene.s151, is_in=False, reason="The saving is too low for us")
    give_opinion(proposal, scene.brockvale, by=scene.s151, is_in=True)
    rows = PlanOpinion.objects.order_by("pk").values_list("council", "is_in", "reason", "entered_by")
    assert list(rows) == [
        (scene.brockvale.pk, False, "The saving is too low for us", scene.s151.pk),
        (scene.brockvale.pk, True, "", scene.s151.pk),
    ]
    with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
        PlanOpinion.objects.update(is_in=True)


def test_opinion_out_needs_a_reason_and_one_of_another_council_is_refused(scene, version):
    proposal = submitted(scene)
    with pytest.raises(Refusal, match="Explain why you do not support it, in at least 10 characters"):
        give_opinion(proposal, scene.brockvale, by=scene.s151, is_in=False, reason="No")
    for user, council in ((scene.s151, scene.councils[0]), (scene.finance, scene.brockvale)):
        with pytest.raises(PermissionDenied, match=f"Only {council}’s section 151 officer can say"):
            give_opinion(proposal, council, by=user, is_in=True)
    assert PlanOpinion.objects.count() == 0


@pytest.mark.parametrize("part", ["proposed", "submitted"])
def test_who_proposed_or_submitted_gives_no_opinion(scene, version, part):
    factories.role(scene.manager, RoleName.S151, council=scene.brockvale)
    proposal = factories.plan_proposal(
        scene.programme,
        based_on=version,
        created_by=scene.manager if part == "proposed" else scene.finance,
        submitted_by=scene.manager if part == "submitted" else scene.finance,
    )
    with pytest.raises(Refusal) as refused:
        give_opinion(proposal, scene.brockvale, by=scene.manager, is_in=True)
    assert (refused.value.message, refused.value.code) == (
        "The person who proposed the change cannot approve it",
        "35",
    )
    assert PlanOpinion.objects.count() == 0


def test_opinion_on_a_draft_is_refused(scene, version):
    proposal = propose_plan(scene.programme, by=scene.manager)
    with pytest.raises(Refusal, match="Say whether you support a plan while it is submitted"):
        give_opinion(proposal, scene.brockvale, by=scene.s151, is_in=True)


def test_plan_is_never_made_current_by_hand(scene, version):
    draft = propose_plan(scene.programme, by=scene.manager)
    with pytest.raises(Refusal, match="Submit this plan first"):
        make_plan_current(draft, by=scene.manager)
    with pytest.raises(PermissionDenied):
        make_plan_current(draft, by=scene.s151)
    withdraw_plan_proposal(draft, by=scene.manager, seen_version=1, reason="Started by mistake")
    proposal = submitted(scene)
    with pytest.raises(Refusal, match="No decision is linked to it yet"):
        make_plan_current(proposal, by=scene.manager)
    facts = {"decision_ref": "D-14", "approved_on": date(2026, 5, 1), "effective_on": date(2026, 5, 8)}
    approve_plan_proposal(proposal, by=None, **facts)
    with pytest.raises(Refusal, match="This plan is in effect from 8 May 2026 already"):
        make_plan_current(PlanProposal.objects.get(pk=proposal.pk), by=scene.manager)
