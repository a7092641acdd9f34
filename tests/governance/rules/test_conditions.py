"""Which council can set a condition of a decision, and until when (INV-07)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from core.errors import Refusal
from governance.enums import ApprovalBody
from governance.rules.conditions import check_council_condition
from governance.rules.facts import Answer
from tests.governance.rules.story import APPROVED, AWAITING, REJECTED, answer, proposal

CABINET = str(ApprovalBody.EXECUTIVE)


def said(*own: Answer) -> str:
    """The words of the refusal; empty where there is none."""
    try:
        check_council_condition("Carrick", own, proposal(*own))
    except Refusal as refusal:
        return f"{refusal.field}: {refusal.message}"
    return ""


def test_council_sets_its_conditions_with_or_before_its_decision_while_it_is_waited_for() -> None:
    decided = date(2026, 11, 3)
    approved = answer("Carrick", CABINET, APPROVED, decided=decided)
    awaited, rejected = answer("Carrick", CABINET, AWAITING), answer("Carrick", CABINET, REJECTED)
    is_late = (
        "council: Carrick has approved this text. A council sets its conditions with or before its decision"
    )
    is_out = "council: The others go ahead without Carrick, so it can set no condition"
    assert {
        "unasked": said(),
        "awaited": said(awaited),
        "rejected": said(rejected),
        "approved": said(approved),
        "another text": said(replace(approved, text_number=7)),
        "one of two parts": said(approved, awaited),
        "left out": said(replace(rejected, is_left_out=True)),
        "approved the part that goes ahead": said(approved, replace(rejected, is_left_out=True)),
    } == {
        "unasked": "council: Carrick was not asked",
        "awaited": "",
        "rejected": "",
        "approved": is_late,
        "another text": "",
        "one of two parts": "",
        "left out": is_out,
        "approved the part that goes ahead": is_late,
    }
