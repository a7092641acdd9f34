"""Pools and keys through the page and the API: the same keys, the same refusals (rows 9 to 23, 76, 77)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from accounts.enums import RoleName
from core.models import AuditEvent
from governance.enums import DecisionState
from programme.enums import LgrStatus, SeriesName
from programme.models import CouncilSuccessor
from services.actions.runs import share_amount
from services.models import ApportionmentKey, CostPool, KeyWeight
from tests.api.test_reads import client_of
from tests.factories import CouncilFactory, CouncilFigureFactory, DecisionFactory, sign_in
from tests.pages import text_of
from tests.services.factories import CostPoolFactory, key_of
from tests.services.key_scene import KeyScene, key_scene, messages_in, stored
from tests.services.rows import reader_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene() -> KeyScene:
    return key_scene()


def weights_of(key: ApportionmentKey) -> dict[str, Decimal]:
    return dict(KeyWeight.objects.filter(key=key).order_by("pk").values_list("council__key", "weight"))


def test_key_added_through_the_page(scene: KeyScene) -> None:
    key = scene.add_key("130,200", "140600", "106,300.5")
    assert weights_of(key) == {
        "ashmere": Decimal(130_200),
        "brockvale": Decimal(140_600),
        "carrick": Decimal("106300.5"),
    }
    columns = ("basis", "effective_from_on", "effective_to_on", "decision_ref", "driver_source", "as_at_on")
    assert [getattr(key, name) for name in columns] == [
        "population",
        date(2026, 4, 1),
        None,
        "D-001",
        "Mid-year estimates",
        date(2025, 6, 30),
    ]
    event = AuditEvent.objects.get(action="create_key")
    assert (event.by, event.scope, event.after["weights"], event.channel) == (
        scene.manager,
        "abc",
        {"ashmere": "130200", "brockvale": "140600", "carrick": "106300.5"},
        "page",
    )
    page = text_of(scene.client.get(f"/pools/{scene.pool.pk}/"))
    assert "From 1 April 2026 Applies now" in page
    assert "Ashmere 130,200 34.5% Brockvale 140,600 37.3% Carrick 106,300.5 28.2%" in page
    assert "D-001 Share the running costs" in page
    listed = text_of(scene.client.get("/programmes/abc/apportionment/"))
    assert (
        "Running costs P-1 Population Mid-year estimates Ashmere 34.5% Brockvale 37.3% Carrick 28.2%"
        in listed
    )


def test_key_added_through_the_api(scene: KeyScene) -> None:
    sent = scene.key_json(scene.key_sent("63", "37", "0", basis="fixed_percent"), pool=scene.pool.pk)
    answer = scene.post("keys/", sent)
    assert answer.status_code == 201
    made = answer.json()
    assert (made["weights"], made["programme"], made["effective_to_on"]) == (
        [
            {"council": "ashmere", "weight": "63"},
            {"council": "brockvale", "weight": "37"},
            {"council": "carrick", "weight": "0"},
        ],
        "abc",
        None,
    )
    assert AuditEvent.objects.get().channel == "api"


WRONG = {
    "9 date": (
        ("1", "1", "1", {"effective_from_on": "31 4 2027"}),
        ("effective_from_on", "Enter a real date, for example 30 4 2027"),
    ),
    "12 end before start": (
        ("1", "1", "1", {"effective_to_on": "31 3 2026"}),
        ("effective_to_on", "End date must be after 1 April 2026"),
    ),
    "18 nobody pays": (
        ("0", "0", "0", {}),
        ("weights.ashmere", "At least one council must have a share greater than 0"),
    ),
    "19 negative": (("1", "1", "-1", {}), ("weights.carrick", "Share for Carrick must be 0 or more")),
    "20 not 100": (
        ("50", "30", "19.9", {"basis": "fixed_percent"}),
        ("weights.ashmere", "Percentages must add up to 100. They add up to 99.9"),
    ),
    "21 missing": (
        ("1", "1", "", {}),
        ("weights.carrick", "Enter a share for Carrick, or 0 if it pays nothing"),
    ),
    "22 overlap": (
        ("1", "1", "1", {"effective_to_on": "1 4 2027"}),
        ("effective_from_on", "Another key applies from 1 April 2027. End it first"),
    ),
    "23 no decision": (
        ("1", "1", "1", {"decision_ref": ""}),
        ("decision_ref", "Choose the decision that agreed this key"),
    ),
    "23 decision blocked": (
        ("1", "1", "1", {"decision_ref": "D-002"}),
        ("decision_ref", "Choose the decision that agreed this key"),
    ),
    "number": (
        ("1e3", "1", "1", {}),
        ("weights.ashmere", "Enter the share for Ashmere in numbers, for example 130,200 or 57,341.2"),
    ),
    "decimals": (
        ("1.00005", "1", "1", {}),
        ("weights.ashmere", "Share for Ashmere must have no more than 4 decimal places"),
    ),
    "equal": (
        ("2", "1", "1", {"basis": "equal"}),
        ("weights.ashmere", "Equal shares need the same number for each council that pays"),
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_wrong_key_is_refused_and_nothing_kept(scene: KeyScene, case: str) -> None:
    (a, b, c, changes), (field, message) = WRONG[case]
    DecisionFactory(programme=scene.programme, ref="D-002", state=DecisionState.BLOCKED)
    key_of(scene.pool, dict.fromkeys(scene.councils, 1), from_on=date(2027, 4, 1))
    sent = scene.key_sent(a, b, c, **({"effective_to_on": "31 3 2027"} | changes))
    before = stored()
    page = scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", sent)
    assert (page.status_code, messages_in(page)) == (422, [(f"id_{field}", message)])
    for typed in (text for name, text in sent.items() if name.startswith("weights.") and text):
        assert f'value="{typed}"' in page.content.decode()
    if case != "9 date":
        api = scene.post("keys/", scene.key_json(sent, pool=scene.pool.pk))
        assert (api.status_code, api.json()["errors"]) == (400, [{"field": field, "message": message}])
    assert stored() == before


def test_several_things_wrong_are_said_at_once(scene: KeyScene) -> None:
    answer = scene.client.post(
        f"/pools/{scene.pool.pk}/keys/new/",
        scene.key_sent("1", "", "-2", decision_ref="", effective_to_on="1 1 2026"),
    )
    assert sorted(messages_in(answer)) == [
        ("id_decision_ref", "Choose the decision that agreed this key"),
        ("id_effective_to_on", "End date must be after 1 April 2026"),
        ("id_weights.brockvale", "Enter a share for Brockvale, or 0 if it pays nothing"),
        ("id_weights.carrick", "Share for Carrick must be 0 or more"),
    ]


LEFT = "Carrick left on 31 March 2026. Choose an earlier period"


def test_key_past_a_council_s_leaving_is_refused(scene: KeyScene) -> None:
    """Row 76, INV-42: a key with the leaver in it ends that day; without it none is missed."""
    scene.leaves(scene.councils[2], date(2026, 3, 31))
    sent = scene.key_sent("1", "1", "1")
    page = scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", sent)
    assert messages_in(page) == [("id_effective_to_on", LEFT)]
    api = scene.post("keys/", scene.key_json(sent, pool=scene.pool.pk))
    assert api.json()["errors"] == [{"field": "effective_to_on", "message": LEFT}]
    assert stored() == (0, 0)
    scene.add_key("1", "1", "1", effective_from_on="1 4 2025", effective_to_on="31 3 2026")
    assert weights_of(scene.add_key("1", "1", "")) == {"ashmere": 1, "brockvale": 1}


def test_key_before_a_council_joins_is_refused(scene: KeyScene) -> None:
    scene.joins(scene.councils[2], date(2027, 4, 1))
    message = "Carrick joined on 1 April 2027. Choose a later period"
    answer = scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", scene.key_sent("1", "1", "1"))
    assert (messages_in(answer), stored()) == ([("id_effective_from_on", message)], (0, 0))
    scene.add_key("1", "1", "0")


def test_council_of_another_partnership_cannot_be_in_a_key(scene: KeyScene) -> None:
    CouncilFactory(key="elsewhere")
    sent = scene.key_json(scene.key_sent("1", "1", "1"), pool=scene.pool.pk)
    sent["weights"] |= {"elsewhere": "1"}
    answer = scene.post("keys/", sent)
    assert answer.json()["errors"] == [
        {"field": "weights.elsewhere", "message": "elsewhere is not a partner in this programme"}
    ]
    assert stored() == (0, 0)


ABOLISHED = "Ashmere is due to be abolished on 1 April 2028. Choose the successor"


@pytest.fixture
def ashmere_ends(scene: KeyScene) -> None:
    ashmere = scene.councils[0]
    ashmere.abolished_on, ashmere.lgr_status = date(2028, 4, 1), LgrStatus.ORDER_MADE
    ashmere.save()


@pytest.mark.usefixtures("ashmere_ends")
def test_key_past_an_abolition_asks_for_the_successor(scene: KeyScene) -> None:
    """Row 77: a warning, kept with its reason; nothing is asked of a key that ends before."""
    sent = scene.key_sent("1", "1", "1")
    page = scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", sent)
    assert (page.status_code, messages_in(page)) == (422, [("id_successor_reason", ABOLISHED)])
    api = scene.post("keys/", scene.key_json(sent, pool=scene.pool.pk))
    assert api.json()["errors"] == [{"field": "successor_reason", "message": ABOLISHED}]
    assert stored() == (0, 0)
    scene.add_key("1", "1", "1", effective_to_on="31 3 2028")
    later = {"effective_from_on": "1 4 2028", "successor_reason": "The order is not made yet"}
    key = scene.add_key("1", "1", "1", **later)
    event = AuditEvent.objects.order_by("-pk").first()
    assert (key.note, event.why) == ("The order is not made yet", "The order is not made yet")


@pytest.mark.usefixtures("ashmere_ends")
def test_successor_can_be_in_a_key_from_vesting_day(scene: KeyScene) -> None:
    ashmere = scene.councils[0]
    new = CouncilFactory(key="newshire", short_name="Newshire", name="Newshire Council")
    CouncilSuccessor.objects.create(
        council=ashmere,
        successor=new,
        weight=1,
        from_on=date(2028, 4, 1),
        created_by=scene.manager,
        updated_by=scene.manager,
    )
    answer = scene.client.post(
        f"/pools/{scene.pool.pk}/keys/new/", scene.key_sent("0", "1", "1", **{"weights.newshire": "1"})
    )
    assert messages_in(answer) == [
        ("id_effective_from_on", "Newshire joined on 1 April 2028. Choose a later period")
    ]
    changes = {"weights.newshire": "1", "effective_from_on": "1 4 2028"}
    assert weights_of(scene.add_key("0", "1", "1", **changes))["newshire"] == 1


def test_boxes_are_filled_from_the_figures_of_the_councils(scene: KeyScene) -> None:
    for council, people in zip(scene.councils, (130_200, 140_600, None), strict=True):
        if people:
            CouncilFigureFactory(council=council, series=SeriesName.POPULATION, year=2025, quantity=people)
    answer = scene.client.post(
        f"/pools/{scene.pool.pk}/keys/new/",
        scene.key_sent("", "", "5") | {"fill": "population-2025", "then": "fill", "note": "As agreed"},
    )
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Population, 2025, 2 of 3 councils" in page
    boxes = {one.name: one.value() for one in answer.context["form"].council_boxes}
    assert boxes == {"weights.ashmere": "130200", "weights.brockvale": "140600", "weights.carrick": ""}
    assert answer.context["form"]["basis"].value() == "population"
    assert answer.context["form"]["driver_source"].value() == "Population 2025, figures of the councils"
    assert answer.context["form"]["note"].value() == "As agreed"
    assert stored() == (0, 0)


def test_equal_shares_are_filled_with_1_each(scene: KeyScene) -> None:
    sent = scene.key_sent("", "", "") | {"fill": "equal", "then": "fill"}
    form = scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", sent).context["form"]
    assert [one.value() for one in form.council_boxes] == ["1", "1", "1"]


def test_unused_key_can_be_changed(scene: KeyScene) -> None:
    key = scene.add_key("1", "1", "1")
    page = scene.client.get(f"/keys/{key.pk}/edit/")
    assert [one.value() for one in page.context["form"].council_boxes] == ["1", "1", "1"]
    sent = scene.key_sent("2", "1", "0") | {"seen_version": "1"}
    assert scene.client.post(f"/keys/{key.pk}/edit/", sent).status_code == 302
    key.refresh_from_db()
    assert (weights_of(key), key.version) == ({"ashmere": 2, "brockvale": 1, "carrick": 0}, 2)
    event = AuditEvent.objects.get(action="update_key")
    assert (event.before["weights"], event.after["weights"]) == (
        {"ashmere": "1", "brockvale": "1", "carrick": "1"},
        {"ashmere": "2", "brockvale": "1", "carrick": "0"},
    )


def test_stale_change_is_refused(scene: KeyScene) -> None:
    key = scene.add_key("1", "1", "1")
    ApportionmentKey.objects.update(version=2)
    sent = scene.key_sent("2", "1", "0") | {"seen_version": "1"}
    page = scene.client.post(f"/keys/{key.pk}/edit/", sent)
    api = client_of(scene.manager).put(
        f"/api/v1/keys/{key.pk}/", scene.key_json(scene.key_sent("2", "1", "0"), version=1)
    )
    assert (page.status_code, api.status_code) == (409, 409)
    assert weights_of(key) == {"ashmere": 1, "brockvale": 1, "carrick": 1}


USED = "This key has shared amounts and cannot be changed. End it and start another from a later day"


def test_used_key_cannot_be_changed_but_another_follows_it(scene: KeyScene) -> None:
    """INV-24: what was shared stays; acceptance 16: the same day's replacement."""
    key = scene.add_key("1", "1", "1")
    run = share_amount(scene.pool, fy=2026, pence=300, purpose="Support", by=scene.manager)
    sent = scene.key_sent("2", "1", "0")
    page = scene.client.post(f"/keys/{key.pk}/edit/", sent | {"seen_version": "1"}, follow=True)
    assert USED in text_of(page)
    api = client_of(scene.manager).put(f"/api/v1/keys/{key.pk}/", scene.key_json(sent, version=1))
    assert api.json()["detail"] == USED
    ended = scene.client.post(f"/keys/{key.pk}/end/", {"effective_to_on": "31 3 2028", "seen_version": "1"})
    assert ended.status_code == 302
    scene.add_key("1", "1", "0", effective_from_on="1 4 2028")
    assert [share.share_pence for share in run.shares.all()] == [100, 100, 100]
    assert weights_of(key) == {"ashmere": 1, "brockvale": 1, "carrick": 1}


