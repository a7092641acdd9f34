"""Steps and handovers of benefits and closed months in case files: there and back, and what is refused."""

from __future__ import annotations

from typing import Any

import pytest

from benefits.models import ActualAmount, BenefitHandover, BenefitTransition, CloseException, PeriodClose
from governance.casefiles.dumping import case_fields
from governance.casefiles.files import document_of
from governance.casefiles.loading import load_documents
from governance.casefiles.problems import CaseFileProblems
from programme.models import Programme
from tests.governance.casefiles.samples import AS_OF, council, small
from tests.governance.casefiles.test_round_trip import _assert_round_trip

pytestmark = pytest.mark.django_db

FAY, SAM = "fay@ashmere.example", "sam@ashmere.example"
BY_FAY = {"by": FAY, "at": "2026-05-01T09:00:00Z"}
OFFER = {"to": SAM, "from": FAY, "note": "Ask the desk", "review_on": "2027-05-01", **BY_FAY}
ACTUAL = {"line": "ICT", "council": "ashmere", "fy": "2026-27", "amount_gbp": 500, "by": FAY}
SECTIONS: dict[str, Any] = {
    "councils": [council("ashmere"), council("brockvale")],
    "people": [{"email": FAY, "name": "Fay Doyle"}, {"email": SAM, "name": "Sam Ito"}],
    "benefits": [
        {
            "id": "B-1",
            "title": "Lower cost of ICT",
            "class": "cashable",
            "state": "approved",
            "owner": FAY,
            "steps": [
                {"step": "profile", "from": "identified", "to": "profiled", **BY_FAY},
                {
                    "step": "approve",
                    "from": "profiled",
                    "to": "approved",
                    "why": "Agreed at the board",
                    "agreed": {"target_value": "13"},
                    "by": SAM,
                    "at": "2026-05-02T09:00:00Z",
                },
            ],
            "handovers": [
                {
                    **OFFER,
                    "state": "declined",
                    "answer": "Not mine",
                    "answered_by": SAM,
                    "answered_at": "2026-05-03T09:00:00Z",
                },
                {**OFFER, "at": "2026-05-04T09:00:00Z"},
            ],
        }
    ],
    "lines": [{"id": "ICT", "title": "ICT", "kind": "cashable_saving", "benefit": "B-1"}],
    "closed_months": [
        {
            "council": "ashmere",
            "fy": "2026-27",
            "period": 1,
            "by": FAY,
            "at": "2026-05-10T09:00:00Z",
            "exceptions": [
                {"person": FAY, "until": "2026-05-20", "reason": "An invoice came late", **BY_FAY}
            ],
        }
    ],
    "actuals": [
        {"id": "A-1", "period": 1, "at": "2026-05-09T09:00:00Z", **ACTUAL},
        {"id": "A-2", "period": 1, "at": "2026-05-20T09:00:00Z", **ACTUAL},
    ],
}
MODELS = (BenefitTransition, BenefitHandover, PeriodClose, CloseException, ActualAmount)


def load(**changes: Any) -> list[str]:
    """Load the sections; what the report says was not taken in."""
    (file,) = load_documents([document_of("life.yaml", small(**SECTIONS | changes))], as_of=AS_OF).files
    return file.refused


def test_life_of_a_benefit_and_closed_months_load_back_to_the_same_state() -> None:
    _assert_round_trip([document_of("life.yaml", small(**SECTIONS))], "small")


def test_second_load_changes_nothing_and_an_answer_is_added() -> None:
    load()
    first = case_fields(Programme.objects.get())
    load()
    assert case_fields(Programme.objects.get()) == first
    assert [model.objects.count() for model in MODELS] == [2, 2, 1, 1, 2]
    (benefit,) = SECTIONS["benefits"]
    declined, offer = benefit["handovers"]
    answered = {"state": "accepted", "answered_by": SAM, "answered_at": "2026-05-05T09:00:00Z"}
    assert load(benefits=[benefit | {"handovers": [declined, offer | answered]}]) == []
    assert list(BenefitHandover.objects.order_by("pk").values_list("state", flat=True)) == [
        "declined",
        "accepted",
    ]


def test_amount_entered_after_its_month_was_closed_is_not_taken_in() -> None:
    load()
    late = {"id": "A-3", "period": 1, "at": "2026-05-21T09:00:00Z", **ACTUAL}
    other = {"id": "A-4", "period": 1, "at": "2026-05-15T09:00:00Z", **ACTUAL, "by": SAM}
    refused = load(actuals=[*SECTIONS["actuals"], late, other])
    said = "(ICT, Ashmere, April 2026) is of a month that Ashmere closed on 10 May 2026. It was not entered"
    assert refused == [f"A-3 {said}", f"A-4 {said}"]
    assert ActualAmount.objects.count() == 2


def test_what_cannot_be_is_refused_and_nothing_is_loaded() -> None:
    (benefit,) = SECTIONS["benefits"]
    (month,) = SECTIONS["closed_months"]
    wrong: dict[str, dict[str, Any]] = {
        "The step before ends in profiled. Start from there": {
            "benefits": [
                benefit | {"steps": [benefit["steps"][0], benefit["steps"][1] | {"from": "identified"}]}
            ]
        },
        "The benefit is enabling. End the last step there": {"benefits": [benefit | {"state": "enabling"}]},
        "A benefit has one open offer at most. Say how this one was answered": {
            "benefits": [benefit | {"handovers": [OFFER, OFFER | {"at": "2026-05-06T09:00:00Z"}]}]
        },
        "April 2026 is closed already": {"closed_months": [month, month]},
        "December 2026 is not over. Close it after its last day": {"closed_months": [month | {"period": 9}]},
        "There is no account with this address. Add the person to people": {
            "closed_months": [month | {"by": "nobody@ashmere.example"}]
        },
    }
    said = {}
    for message, changes in wrong.items():
        with pytest.raises(CaseFileProblems) as caught:
            load(**changes)
        said[message] = [problem.message for problem in caught.value.problems]
    assert said == {message: [message] for message in wrong}
    assert not Programme.objects.exists()
