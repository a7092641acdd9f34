"""What the page of a programme says of the councils' decisions."""

from __future__ import annotations

import pytest

from governance.enums import CouncilDecisionState, DecisionState
from governance.programme_answers import answers_for_programme
from programme.queries.answers import Answer
from tests.factories import DecisionFactory, ProgrammeFactory, councils_of
from tests.governance.rows import TODAY, data_sharing, ict_contract, programme_of

pytestmark = pytest.mark.django_db

QUESTION, URL = "Who has still to ratify?", "/programmes/shared/decisions/"


def test_waiting_decisions_name_their_councils() -> None:
    programme = programme_of()
    data_sharing(programme)
    ict_contract(programme)
    text = "Data-sharing agreement (D-08) waits for Carrick. Shared ICT contract (D-09) waits for Brockvale."
    assert answers_for_programme(programme, TODAY) == [
        Answer(QUESTION, "2 waiting", text, "/programmes/abc/decisions/")
    ]


def test_decision_that_a_council_rejected_is_blocked_and_named_first() -> None:
    programme = programme_of()
    ict_contract(programme)
    rejected = data_sharing(programme)
    rejected.council_decisions.filter(council__key="carrick").update(state=CouncilDecisionState.REJECTED)
    assert [(one.word, one.text) for one in answers_for_programme(programme, TODAY)] == [
        (
            "1 waiting, 1 blocked",
            (
                "Data-sharing agreement (D-08) is blocked: rejected by Carrick. "
                "Shared ICT contract (D-09) waits for Brockvale."
            ),
        )
    ]


def test_nothing_waiting_says_so() -> None:
    programme = ProgrammeFactory(key="shared")
    DecisionFactory(programme=programme, state=DecisionState.WITHDRAWN, councils=councils_of(programme))
    assert answers_for_programme(programme, TODAY) == [
        Answer(QUESTION, "None", "No decision waits for a council.", URL)
    ]


def test_programme_without_decisions_has_no_answer() -> None:
    assert answers_for_programme(ProgrammeFactory(), TODAY) == []
