"""The year end of every pool at once: page, file and API (F-23, acceptance 15)."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from core.models import AuditEvent
from services.enums import KeyBasis
from services.models import ApportionmentKey, ApportionmentRun, ApportionmentShare, TrueUp
from services.queries.year_end import settlements_by_year
from tests.factories import LineFactory, UserFactory, plan_version, role, sign_in
from tests.html_tables import table_of
from tests.pages import text_of
from tests.services.factories import CostPoolFactory, key_of
from tests.services.key_scene import KeyScene, key_scene, messages_in
from tests.services.views.test_key_runs import REAL

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00", tick=False):
        yield


@pytest.fixture
def scene() -> KeyScene:
    found = key_scene()
    found.pool.delete()
    return found


def pools(scene: KeyScene, rows: list[tuple[str, int]]) -> list[ApportionmentKey]:
    """A pool of each name, shared by its percent between Ashmere and Brockvale."""
    a, b, _ = scene.councils
    return [
        key_of(
            CostPoolFactory(programme=scene.programme, ref=f"R-{place}", name=name, order_index=place),
            {a: percent, b: 100 - percent},
            basis=KeyBasis.CASELOAD,
        )
        for place, (name, percent) in enumerate(rows)
    ]


def part(key: ApportionmentKey, driver: str, *counted: int, total: str = "100,000.01") -> dict[str, str]:
    """What the part of one pool sends."""
    lead = f"pool{key.pool_id}"
    boxes = zip(("ashmere", "brockvale"), counted, strict=True)
    about = {"total": total, "driver": driver, "driver_source": "Systems", "tolerance_pp": "3.0"}
    return {f"{lead}-{name}": text for name, text in about.items()} | {
        f"{lead}-drivers.{name}": str(number) for name, number in boxes
    }


def csv_rows(answer: Any) -> list[list[str]]:
    return list(csv.reader(StringIO(b"".join(answer.streaming_content).decode())))


def url(scene: KeyScene, run: str = "run/") -> str:
    return f"/programmes/{scene.programme.key}/year-end/{run}?year=2025-26"


def test_seven_real_pools_are_run_at_once_and_all_keep_the_estimate(scene: KeyScene) -> None:
    keys = pools(scene, [(name, percent) for name, _, _, percent in REAL])
    sent: dict[str, str] = {}
    for key, (name, first, second, _) in zip(keys, REAL, strict=True):
        sent |= part(key, name, first, second)
    checked = scene.client.post(url(scene), sent | {"then": "check"})
    assert text_of(checked).count(": keep the estimate") == 7
    assert TrueUp.objects.count() == 0
    answer = scene.client.post(url(scene), sent | {"then": "keep"})
    assert (answer.status_code, answer.url) == (302, url(scene, ""))
    page = scene.client.get(answer.url)
    rows = table_of(page, "table-year-end")
    assert rows["CallsCalls"] == [
        "Keep the estimate",
        "Brockvale",
        "23,154",
        "30.0%",
        "30.2%",
        "+0.2",
        "30,000.00",
        "0.00",
    ]
    file = csv_rows(scene.client.get(f"/programmes/{scene.programme.key}/year-end.csv?year=2025-26"))
    assert [(row[1], *row[6:9], *row[10:]) for row in file[1::2]] == [
        ("Planning applications", "2286", "75.0", "73.9", "75000.01", "0.00"),
        ("Enforcement", "382", "76.0", "76.4", "76000.01", "0.00"),
        ("HR posts", "495", "82.0", "82.6", "82000.01", "0.00"),
        ("Calls", "53418", "70.0", "69.8", "70000.01", "0.00"),
        ("New benefit claims", "299", "60.0", "62.9", "60000.01", "0.00"),
        ("Changes", "1805", "60.0", "61.5", "60000.01", "0.00"),
        ("Council tax properties", "46949", "63.0", "63.4", "63000.01", "0.00"),
    ]
    said = "7 of 7 pools have had their true-up: 7 kept the estimate and 0 adopted what was counted."
    assert said in text_of(page)
    assert settlements_by_year(scene.programme) == {}


def test_kept_and_adopted_beside_each_other_settle_to_the_penny_in_page_file_and_api(scene: KeyScene) -> None:
    keys = pools(scene, [("Kept", 60), ("Adopted", 60), ("Later", 50)])
    at = "year-end/?year=2025-26"
    sent = {
        "fy": 2025,
        "pools": [
            {"key": key.pk, "total": "100000.01", "driver": "Claims", "drivers": drivers}
            for key, drivers in zip(
                keys,
                ({"ashmere": "629", "brockvale": "371"}, {"ashmere": "631", "brockvale": "369"}),
                strict=False,
            )
        ],
    }
    made = scene.post(f"programmes/{scene.programme.key}/year-end/", sent)
    assert made.status_code == 201, made.content
    found = made.json()
    assert [(one["name"], one["result"]) for one in found["pools"]] == [
        ("Kept", "keep"),
        ("Adopted", "adopt"),
        ("Later", ""),
    ]
    assert found["pools"][1]["councils"][0] == {
        "council": "ashmere",
        "counted": "631",
        "estimated_percent": "60.000000",
        "actual_percent": "63.100000",
        "estimated": "60000.01",
        "final": "63100.01",
        "owed": "3100.00",
    }
    assert found["settled"] == [
        {"council": "ashmere", "owed": "3100.00"},
        {"council": "brockvale", "owed": "-3100.00"},
    ]
    a, b, _ = scene.councils
    assert settlements_by_year(scene.programme) == {2025: {a.pk: 310_000, b.pk: -310_000}}
    assert scene.client.get(f"/api/v1/programmes/{scene.programme.key}/{at}").json() == found
    for kept in TrueUp.objects.all():
        shares = [share.share_pence for share in kept.final_run.shares.all()]
        assert sum(shares) == kept.final_run.total_pence == 10_000_001
    answer = scene.client.get(f"/programmes/{scene.programme.key}/year-end.csv?year=2025-26")
    rows = csv_rows(answer)
    assert [row[1:3] + row[5:7] + row[-3:] for row in rows[1:]] == [
        ["Kept", "Keep the estimate", "Ashmere", "629", "60000.01", "60000.01", "0.00"],
        ["Kept", "Keep the estimate", "Brockvale", "371", "40000.00", "40000.00", "0.00"],
        ["Adopted", "Adopt the actual shares", "Ashmere", "631", "60000.01", "63100.01", "3100.00"],
        ["Adopted", "Adopt the actual shares", "Brockvale", "369", "40000.00", "36900.00", "-3100.00"],
        ["Later", "Not run yet", "Ashmere", "[x]", "[x]", "[x]", "[x]"],
        ["Later", "Not run yet", "Brockvale", "[x]", "[x]", "[x]", "[x]"],
    ]
    assert [event.action for event in AuditEvent.objects.all()] == ["record_true_up"] * 2


def test_settlement_starts_from_what_the_runs_of_the_year_charged_not_from_their_sum_split_again(
    scene: KeyScene,
) -> None:
    (key,) = pools(scene, [("Post", 60)])
    a, b, _ = scene.councils
    for _time in range(2):
        row = {"pool": key.pool, "key": key, "purpose": "Stamps", "fy": 2025, "weights": []}
        run = ApportionmentRun.objects.create(**row, total_pence=1, entered_by=key.created_by)
        for council, pence in ((a, 1), (b, 0)):
            ApportionmentShare.objects.create(run=run, council=council, share_pence=pence)
    pool = {"key": key.pk, "total": "0.02", "driver": "Letters"}
    sent = {"fy": 2025, "pools": [pool | {"drivers": {"ashmere": "1", "brockvale": "1"}}]}
    assert scene.post(f"programmes/{scene.programme.key}/year-end/", sent).status_code == 201
    assert settlements_by_year(scene.programme) == {2025: {a.pk: -1, b.pk: 1}}


def test_one_wrong_pool_keeps_none_and_each_refusal_stands_at_its_pool(scene: KeyScene) -> None:
    good, wrong = pools(scene, [("Good", 60), ("Wrong", 60)])
    sent = part(good, "Claims", 60, 40) | part(wrong, "Claims", 0, 0) | {"then": "keep"}
    answer = scene.client.post(url(scene), sent)
    said = "At least one council must have a share greater than 0"
    at = f"id_pool{wrong.pool_id}-drivers.ashmere"
    assert (answer.status_code, messages_in(answer)) == (422, [(at, said)])
    empty = scene.client.post(url(scene), {"then": "keep"})
    assert messages_in(empty) == [("", "Enter what was counted for at least one pool")]
    pool = {
        "key": wrong.pk,
        "total": "1.00",
        "driver": "Claims",
        "drivers": {"ashmere": "0", "brockvale": "0"},
    }
    api = scene.post(f"programmes/{scene.programme.key}/year-end/", {"fy": 2025, "pools": [pool]})
    assert (api.status_code, [one["message"] for one in api.json()["errors"]]) == (400, [said])
    assert api.json()["errors"][0]["field"].startswith("pools.0.drivers")
    assert (TrueUp.objects.count(), ApportionmentRun.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


def test_running_year_waits_amounts_of_a_year_are_summed_and_an_uncounted_pool_is_left_aloud(
    scene: KeyScene,
) -> None:
    calls, posts = pools(scene, [("Calls", 60), ("Posts", 50)])
    for pence in (60_000_00, 40_000_01):
        row = {"pool": calls.pool, "key": calls, "purpose": "Calls", "fy": 2025, "weights": []}
        ApportionmentRun.objects.create(**row, total_pence=pence, entered_by=calls.created_by)
    running = scene.client.get(f"/programmes/{scene.programme.key}/year-end/?year=2026-27")
    assert text_of(running).count("The year is not over") == 2
    assert "Run the year end" not in text_of(running)
    form = scene.client.get(url(scene))
    assert f'name="pool{calls.pool_id}-total" value="100,000.01"' in form.content.decode()
    assert "Shared so far, one by one: £60,000.00, £40,000.01" in text_of(form)
    sent = part(calls, "Claims", 60, 40) | {f"pool{posts.pool_id}-total": "7.00"}
    checked = scene.client.post(url(scene), sent | {"then": "check"})
    assert "Nothing was counted for this pool, so it is left" in text_of(checked)
    kept = scene.client.post(url(scene), sent | {"then": "keep"}, follow=True)
    assert "True-ups kept: 1. Nothing was counted for Posts, so it was left" in text_of(kept)
    assert TrueUp.objects.get().final_run.total_pence == 100_000_01


def test_only_those_who_keep_keys_may_run_it(scene: KeyScene) -> None:
    pools(scene, [("Kept", 60)])
    reader = UserFactory()
    role(reader, RoleName.MEMBER, council=scene.councils[0])
    client = sign_in(Client(), reader)
    answers = [client.get(url(scene, "")).status_code, client.get(url(scene)).status_code]
    assert [*answers, client.post(url(scene), {"then": "keep"}).status_code] == [200, 403, 403]
    assert "Run the year end" not in text_of(client.get(url(scene, "")))
    assert client.get(f"/programmes/{scene.programme.key}/year-end/?year=soon").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_year_end_takes_a_fixed_number_of_queries(scene: KeyScene, count: int) -> None:
    keys = pools(scene, [(f"Pool {number}", 60) for number in range(count)])
    counts: dict[str, Any] = {}
    for name in ("waiting", "run"):
        with CaptureQueriesContext(connection) as captured:
            assert scene.client.get(url(scene, "")).status_code == 200
        counts[name] = len(captured)
        sent: dict[str, str] = {"then": "keep"}
        for key in keys:
            sent |= part(key, "Claims", 70, 30)
        scene.client.post(url(scene), sent)
    assert counts == {"waiting": 12, "run": 15}


def test_adopted_true_up_shows_in_the_net_position_of_each_council(scene: KeyScene) -> None:
    _, adopted = pools(scene, [("Kept", 60), ("Adopted", 60)])
    page = f"/programmes/{scene.programme.key}/savings/"
    line = LineFactory(programme=scene.programme)
    amounts = [(line, council, 2025, None, 1_000) for council in scene.councils]
    plan_version(scene.programme, 1, amounts=amounts)
    assert "What true-ups of year ends change" not in text_of(scene.client.get(page))
    scene.client.post(url(scene), part(adopted, "Claims", 631, 369) | {"then": "keep"})
    shown = scene.client.get(page)
    row = table_of(shown, "table-true-ups")["2025 to 2026"]
    assert row == ["−3,100.00", "+3,100.00", "0.00", "0.00"]
    link = f"/programmes/{scene.programme.key}/year-end/?year=2025-26"
    assert f'href="{link}"' in shown.content.decode()
