"""A re-baseline takes effect with its decision, at that moment and in no other way (INV-05, INV-14)."""

import csv
from datetime import date
from io import StringIO

import pytest

from benefits.actions.plan_approval import make_plan_current
from benefits.enums import Measure, ProposalState
from benefits.models import PlanProposal
from benefits.queries.proposal_decisions import decisions_of_proposals, what_it_waits_for
from core.errors import Refusal
from governance.actions.decisions import announce_decision, table_decision, withdraw_decision
from governance.actions.due import apply_due_decisions
from governance.enums import CouncilDecisionState, DecisionState
from programme.models import PlanVersion
from tests import factories
from tests.benefits.scene import page_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def first(scene):
    """Plan version 1: £774,000 in Brockvale."""
    line = factories.LineFactory(programme=scene.programme, ref="ICT")
    entry = (line, scene.councils["brockvale"], 2026, None, 77_400_000)
    return factories.plan_version(scene.programme, 1, amounts=[entry])


@pytest.fixture
def proposal(scene, first):
    """£750,000 instead."""
    entry = (first.amounts.get().line, scene.councils["brockvale"], 2026, None, 75_000_000)
    return factories.plan_proposal(
        scene.programme,
        based_on=first,
        amounts=[entry],
        created_by=scene.manager,
        submitted_by=scene.manager,
    )


def refused(scene, proposal):
    stored = PlanProposal.objects.get(pk=proposal.pk)
    with pytest.raises(Refusal) as said:
        make_plan_current(stored, by=scene.manager)
    assert said.value.code == "36"
    return said.value.message


def versions():
    return list(PlanVersion.objects.values_list("number", "approved_on", "effective_on"))


def test_rebaseline_of_774000_to_750000_takes_effect_with_its_decision_and_once(scene, proposal, first):
    decision = scene.approved_by_all(plan_proposal=proposal)
    assert versions() == [(1, date(2026, 3, 31), date(2026, 4, 1))]
    moment = scene.at(2027, 1, 18, 9)
    apply_due_decisions(moment)
    apply_due_decisions(moment)
    decision = scene.fresh(decision)
    assert versions() == [
        (1, date(2026, 3, 31), date(2026, 4, 1)),
        (2, date(2027, 1, 14), decision.effective_on),
    ]
    made = PlanVersion.objects.get(number=2)
    assert (decision.plan_version, made.amounts.get().amount_pence) == (made, 75_000_000)
    assert first.amounts.get().amount_pence == 77_400_000
    stored = PlanProposal.objects.get()
    assert (stored.state, stored.plan_version, stored.decision_ref) == (
        ProposalState.APPROVED,
        made,
        decision.ref,
    )
    assert refused(scene, proposal).startswith("This plan is in effect from")


def test_rebaseline_shows_original_current_reason_approver_and_decision(scene, proposal, first):
    """Scenario 11, on the page, in the file of plans and in the table of savings."""
    decision = scene.approved_by_all(plan_proposal=proposal)
    apply_due_decisions(scene.at(2027, 1, 18, 9))
    browser = page_of(scene.manager)
    page = text_of(browser.get("/programmes/abc/plans/"))
    councils = "Ashmere, Brockvale and Carrick"
    assert [f"Approved by {councils}" in page, decision.ref in page, proposal.narrative in page] == [True] * 3
    file = browser.get("/programmes/abc/plans.csv")
    heads, current, original = csv.reader(StringIO(b"".join(file.streaming_content).decode()))
    shown = [dict(zip(heads, row, strict=True)) for row in (original, current)]
    names = ("Standing", "Gross cashable saving", "Less than the original plan", "Reason", "Approved by")
    assert [[row[name] for name in names] for row in shown] == [
        ["Original", "774000.00", "0.00", "First plan", "[x]"],
        ["Current", "750000.00", "24000.00", "Approved delay", councils],
    ]
    assert shown[1]["What changed, and why"] == proposal.narrative
    assert shown[1]["Decision"] == f"{decision.ref} {decision.title}"
    figures = browser.get("/programmes/abc/savings.csv")
    heads, *rows = csv.reader(StringIO(b"".join(figures.streaming_content).decode()))
    of_year = next(
        row for row in rows if row[:4] == [str(Measure.GROSS.label), "Brockvale", "2026-27", "In the year"]
    )
    assert [of_year[heads.index(name)] for name in ("Original plan", "Current plan")] == [
        "774000.00",
        "750000.00",
    ]