@pytest.mark.parametrize(
    ("to_on", "message"),
    [
        ("31 3 2026", "End date must be after 1 April 2026"),
        ("1 4 2028", "Another key applies from 1 April 2028. End it first"),
        ("31 3 2028", "Carrick left on 31 March 2027. Choose an earlier period"),
    ],
)
def test_wrong_end_is_refused(scene: KeyScene, to_on: str, message: str) -> None:
    key = scene.add_key("1", "1", "1", effective_to_on="31 3 2027")
    key_of(scene.pool, {scene.councils[0]: 1}, from_on=date(2028, 4, 1))
    scene.leaves(scene.councils[2], date(2027, 3, 31))
    before = stored()
    page = scene.client.post(f"/keys/{key.pk}/end/", {"effective_to_on": to_on, "seen_version": "1"})
    day = "-".join(f"{int(part):02d}" for part in reversed(to_on.split()))
    api = scene.post(f"keys/{key.pk}/end/", {"effective_to_on": day, "version": 1})
    assert (page.status_code, [words for _, words in messages_in(page)]) == (422, [message])
    assert (api.status_code, api.json()["detail"]) == (400, message)
    key.refresh_from_db()
    assert (stored(), key.effective_to_on) == (before, date(2027, 3, 31))


def test_key_ended_through_the_api(scene: KeyScene) -> None:
    key = scene.add_key("1", "1", "1")
    answer = scene.post(f"keys/{key.pk}/end/", {"effective_to_on": "2027-03-31", "version": 1})
    assert (answer.status_code, answer.json()["effective_to_on"], answer.json()["version"]) == (
        200,
        "2027-03-31",
        2,
    )
    event = AuditEvent.objects.get(action="end_key")
    assert (event.before, event.after) == (
        {"effective_to_on": None, "version": 1},
        {"effective_to_on": "2027-03-31", "version": 2},
    )


