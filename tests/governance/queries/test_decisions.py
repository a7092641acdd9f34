"""The decision board from rows."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest

from governance.enums import ApprovalBody, Authority, CouncilDecisionState, DecisionKind, DecisionState
from governance.queries.decisions import Board, decision_board, decision_rows, not_ratified
from governance.queries.facts import proposal_of
from governance.rules.board import Group
from programme.enums import GovernanceModel, MemberStatus
from programme.models import Membership
from tests.factories import CouncilDecisionFactory, CouncilFactory, DecisionFactory
from tests.governance import rows
from tests.governance.rows import TODAY

pytestmark = pytest.mark.django_db
AssertQueries = Callable[[int], AbstractContextManager[Any]]


def as_text(board: Board) -> list[tuple[str, list[tuple[str, list[str], str]]]]:
    """Sections with each row's reference, words and answer."""
    return [
        (
            section.heading,
            [
                (
                    row.decision.ref,
                    [", ".join(part.position.word for part in cell.parts) for cell in row.cells],
                    f"{row.start.word}. {row.start_line}",
                )
                for row in section.rows
            ],
        )
        for section in board.sections
    ]


def test_board_groups_decisions_by_where_they_stand() -> None:
    programme = rows.programme_of()
    rows.current_plan(programme)
    rows.data_sharing(programme)
    rows.ict_contract(programme)
    board = decision_board(programme, as_of=TODAY)
    assert as_text(board) == [
        (
            "Waiting for a council",
            [
                (
                    "D-08",
                    ["Approved", "Approved", "Deferred"],
                    "Not yet. 12 December 2026 at the earliest. Waiting for Carrick",
                ),
                (
                    "D-09",
                    ["Approved", "Call-in open", "Approved"],
                    "Not yet. 28 November 2026 at the earliest",
                ),
            ],
        ),
        ("In effect", [("D-06", ["Approved", "Approved", "Approved"], "Yes. In effect from 20 June 2026")]),
    ]
    assert board.sentence == (
        "2 decisions are waiting for a council and 1 is in effect. "
        "Nothing takes effect for any council until every council has approved the same text."
    )
    assert [(str(one.council), one.count) for one in board.waiting] == [
        ("Ashmere", 0),
        ("Brockvale", 1),
        ("Carrick", 1),
    ]


def test_board_narrowed_to_one_council_keeps_the_counts_of_all() -> None:
    programme = rows.programme_of()
    rows.data_sharing(programme)
    rows.ict_contract(programme)
    board = decision_board(programme, as_of=TODAY, waiting_for="brockvale")
    assert [row.decision.ref for row in board.rows] == ["D-09"]
    assert (board.total, board.sentence[:41]) == (2, "2 decisions are waiting for a council. No")
    assert decision_board(programme, as_of=TODAY, waiting_for="elsewhere").rows == []


def test_board_puts_new_versions_after_new_texts() -> None:
    programme = rows.programme_of()
    put = {"meeting_on": TODAY, "state": DecisionState.TABLED}
    changed = rows.approved(rows.RECOMMENDED_ON, rows.RECOMMENDED_ON)
    rows.decision_with(programme, [changed] * 3, ref="D-07", text_number=2, **put)
    DecisionFactory(programme=programme, ref="D-10", councils=rows.members(programme), **put)
    board = decision_board(programme, as_of=TODAY)
    assert [(section.heading, [row.decision.ref for row in section.rows]) for section in board.sections] == [
        ("On tonight’s agenda", ["D-10", "D-07"])
    ]


def test_board_of_a_report_has_a_column_for_a_council_that_stayed_out() -> None:
    programme = rows.programme_of()
    shepway = CouncilFactory(key="shepway", short_name="Shepway")
    Membership.objects.create(
        partnership=programme.partnership,
        council=shepway,
        order_index=9,
        status=MemberStatus.DECLINED_MAY_JOIN,
    )
    agreed = [CouncilDecisionState.APPROVED] * 3
    decision = rows.reported(programme, agreed, ref="ek-d03")
    CouncilDecisionFactory(
        decision=decision, council=shepway, order_index=3, state=CouncilDecisionState.REJECTED
    )
    board = decision_board(programme, as_of=TODAY)
    assert [str(council) for council in board.councils] == ["Ashmere", "Brockvale", "Carrick", "Shepway"]
    assert as_text(board) == [
        (
            "As the source reports",
            [
                (
                    "ek-d03",
                    ["Agreed", "Agreed", "Agreed", "Declined"],
                    "No. Declined by Shepway. The others went ahead",
                )
            ],
        )
    ]
    assert board.is_history
    assert board.rows[0].sub_line == "Four councils, date not stated"
    assert not_ratified(programme, as_of=TODAY) == {"ek-d03": ("Shepway",)}


def test_council_that_the_source_does_not_name_has_no_column_and_is_named_as_not_ratifying() -> None:
    programme = rows.programme_of(2)
    decision = rows.reported(programme, [CouncilDecisionState.APPROVED] * 2, ref="sov-d01")
    CouncilDecisionFactory(
        decision=decision,
        council=None,
        party_text="unnamed third district",
        order_index=2,
        state=CouncilDecisionState.REJECTED,
    )
    board = decision_board(programme, as_of=TODAY)
    assert len(board.councils) == 2
    assert board.rows[0].start.not_ratified == ("Unnamed third district",)


def test_council_that_was_not_asked_has_an_empty_place() -> None:
    programme = rows.programme_of(3)
    rows.reported(programme, [CouncilDecisionState.APPROVED], ref="one")
    (row,) = decision_board(programme, as_of=TODAY).rows
    assert [len(cell.parts) for cell in row.cells] == [1, 0, 0]


def test_body_that_recommends_is_never_said_to_decide() -> None:
    programme = rows.programme_of()
    body = rows.steering_group(programme)
    decision = rows.ict_contract(programme, body=body, kind=DecisionKind.RESOLUTION)
    assert body.authority == Authority.RECOMMENDS
    assert proposal_of(decision).body_verb == "recommended"


def test_council_under_a_committee_system_has_no_call_in() -> None:
    programme = rows.programme_of()
    carrick = rows.members(programme)[2]
    carrick.governance_model = GovernanceModel.COMMITTEE
    carrick.save()
    answers = [rows.approved(TODAY, TODAY, approval_body=ApprovalBody.COMMITTEE)] * 3
    rows.decision_with(programme, answers)
    (row,) = decision_rows(programme.decisions.all(), as_of=TODAY)
    assert [position.call_in for position in row.start.positions] == [None, None, None]
    assert row.group == Group.EFFECTIVE


@pytest.mark.parametrize("count", [2, 3, 5])
def test_board_takes_seven_queries_whatever_its_size(
    count: int, django_assert_num_queries: AssertQueries
) -> None:
    programme = rows.programme_of(count)
    rows.ict_contract(programme)
    with django_assert_num_queries(7):
        assert decision_board(programme, as_of=TODAY).total == 1
    for index in range(4):
        rows.data_sharing(programme, ref=f"D-{index}")
    with django_assert_num_queries(7):
        assert decision_board(programme, as_of=TODAY).total == 5
