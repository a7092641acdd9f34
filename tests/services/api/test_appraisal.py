"""The appraisal and compensation through the API: the golden figures, what is withheld, every refusal."""

from __future__ import annotations

from typing import Any

import pytest
from rest_framework.test import APIClient

from governance.enums import DecisionState
from governance.models import Decision
from services.enums import CostType, LineKind
from services.models import Compensation, CompensationPayment
from tests.factories import CaseOptionFactory, DecisionFactory, UserFactory
from tests.services.factories import amounts
from tests.services.golden_rows import Golden, golden, line, manager_of, officer_of

pytestmark = pytest.mark.django_db
HELD = {"withheld": "Held by Carrick until the case is issued"}


@pytest.fixture
def made() -> Golden:
    return golden()


@pytest.fixture
def api(made: Golden) -> APIClient:
    return signed_in(manager_of(made.programme))


def signed_in(user: Any) -> APIClient:
    client = APIClient()
    client.force_authenticate(user)
    return client


def address(made: Golden, page: str) -> str:
    return f"/api/v1/business-cases/{made.case.pk}/{page}/"


def arrangement(pence=("-16711.32", "-19087.87", "35799.19"), **values: Any) -> dict[str, Any]:
    payments = [
        {"council": key, "fy": 2026, "amount": one}
        for key, one in zip(("ashmere", "brockvale", "carrick"), pence, strict=True)
    ]
    return {"beneficiary": "carrick", "basis": "npv", "payments": payments, **values}


def test_appraisal_gives_the_golden_figures(api: APIClient, made: Golden) -> None:
    answer = api.get(address(made, "appraisal"))
    assert answer.status_code == 200
    measures = {row["council"]: row for row in answer.data["measures"] if row["option"] == "SHARE"}
    assert {name: (row["net"], row["npv"]) for name, row in measures.items()} == {
        "joint": ("840000.00", "645829.78"),
        "Ashmere": ("385290.36", "318189.37"),
        "Brockvale": ("436035.51", "363439.62"),
        "Carrick": ("18674.13", "-35799.19"),
        "sum": ("840000.00", "645829.80"),
    }
    fairness = api.get(address(made, "fairness")).data
    assert [row["is_passed"] for row in fairness["no_worse_off"]] == ["yes"] * 5 + ["no"]
    assert [row["balance"] for row in fairness["compensation_proposed"]] == [
        "-16711.32",
        "-19087.87",
        "35799.19",
    ]


def test_another_councils_draft_is_withheld(made: Golden) -> None:
    reader = signed_in(officer_of(made.councils[0]))
    answer = reader.get(address(made, "appraisal"))
    measures = {row["council"]: row["npv"] for row in answer.data["measures"] if row["option"] == "SHARE"}
    assert measures == {
        "joint": HELD,
        "Ashmere": "318189.37",
        "Brockvale": "363439.62",
        "Carrick": HELD,
        "sum": HELD,
    }
    assert "35799.19" not in answer.content.decode()
    refused = reader.get(address(made, "compensations"))
    assert (refused.status_code, refused.data["detail"]) == (403, HELD["withheld"])


def test_figure_about_few_people_is_withheld(api: APIClient, made: Golden) -> None:
    few = line(made, "FEW", LineKind.ONE_OFF_COST, staff_count=4, cost_type=CostType.REDUNDANCY)
    amounts(few, [61_234_56], council=made.councils[0])
    for page in ("appraisal", "fairness"):
        text = api.get(address(made, page)).content.decode()
        assert "It tells of fewer than 5 people" in text
        assert "61234.56" not in text
        assert "324055.80" not in text