def test_what_must_be_done_when_a_council_has_left(scene: KeyScene) -> None:
    scene.add_key("1", "1", "1")
    scene.leaves(scene.councils[2], date(2026, 9, 30))
    task = "Carrick left on 30 September 2026. End this key on that day and start another without it"
    for path in ("/programmes/abc/apportionment/", f"/pools/{scene.pool.pk}/"):
        page = text_of(scene.client.get(path))
        assert "What must be done" in page
        assert task in page


def test_pool_added_through_page_and_api(scene: KeyScene) -> None:
    assert scene.client.post("/programmes/abc/apportionment/new/", {"name": "Set-up"}).status_code == 302
    answer = scene.post("pools/", {"programme": "abc", "name": "Savings", "description": "of revenues"})
    assert (answer.status_code, answer.json()["ref"]) == (201, "P-3")
    assert list(CostPool.objects.values_list("ref", "name", "description")) == [
        ("P-1", "Running costs", ""),
        ("P-2", "Set-up", ""),
        ("P-3", "Savings", "of revenues"),
    ]


@pytest.mark.parametrize(
    ("name", "message"),
    [(" ", "Enter the name"), ("running COSTS", "There is a pool called running COSTS already")],
)
def test_pool_without_a_name_of_its_own_is_refused(scene: KeyScene, name: str, message: str) -> None:
    page = scene.client.post("/programmes/abc/apportionment/new/", {"name": name})
    api = scene.post("pools/", {"programme": "abc", "name": name})
    assert messages_in(page) == [("id_name", message)]
    assert api.json()["detail"].startswith(message)
    assert CostPool.objects.count() == 1


