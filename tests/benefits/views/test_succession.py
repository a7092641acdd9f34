"""A council is abolished: its open plan and forecast pass to successors, its history stays (scenario 17)."""

from __future__ import annotations

import csv
import re
from datetime import date
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.enums import RoleName
from benefits.actions.succession import pass_forecast, propose_succession
from benefits.enums import Basis, Measure
from benefits.models import ForecastSnapshot, PlanProposal
from benefits.queries.entries_held import entries_held
from benefits.queries.savings import savings_against_plan
from core.models import AuditEvent
from programme.models import Council, CouncilSuccessor
from tests import factories
from tests.benefits.scene import Scene, api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE, API = "/programmes/abc/succession/", "/api/v1/programmes/abc/succession/"
VESTING = date(2027, 4, 1)
DUE = "Brockvale is due to be abolished on 1 April 2027. Choose the successor"


@pytest.fixture
def version(scene: Scene) -> Any:
    """Brockvale saves £1,000.01 in 2026, £1,000.01 in 2027 and 5p in May 2028; Ashmere £10.00 in 2027."""
    ashmere, brockvale, _ = scene.councils
    planned = [
        (scene.saving, brockvale, 2026, None, 100_001),
        (scene.saving, brockvale, 2027, None, 100_001),
        (scene.saving, brockvale, 2028, 2, 5),
        (scene.saving, ashmere, 2027, None, 1_000),
        (scene.cost, brockvale, 2026, None, 7_777),
    ]
    made = factories.plan_version(scene.programme, 1, amounts=planned)
    factories.forecast(scene.programme, amounts=planned[:4], as_at_on=date(2026, 10, 1))
    return made


def ends(scene: Scene, **weights: int) -> list[Council]:
    brockvale = scene.brockvale
    Council.objects.filter(pk=brockvale.pk).update(abolished_on=VESTING)
    made = []
    for name, weight in weights.items():
        council = factories.CouncilFactory(key=name, short_name=name.title(), name=name.title())
        row = {"council": brockvale, "successor": council, "weight": weight, "from_on": VESTING}
        CouncilSuccessor.objects.create(**row, created_by=scene.manager, updated_by=scene.manager)
        made.append(council)
    return made


def by_council(amounts: Any) -> dict[tuple[str, str, int, int | None], int]:
    rows = amounts.values_list("line__ref", "council__key", "fy", "period", "amount_pence")
    return {tuple(row[:4]): row[4] for row in rows}


PASSED = {
    ("ICT", "north", 2027, None): 60_001,
    ("ICT", "south", 2027, None): 40_000,
    ("ICT", "north", 2028, 2): 3,
    ("ICT", "south", 2028, 2): 2,
}


def test_open_plan_passes_sixty_forty_by_a_proposal_with_its_reason(scene: Scene, version: Any) -> None:
    ends(scene, north=60, south=40)
    browser = page_of(scene.manager)
    page = text_of(browser.get(PAGE))
    assert "Successors and their weights: North 60, South 40." in page
    assert "Lower cost of ICT ICT 2027 to 2028 1,000.01 0.00 600.01 400.00" in page
    answer = browser.post(PAGE, {"council": "brockvale", "ledger": "plan"})
    proposal = PlanProposal.objects.get()
    assert (answer.status_code, answer.url) == (302, proposal.get_absolute_url())
    assert (proposal.reason_code, proposal.narrative) == (
        "legislative",
        (
            "Brockvale is abolished on 1 April 2027. What is planned for it from that day on passes by "
            "recorded weights to North 60, South 40."
        ),
    )
    assert by_council(proposal.amounts) == PASSED | {
        ("ICT", "brockvale", 2026, None): 100_001,
        ("TEAM", "brockvale", 2026, None): 7_777,
        ("ICT", "ashmere", 2027, None): 1_000,
    }
    assert sum(row.amount_pence for row in proposal.amounts.all()) == sum(
        row.amount_pence for row in version.amounts.all()
    )
    assert by_council(version.amounts)["ICT", "brockvale", 2027, None] == 100_001
    assert [event.action for event in AuditEvent.objects.order_by("pk")] == ["propose_plan", "save_amounts"]
    assert f"Plan version {proposal.number} is proposed already" in text_of(browser.get(PAGE))


