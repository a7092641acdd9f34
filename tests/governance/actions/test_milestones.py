"""Milestones that wait for a decision (row 62, INV-13)."""

from __future__ import annotations

from datetime import date

import pytest

from core.errors import Refusal, Refusals
from governance.actions.decisions import withdraw_decision
from governance.actions.due import apply_due_decisions
from governance.actions.milestones import tie_milestone
from governance.models import Decision
from programme.actions.milestone import update_milestone
from programme.models import Milestone
from tests.factories import AgreementFactory, MilestoneFactory
from tests.governance.actions.scene import Scene


def tied(scene: Scene, decision: Decision) -> Milestone:
    milestone = MilestoneFactory(programme=scene.programme, owner=scene.manager)
    return tie_milestone(decision, milestone, by=scene.manager, seen_version=1)


def achieve(scene: Scene, milestone: Milestone, day: date) -> Milestone:
    return update_milestone(milestone, by=scene.manager, seen_version=milestone.version, achieved_on=day)


def test_milestone_is_not_achieved_while_call_in_is_open_and_is_once_it_has_closed(scene: Scene) -> None:
    decision = scene.approved_by_all()
    milestone = tied(scene, decision)
    with pytest.raises(Refusals) as refused:
        achieve(scene, milestone, date(2027, 1, 14))
    assert [one.message for one in refused.value.refusals] == [
        "Call-in is open until 5pm on 15 January 2027. Nothing can be implemented before then"
    ]
    apply_due_decisions(scene.at(2027, 1, 16, 9))
    assert achieve(scene, milestone, date(2027, 1, 16)).actual_last_on == date(2027, 1, 16)


def test_milestone_that_is_let_go_waits_for_nothing(scene: Scene) -> None:
    decision = scene.ratifying()
    milestone = tied(scene, decision)
    free = tie_milestone(decision, milestone, by=scene.manager, seen_version=2, is_tied=False)
    assert (free.decision_ref, free.version) == ("", 3)
    assert achieve(scene, free, date(2026, 11, 24)).actual_last_on == date(2026, 11, 24)


def test_milestone_of_another_programme_is_not_tied(scene: Scene) -> None:
    with pytest.raises(Refusal, match="Choose a milestone of this programme"):
        tie_milestone(scene.draft(), MilestoneFactory(), by=scene.manager, seen_version=1)


def test_decision_that_brought_something_into_force_is_not_withdrawn(scene: Scene) -> None:
    decision = scene.approved_by_all(agreement=AgreementFactory(partnership=scene.programme.partnership))
    apply_due_decisions(scene.at(2027, 1, 20, 1))
    stored = scene.fresh(decision)
    with pytest.raises(Refusal, match="took effect with this decision"):
        withdraw_decision(stored, by=scene.manager, seen_version=stored.version, why="Not wanted")