def test_arrangement_is_recorded_and_changed(api: APIClient, made: Golden) -> None:
    answer = api.post(address(made, "compensations"), arrangement(cap="40000"), format="json")
    assert answer.status_code == 201
    expected = {
        "id": Compensation.objects.get().pk,
        "beneficiary": "carrick",
        "basis": "npv",
        "cap": "40000.00",
        "decision_ref": "",
        "note": "",
        "payments": [
            {"council": "ashmere", "fy": 2026, "amount": "-16711.32"},
            {"council": "brockvale", "fy": 2026, "amount": "-19087.87"},
            {"council": "carrick", "fy": 2026, "amount": "35799.19"},
        ],
        "version": 1,
    }
    assert answer.json() == expected
    assert api.get(address(made, "compensations")).json() == [expected]
    one = f"/api/v1/compensations/{expected['id']}/"
    changed = api.put(one, arrangement(("-1.00", "0.00", "1.00"), version=1), format="json")
    assert (changed.status_code, changed.json()["version"]) == (200, 2)
    stale = api.put(one, arrangement(version=1), format="json")
    assert stale.status_code == 409
    assert stale.json()["detail"].startswith("Someone changed this at ")
    assert CompensationPayment.objects.count() == 2
    assert api.delete(one, {"version": 1}, format="json").status_code == 409
    assert api.delete(one, {}, format="json").status_code == 400
    assert api.delete(one, {"version": 2}, format="json").status_code == 204
    assert Compensation.objects.count() == 0


def test_what_is_agreed_says_where_its_decision_stands(api: APIClient, made: Golden) -> None:
    decision = DecisionFactory(programme=made.case.programme, ref="D-3", state=DecisionState.RATIFYING)
    sent = arrangement(("-1.00", "0.00", "1.00"), decision_ref="D-3")
    assert api.post(address(made, "compensations"), sent, format="json").status_code == 201

    def agreed() -> set[tuple[Any, ...]]:
        rows = api.get(address(made, "fairness")).data["compensation_agreed"]
        return {(row["decision"], row["decision_state"], row["is_agreed"]) for row in rows}

    assert agreed() == {("D-3", "Waiting for councils", "no")}
    Decision.objects.filter(pk=decision.pk).update(state=DecisionState.EFFECTIVE)
    assert agreed() == {("D-3", "In effect", "yes")}
    Compensation.objects.update(decision_ref="")
    assert agreed() == {(None, None, "no")}


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        (
            arrangement(("-16711.31", "-19087.87", "35799.19")),
            "payments",
            "Payments in (£35,799.18) and out (£35,799.19) must be equal",
        ),
        (
            arrangement(payments=[{"council": "carrick", "fy": 2026, "amount": "1"}] * 2),
            "payments",
            "There are two entries for 2026 to 2027. Keep one",
        ),
        (
            arrangement(("12k", "0", "0")),
            "payments.0.amount",
            "Enter the amount in full using numbers, for example 1,200,000",
        ),
        (arrangement(beneficiary="dunmoor"), "beneficiary", "dunmoor is not a partner in this case"),
    ],
)
def test_refused_arrangement_is_not_stored(
    api: APIClient, made: Golden, sent: dict[str, Any], field: str, message: str
) -> None:
    answer = api.post(address(made, "compensations"), sent, format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"][0] == {"field": field, "message": message}
    assert Compensation.objects.count() == 0


def test_payer_worse_off_than_without_the_partner_is_refused(api: APIClient, made: Golden) -> None:
    option = CaseOptionFactory(
        business_case=made.case, ref="TWO", variant_of=made.share, without_council=made.councils[2]
    )
    own = line(made, "TWO-A", LineKind.CASHABLE_SAVING, option=option)
    amounts(own, [304_678_05], council=made.councils[0])
    answer = api.post(address(made, "compensations"), arrangement(), format="json")
    assert answer.status_code == 400
    assert answer.json()["errors"] == [
        {
            "field": "payments",
            "message": "Ashmere would be worse off than without the partnership by £3,200.00",
        }
    ]
    assert Compensation.objects.count() == 0


def test_reader_may_not_record_and_stranger_finds_nothing(made: Golden) -> None:
    stranger = signed_in(UserFactory())
    assert stranger.post(address(made, "compensations"), arrangement(), format="json").status_code == 404
    assert stranger.get(address(made, "appraisal")).status_code == 404
