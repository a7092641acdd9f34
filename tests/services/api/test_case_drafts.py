"""Business cases are drafted through the API by the actions of their pages, with the same refusals."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from core.enums import Channel
from core.models import AuditEvent
from services.enums import LineKind
from services.models import BusinessCase
from services.queries.few_people import FEW_PEOPLE
from tests.api.test_reads import client_of
from tests.services.draft_scene import DraftScene, draft_scene, stored

pytestmark = pytest.mark.django_db
CASES = "/api/v1/business-cases/"
NEW = {"programme": "abc", "ref": "BC-2", "title": "Payroll", "stage": "obc", "base_fy": 2026}
NO_RATE = "Rates come from reference data. Ask an administrator to add a new rate with its source"


@pytest.fixture
def scene() -> DraftScene:
    return draft_scene()


@pytest.fixture
def manager(scene: DraftScene) -> APIClient:
    return client_of(scene.manager)


def at(scene: DraftScene, rest: str = "") -> str:
    return f"{CASES}{scene.case.pk}/{rest}"


def errors(response: Any) -> list[tuple[str, str]]:
    """What is to be put right: field and message of each."""
    assert response.status_code == 400, response.content
    return [(one["field"], one["message"]) for one in response.json()["errors"]]


def put(client: APIClient, scene: DraftScene, *lines: dict[str, Any], version: int = 1) -> Any:
    return client.put(at(scene, "lines/"), {"version": version, "lines": list(lines)})


def test_case_is_started_and_shown(manager: APIClient, scene: DraftScene) -> None:
    response = manager.post(CASES, NEW | {"horizon_years": 10})
    case = BusinessCase.objects.get(ref="BC-2")
    assert response.status_code == 201
    answer = response.json()
    assert (answer["id"], answer["horizon_years"], answer["state"], answer["version"]) == (
        case.pk, 10, "draft", 1,
    )  # fmt: skip
    assert [option["ref"] for option in answer["options"]] == ["BAU"]
    assert sorted(answer["sections"]) == ["commercial", "economic", "financial", "management", "strategic"]
    assert AuditEvent.objects.get().channel == Channel.API


@pytest.mark.parametrize("value", [0, 61, 2.5, "x", True, None])
def test_bad_horizon_is_refused(manager: APIClient, value: Any) -> None:
    response = manager.post(CASES, NEW | {"horizon_years": value})
    expected = "Appraisal period must be a whole number of years from 1 to 60"
    assert errors(response) == [
        ("horizon_years", expected if value is not None else "This field may not be null.")
    ]
    assert not BusinessCase.objects.filter(ref="BC-2").exists()


def test_rate_that_is_typed_is_refused(manager: APIClient, scene: DraftScene) -> None:
    assert errors(manager.post(CASES, NEW | {"discount_rate": "3.5"})) == [("discount_rate", NO_RATE)]
    sent = {"version": 1, "discount_rate": "3.5"}
    assert errors(manager.patch(at(scene), sent)) == [("discount_rate", NO_RATE)]
    assert errors(manager.put(at(scene, "lines/"), sent | {"lines": []})) == [("discount_rate", NO_RATE)]
    assert scene.seen().version == 1


def test_draft_is_changed_and_a_stale_change_is_a_conflict(manager: APIClient, scene: DraftScene) -> None:
    sent = {"version": 1, "title": "New", "sections": {"strategic": "Why"}}
    answer = manager.patch(at(scene), sent).json()
    assert (answer["title"], answer["sections"]["strategic"], answer["version"]) == ("New", "Why", 2)
    stale = manager.patch(at(scene), sent | {"title": "Other"})
    assert stale.status_code == 409
    assert stale.json()["detail"].endswith("Review their change before you save")
    assert scene.seen().title == "New"
    unknown = manager.patch(at(scene), {"version": 2, "sections": {"moral": "x"}})
    assert errors(unknown)[0][0] == "sections"
    assert errors(manager.patch(at(scene), {"version": 2, "service": "S-9"})) == [
        ("service", "Choose a service of this programme")
    ]


def test_options_are_added_changed_and_removed(manager: APIClient, scene: DraftScene) -> None:
    sent = {"version": 1, "ref": "B", "name": "Without Carrick", "kind": "share"}
    made = manager.post(at(scene, "options/"), sent | {"variant_of": "A", "without_council": "carrick"})
    assert made.status_code == 201
    option = made.json()
    assert (option["variant_of"], option["without_council"], option["is_bau"]) == ("A", "carrick", False)
    address = at(scene, f"options/{option['id']}/")
    assert manager.patch(address, {"version": 2, "name": "Two councils"}).json()["name"] == "Two councils"
    assert [one["ref"] for one in manager.get(at(scene, "options/")).json()] == ["BAU", "A", "B"]
    assert manager.delete(address, {"version": 3}).status_code == 204
    bau = at(scene, f"options/{scene.bau.pk}/")
    assert errors(manager.delete(bau, {"version": 4})) == [
        ("option", "Business as usual is in every business case and cannot be removed")
    ]


def test_lines_are_put_and_read(manager: APIClient, scene: DraftScene) -> None:
    scene.line("L-1", [1_00, 2_00])
    response = put(
        manager,
        scene,
        {"ref": "l-1", "amounts": [{"council": None, "fy": 2027, "amount": "180,000"}]},
        {
            "ref": "L-2",
            "title": "Contract exit",
            "option": "A",
            "kind": "one_off_cost",
            "cost_type": "contract_exit",
            "staff_count": 12,
            "annual": "10.50",
            "amounts": [{"council": "carrick", "fy": 2026, "amount": "250000.00"}],
        },
    )
    assert response.status_code == 200, response.content
    assert stored(scene.case) == {("L-1", "joint", 2027): 180_000_00, ("L-2", "carrick", 2026): 250_000_00}
    answer = response.json()
    assert (answer["version"], answer["base_fy"], answer["horizon_years"]) == (2, 2026, 5)
    assert answer["lines"][1] == {
        "id": scene.case.lines.get(ref="L-2").pk,
        "ref": "L-2",
        "title": "Contract exit",
        "option": "A",
        "kind": "one_off_cost",
        "cost_type": "contract_exit",
        "pool": None,
        "key_text": "",
        "price_basis": "real",
        "confidence": "medium",
        "evidence": "",
        "assumptions": "",
        "low_percent": 100,
        "high_percent": 100,
        "bias_category": "",
        "bias_mitigation_percent": None,
        "bias_basis": "",
        "staff_count": 12,
        "term_years": None,
        "override_reason": "",
        "annual": "10.50",
        "whole_life": None,
        "amounts": [{"council": "carrick", "fy": 2026, "amount": "250000.00"}],
        "withheld": [],
    }
    assert manager.get(at(scene, "lines/")).json() == answer


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (
            {"amounts": [{"fy": 2027, "amount": "1"}, {"fy": 2027, "amount": "2"}]},
            ("lines.0.amounts.1.2027", "There are two entries for 2027 to 2028. Keep one"),
        ),
        (
            {"amounts": [{"fy": 2033, "amount": "1"}]},
            (
                "L-1.joint.2033",
                "2033 to 2034 is after the end of the appraisal period. Remove it or extend the period",
            ),
        ),
        (
            {"amounts": [{"fy": 2027, "amount": "100000", "months": ["8333.33"] * 9 + ["8333.34"] * 3}]},
            (
                "lines.0.amounts.0.months",
                "Months add up to £99,999.99 but the year is £100,000.00. Change one of them",
            ),
        ),
        (
            {"amounts": [{"fy": 2027, "amount": "-5"}]},
            (
                "lines.0.amounts.0.amount",
                "Planned saving must be £0 or more. Record a cost as a cost line",
            ),
        ),
        (
            {"amounts": [{"fy": 2027, "amount": "1.2m"}]},
            ("lines.0.amounts.0.amount", "Enter the amount in full using numbers, for example 1,200,000"),
        ),
        (
            {"amounts": [{"fy": 2027, "amount": "10000000001"}]},
            ("lines.0.amounts.0.amount", "Amount must be £10,000,000,000 or less"),
        ),
        (
            {"amounts": [{"council": "dunmoor", "fy": 2027, "amount": "1"}]},
            ("lines.0.amounts.0.council", "dunmoor is not a partner in this programme"),
        ),
        (
            {"bias_category": "outsourcing", "bias_mitigation_percent": 60},
            ("L-1.bias_basis", "Explain where the optimism bias percentage comes from"),
        ),
        (
            {"annual": "51414", "term_years": 3, "whole_life": "154244"},
            ("L-1.whole_life_pence", "Whole-life saving is £154,244 but £51,414 x 3 is £154,242. Check both"),
        ),
        ({"option": "Z"}, ("lines.0.option", "There is no option Z")),
    ],
)
def test_line_that_is_refused(
    manager: APIClient, scene: DraftScene, line: dict[str, Any], expected: tuple[str, str]
) -> None:
    scene.line("L-1", [100_00])
    assert errors(put(manager, scene, {"ref": "L-1", **line})) == [expected]
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}
    assert (scene.seen().version, AuditEvent.objects.count()) == (1, 0)


def test_year_is_given_by_months(manager: APIClient, scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    months = ["8333.33"] * 8 + ["8333.34"] * 4
    assert put(manager, scene, {"ref": "L-1", "amounts": [{"fy": 2027, "months": months}]}).status_code == 200
    assert stored(scene.case) == {("L-1", "joint", 2027): 100_000_00}


def test_stale_lines_are_a_conflict(manager: APIClient, scene: DraftScene) -> None:
    scene.line("L-1", [100_00])
    put(manager, scene, {"ref": "L-1", "title": "First"})
    assert put(manager, scene, {"ref": "L-1", "title": "Second"}).status_code == 409
    assert scene.case.lines.get().title == "First"


def test_line_is_taken_out(manager: APIClient, scene: DraftScene) -> None:
    line = scene.line("L-1", [100_00])
    assert manager.delete(at(scene, f"lines/{line.pk}/"), {"version": 1}).status_code == 204
    assert not scene.case.lines.exists()


def test_file_is_tried_and_taken(manager: APIClient, scene: DraftScene) -> None:
    scene.line("L-1", [100_00])

    def send(text: str, **more: Any) -> Any:
        file = SimpleUploadedFile("lines.csv", text.encode())
        address = at(scene, "lines-import/")
        return manager.post(address, {"version": 1, "file": file, **more}, format="multipart")

    good = "Reference,2027-28\nL-1,5\n"
    assert send(good, dry_run="true").json() == {"changed_lines": 1, "new_lines": 0, "version": 1}
    assert stored(scene.case) == {("L-1", "joint", 2026): 100_00}
    assert errors(send("Reference,2027-28\nL-1,x\n")) == [
        ("file", "1 of 1 row has errors. Fix them and upload again. Nothing was imported"),
        ("rows.2", "Row 2, 2027-28: Enter the amount in full using numbers, for example 1,200,000"),
    ]
    assert errors(send("Reference,Discount rate\nL-1,3.5\n"))[1] == (
        "rows.2",
        f"Row 2, Discount rate: {NO_RATE}",
    )
    assert send(good).json() == {"changed_lines": 1, "new_lines": 0, "version": 2}
    assert AuditEvent.objects.get().channel == Channel.IMPORT


def test_cash_is_converted_by_an_action_of_its_own(manager: APIClient, scene: DraftScene) -> None:
    scene.line("L-1", [0, 107_354_60], price_basis="nominal")
    assert manager.post(at(scene, "convert/"), {"version": 1}).json()["version"] == 2
    assert stored(scene.case) == {("L-1", "joint", 2027): 105_309_50}
    assert errors(manager.post(at(scene, "convert/"), {"version": 2})) == [
        ("price_basis", "All amounts are in prices of the base year already")
    ]
    assert manager.post(at(scene, "rates/"), {"version": 2}).status_code == 200


def test_officer_sees_and_changes_the_own_council_alone(scene: DraftScene) -> None:
    ashmere, _, carrick = scene.councils
    scene.line("L-1", [5_55], ashmere)
    scene.line("L-2", [77_77], carrick)
    scene.line("L-3", [66_66], kind=LineKind.ONE_OFF_COST, staff_count=3, annual_pence=44_44)
    client = client_of(scene.officer(ashmere))
    response = client.get(at(scene, "lines/"))
    assert [(line["ref"], line["amounts"], line["withheld"]) for line in response.json()["lines"]] == [
        ("L-1", [{"council": "ashmere", "fy": 2026, "amount": "5.55"}], []),
        ("L-2", [], [{"council": "carrick", "reason": "Held by Carrick until the case is issued"}]),
        ("L-3", [], [{"council": None, "reason": FEW_PEOPLE.reason}]),
    ]
    for figure in (b"77.77", b"66.66", b"44.44"):
        assert figure not in response.content
    own = {"ref": "L-1", "amounts": [{"council": "ashmere", "fy": 2026, "amount": "6"}]}
    assert put(client, scene, own).status_code == 200
    for forbidden in (
        {"ref": "L-2", "amounts": [{"council": "carrick", "fy": 2026, "amount": "6"}]},
        {"ref": "L-1", "title": "Mine"},
        {"ref": "L-9", "title": "Mine", "option": "A", "kind": "income"},
    ):
        assert put(client, scene, forbidden, version=2).status_code == 403
    assert client.post(CASES, NEW).status_code == 403
    assert client.patch(at(scene), {"version": 2, "title": "Mine"}).status_code == 403


@pytest.mark.parametrize("lines", [1, 3])
def test_number_of_queries_of_the_lines(
    manager: APIClient, scene: DraftScene, lines: int, django_assert_num_queries: Any
) -> None:
    for number in range(lines):
        scene.line(f"L-{number}", [100_00])
    with django_assert_num_queries(12):
        manager.get(at(scene, "lines/"))