def test_plan_waits_for_each_council_and_its_call_in(scene, proposal):
    decision = scene.ratifying(plan_proposal=proposal)
    said = f"This plan takes effect when decision {decision.ref} does. "
    assert refused(scene, proposal) == said + "Ashmere, Brockvale and Carrick have not decided yet"
    scene.a_and_b_approve(decision)
    assert refused(scene, proposal) == said + "Carrick has not decided yet"
    scene.at(2027, 1, 14, 20)
    scene.decides(decision, "carrick", date(2027, 1, 14))
    assert refused(scene, proposal) == said + "Brockvale’s call-in has not closed yet"
    assert len(versions()) == 1


def test_plan_stays_as_it_is_while_councils_differ(scene, proposal):
    decision = scene.a_and_b_approve(scene.ratifying(plan_proposal=proposal))
    scene.at(2027, 1, 14, 20)
    scene.decides(decision, "carrick", date(2027, 1, 14), CouncilDecisionState.REJECTED)
    apply_due_decisions(scene.at(2027, 2, 1, 9))
    waits = what_it_waits_for(decisions_of_proposals([proposal])[proposal.pk])
    assert waits.endswith(f"{decision.ref} does. The councils have not approved the same text")
    assert len(versions()) == 1


def test_plan_of_a_withdrawn_decision_is_refused(scene, proposal):
    decision = scene.ratifying(plan_proposal=proposal)
    decision = scene.fresh(decision)
    withdraw_decision(decision, by=scene.manager, seen_version=decision.version, why="Figures changed")
    stored = PlanProposal.objects.get()
    assert (stored.state, stored.decision_ref, stored.ended_reason) == (
        ProposalState.REFUSED,
        decision.ref,
        f"Decision {decision.ref}: withdrawn",
    )


def test_plan_is_put_only_to_all_councils_that_have_amounts_in_it(scene, first, proposal):
    asked = "Brockvale has amounts in plan version 2 but is not asked to approve it. "
    decision = scene.draft(plan_proposal=proposal)
    scene.asked(decision, "brockvale").delete()
    decision = announce_decision(decision, by=scene.manager, seen_version=1)
    with pytest.raises(Refusal) as said:
        table_decision(decision, by=scene.manager, seen_version=2, meeting_on=date(2026, 11, 24))
    assert said.value.message == asked + "Add it to the councils that must decide"


def test_plan_is_not_made_for_a_council_that_was_never_asked(scene, proposal):
    decision = scene.ratifying(plan_proposal=proposal)
    scene.asked(decision, "brockvale").delete()
    scene.at(2027, 1, 14, 20)
    for key in ("ashmere", "carrick"):
        scene.decides(decision, key, date(2027, 1, 14))
        scene.publishes(decision, key, date(2027, 1, 14))
    apply_due_decisions(scene.at(2027, 2, 18, 9))
    assert (scene.fresh(decision).state, len(versions())) == (DecisionState.CALLIN, 1)


def test_draft_of_a_plan_is_not_put_to_councils(scene, first):
    draft = factories.plan_proposal(scene.programme, based_on=first, created_by=scene.manager)
    with pytest.raises(Refusal, match="Submit plan version 2 before councils are asked to approve it"):
        scene.tabled(plan_proposal=draft)


def test_who_submitted_the_plan_records_no_councils_approval(scene, first):
    own = factories.plan_proposal(
        scene.programme,
        based_on=first,
        created_by=scene.manager,
        submitted_by=scene.clerks["ashmere"],
    )
    decision = scene.ratifying(plan_proposal=own)
    scene.at(2026, 12, 18, 12)
    with pytest.raises(Refusal) as said:
        scene.decides(decision, "ashmere", date(2026, 12, 16))
    assert (said.value.message, said.value.code) == (
        "The person who proposed the change cannot approve it",
        "35",
    )