def test_finance_officer_changes_keys_and_a_reader_does_not(scene: KeyScene) -> None:
    finance = scene.officer(RoleName.FINANCE_OFFICER, council=scene.councils[1])
    sign_in(scene.client, finance)
    scene.add_key("1", "1", "1")
    reader = reader_of(scene.programme)
    sign_in(scene.client, reader)
    sent = scene.key_sent("1", "1", "1")
    page = scene.client.post(f"/pools/{scene.pool.pk}/keys/new/", sent)
    api = client_of(reader).post("/api/v1/keys/", scene.key_json(sent, pool=scene.pool.pk))
    assert (page.status_code, api.status_code) == (403, 403)
    assert "Only the programme manager or a finance officer can change apportionment keys" in (
        page.content.decode()
    )
    assert ApportionmentKey.objects.count() == 1
    assert "Add a key" not in scene.client.get(f"/pools/{scene.pool.pk}/").content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_whatever_its_length(
    scene: KeyScene, django_assert_num_queries, count: int
) -> None:
    for place in range(count):
        pool = CostPoolFactory(programme=scene.programme, ref=f"Q-{place}")
        for year in range(count):
            weights = dict.fromkeys(scene.councils, 1)
            key_of(pool, weights, from_on=date(2024 + year, 4, 1), to_on=date(2025 + year, 3, 31))
            share_amount(pool, fy=2024 + year, pence=300, purpose="Support", by=scene.manager)
    with django_assert_num_queries(QUERIES_OF_LIST):
        scene.client.get("/programmes/abc/apportionment/")
    with django_assert_num_queries(QUERIES_OF_POOL):
        scene.client.get(f"/pools/{pool.pk}/")


