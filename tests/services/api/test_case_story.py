"""Steps, statements, scores and versions through the API: the same actions, refusals and figures."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from core.models import AuditEvent
from services.actions.case_versions import start_version
from services.enums import CaseState
from services.models import CaseOption, CaseSection, CaseStatement, Criterion, Score
from tests.factories import CaseOptionFactory, UserFactory, sign_in
from tests.services.case_scene import CaseScene, case_scene

pytestmark = pytest.mark.django_db

JSON = "application/json"
CRITERIA = [
    {"name": "Cost", "weight_percent": 40},
    {"name": "Quality", "weight_percent": 25},
    {"name": "Resilience", "weight_percent": 20},
    {"name": "Local jobs", "weight_percent": 15},
]
SCORES = {"BAU": (30, 60, 30, 100), "SHARE": (70, 80, 85, 90), "OUT": (95, 65, 70, 20)}


@pytest.fixture
def scene() -> CaseScene:
    return case_scene()


def address(scene: CaseScene, part: str) -> str:
    return f"/api/v1/business-cases/{scene.case.pk}/{part}/"


def send(client: Client, scene: CaseScene, person: Any, part: str, **data: Any) -> Any:
    sent = {"version": scene.fresh().version} | data
    return sign_in(client, person).post(address(scene, part), sent, content_type=JSON)


def refusals(response: Any) -> list[tuple[str, str]]:
    assert response.status_code == 400
    return [(error["field"], error["message"]) for error in response.json()["errors"]]


def test_case_is_issued_through_the_api(client: Client, scene: CaseScene) -> None:
    answer = send(client, scene, scene.manager, "steps", step="send_to_review").json()
    assert (answer["state"], answer["next_step"], answer["stops"]) == (
        "internal_review",
        "agree",
        [],
    )
    send(client, scene, scene.reviewer, "steps", step="agree", comment="Good")
    answer = send(client, scene, scene.manager, "steps", step="send_to_s151").json()
    assert answer["stops"] == [
        f"{council}’s section 151 officer has not made a statement yet" for council in scene.councils
    ]
    for index, position in enumerate(("support", "do_not_support", "support_with_conditions")):
        council = scene.councils[index].key
        response = send(
            client,
            scene,
            scene.officers[index],
            "statements",
            council=council,
            position=position,
            text="As I see it.",
        )
        assert response.status_code == 200
    answer = send(client, scene, scene.owner, "steps", step="issue").json()
    assert (answer["state"], answer["next_step"], answer["stops"]) == ("issued", "", [])
    assert [row["council"] for row in answer["objections"]] == [scene.councils[1].key]
    case = scene.fresh()
    assert client.get(address(scene, "check")).json() == {"content_hash": case.content_hash, "holds": True}
    channels = set(AuditEvent.objects.values_list("channel", flat=True))
    assert channels == {"api"}


def test_rows_26_to_28_are_refused_and_nothing_is_stored(client: Client, scene: CaseScene) -> None:
    scene.options["bau"].delete()
    CaseOption.objects.update(is_preferred=False)
    CaseSection.objects.filter(name="commercial").update(text="")
    response = send(client, scene, scene.manager, "steps", step="send_to_review")
    assert refusals(response) == [
        ("options", "Add at least 2 options, one of them business as usual"),
        ("options", "Choose the preferred option"),
        ("commercial", "Complete the commercial case before you issue the full business case"),
    ]
    assert (scene.fresh().state, AuditEvent.objects.count()) == (CaseState.DRAFT, 0)


def test_row_35_author_cannot_approve(client: Client, scene: CaseScene) -> None:
    scene.case.created_by = scene.reviewer
    scene.case.save()
    scene.to_review()
    response = send(client, scene, scene.reviewer, "steps", step="agree")
    assert refusals(response) == [("", "The person who proposed the change cannot approve it")]


def test_row_84_stale_version(client: Client, scene: CaseScene) -> None:
    response = send(client, scene, scene.manager, "steps", step="send_to_review", version=77)
    assert response.status_code == 409
    assert "Review their change before you save" in response.json()["detail"]
    assert scene.fresh().state == CaseState.DRAFT


def test_row_85_statement_too_long(client: Client, scene: CaseScene) -> None:
    scene.to_s151()
    council = scene.councils[0].key
    response = send(
        client,
        scene,
        scene.officers[0],
        "statements",
        council=council,
        position="support",
        text="x" * 4001,
    )
    assert refusals(response) == [("text", "Statement must be 4,000 characters or less")]
    assert CaseStatement.objects.count() == 0


def test_people_of_each_step(client: Client, scene: CaseScene) -> None:
    answers = [
        send(client, scene, scene.owner, "steps", step="send_to_review").status_code,
        send(client, scene, scene.manager, "steps", step="issue").status_code,
        send(
            client,
            scene,
            scene.officers[1],
            "statements",
            council=scene.councils[0].key,
            position="support",
            text="Yes.",
        ).status_code,
        send(client, scene, UserFactory(), "steps", step="send_to_review").status_code,
        send(client, scene, scene.manager, "steps", step="fly").status_code,
    ]
    assert answers == [403, 403, 403, 404, 400]
    assert scene.fresh().state == CaseState.DRAFT


def put_criteria(client: Client, scene: CaseScene, criteria: list[dict[str, Any]]) -> Any:
    sent = {"version": scene.fresh().version, "criteria": criteria}
    return sign_in(client, scene.manager).put(address(scene, "criteria"), sent, content_type=JSON)


def score_rows() -> list[dict[str, Any]]:
    return [
        {"criterion": f"C-{index + 1}", "option": option, "score": score, "reason": "Seen"}
        for option, scores in SCORES.items()
        for index, score in enumerate(scores)
    ]


def test_worked_example_of_scores(client: Client, scene: CaseScene) -> None:
    scene.case.criteria.all().delete()
    CaseOptionFactory(business_case=scene.case, ref="OUT", name="Outsource", order_index=2)
    assert put_criteria(client, scene, CRITERIA).status_code == 200
    sign_in(client, scene.reviewer)
    response = client.post(address(scene, "scores"), {"scores": score_rows()}, content_type=JSON)
    answer = response.json()
    assert [(row["option"], row["rank"], row["score"]) for row in answer["options"]] == [
        ("SHARE", 1, "78.50"),
        ("OUT", 2, "71.25"),
        ("BAU", 3, "48.00"),
    ]
    assert answer["sentence"].startswith("Ranking holds unless cost weighs more than 53.49")
    assert answer["options"][0]["criteria"][0] == {
        "criterion": "C-1",
        "mean": "70.00",
        "adds": "28.00",
        "spread": 0,
        "people": 1,
    }
    assert client.get(address(scene, "scores")).json() == answer


def test_rows_24_and_25(client: Client, scene: CaseScene) -> None:
    response = put_criteria(client, scene, [{"name": "Cost", "weight_percent": 95}])
    assert refusals(response) == [("weight_percent", "Weights must add up to 100. They add up to 95")]
    rows = [
        {"criterion": "C-1", "option": "BAU", "score": 101, "reason": "Seen"},
        {"criterion": "C-1", "option": "SHARE", "score": 50, "reason": " "},
    ]
    response = client.post(address(scene, "scores"), {"scores": rows}, content_type=JSON)
    assert refusals(response) == [
        ("score.C-1.BAU", "Score must be between 0 and 100"),
        ("reason.C-1.SHARE", "Give a reason for the score"),
    ]
    assert (Score.objects.count(), Criterion.objects.get().name) == (0, "Cost")


def test_versions_are_started_and_compared(client: Client, scene: CaseScene) -> None:
    scene.to_issued()
    answer = send(client, scene, scene.manager, "steps", step="new_version").json()
    assert (answer["state"], [row["number"] for row in answer["versions"]]) == ("draft", [2, 1])
    second = answer["id"]
    scene.case.__class__.objects.get(pk=second).lines.get(ref="L-1").amounts.filter(fy=2028).update(
        amount_pence=150_00
    )
    found = client.get(address(scene, f"compare/{second}")).json()
    assert found["amounts"] == [
        {
            "part": "Amount",
            "item": "Contract saving (L-1)",
            "what": "Joint",
            "year": "2028 to 2029",
            "before": "100.00",
            "after": "150.00",
            "difference": "50.00",
            "withheld": "",
        }
    ]
    assert found["changes"] == []
    assert (found["older"], found["newer"]) == (1, 2)


def test_withheld_amounts_are_null(client: Client, scene: CaseScene) -> None:
    scene.to_issued()
    case = scene.fresh()
    second = start_version(case, by=scene.manager, seen_version=case.version)
    second.lines.get(ref="L-2").amounts.update(amount_pence=4_321_09)
    response = sign_in(client, scene.officers[0]).get(address(scene, f"compare/{second.pk}"))
    assert b"4321.09" not in response.content
    row = response.json()["amounts"][0]
    reason = f"Held by {scene.councils[2]} until the case is issued"
    assert (row["before"], row["after"], row["withheld"]) == ("50.00", None, reason)
