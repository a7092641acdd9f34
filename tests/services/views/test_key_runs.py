"""Sharing an amount and the true-up of a year, through the page and the API (F-03, F-23)."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import time_machine

from core.models import AuditEvent
from governance.enums import DecisionState
from governance.models import Decision
from services.actions.runs import ToShare, keep_runs
from services.enums import KeyBasis
from services.models import ApportionmentKey, ApportionmentRun, TrueUp
from services.queries.shares import pool_keys
from tests.factories import BusinessCaseFactory, BusinessCaseLineFactory, CaseOptionFactory
from tests.pages import text_of
from tests.services.factories import CostPoolFactory, key_of
from tests.services.key_scene import KeyScene, key_scene, messages_in

pytestmark = pytest.mark.django_db

# South Hams and West Devon, 2023 to 2024: what was counted, and the estimated share of the first in percent.
REAL = [
    ("Planning applications", 2_286, 807, 75),
    ("Enforcement", 382, 118, 76),
    ("HR posts", 495, 104, 82),
    ("Calls", 53_418, 23_154, 70),
    ("New benefit claims", 299, 176, 60),
    ("Changes", 1_805, 1_132, 60),
    ("Council tax properties", 46_949, 27_112, 63),
]


@pytest.fixture(autouse=True)
def _day():
    with time_machine.travel("2026-11-24 12:00", tick=False):
        yield


@pytest.fixture
def scene() -> KeyScene:
    return key_scene()


def sent(*drivers: str, **changes: str) -> dict[str, str]:
    """What the form of a true-up sends."""
    values = {
        "fy": "2025",
        "total": "10,000",
        "driver": "New benefit claims",
        "driver_source": "Claims system",
        "tolerance_pp": "3.0",
        "then": "keep",
    }
    names = ("ashmere", "brockvale", "carrick")
    return values | {f"drivers.{name}": text for name, text in zip(names, drivers, strict=True)} | changes


def json_of(form: dict[str, str], key: ApportionmentKey) -> dict[str, Any]:
    """The same for the API."""
    drivers = {name[8:]: text for name, text in form.items() if name.startswith("drivers.") and text}
    plain = {name: text for name, text in form.items() if not name.startswith("drivers.") and name != "then"}
    return plain | {"drivers": drivers, "key": key.pk}


def shares(run: ApportionmentRun) -> list[int]:
    return [share.share_pence for share in run.shares.order_by("pk")]


@pytest.fixture
def key(scene: KeyScene) -> ApportionmentKey:
    a, b, c = scene.councils
    return key_of(scene.pool, {a: 60, b: 40, c: 0}, basis=KeyBasis.CASELOAD)


def test_real_true_ups_of_a_year_all_keep_the_estimate(scene: KeyScene) -> None:
    """F-23: each within 3 percentage points."""
    a, b, _ = scene.councils
    results = []
    for driver, first, second, percent in REAL:
        pool = CostPoolFactory(programme=scene.programme, ref=driver, name=driver)
        key = key_of(pool, {a: percent, b: 100 - percent}, basis=KeyBasis.CASELOAD)
        form = sent(str(first), str(second), "", driver=driver)
        assert scene.client.post(f"/keys/{key.pk}/true-up/", form).status_code == 302
        kept = TrueUp.objects.get(key=key)
        results.append((driver, kept.result, shares(kept.final_run)))
    assert results == [
        (driver, "keep", [percent * 10_000, (100 - percent) * 10_000]) for driver, _, _, percent in REAL
    ]


def test_check_shows_the_result_and_keeps_nothing(scene: KeyScene, key: ApportionmentKey) -> None:
    answer = scene.client.post(f"/keys/{key.pk}/true-up/", sent("631", "369", "0", then="check"))
    page = text_of(answer)
    assert "Result: adopt the actual shares" in page
    assert "Ashmere 631 60.0% 63.1% +3.1 6,000.00 6,310.00 +310.00" in page
    assert "Brockvale 369 40.0% 36.9% −3.1 4,000.00 3,690.00 −310.00" in page
    assert "Keep this true-up" in page
    assert (TrueUp.objects.count(), ApportionmentRun.objects.count(), AuditEvent.objects.count()) == (0, 0, 0)


def test_share_outside_the_tolerance_is_adopted(scene: KeyScene, key: ApportionmentKey) -> None:
    """Acceptance 15: 63.1 against 60 is adopted, shares are re-run and still sum; the estimate stays."""
    form = sent("631", "369", "0", total="100,000.01")
    answer = scene.client.post(f"/keys/{key.pk}/true-up/", form, follow=True)
    kept = TrueUp.objects.get()
    assert kept.result == "adopt"
    assert shares(kept.estimate_run) == [6_000_001, 4_000_000, 0]
    assert shares(kept.final_run) == [6_310_001, 3_690_000, 0]
    page = text_of(answer)
    assert "Ashmere 631 60.0% 63.1% +3.1 60,000.01 63,100.01 +3,100.00" in page
    assert "Brockvale 369 40.0% 36.9% −3.1 40,000.00 36,900.00 −3,100.00" in page
    assert "Together 100,000.01 100,000.01 0.00" in page
    event = AuditEvent.objects.get(action="record_true_up")
    assert (event.by, event.after) == (
        scene.manager,
        {
            "fy": 2025,
            "driver": "New benefit claims",
            "tolerance_pp": "3",
            "result": "adopt",
            "settlement_pence": {"ashmere": 310_000, "brockvale": -310_000, "carrick": 0},
        },
    )
    final = text_of(scene.client.get(f"/runs/{kept.final_run_id}/"))
    assert "Actual New benefit claims 1 April 2025 to 31 March 2026, £100,000.01" in final


def test_share_within_the_tolerance_keeps_the_estimate(scene: KeyScene, key: ApportionmentKey) -> None:
    """Acceptance 15: 62.9 against 60 is kept; exactly 3 points too."""
    answers = [
        scene.post("true-ups/", json_of(sent("629", "371", "0"), key)),
        scene.post("true-ups/", json_of(sent("630", "370", "0", fy="2024"), key)),
    ]
    assert [(answer.status_code, answer.json()["result"]) for answer in answers] == [(201, "keep")] * 2
    assert answers[0].json()["final"]["shares"] == [
        {"council": "ashmere", "share": "6000.00"},
        {"council": "brockvale", "share": "4000.00"},
        {"council": "carrick", "share": "0.00"},
    ]


def test_amount_shared_before_is_the_estimate(scene: KeyScene, key: ApportionmentKey) -> None:
    share = {"fy": "2025", "total": "10,000", "purpose": "Benefits team"}
    assert scene.client.post(f"/pools/{scene.pool.pk}/runs/new/", share).status_code == 302
    run = ApportionmentRun.objects.get()
    scene.client.post(f"/keys/{key.pk}/true-up/", sent("700", "300", "0"))
    assert TrueUp.objects.get().estimate_run == run
    assert shares(run) == [600_000, 400_000]


@pytest.mark.parametrize(
    ("drivers", "changes", "field", "message"),
    [
        (
            ("1", "", "0"),
            {},
            "drivers.brockvale",
            "Enter a share for Brockvale, or 0 if it pays nothing",
        ),
        (("1", "-1", "0"), {}, "drivers.brockvale", "Share for Brockvale must be 0 or more"),
        (
            ("0", "0", "0"),
            {},
            "drivers.ashmere",
            "At least one council must have a share greater than 0",
        ),
        (("1", "1", "0"), {"driver": ""}, "driver", "Enter what was counted, for example claims"),
        (
            ("1", "1", "0"),
            {"tolerance_pp": "100.5"},
            "tolerance_pp",
            "Tolerance must be between 0 and 100, with no more than 2 decimal places",
        ),
        (("1", "1", "0"), {"fy": "2024"}, "fy", "2024 to 2025 has had its true-up. Look at what it settled"),
    ],
)
def test_wrong_true_up_is_refused_and_nothing_kept(
    scene: KeyScene, key: ApportionmentKey, drivers, changes, field, message
) -> None:
    scene.client.post(f"/keys/{key.pk}/true-up/", sent("1", "1", "0", fy="2024"))
    before = (TrueUp.objects.count(), ApportionmentRun.objects.count(), AuditEvent.objects.count())
    form = sent(*drivers, **changes)
    page = scene.client.post(f"/keys/{key.pk}/true-up/", form)
    assert (page.status_code, messages_in(page)) == (422, [(f"id_{field}", message)])
    api = scene.post("true-ups/", json_of(form, key))
    assert (api.status_code, api.json()["errors"]) == (400, [{"field": field, "message": message}])
    assert before == (
        TrueUp.objects.count(),
        ApportionmentRun.objects.count(),
        AuditEvent.objects.count(),
    )


def test_key_that_waits_for_its_decision_shares_no_money_but_what_is_proposed(
    scene: KeyScene, key: ApportionmentKey
) -> None:
    """2.8, 2.10: nothing takes effect before the decision does; a business case only proposes."""
    Decision.objects.filter(pk=scene.decision.pk).update(state=DecisionState.CALLIN)
    words = (
        "The key from 1 April 2020 takes effect when decision D-001 does. That is at the stage “Call-in open”"
    )
    share = {"fy": "2026", "total": "100", "purpose": "Desk"}
    trued = sent("631", "369", "0")
    pages = [
        scene.client.post(f"/pools/{scene.pool.pk}/runs/new/", share),
        scene.client.post(f"/keys/{key.pk}/true-up/", trued),
        scene.client.post(f"/keys/{key.pk}/true-up/", trued | {"then": "check"}),
    ]
    answers = [
        scene.post("runs/", share | {"pool": scene.pool.pk}),
        scene.post("true-ups/", json_of(trued, key)),
    ]
    assert [(page.status_code, messages_in(page)) for page in pages] == [(422, [("id_fy", words)])] * 3
    refused = (400, [{"field": "fy", "message": words}])
    assert [(answer.status_code, answer.json()["errors"]) for answer in answers] == [refused] * 2
    assert (TrueUp.objects.count(), ApportionmentRun.objects.count()) == (0, 0)
    page = text_of(scene.client.get(f"/pools/{scene.pool.pk}/"))
    assert "From 1 April 2020 Proposed" in page
    assert f"{words}. No money is shared by it before then" in page
    assert "No key applies today" in text_of(scene.client.get("/programmes/abc/apportionment/"))
    assert pool_keys(scene.programme).share(scene.pool.pk, 2026, 10_000) == (6_000, 4_000, 0)
    Decision.objects.filter(pk=scene.decision.pk).update(state=DecisionState.EFFECTIVE)
    assert scene.client.post(f"/pools/{scene.pool.pk}/runs/new/", share).status_code == 302
    assert shares(ApportionmentRun.objects.get()) == [6_000, 4_000]


@pytest.mark.parametrize(
    ("fy", "message"),
    [
        ("2026", "2026 to 2027 is not over. Run its true-up from 1 April 2027"),
        ("2019", "This key does not share the whole of 2019 to 2020. Choose another year"),
    ],
)
def test_year_that_cannot_be_trued_up_is_refused(scene, key, fy, message) -> None:
    api = scene.post("true-ups/", json_of(sent("1", "1", "0", fy=fy), key))
    assert (api.status_code, api.json()["errors"]) == (400, [{"field": "fy", "message": message}])
    page = scene.client.post(f"/keys/{key.pk}/true-up/", sent("1", "1", "0", fy=fy))
    assert messages_in(page) == [("id_fy", "Select a financial year, for example 2026 to 2027")]
    assert TrueUp.objects.count() == 0


def test_amount_without_a_key_is_refused(scene: KeyScene) -> None:
    key_of(scene.pool, {scene.councils[0]: 1}, from_on=date(2026, 5, 1))
    message = "No key shares Running costs from 1 April 2026 to 30 April 2026"
    form = {"fy": "2026", "total": "1.00", "purpose": "Support"}
    page = scene.client.post(f"/pools/{scene.pool.pk}/runs/new/", form)
    api = scene.post("runs/", form | {"pool": scene.pool.pk})
    assert (page.status_code, messages_in(page)) == (422, [("id_fy", message)])
    assert (api.status_code, api.json()["errors"]) == (400, [{"field": "fy", "message": message}])
    assert ApportionmentRun.objects.count() == 0


def test_run_made_through_the_api_shows_its_weights(scene: KeyScene, key: ApportionmentKey) -> None:
    sent_run = {"pool": scene.pool.pk, "fy": 2026, "total": "-0.01", "purpose": "Refund"}
    answer = scene.post("runs/", sent_run)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["total"], made["shares"], made["weights"][0]["weights"]) == (
        "-0.01",
        [{"council": "ashmere", "share": "-0.01"}, {"council": "brockvale", "share": "0.00"}],
        [{"council": "ashmere", "weight": "60"}, {"council": "brockvale", "weight": "40"}],
    )


def test_amounts_beside_a_small_staff_figure_are_withheld(scene: KeyScene, key: ApportionmentKey) -> None:
    """INV-38: the line itself, and the others of its option; another option is shown."""
    case = BusinessCaseFactory(programme=scene.programme)
    small = BusinessCaseLineFactory(business_case=case, ref="RED", title="Redundancy", staff_count=4)
    beside = BusinessCaseLineFactory(business_case=case, ref="ICT", title="Systems", option=small.option)
    other = BusinessCaseLineFactory(
        business_case=case, ref="SPACE", title="Offices", option=CaseOptionFactory(business_case=case)
    )
    amounts = [
        ToShare(scene.pool.pk, 2026, pence, line.pk)
        for line, pence in ((small, 1_234_567), (beside, 2_345_678), (other, 3_456_789))
    ]
    runs = keep_runs(pool_keys(scene.programme), amounts, by=scene.manager)
    paths = [f"/pools/{scene.pool.pk}/", *(f"/runs/{run.pk}/" for run in runs), "/api/v1/runs/"]
    pages = [scene.client.get(path).content.decode().replace(",", "") for path in paths]
    hidden = ("12345.67", "7407.40", "23456.78", "14074.07")
    assert [
        (path, figure) for path, page in zip(paths, pages, strict=True) for figure in hidden if figure in page
    ] == []
    assert ["34567.89" in page for page in pages] == [True, False, False, True, True]
    rows = scene.client.get("/api/v1/runs/").json()["results"]
    assert [(row["is_withheld"], row["total"], [one["share"] for one in row["shares"]]) for row in rows] == [
        (True, None, [None, None]),
        (True, None, [None, None]),
        (False, "34567.89", ["20740.73", "13827.16"]),
    ]


@pytest.mark.parametrize("count", [1, 3])
def test_api_lists_take_the_same_queries_whatever_their_length(
    scene: KeyScene, key: ApportionmentKey, django_assert_num_queries, count: int
) -> None:
    for index in range(count):
        answer = scene.post("true-ups/", json_of(sent("1", "1", "0", fy=str(2021 + index)), key))
        assert answer.status_code == 201
    for path, number in QUERIES.items():
        with django_assert_num_queries(number):
            assert scene.client.get(f"/api/v1/{path}/").status_code == 200


QUERIES = {"pools": 4, "keys": 5, "runs": 5, "true-ups": 7}