QUERIES_OF_LIST = 15
QUERIES_OF_POOL = 19


def test_pool_is_corrected_until_it_has_shared_amounts(scene: KeyScene) -> None:
    edit, api = f"/pools/{scene.pool.pk}/edit/", f"pools/{scene.pool.pk}/"
    named = {"name": "Running costs of ICT", "description": "Licences"}
    assert scene.client.post(edit, named | {"seen_version": 1}).status_code == 302
    assert scene.client.post(edit, named | {"name": "Other", "seen_version": 1}).status_code == 409
    event = AuditEvent.objects.get(action="update_pool")
    assert (event.by, event.after, event.before["name"]) == (scene.manager, named, "Running costs")
    CostPoolFactory(programme=scene.pool.programme, name="One-off costs")
    assert (
        "There is a pool called one-off costs already"
        in scene.client.post(edit, named | {"name": "one-off costs", "seen_version": 2}).content.decode()
    )
    key = key_of(scene.pool, dict.fromkeys(scene.councils, 1))
    share_amount(scene.pool, pence=300, fy=2026, purpose="Licences", by=scene.manager)
    refused = scene.client.post(edit, named | {"name": "Other", "seen_version": 2})
    assert refused.status_code == 422
    assert "This pool has shared amounts, so its name stays" in refused.content.decode()
    answer = client_of(scene.manager).put(
        f"/api/v1/{api}", named | {"description": "Licences and calls", "version": 2}, format="json"
    )
    assert (answer.status_code, answer.json()["description"]) == (200, "Licences and calls")
    assert key.pool.runs.count() == 1