def test_vesting_day_within_a_year_leaves_the_months_before_it_with_the_council(
    scene: Scene, version: Any
) -> None:
    """Brockvale ends on 1 July 2027; North, which plans £119.97 of the year already, takes on its months."""
    (north,) = ends(scene, north=1)
    Council.objects.filter(pk=scene.brockvale.pk).update(abolished_on=date(2027, 7, 1))
    CouncilSuccessor.objects.update(from_on=date(2027, 7, 1))
    factories.plan_version(
        scene.programme,
        2,
        amounts=[
            (scene.saving, scene.brockvale, 2027, None, 36_600),
            (scene.saving, north, 2027, None, 11_997),
            (scene.saving, scene.councils[0], 2027, None, 1_000),
        ],
    )
    proposal = propose_succession(scene.programme, scene.brockvale, by=scene.manager)
    assert by_council(proposal.amounts) == {
        ("ICT", "ashmere", 2027, None): 1_000,
        **{("ICT", "brockvale", 2027, month): 3_034 if month == 1 else 3_033 for month in (1, 2, 3)},
        **{("ICT", "north", 2027, month): 4_389 if month < 9 else 4_388 for month in range(4, 13)},
    }


def test_open_forecast_passes_once_and_what_was_returned_stays(scene: Scene, version: Any) -> None:
    _north, _ = ends(scene, north=60, south=40)
    api = api_of(scene.manager)
    scene.claim(10_000)
    before = savings_against_plan(scene.programme, as_of=date(2026, 11, 24)).total_of(Measure.GROSS)
    shown = api.get(API).json()
    assert shown[0]["weights"] == {"north": "60", "south": "40"}
    assert shown[0]["forecast"] == [
        {
            "line": "ICT",
            "fy": 2027,
            "amount": "1000.01",
            "kept": "0.00",
            "taken": {"north": "600.01", "south": "400.00"},
        },
        {
            "line": "ICT",
            "fy": 2028,
            "amount": "0.05",
            "kept": "0.00",
            "taken": {"north": "0.03", "south": "0.02"},
        },
    ]
    made = api.post(API, {"council": "brockvale", "ledger": "forecast"}, format="json")
    snapshot = ForecastSnapshot.objects.latest("pk")
    assert (made.status_code, made.json()) == (
        201,
        {"plan_proposal": None, "forecast_snapshot": snapshot.pk},
    )
    assert by_council(snapshot.amounts) == PASSED | {
        ("ICT", "brockvale", 2026, None): 100_001,
        ("ICT", "brockvale", 2027, None): 0,
        ("ICT", "brockvale", 2028, 2): 0,
    }
    after = savings_against_plan(scene.programme, as_of=date(2026, 11, 24))
    assert (after.total_of(Measure.GROSS).forecast, before.forecast) == (before.forecast, 201_007)
    figures = {
        one.name: tuple(
            getattr(after.total_of(Measure.GROSS, one), basis.value)
            for basis in (Basis.CURRENT, Basis.FORECAST, Basis.CLAIMED)
        )
        for one in after.councils
        if one.name in {"Brockvale", "North"}
    }
    assert figures == {"Brockvale": (200_007, 100_001, 10_000), "North": (0, 60_004, 0)}
    event = AuditEvent.objects.get(action="pass_forecast")
    assert event.after["weights"] == {"north": "60.000", "south": "40.000"}
    again = api.post(API, {"council": "brockvale", "ledger": "forecast"}, format="json")
    said = "Nothing of Brockvale is in the forecast from 1 April 2027 on"
    assert problems(again) == [{"field": "council", "message": said}]
    page = text_of(page_of(scene.manager).get("/programmes/abc/savings/"))
    assert "Brockvale is abolished on 1 April 2027, North takes over on 1 April 2027 and South" in page


def test_no_successor_is_asked_for_by_page_and_by_api(scene: Scene, version: Any) -> None:
    ends(scene)
    answer = page_of(scene.manager).post(PAGE, {"council": "brockvale", "ledger": "plan"})
    assert refusals(answer) == [DUE]
    made = api_of(scene.manager).post(API, {"council": "brockvale", "ledger": "plan"}, format="json")
    assert problems(made) == [{"field": "council", "message": DUE}]
    assert PlanProposal.objects.count() == 0


