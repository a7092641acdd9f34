"""Where councils differ: on without a council, the dispute steps, a new version; and what effect calls."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.clock import now
from core.errors import Refusal
from core.publication import NOT_THE_TEXT
from governance.actions.conditions import add_condition
from governance.actions.decisions import DecisionDraft, update_decision, withdraw_decision
from governance.actions.due import apply_due_decisions
from governance.actions.requirements import require_council
from governance.actions.ways_on import proceed_without, put_new_version, start_dispute
from governance.enums import CouncilDecisionState, DecisionState
from governance.models import Decision
from governance.queries.facts import facts_of
from governance.rules.facts import Condition
from programme.enums import AgreementKind
from programme.models import Agreement
from services.enums import CaseState
from services.models import ApportionmentKey, BusinessCase, Compensation
from tests.factories import (
    AgreementFactory,
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    UserFactory,
)
from tests.governance.actions.scene import Scene, steps
from tests.services.factories import ApportionmentKeyFactory, CostPoolFactory, amounts


def issued(scene: Scene, payer: str = "ashmere", **values: Any) -> BusinessCase:
    """An issued case of the scene's programme, with a saving of one council."""
    found = {
        "programme": scene.programme,
        "state": CaseState.ISSUED,
        "issued_at": now(),
        "issued_by": UserFactory(),
        "content_hash": "0" * 64,
        **values,
    }
    case = BusinessCaseFactory()
    line = BusinessCaseLineFactory(business_case=case)
    amounts(line, [100_00], council=scene.councils[payer])
    BusinessCase.objects.filter(pk=case.pk).update(**found)
    return BusinessCase.objects.get(pk=case.pk)


def blocked(scene: Scene, **values: Any) -> Decision:
    decision = scene.a_and_b_approve(scene.ratifying(**values))
    scene.at(2027, 1, 14, 20)
    scene.decides(decision, "carrick", date(2027, 1, 14), CouncilDecisionState.REJECTED)
    return scene.fresh(decision)


def go_on(scene: Scene, decision: Decision, case: BusinessCase | None) -> Decision:
    return proceed_without(
        decision,
        [scene.councils["carrick"]],
        by=scene.owner,
        seen_version=decision.version,
        rerun_case=case,
    )


def test_condition_of_a_council_counts_while_the_others_wait_for_it(scene: Scene) -> None:
    decision, refused = blocked(scene, is_severable=True), []

    def set_by(key: str, text: str = "The exit cost is paid") -> None:
        asked = {"council": scene.councils[key], "by": scene.clerks[key], "text": text}
        add_condition(decision, seen_version=scene.fresh(decision).version, **asked)

    set_by("carrick")
    assert facts_of(decision).conditions == (Condition("The exit cost is paid"),)
    went = go_on(scene, decision, issued(scene))
    assert facts_of(decision).conditions == ()
    apply_due_decisions(scene.at(2027, 1, 20, 9))
    assert (went.state, scene.fresh(decision).state) == (
        DecisionState.PROCEEDING_WITHOUT,
        DecisionState.EFFECTIVE,
    )
    decision = scene.ratifying()
    scene.at(2027, 1, 21, 12)
    scene.decides(decision, "ashmere", date(2027, 1, 21))
    for key, text in (("ashmere", "Later"), ("brockvale", "Withheld: confidential")):
        with pytest.raises(Refusal) as said:
            set_by(key, text)
        refused.append(said.value.message)
    late = "Ashmere has approved this text. A council sets its conditions with or before its decision"
    assert (refused, decision.conditions.count()) == ([late, NOT_THE_TEXT], 0)


def test_others_go_ahead_only_where_it_is_severable(scene: Scene) -> None:
    decision = blocked(scene)
    with pytest.raises(Refusal, match="This decision needs all councils"):
        go_on(scene, decision, issued(scene))


def test_others_go_ahead_only_with_a_case_run_again_without_the_council(scene: Scene) -> None:
    first = issued(scene)
    decision = blocked(scene, is_severable=True, business_case=first)
    again, with_carrick = issued(scene), issued(scene, "carrick")
    for case in (None, first, with_carrick):
        with pytest.raises(Refusal, match="Run the business case without Carrick first"):
            go_on(scene, decision, case)
    scene.at(2027, 1, 20, 12)
    gone = go_on(scene, decision, again)
    assert (gone.state, gone.effective_on) == (DecisionState.EFFECTIVE, date(2027, 1, 16))
    assert steps(gone)[-3:] == [
        ("block", "blocked"),
        ("proceed_without", "proceeding_without"),
        ("take_effect", "effective"),
    ]
    assert scene.asked(gone, "carrick").is_left_out


