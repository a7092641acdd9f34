"""What a council would bear after its abolition passes to its successors (INV-44, acceptance 17)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from core.models import AuditEvent
from programme.models import Council, CouncilSuccessor
from services.enums import CaseState
from services.models import BusinessCaseAmount
from tests.api.test_reads import client_of
from tests.factories import CouncilFactory, sign_in
from tests.pages import text_of
from tests.services.draft_scene import DraftScene, draft_scene
from tests.services.key_scene import messages_in

pytestmark = pytest.mark.django_db

VESTING = date(2028, 4, 1)
DUE = "Ashmere is due to be abolished on 1 April 2028. Choose the successor"


@pytest.fixture
def scene() -> DraftScene:
    return draft_scene()


@pytest.fixture
def client(scene: DraftScene) -> Client:
    return sign_in(Client(), scene.manager)


def ends(scene: DraftScene, on: date = VESTING, **weights: int) -> list[Council]:
    """Ashmere ends; its successors by key, partners among them, with their weights."""
    ashmere = scene.councils[0]
    ashmere.abolished_on = on
    ashmere.save()
    known = {council.key: council for council in scene.councils}
    made = []
    for key, weight in weights.items():
        council = known.get(key) or CouncilFactory(key=key, short_name=key.title(), name=key.title())
        CouncilSuccessor.objects.create(
            council=ashmere,
            successor=council,
            weight=weight,
            from_on=on,
            created_by=scene.manager,
            updated_by=scene.manager,
        )
        made.append(council)
    return made


def stored(scene: DraftScene) -> dict[tuple[str, str, int], int]:
    """Every amount of the case by line, council and year."""
    amounts = BusinessCaseAmount.objects.filter(line__business_case=scene.case).select_related(
        "line", "council"
    )
    return {
        (one.line.ref, one.council.key if one.council else "joint", one.fy): one.amount_pence
        for one in amounts
    }


def url(scene: DraftScene) -> str:
    return f"/business-cases/{scene.case.pk}/succession/"


def two_lines(scene: DraftScene) -> None:
    ashmere, brockvale, _ = scene.councils
    line = scene.line("OWN", [100, 100, 101, 5], ashmere)
    BusinessCaseAmount.objects.create(line=line, council=brockvale, fy=2028, amount_pence=1_000)
    scene.line("JOINT", [300, 300, 300])


def test_open_amounts_pass_to_two_successors_to_the_penny(scene: DraftScene, client: Client) -> None:
    """60:40 of 101 is 61 and 40 by largest remainder; what Brockvale bears already is added to."""
    two_lines(scene)
    ends(scene, brockvale=40, newshire=60)
    before = stored(scene)
    page = text_of(client.get(url(scene)))
    assert "Ashmere, until 1 April 2028" in page
    assert "Line OWN OWN 2028 to 2029 1.01 0.00 0.40 0.61" in page
    version = scene.seen().version
    answer = client.post(url(scene), {"seen_version": version})
    assert (answer.status_code, answer.url) == (302, scene.case.get_absolute_url())
    after = stored(scene)
    assert after == {
        ("OWN", "ashmere", 2026): 100,
        ("OWN", "ashmere", 2027): 100,
        ("OWN", "brockvale", 2028): 1_040,
        ("OWN", "newshire", 2028): 61,
        ("OWN", "brockvale", 2029): 2,
        ("OWN", "newshire", 2029): 3,
        ("JOINT", "joint", 2026): 300,
        ("JOINT", "joint", 2027): 300,
        ("JOINT", "joint", 2028): 300,
    }
    assert sum(after.values()) == sum(before.values())
    event = AuditEvent.objects.get(action="move_to_successors")
    assert (event.by, scene.seen().version) == (scene.manager, version + 1)
    assert event.before == {
        "amounts": [
            {"line": "OWN", "fy": 2028, "pence": {"ashmere": 101}},
            {"line": "OWN", "fy": 2029, "pence": {"ashmere": 5}},
        ],
        "version": version,
    }
    assert event.after == {
        "amounts": [
            {"line": "OWN", "fy": 2028, "pence": {"ashmere": 0, "brockvale": 40, "newshire": 61}},
            {"line": "OWN", "fy": 2029, "pence": {"ashmere": 0, "brockvale": 2, "newshire": 3}},
        ],
        "version": version + 1,
    }


def test_year_that_holds_vesting_day_is_parted_by_days(scene: DraftScene, client: Client) -> None:
    """183 of 365 days are before 1 October 2026."""
    scene.line("OWN", [36_500], scene.councils[0])
    ends(scene, on=date(2026, 10, 1), carrick=1)
    client.post(url(scene), {"seen_version": scene.seen().version})
    assert stored(scene) == {("OWN", "ashmere", 2026): 18_300, ("OWN", "carrick", 2026): 18_200}


def test_the_same_through_the_api(scene: DraftScene) -> None:
    two_lines(scene)
    ends(scene, brockvale=40, newshire=60)
    api = client_of(scene.manager)
    shown = api.get(f"/api/v1{url(scene)}").json()
    assert shown["successions"] == [
        {
            "council": "ashmere",
            "vesting_on": "2028-04-01",
            "successors": ["brockvale", "newshire"],
            "amounts": [
                {
                    "line": "OWN",
                    "fy": 2028,
                    "amount": "1.01",
                    "kept": "0.00",
                    "passed": {"brockvale": "0.40", "newshire": "0.61"},
                },
                {
                    "line": "OWN",
                    "fy": 2029,
                    "amount": "0.05",
                    "kept": "0.00",
                    "passed": {"brockvale": "0.02", "newshire": "0.03"},
                },
            ],
        }
    ]
    done = api.post(f"/api/v1{url(scene)}", {"version": shown["version"]})
    assert (done.status_code, done.json()) == (200, {"version": shown["version"] + 1, "successions": []})
    assert stored(scene)["OWN", "newshire", 2028] == 61


def refused(scene: DraftScene, client: Client, version: int) -> tuple[Any, Any]:
    """What page and API answer; nothing changes."""
    before = (stored(scene), AuditEvent.objects.count(), scene.seen().version)
    page = client.post(url(scene), {"seen_version": version})
    api = client_of(scene.manager).post(f"/api/v1{url(scene)}", {"version": version})
    assert (stored(scene), AuditEvent.objects.count(), scene.seen().version) == before
    return page, api


def test_council_without_successors_is_refused(scene: DraftScene, client: Client) -> None:
    two_lines(scene)
    ends(scene)
    page, api = refused(scene, client, scene.seen().version)
    assert (page.status_code, messages_in(page)[0][1].strip()) == (422, DUE)
    assert (api.status_code, api.json()["detail"]) == (400, DUE)


def test_nothing_to_pass_is_said(scene: DraftScene, client: Client) -> None:
    scene.line("OWN", [100], scene.councils[0])
    ends(scene, brockvale=1)
    _, api = refused(scene, client, scene.seen().version)
    assert api.json()["detail"] == "No council of this case has amounts after its abolition"
    assert "Nothing has to pass" in text_of(client.get(url(scene)))


def test_case_changed_since_is_refused(scene: DraftScene, client: Client) -> None:
    two_lines(scene)
    ends(scene, brockvale=1)
    page, api = refused(scene, client, scene.seen().version + 1)
    assert (page.status_code, api.status_code) == (409, 409)


def test_only_the_manager_and_only_in_a_draft(scene: DraftScene, client: Client) -> None:
    two_lines(scene)
    ends(scene, brockvale=1)
    officer = sign_in(Client(), scene.officer(scene.councils[0]))
    assert officer.get(url(scene)).status_code == 403
    scene.case.state = CaseState.WITHDRAWN
    scene.case.save()
    page, api = refused(scene, client, scene.seen().version)
    assert (page.status_code, api.status_code) == (403, 403)
    assert "Start a new version" in page.content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_the_same_queries_whatever_its_length(
    scene: DraftScene, client: Client, django_assert_num_queries, count: int
) -> None:
    for index in range(count):
        scene.line(f"L-{index}", [100] * 5, scene.councils[0])
    ends(scene, brockvale=1)
    with django_assert_num_queries(QUERIES):
        client.get(url(scene))


def test_list_of_keys_says_what_has_to_pass(scene: DraftScene, client: Client) -> None:
    two_lines(scene)
    ends(scene, brockvale=1)
    page = text_of(client.get(f"/programmes/{scene.programme.key}/apportionment/"))
    words = "Ashmere is due to be abolished on 1 April 2028, but OWN Line OWN has its amounts in"
    assert f"{words} 2028 to 2029, 2029 to 2030. Pass them to its successors" in page
    other = scene.officer(scene.councils[1])
    page = text_of(sign_in(client, other).get(f"/programmes/{scene.programme.key}/apportionment/"))
    assert "Line OWN" not in page


QUERIES = 10