def test_claims_and_forecasts_after_vesting_go_to_the_successor(scene: Scene, version: Any) -> None:
    north, _ = ends(scene, north=60, south=40)
    officer = factories.UserFactory(name="N Finance")
    factories.role(officer, RoleName.FINANCE_OFFICER, council=north)
    at = "/api/v1/actual-amounts/"
    sent = {"programme": "abc", "line": "ICT", "fy": 2027, "period": 1, "amount": "5.00"}
    forecast = {"programme": "abc", "as_at_on": "2027-05-02", "commentary": "Succession as recorded"}
    line = {"line": "ICT", "fy": 2028, "period": None, "amount": "1.00"}
    with time_machine.travel("2027-05-02 12:00:00+00:00", tick=False):
        old = api_of(scene.finance).post(at, sent | {"council": "brockvale"}, format="json")
        assert problems(old)[0]["message"] == DUE
        new = api_of(officer).post(at, sent | {"council": "north"}, format="json")
        assert new.status_code == 201, new.content
        early = api_of(officer).post(at, sent | {"council": "north", "fy": 2026, "period": 7}, format="json")
        assert problems(early)[0]["message"] == "North joined on 1 April 2027. Choose a later period"
        late = api_of(scene.finance).post(
            "/api/v1/forecast-amounts/",
            forecast | {"amounts": [line | {"council": "brockvale"}]},
            format="json",
        )
        assert DUE in late.content.decode()


def test_successors_read_the_history_and_strangers_do_not(scene: Scene, version: Any) -> None:
    north, _ = ends(scene, north=60, south=40)
    reader, stranger = factories.UserFactory(), factories.UserFactory()
    factories.role(reader, RoleName.SCRUTINY_MEMBER, council=north)
    factories.role(stranger, RoleName.SCRUTINY_MEMBER, council=factories.CouncilFactory())
    pages = (PAGE, "/programmes/abc/savings/", "/councils/north/succession/", f"/lines/{scene.saving.pk}/")
    assert [page_of(reader).get(page).status_code for page in pages] == [200] * 4
    assert [page_of(stranger).get(page).status_code for page in pages] == [404] * 4
    assert page_of(reader).post(PAGE, {"council": "brockvale", "ledger": "plan"}).status_code == 403
    assert "Propose this plan" not in text_of(page_of(reader).get(PAGE))
    rows = list(
        csv.reader(StringIO(b"".join(page_of(reader).get("/programmes/abc/succession.csv")).decode()))
    )
    assert rows[1] == [
        "Brockvale",
        "Plan",
        "ICT",
        "Lower cost of ICT",
        "2027-28",
        "1000.01",
        "Brockvale",
        "0.00",
    ]
    assert [row[6:] for row in rows[2:4]] == [["North", "600.01"], ["South", "400.00"]]


@pytest.mark.parametrize("count", [1, 3])
def test_page_takes_a_fixed_number_of_queries(scene: Scene, version: Any, count: int) -> None:
    ends(scene, **{f"new-{number}": number for number in range(1, count + 1)})
    browser = page_of(scene.manager)
    with CaptureQueriesContext(connection) as captured:
        assert browser.get(PAGE).status_code == 200
    assert len(captured) == 13


def corrected(scene: Scene, **weights: int) -> dict[str, Any]:
    """What the API is sent to name the successors of Brockvale anew."""
    version = Council.objects.get(pk=scene.brockvale.pk).version
    rows = [{"council": key, "weight": weight} for key, weight in weights.items()]
    return {"version": version, "abolished_on": "2027-04-01", "successors": rows}


HELD = "North holds 2 amounts in the forecast of ABC. Forecast £0 for them before North stops taking over"


def test_successor_that_holds_entries_is_not_replaced_by_page_or_by_api(scene: Scene, version: Any) -> None:
    north, south = ends(scene, north=60, south=40)
    pass_forecast(scene.programme, scene.brockvale, by=scene.manager)
    at = "/api/v1/councils/brockvale/succession/"
    api, sent = api_of(scene.manager), corrected(scene, south=100)
    assert problems(api.put(at, sent, format="json")) == [{"field": "successors", "message": HELD}]
    shares = {"successor_1": south.pk, "weight_1": "100"}
    form = {"abolished_on": "1 4 2027", "seen_version": sent["version"]} | shares
    answer = page_of(scene.manager).post("/councils/brockvale/succession/update/", form)
    assert refusals(answer) == [HELD]
    weights = CouncilSuccessor.objects.values_list("successor__key", "weight")
    assert dict(weights) == {"north": 60, "south": 40}
    assert not AuditEvent.objects.filter(action="record_abolition").exists()
    changed = api.put(at, corrected(scene, north=50, south=50), format="json")
    assert changed.status_code == 200, changed.content
    rows = [(scene.saving, north, 2027, None, 0), (scene.saving, north, 2028, 2, 0)]
    factories.forecast(scene.programme, date(2026, 11, 24), rows)
    replaced = api.put(at, corrected(scene, south=100), format="json")
    assert replaced.status_code == 200, replaced.content