def test_dispute_then_a_new_version(scene: Scene) -> None:
    decision = blocked(scene)
    disputed = start_dispute(
        decision, by=scene.owner, seen_version=decision.version, disputed_on=date(2027, 1, 14)
    )
    assert (disputed.state, disputed.disputed_on) == (DecisionState.IN_DISPUTE, date(2027, 1, 14))
    again = put_new_version(
        disputed, by=scene.manager, seen_version=disputed.version, text="Other words", why="Agreed"
    )
    assert (again.state, again.text_number, again.disputed_on) == (DecisionState.DRAFT, 2, None)


def test_recommendation_lapses_on_its_day(scene: Scene) -> None:
    decision = scene.ratifying(lapse_after_days=30)
    assert apply_due_decisions(scene.at(2026, 12, 24, 23)) == []
    apply_due_decisions(scene.at(2027, 1, 5, 1))
    assert scene.fresh(decision).state == DecisionState.LAPSED


def test_words_on_an_agenda_cannot_be_changed(scene: Scene) -> None:
    decision = scene.tabled()
    with pytest.raises(Refusal, match="so its words cannot be changed"):
        update_decision(
            decision,
            DecisionDraft(title="Other", text="Other"),
            by=scene.manager,
            seen_version=decision.version,
        )


def linked(scene: Scene) -> dict[str, Any]:
    """One of each thing that a decision can approve."""
    case = issued(scene)
    pool = CostPoolFactory(programme=scene.programme)
    return {
        "business_case": case,
        "apportionment_key": ApportionmentKeyFactory(pool=pool, decision_ref="D-99"),
        "compensation": Compensation.objects.create(
            business_case=case,
            beneficiary=scene.councils["carrick"],
            basis="npv",
            created_by=scene.manager,
            updated_by=scene.manager,
        ),
        "agreement": AgreementFactory(partnership=scene.programme.partnership),
    }


def standing(links: dict[str, Any]) -> tuple[Any, ...]:
    agreement = Agreement.objects.get(pk=links["agreement"].pk)
    return (
        BusinessCase.objects.get(pk=links["business_case"].pk).state,
        ApportionmentKey.objects.get(pk=links["apportionment_key"].pk).decision_ref,
        Compensation.objects.get(pk=links["compensation"].pk).decision_ref,
        agreement.in_force_on,
        agreement.decision_ref,
    )


def test_effect_calls_what_the_decision_approves(scene: Scene) -> None:
    links = linked(scene)
    decision = scene.approved_by_all(**links)
    assert standing(links) == (CaseState.RECOMMENDED, "D-99", "", None, "")
    apply_due_decisions(scene.at(2027, 1, 20, 1))
    ref = decision.ref
    assert standing(links) == (CaseState.APPROVED, ref, ref, date(2027, 1, 16), ref)


def test_withdrawn_decision_leaves_its_case_rejected(scene: Scene) -> None:
    links = linked(scene)
    decision = scene.ratifying(**links)
    withdraw_decision(decision, by=scene.manager, seen_version=decision.version, why="Not wanted")
    assert standing(links) == (CaseState.REJECTED, "D-99", "", None, "")


def test_section_113_agreement_is_not_put_before_officers_were_consulted(scene: Scene) -> None:
    agreement = AgreementFactory(partnership=scene.programme.partnership, kind=AgreementKind.S113)
    with pytest.raises(Refusal, match="Confirm that affected officers have been consulted"):
        scene.tabled(agreement=agreement)


def test_case_that_is_not_issued_is_not_put(scene: Scene) -> None:
    case = BusinessCaseFactory(programme=scene.programme, title="Shared waste")
    message = "Issue Shared waste, version 1 before councils are asked to approve it"
    with pytest.raises(Refusal, match=message):
        scene.tabled(business_case=case)


def test_council_is_asked_once_for_each_part(scene: Scene) -> None:
    decision = scene.draft()
    carrick = scene.councils["carrick"]
    with pytest.raises(Refusal, match="Carrick is asked already"):
        require_council(decision, carrick, by=scene.manager, seen_version=1)
    asked = require_council(decision, carrick, by=scene.manager, seen_version=1, element="Budget")
    assert str(asked.element) == "Budget"


def test_split_decision_waits_for_each_part(scene: Scene) -> None:
    decision = scene.draft()
    carrick = scene.councils["carrick"]
    require_council(
        decision, carrick, by=scene.manager, seen_version=1, element="Staff", approval_body="executive"
    )
    rows = decision.council_decisions.filter(council=carrick)
    assert list(rows.values_list("element__title", "approval_body")) == [
        (None, "full_council"),
        ("Staff", "executive"),
    ]
