"""The decisions that a key can name (row 23)."""

from __future__ import annotations

import pytest

from governance.enums import DecisionState
from services.queries.decision_choices import decisions_of, decisions_to_choose
from tests.factories import DecisionFactory, ProgrammeFactory

pytestmark = pytest.mark.django_db

NOT_AGREED = {
    DecisionState.DRAFT,
    DecisionState.BLOCKED,
    DecisionState.SUPERSEDED,
    DecisionState.LAPSED,
    DecisionState.WITHDRAWN,
}


def test_decision_can_be_chosen_unless_it_is_a_draft_blocked_or_gone(django_assert_num_queries):
    programme = ProgrammeFactory()
    for place, state in enumerate(DecisionState):
        DecisionFactory(programme=programme, ref=state.value, state=state, order_index=place)
    DecisionFactory(ref="ELSEWHERE")
    with django_assert_num_queries(1):
        chosen = decisions_to_choose(programme)
    assert [one.ref for one in chosen] == [state.value for state in DecisionState if state not in NOT_AGREED]
    assert [one.ref for one in decisions_of(programme)] == [state.value for state in DecisionState]


def test_only_a_decision_in_effect_or_implemented_is_in_force():
    programme = ProgrammeFactory()
    for place, state in enumerate(DecisionState):
        DecisionFactory(programme=programme, ref=state.value, state=state, order_index=place)
    assert [one.ref for one in decisions_of(programme) if one.is_in_force] == ["effective", "implemented"]


def test_choice_names_the_decision_and_where_it_stands():
    decision = DecisionFactory(ref="D-001", title="Share the costs", state=DecisionState.EFFECTIVE)
    choice = decisions_to_choose(decision.programme)[0]
    assert (choice.label, choice.url) == (
        "D-001 Share the costs (In effect)",
        decision.get_absolute_url(),
    )