def test_every_ledger_keeps_a_successor_and_says_how_it_is_taken_out(scene: Scene, version: Any) -> None:
    north, _ = ends(scene, north=60, south=40)
    key = scene.programme.partnership_id
    assert list(entries_held(north, key, scene.manager)) == []
    factories.plan_version(scene.programme, 2, amounts=[(scene.saving, north, 2027, None, 5)])
    factories.forecast(scene.programme, date(2026, 11, 1), [(scene.saving, north, 2027, None, 5)])
    factories.actual(scene.saving, north, 2027, 1, 5)
    factories.reduction(scene.saving, north, 2027)
    said = [
        "North holds 1 amount in the plan of {}. Propose a plan without them before North stops taking over",
        "North holds 1 amount in the forecast of {}. Forecast £0 for them before North stops taking over",
        "North holds 1 actual amount in the returns of {}. Reverse them before North stops taking over",
        "North holds 1 budget reduction for lines of {}. Withdraw them before North stops taking over",
    ]
    assert list(entries_held(north, key, scene.manager)) == [text.format("ABC") for text in said]
    stranger = factories.UserFactory()
    unread = [text.format("a programme that you do not read") for text in said]
    assert list(entries_held(north, key, stranger)) == unread


MEMBERSHIPS: list[tuple[str, dict[str, Any]]] = [
    ("left", {"status": "left", "left_first_on": VESTING, "left_last_on": VESTING}),
    ("declined", {"status": "declined"}),
    ("active", {"status": "active"}),
]


def test_no_pound_leaves_the_totals_whatever_memberships_and_successors_say(
    scene: Scene, version: Any
) -> None:
    """Each state of each council, with and without its successors; the sums stay what the ledgers hold."""
    ends(scene, north=60, south=40)
    pass_forecast(scene.programme, scene.brockvale, by=scene.manager)
    scene.claim(10_000)
    stranger = factories.CouncilFactory(name="Stranger", short_name="Stranger")
    factories.actual(scene.saving, stranger, 2026, 6, 9_999)
    found = []
    for council in scene.councils:
        for name, values in MEMBERSHIPS:
            for is_named in (True, False):
                council.memberships.update(**values)
                CouncilSuccessor.objects.update(weight=60 if is_named else 0)
                result = savings_against_plan(scene.programme, as_of=date(2026, 11, 24))
                whole = result.total_of(Measure.GROSS)
                keys = {one.key for one in result.councils} >= {"north", stranger.key}
                sums = (whole.original, whole.forecast, whole.claimed, keys)
                if sums != (201_007, 201_007, 19_999, True):
                    found.append((council.key, name, is_named, sums))
    assert found == []
    page = text_of(page_of(scene.manager).get("/programmes/abc/savings/"))
    assert "Stranger is no partner" in page
    at = "/programmes/abc/savings/entries/?basis=forecast&measure=gross_cashable&council=north"
    entries = text_of(page_of(scene.manager).get(at))
    assert "Lower cost of ICT ICT North 600.01" in entries


def test_proposal_shows_the_council_of_its_amounts_after_another_succeeds(scene: Scene, version: Any) -> None:
    ends(scene, north=60, south=40)
    proposal = propose_succession(scene.programme, scene.brockvale, by=scene.manager)
    sent = corrected(scene, south=100)
    answer = api_of(scene.manager).put("/api/v1/councils/brockvale/succession/", sent, format="json")
    assert answer.status_code == 200, answer.content
    browser = page_of(scene.manager)
    page = text_of(browser.get(f"/plan-proposals/{proposal.pk}/"))
    assert "Lower cost of ICT ICT North 2027 to 2028" in page
    rows = b"".join(browser.get(f"/plan-proposals/{proposal.pk}.csv")).decode()
    assert "North" in rows
    form = browser.get(f"/plan-proposals/{proposal.pk}/amounts/?council=south")
    held = [value for value in re.findall(r'value="([0-9.]+)"', form.content.decode()) if "." in value]
    assert ("Amounts of South" in text_of(form), held) == (True, ["400.00", "0.02"])
    former = f"/plan-proposals/{proposal.pk}/amounts/?council=north"
    shown = browser.get(former).content.decode()
    boxes = dict(re.findall(r'name="(a-[0-9-]+)"[^>]*value="([0-9.]*)"', shown))
    assert sorted(value for value in boxes.values() if value) == ["0.03", "600.01"]
    emptied = {"seen_version": proposal.version, **dict.fromkeys(boxes, "")}
    assert browser.post(former, emptied).status_code == 302
    assert not proposal.amounts.filter(council__key="north").exists()
