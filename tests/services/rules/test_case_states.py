"""Steps of a business case on plain facts: a table of what stops each, and who must act."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.errors import Refusal
from services.enums import CaseSectionName, CaseStage, CaseState, CaseStep
from services.rules.case_states import (
    TRANSITIONS,
    CaseFacts,
    check_from,
    check_other_person,
    consequence,
    progress_of,
    what_stops,
)
from services.rules.mca import score_options
from services.rules.mca_sensitivity import level_weights, weight_lines
from services.rules.text_changes import TextChange, text_changes

AUTHOR, REVIEWER, OFFICER, OWNER = 1, 2, 3, 4
READY = CaseFacts(
    stage=CaseStage.FBC,
    state=CaseState.S151_REVIEW,
    base_fy=2026,
    author_id=AUTHOR,
    option_count=2,
    has_bau=True,
    has_preferred=True,
    has_nominal_lines=False,
    written=frozenset(CaseSectionName),
    agreed_by=frozenset({REVIEWER}),
    partners=((10, "Ashmere"), (11, "Brockvale")),
    stated={10: OFFICER, 11: OFFICER},
)

# From state: the steps that lead on.
LEADS_ON = {
    CaseState.DRAFT: {CaseStep.SEND_TO_REVIEW, CaseStep.WITHDRAW},
    CaseState.INTERNAL_REVIEW: {
        CaseStep.AGREE,
        CaseStep.SEND_TO_S151,
        CaseStep.RETURN,
        CaseStep.WITHDRAW,
    },
    CaseState.S151_REVIEW: {CaseStep.ISSUE, CaseStep.RETURN, CaseStep.WITHDRAW},
    CaseState.ISSUED: {CaseStep.WITHDRAW, CaseStep.NEW_VERSION},
    CaseState.RECOMMENDED: {CaseStep.WITHDRAW, CaseStep.NEW_VERSION},
    CaseState.APPROVED: {CaseStep.NEW_VERSION},
    CaseState.REJECTED: {CaseStep.NEW_VERSION},
    CaseState.SUPERSEDED: {CaseStep.NEW_VERSION},
    CaseState.WITHDRAWN: {CaseStep.NEW_VERSION},
}


def test_every_state_and_step_is_in_the_table() -> None:
    found = {
        state: {step for step, transition in TRANSITIONS.items() if state in transition.from_states}
        for state in CaseState
    }
    assert found == LEADS_ON


@pytest.mark.parametrize("state", list(CaseState))
def test_step_from_another_state_is_refused(state: CaseState) -> None:
    for step in set(CaseStep) - LEADS_ON[state]:
        with pytest.raises(Refusal, match="This version is"):
            check_from(step, state)


def messages(step: CaseStep, facts: CaseFacts) -> list[tuple[str, str]]:
    return [(refusal.code, refusal.message) for refusal in what_stops(step, facts)]


def test_nothing_stops_a_case_that_is_ready() -> None:
    assert {step: messages(step, READY) for step in CaseStep} == {step: [] for step in CaseStep}


def test_all_that_is_missing_is_said_at_once() -> None:
    empty = replace(
        READY,
        stage=CaseStage.OBC,
        option_count=1,
        has_preferred=False,
        has_nominal_lines=True,
        written=frozenset({CaseSectionName.STRATEGIC, CaseSectionName.ECONOMIC, CaseSectionName.FINANCIAL}),
        agreed_by=frozenset({AUTHOR}),
        stated={10: OFFICER},
    )
    assert messages(CaseStep.ISSUE, empty) == [
        ("26", "Add at least 2 options, one of them business as usual"),
        ("27", "Choose the preferred option"),
        ("28", "Complete the commercial case before you issue the outline business case"),
        ("28", "Complete the management case before you issue the outline business case"),
        ("29", "Convert nominal amounts to 2026 to 2027 prices before working out net present value"),
        ("", "A reviewer other than the author must agree this version first"),
        ("", "Brockvale’s section 151 officer has not made a statement yet"),
    ]


@pytest.mark.parametrize(
    ("step", "person", "is_refused"),
    [
        (CaseStep.AGREE, AUTHOR, True),
        (CaseStep.AGREE, REVIEWER, False),
        (CaseStep.AGREE, OWNER, False),
        (CaseStep.ISSUE, AUTHOR, True),
        (CaseStep.ISSUE, REVIEWER, True),
        (CaseStep.ISSUE, OFFICER, True),
        (CaseStep.ISSUE, OWNER, False),
    ],
)
def test_three_people(step: CaseStep, person: int, is_refused: bool) -> None:
    if not is_refused:
        check_other_person(step, READY, person)
        return
    with pytest.raises(Refusal) as said:
        check_other_person(step, READY, person)
    assert said.value.code == "35"


@pytest.mark.parametrize(
    ("changes", "step", "who"),
    [
        ({"state": CaseState.DRAFT}, CaseStep.SEND_TO_REVIEW, "The programme manager"),
        (
            {"state": CaseState.INTERNAL_REVIEW, "agreed_by": frozenset()},
            CaseStep.AGREE,
            "A reviewer from a partner council, or the senior responsible owner; not the author",
        ),
        ({"state": CaseState.INTERNAL_REVIEW}, CaseStep.SEND_TO_S151, "The programme manager"),
        ({"stated": {11: 3}}, CaseStep.ISSUE, "The section 151 officer of Ashmere"),
        ({"stated": {}}, CaseStep.ISSUE, "The section 151 officers of Ashmere and Brockvale"),
        ({}, CaseStep.ISSUE, "Olu Bright, the senior responsible owner"),
        ({"state": CaseState.ISSUED}, None, "The steering group, which recommends it to the councils"),
        ({"state": CaseState.RECOMMENDED}, None, "Each partner council, which decides for itself"),
        ({"state": CaseState.WITHDRAWN}, None, ""),
    ],
)
def test_who_must_act(changes: dict[str, object], step: CaseStep | None, who: str) -> None:
    progress = progress_of(replace(READY, **changes), "Olu Bright")  # type: ignore[arg-type]
    assert (progress.step, progress.who) == (step, who)


def test_return_says_whose_statements_it_clears() -> None:
    assert consequence(CaseStep.RETURN, READY) == (
        "The version can be changed again, and must be reviewed and agreed again. "
        "The statements of Ashmere and Brockvale are cleared"
    )
    assert consequence(CaseStep.RETURN, replace(READY, stated={})) == (
        "The version can be changed again, and must be reviewed and agreed again"
    )


def test_text_changes_sentence_by_sentence() -> None:
    assert text_changes("One. Two. Three.", "One. Four. Three. Five.") == (
        TextChange("Two.", "Four."),
        TextChange("", "Five."),
    )
    assert text_changes("One.\n\nTwo.", "One. Two.") == ()
    assert text_changes("", "One.") == (TextChange("", "One."),)


def test_first_place_changes_where_the_best_two_are_level() -> None:
    result = score_options(
        {"Cost": 50, "Quality": 50},
        {
            "A": {"Cost": [100], "Quality": [0]},
            "B": {"Cost": [0], "Quality": [100]},
            "C": {"Cost": [40], "Quality": [40]},
        },
    )
    lines = weight_lines(result, 0, 50)  # type: ignore[arg-type]
    assert [(line.option, line.at_none, line.at_all) for line in lines] == [  # type: ignore[union-attr]
        ("A", 0, 100),
        ("B", 100, 0),
        ("C", 40, 40),
    ]
    assert level_weights(lines) == (50,)  # type: ignore[arg-type]
