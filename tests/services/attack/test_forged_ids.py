"""Every write of the API with a row of somebody else's programme is refused, and stores nothing."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.models import AuditEvent
from tests.factories import (
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    CaseOptionFactory,
    CouncilFactory,
    MilestoneFactory,
    ProgrammeFactory,
    ServiceFactory,
    ServiceReviewFactory,
    councils_of,
    sign_in,
)
from tests.services.case_scene import CaseScene, case_scene
from tests.services.factories import CostPoolFactory, amounts, key_of
from tests.services.review_rows import RedLineFactory

pytestmark = pytest.mark.django_db

KEY = {"basis": "equal", "effective_from_on": "2030-04-01", "decision_ref": "D-001"}
REVIEW = {"chosen_because": "It is alike everywhere."}
Row = tuple[str, str, dict[str, Any]]


def strange_rows() -> dict[str, Any]:
    """Rows of a programme that nobody here takes part in."""
    programme = ProgrammeFactory(key="other", name="Dunmere and Eastholt")
    council = councils_of(programme)[0]
    pool = CostPoolFactory(programme=programme, ref="P-THEIRS")
    service = ServiceFactory(programme=programme)
    review = ServiceReviewFactory(service=service)
    case = BusinessCaseFactory(programme=programme, ref="BC-9")
    line = amounts(BusinessCaseLineFactory(business_case=case, ref="L-9"), [5_00], council=council)
    return {
        "programme": programme.key,
        "council": council.key,
        "pool": pool,
        "key": key_of(pool, {council: 1}),
        "service": service,
        "review": review,
        "red_line": RedLineFactory(review=review, council=council),
        "case": case,
        "line": line,
        "option": CaseOptionFactory(business_case=case, ref="THEIRS"),
        "milestone": MilestoneFactory(programme=programme),
    }


def not_found(scene: CaseScene, their: dict[str, Any]) -> list[Row]:
    """Requests about a row of another programme itself."""
    case, mine = their["case"].pk, scene.case.pk
    return [
        ("post", "services/", {"programme": their["programme"], "ref": "S-9", "name": "Waste"}),
        ("post", "services/", {"programme": "no-such", "ref": "S-9", "name": "Waste"}),
        ("patch", f"services/{their['service'].pk}/", {"version": 1, "name": "Ours"}),
        ("post", "pools/", {"programme": their["programme"], "name": "Ours"}),
        ("post", "keys/", {"pool": their["pool"].pk, "weights": {}, **KEY}),
        ("put", f"keys/{their['key'].pk}/", {"version": 1, "weights": {}, **KEY}),
        ("post", f"keys/{their['key'].pk}/end/", {"version": 1, "effective_to_on": "2031-03-31"}),
        ("post", "runs/", {"pool": their["pool"].pk, "fy": 2026, "total": "1.00", "purpose": "Ours"}),
        ("post", "reviews/", {"service": their["service"].pk, **REVIEW}),
        ("post", "reviews/", {"service": 999_999, **REVIEW}),
        ("patch", f"reviews/{their['review'].pk}/", {"version": 1, **REVIEW}),
        ("post", f"reviews/{their['review'].pk}/step/", {"version": 1, "to": "scoped"}),
        ("patch", f"red-lines/{their['red_line'].pk}/", {"version": 1, "text": "Ours"}),
        ("patch", f"business-cases/{case}/", {"version": 1, "title": "Ours"}),
        ("post", f"business-cases/{case}/steps/", {"version": 1, "step": "withdraw"}),
        ("delete", f"business-cases/{case}/lines/{their['line'].pk}/", {"version": 1}),
        ("delete", f"business-cases/{mine}/lines/{their['line'].pk}/", {"version": 1}),
        ("delete", f"business-cases/{mine}/options/{their['option'].pk}/", {"version": 1}),
        ("get", f"business-cases/{mine}/compare/{case}/", {}),
    ]


def refused(scene: CaseScene, their: dict[str, Any]) -> list[Row]:
    """Requests about rows of one's own that name a row of another programme."""
    case, council = f"business-cases/{scene.case.pk}", their["council"]
    weights = {one.key: "1" for one in scene.councils}
    line = {"ref": "L-1", "title": "Contract saving"}
    payments = [{"council": council, "fy": 2026, "amount": "1.00"}]
    return [
        ("post", "keys/", {"pool": scene.pool.pk, "weights": {**weights, council: "1"}, **KEY}),
        ("put", f"{case}/lines/", {"version": 1, "lines": [{**line, "option": "THEIRS"}]}),
        ("put", f"{case}/lines/", {"version": 1, "lines": [{**line, "pool": their["pool"].ref}]}),
        (
            "put",
            f"{case}/lines/",
            {"version": 1, "lines": [{**line, "amounts": [{"council": council, "fy": 2026, "amount": "1"}]}]},
        ),
        (
            "post",
            f"{case}/compensations/",
            {"beneficiary": council, "basis": "nominal", "payments": payments},
        ),
    ]


@pytest.fixture
def scene(client: Client) -> CaseScene:
    made = case_scene()
    sign_in(client, made.manager)
    CouncilFactory()
    return made


def answers(client: Client, rows: list[Row]) -> dict[str, int]:
    """Status of each request, by its number and address."""
    return {
        f"{number} {verb} {path}": getattr(client, verb)(
            f"/api/v1/{path}", sent, content_type="application/json"
        ).status_code
        for number, (verb, path, sent) in enumerate(rows)
    }


def test_rows_of_another_programme_are_not_found(client: Client, scene: CaseScene) -> None:
    their = strange_rows()
    before = AuditEvent.objects.count()
    given = answers(client, not_found(scene, their))
    assert {path: status for path, status in given.items() if status != 404} == {}
    assert AuditEvent.objects.count() == before


def test_rows_of_another_programme_cannot_be_named(client: Client, scene: CaseScene) -> None:
    their = strange_rows()
    before = AuditEvent.objects.count()
    said = []
    for verb, path, sent in refused(scene, their):
        answer = getattr(client, verb)(f"/api/v1/{path}", sent, content_type="application/json")
        assert answer.status_code == 400
        said.append([one["field"] for one in answer.json()["errors"]])
    assert said == [
        ["effective_from_on", f"weights.{their['council']}", "decision_ref"],
        ["lines.0.option"],
        ["lines.0.pool"],
        ["lines.0.amounts.0.council"],
        ["payments"],
    ]
    assert AuditEvent.objects.count() == before
