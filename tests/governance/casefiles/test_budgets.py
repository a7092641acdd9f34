"""Budgets, funds, agreements and successors in case files: there and back, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.models import Benefit, BudgetReduction, FundDrawdown
from governance.casefiles.dumping import case_fields
from governance.casefiles.files import document_of
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from programme.models import Agreement, CouncilSuccessor, Programme
from tests.governance.casefiles.samples import AS_OF, council, small
from tests.governance.casefiles.test_round_trip import _assert_round_trip

pytestmark = pytest.mark.django_db

FAY = {"email": "fay@ashmere.example", "name": "Fay Doyle"}
SECTIONS: dict[str, Any] = {
    "councils": [
        council("ashmere", abolished_on="2028-04-01", lgr_status="order_made"),
        council("brockvale"),
        council("newland"),
    ],
    "people": [FAY],
    "benefits": [
        {
            "id": "B-1",
            "title": "ICT costs less",
            "title_reason": "The councils agreed these words",
            "class": "cashable",
            "kind": "cashable_saving",
            "attribution_percent": 0,
            "attribution_reason": "All of it is another change",
        }
    ],
    "lines": [
        {"id": "ICT", "title": "ICT", "kind": "cashable_saving", "benefit": "B-1"},
        {"id": "TEAM", "title": "Team", "kind": "one_off_cost"},
    ],
    "budget_lines": [
        {
            "council": "ashmere",
            "ledger_code": "4312",
            "fy": "2026-27",
            "name": "Licences",
            "budget_gbp": 80_000,
        }
    ],
    "budget_reductions": [
        {
            "line": "ICT",
            "council": "ashmere",
            "ledger_code": "4312",
            "fy": "2026-27",
            "amount_gbp": "90000.50",
            "by": FAY["email"],
            "at": "2026-05-01T09:00:00Z",
            "withdrawn": {"by": FAY["email"], "at": "2026-05-02T09:00:00Z", "reason": "Entered wrongly"},
        },
        {
            "line": "ICT",
            "council": "ashmere",
            "ledger_code": "4312",
            "fy": "2026-27",
            "amount_gbp": 80_000,
            "by": FAY["email"],
            "at": "2026-05-03T09:00:00Z",
            "not_same_reason": "Another contract altogether",
        },
    ],
    "actuals": [
        {
            "id": "A-1",
            "line": "TEAM",
            "council": "ashmere",
            "fy": "2026-27",
            "period": 2,
            "amount_gbp": 500,
            "by": FAY["email"],
            "at": "2026-06-01T09:00:00Z",
        }
    ],
    "funds": [
        {
            "id": "FUND-1",
            "name": "Transition fund",
            "contributions": [
                {
                    "council": "ashmere",
                    "amount_gbp": 1000,
                    "paid_on": "2026-04-01",
                    "by": FAY["email"],
                    "at": "2026-04-02T09:00:00Z",
                }
            ],
            "drawdowns": [
                {
                    "actual": "A-1",
                    "amount_gbp": 400,
                    "drawn_on": "2026-06-02",
                    "by": FAY["email"],
                    "at": "2026-06-02T09:00:00Z",
                }
            ],
        }
    ],
    "agreements": [
        {
            "id": "AG-1",
            "kind": "s113",
            "title": "Officers",
            "in_force_on": "2026-04-01",
            "notice_months": 0,
            "officers_consulted": True,
        }
    ],
    "successors": [{"council": "ashmere", "successor": "newland", "weight": 46300.5, "from": "2028-04-01"}],
}


def test_sections_load_back_to_the_same_state() -> None:
    _assert_round_trip([document_of("budgets.yaml", small(**SECTIONS))], "small")


def test_second_load_changes_nothing() -> None:
    document = document_of("budgets.yaml", small(**SECTIONS))
    load_documents([document], as_of=AS_OF)
    first = case_fields(Programme.objects.get())
    load_documents([document], as_of=AS_OF)
    assert case_fields(Programme.objects.get()) == first
    assert [
        model.objects.count()
        for model in (BudgetReduction, FundDrawdown, Agreement, CouncilSuccessor, Benefit)
    ] == [2, 1, 1, 1, 1]


def _said(**changes: Any) -> list[tuple[str, str]]:
    with pytest.raises(CaseFileProblems) as caught:
        load_documents([document_of("budgets.yaml", small(**SECTIONS | changes))], as_of=AS_OF)
    assert not Programme.objects.exists()
    return [(problem.field, problem.message) for problem in caught.value.problems]


def _changed(section: str, index: int, **fields: Any) -> dict[str, Any]:
    rows = [dict(row) for row in SECTIONS[section]]
    rows[index] |= fields
    return {section: rows}


_PAID_IN = SECTIONS["funds"][0]["contributions"][0]
PAID_BACK = [
    _PAID_IN,
    _PAID_IN | {"council": "brockvale", "amount_gbp": 1},
    _PAID_IN | {"council": "brockvale", "amount_gbp": -50, "explanation": "Paid back to us"},
]
REFUSED: list[tuple[dict[str, Any], str]] = [
    (
        _changed("agreements", 0, officers_consulted=False),
        "Confirm that affected officers have been consulted",
    ),
    (
        _changed("budget_reductions", 1, amount_gbp="80000.01"),
        "Savings claimed against code 4312 exceed its budget of £80,000",
    ),
    (
        _changed("budget_reductions", 1, ledger_code="9"),
        "Record Ashmere's budget of code 9 for 2026 to 2027 first",
    ),
    (
        _changed("benefits", 0, kind="cost_avoidance"),
        "A benefit can be cashable or cost avoidance, not both",
    ),
    (
        _changed("benefits", 0, attribution_reason=None),
        "Explain why less than 100% of the saving is claimed",
    ),
    (_changed("successors", 0, successor="ashmere"), "A council cannot be its own successor"),
    (
        {
            "funds": [
                SECTIONS["funds"][0]
                | {"drawdowns": [{"actual": "A-1", "amount_gbp": 1001, "drawn_on": "2026-06-02"}]}
            ]
        },
        "Fund balance is £1,000.00. Withdrawal must be this or less",
    ),
    (
        {"funds": [SECTIONS["funds"][0] | {"contributions": PAID_BACK}]},
        "Brockvale’s unspent share is £1.00. Payment back must be this or less",
    ),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_cannot_be_is_refused_and_nothing_is_loaded(changes: dict[str, Any], message: str) -> None:
    assert [said for _, said in _said(**changes)] == [message]
