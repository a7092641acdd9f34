"""Budgets, funds, agreements and successors in case files: there and back, and what is refused."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from benefits.models import (
    Benefit,
    BudgetReduction,
    ClaimFile,
    CouncilPayment,
    DoubleCountAnswer,
    EquityNote,
    FundClosing,
    FundDrawdown,
    PaymentReceipt,
    PostsRemoved,
)
from benefits.queries.double_counts import double_counts
from core import stored_files
from governance.casefiles.dumping import case_fields
from governance.casefiles.files import document_of
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from programme.models import Agreement, Council, CouncilSuccessor, Programme
from tests.governance.casefiles.samples import AS_OF, council, small
from tests.governance.casefiles.test_round_trip import _assert_round_trip

pytestmark = pytest.mark.django_db

FAY = {"email": "fay@ashmere.example", "name": "Fay Doyle"}
BEN = {"email": "ben@brockvale.example", "name": "Ben Ito"}
_BY_FAY = {"by": FAY["email"], "at": "2026-09-01T09:00:00Z"}
_BY_BEN = {"by": BEN["email"], "at": "2026-09-03T09:00:00Z"}
_PAID = {
    "business_case": {"case": "BC-1", "version": 1},
    "beneficiary": "brockvale",
    "basis": "npv",
    "payer": "ashmere",
    "fy": "2026-27",
    "paid_on": "2026-09-01",
    **_BY_FAY,
}
_SAVED = {"council": "ashmere", "fy": "2026-27", "period": 2, "amount_gbp": 300, "ledger_code": "4400"}
_SAID = {"council": "ashmere", "outcome": "not_same", "doubtful_gbp": "300.50", **_BY_BEN}
SECTIONS: dict[str, Any] = {
    "councils": [
        council("ashmere", abolished_on="2028-04-01", lgr_status="order_made"),
        council("brockvale"),
        council("newland"),
    ],
    "people": [FAY, BEN],
    "cost_pools": [{"id": "P-1", "name": "One-off costs"}],
    "business_cases": [
        {
            "id": "BC-1",
            "version": 1,
            "title": "Sharing",
            "stage": "obc",
            "state": "approved",
            "base_fy": "2026-27",
            "compensations": [
                {
                    "beneficiary": "brockvale",
                    "basis": "npv",
                    "payments": [
                        {"council": "ashmere", "fy": "2026-27", "amount_gbp": -500},
                        {"council": "brockvale", "fy": "2026-27", "amount_gbp": 500},
                    ],
                }
            ],
        }
    ],
    "equity_notes": [
        {
            "council": "ashmere",
            "subject": "cost",
            "text": "It pays the rent of both",
            "explained": [{"basis": "current", "is_by_key": True, "points": 12.5}],
            **_BY_FAY,
        }
    ],
    "posts_removed": [
        {"council": "ashmere", "posts": 5, "as_at": "2026-09-01", "evidence": "Payroll", **_BY_FAY}
    ],
    "council_payments": [
        {
            **_PAID,
            "id": "CP-1",
            "amount_gbp": 400,
            "evidence": "BACS 7",
            "received": {"on": "2026-09-02", **_BY_BEN},
        },
        {
            **_PAID,
            "id": "CP-2",
            "amount_gbp": -400,
            "reverses": "CP-1",
            "explanation": "It was paid to a wrong account",
            "received": {"on": "2026-09-02", **_BY_BEN},
        },
        {**_PAID, "id": "CP-3", "amount_gbp": 500},
    ],
    "double_count_answers": [
        {
            **_SAID,
            "kind": "same_code",
            "fy": "2026-27",
            "ledger_code": "4400",
            "text": "Two and Three claim 200% of code 4400",
            "why": "Two contracts stand under one code",
            "stands": True,
        },
        {
            **_SAID,
            "kind": "same_cause",
            "benefit": "B-2",
            "text": "Two and Three have the same cause",
            "why": "They were told apart in May",
        },
    ],
    "benefits": [
        {
            "id": "B-1",
            "title": "ICT costs less",
            "title_reason": "The councils agreed these words",
            "class": "cashable",
            "kind": "cashable_saving",
            "attribution_percent": 0,
            "attribution_reason": "All of it is another change",
        },
        {"id": "B-2", "title": "Two", "class": "cashable"},
        {"id": "B-3", "title": "Three", "class": "cashable"},
    ],
    "lines": [
        {"id": "ICT", "title": "ICT", "kind": "cashable_saving", "benefit": "B-1"},
        {"id": "TEAM", "title": "Team", "kind": "one_off_cost"},
        {"id": "TWO", "title": "Two", "kind": "cashable_saving", "benefit": "B-2"},
        {"id": "THREE", "title": "Three", "kind": "cashable_saving", "benefit": "B-3"},
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
            "files": [{"name": "May.csv", "content": "RGF5LFBvdW5kcwoxLDUwMAo=", **_BY_FAY}],
        },
        {"id": "A-2", "line": "TWO", **_SAVED, **_BY_FAY},
        {"id": "A-3", "line": "THREE", **_SAVED, **_BY_FAY},
    ],
    "funds": [
        {
            "id": "FUND-1",
            "name": "Transition fund",
            "pool": "P-1",
            "closings": [{"closed_on": "2026-09-01", "returned_gbp": 600, **_BY_FAY}],
            "contributions": [
                {
                    "council": "ashmere",
                    "amount_gbp": 1000,
                    "paid_on": "2026-04-01",
                    "by": FAY["email"],
                    "at": "2026-04-02T09:00:00Z",
                },
                {
                    "council": "ashmere",
                    "amount_gbp": -600,
                    "paid_on": "2026-09-01",
                    "explanation": "Not spent: paid back",
                    **_BY_FAY,
                },
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


_FEW = {
    "posts": 4,
    "as_at_on": date(2026, 9, 1),
    "evidence": "Payroll",
}
_COUNTED = (
    BudgetReduction,
    FundDrawdown,
    FundClosing,
    Agreement,
    CouncilSuccessor,
    Benefit,
    EquityNote,
    PostsRemoved,
    CouncilPayment,
    PaymentReceipt,
    ClaimFile,
    DoubleCountAnswer,
)


def test_sections_load_back_to_the_same_state() -> None:
    _assert_round_trip([document_of("budgets.yaml", small(**SECTIONS))], "small")


def test_second_load_changes_nothing() -> None:
    document = document_of("budgets.yaml", small(**SECTIONS))
    load_documents([document], as_of=AS_OF)
    first = case_fields(Programme.objects.get())
    report = load_documents([document], as_of=AS_OF)
    assert [line for file in report.files for line in file.lines()][1:] == ["  No change"]
    assert case_fields(Programme.objects.get()) == first
    assert {model.__name__: model.objects.count() for model in _COUNTED} == {
        "BudgetReduction": 2,
        "FundDrawdown": 1,
        "FundClosing": 1,
        "Agreement": 1,
        "CouncilSuccessor": 1,
        "Benefit": 3,
        "EquityNote": 1,
        "PostsRemoved": 1,
        "CouncilPayment": 3,
        "PaymentReceipt": 2,
        "ClaimFile": 1,
        "DoubleCountAnswer": 2,
    }

    _assert_said(first)


def _assert_said(first: dict[str, Any]) -> None:
    """Which answers stand, what fewer than five posts hide, and that what is paid stays agreed."""
    programme = Programme.objects.get()
    flags = double_counts(programme, as_of=AS_OF)
    ((row,), answers) = flags.flags, flags.answers
    assert (row.is_open, row.answer and row.answer.why) == (False, "Two contracts stand under one code")
    assert [one.standing for one in answers] == ["Nothing is flagged any more", "Stands"]
    (kept,) = ClaimFile.objects.all()
    assert stored_files.read(kept.path) == b"Day,Pounds\n1,500\n"
    council = Council.objects.get(key="brockvale")
    PostsRemoved.objects.create(**_FEW, programme=programme, council=council, entered_by=programme.created_by)
    assert case_fields(programme) == {key: said for key, said in first.items() if key != "posts_removed"}
    (case,) = SECTIONS["business_cases"]
    changed = small(**SECTIONS | {"business_cases": [case | {"compensations": []}], "council_payments": []})
    report = load_documents([document_of("budgets.yaml", changed)], as_of=AS_OF)
    words = "Sharing, version 1: compensation has been paid. Agree another one beside it"
    assert [file.refused for file in report.files] == [[words]]


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
        "Record Ashmere’s budget of code 9 for 2026 to 2027 first",
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
                | {"contributions": [_PAID_IN]}
                | {"drawdowns": [{"actual": "A-1", "amount_gbp": 1001, "drawn_on": "2026-06-02"}]}
            ]
        },
        "Fund balance is £1,000.00. Withdrawal must be this or less",
    ),
    (_changed("equity_notes", 0, text="Rent"), "Explain the difference, in at least 10 characters"),
    (_changed("equity_notes", 0, council="newland"), "Newland is not a partner in this programme"),
    (_changed("posts_removed", 0, as_at="2027-01-01"), "Date of the number must be today or in the past"),
    (
        _changed("council_payments", 0, received={"on": "2026-09-02", "by": FAY["email"]}),
        "You entered this amount. Another officer must verify it",
    ),
    (
        _changed("council_payments", 2, amount_gbp=501),
        "£500.00 is still due for 2026 to 2027. Payment must be this or less",
    ),
    (
        _changed("council_payments", 2, basis="nominal"),
        "There is no such compensation in business_cases",
    ),
    (
        _changed("council_payments", 1, amount_gbp=-401),
        "A reversal must take back exactly the amount of CP-1",
    ),
    (
        _changed("double_count_answers", 0, why="Other"),
        "Explain why it is not the same saving, in at least 10 characters",
    ),
    (_changed("double_count_answers", 0, ledger_code=None), "Add ledger_code"),
    (
        _changed("actuals", 0, files=[{"name": "a.exe", "content": "TVqQAAMAAAAEAAAA//8="}]),
        "File must be a CSV, ODS, XLSX, PDF, DOCX, PNG or JPG",
    ),
    (_changed("actuals", 0, files=[{"name": "a.csv", "content": "ä"}]), "This is not base64"),
    (
        {"funds": [SECTIONS["funds"][0] | {"contributions": PAID_BACK}]},
        "Brockvale’s unspent share is £1.00. Payment back must be this or less",
    ),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED, ids=lambda value: str(value)[:30])
def test_what_cannot_be_is_refused_and_nothing_is_loaded(changes: dict[str, Any], message: str) -> None:
    assert [said for _, said in _said(**changes)] == [message]
