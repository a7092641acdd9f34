"""Programmes, agreements and councils that join, leave or end: by page and API, with each refusal."""

from datetime import date
from decimal import Decimal

import pytest
import time_machine

from accounts.enums import RoleName
from core.models import AuditEvent
from programme.enums import AgreementKind, LgrStatus, MemberStatus
from programme.models import Agreement, Council, CouncilSuccessor, Membership, Partnership, Programme
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
START = "/start-a-programme/"
API = "/api/v1/programmes/"


@pytest.fixture(autouse=True)
def day():
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def councils(db):
    return [
        factories.CouncilFactory(short_name=name, key=name.lower(), name=f"{name} Council")
        for name in ("Ashmere", "Brockvale", "Carrick")
    ]


@pytest.fixture
def partnership(councils):
    return factories.PartnershipFactory(key="ab", name="A and B", councils=councils[:2])


@pytest.fixture
def manager(partnership):
    user = factories.UserFactory()
    factories.role(user, RoleName.PROGRAMME_MANAGER, partnership=partnership)
    return user


@pytest.fixture
def administrator(db):
    user = factories.UserFactory()
    factories.role(user, RoleName.ADMINISTRATOR)
    return user


@pytest.fixture
def reader(councils):
    user = factories.UserFactory()
    factories.role(user, RoleName.MEMBER, council=councils[0])
    return user


def typed(**changes):
    return {"name": "Shared waste", "base_fy": "2026", "horizon_years": "5", **changes}


def test_manager_starts_a_programme_by_page_and_api(manager, partnership, councils):
    response = page_of(manager).post(START, typed(partnership=partnership.pk, councils=[councils[2].pk]))
    assert response.status_code == 302
    body = typed(partnership="ab", base_fy=2026, horizon_years=60)
    answer = api_of(manager).post(API, body, format="json")
    assert (answer.status_code, answer.json()["key"]) == (201, "shared-waste-2")
    rows = Programme.objects.order_by("pk").values_list("key", "partnership__key", "base_fy", "horizon_years")
    assert list(rows) == [("shared-waste", "ab", 2026, 5), ("shared-waste-2", "ab", 2026, 60)]
    assert [council.key for council in factories.councils_of(Programme.objects.first())] == [
        "ashmere",
        "brockvale",
        "carrick",
    ]
    event = AuditEvent.objects.filter(action="create_programme").first()
    assert event.after["councils"] == ["ashmere", "brockvale", "carrick"]
    assert page_of(manager).get("/programmes/shared-waste/").status_code == 200


def test_administrator_founds_a_partnership_and_cannot_read_it(administrator, councils):
    chosen = [councils[2].pk, councils[0].pk]
    page_of(administrator).post(START, typed(partnership_name="Coast", councils=chosen))
    made = Programme.objects.get()
    assert (made.partnership.name, made.partnership.key) == ("Coast", "coast")
    assert [council.key for council in factories.councils_of(made)] == ["ashmere", "carrick"]
    assert page_of(administrator).get(made.get_absolute_url()).status_code == 404
    body = typed(partnership_name="Hills", base_fy=2026, councils=["ashmere", "brockvale"])
    assert api_of(administrator).post(API, body, format="json").status_code == 201
    assert Partnership.objects.get(name="Hills").memberships.count() == 2


REFUSED = [
    ({"councils": ["ashmere"]}, ["Add at least 2 councils"]),
    ({"base_fy": None}, ["Select a financial year, for example 2026 to 2027"]),
    ({"horizon_years": "0"}, ["Appraisal period must be a whole number of years from 1 to 60"]),
    ({"horizon_years": "61"}, ["Appraisal period must be a whole number of years from 1 to 60"]),
    ({"horizon_years": "2.5"}, ["Appraisal period must be a whole number of years from 1 to 60"]),
]


@pytest.mark.parametrize(("changes", "messages"), REFUSED)
def test_programme_that_cannot_be_is_refused_by_page_and_api(administrator, councils, changes, messages):
    given = typed(partnership_name="Coast", councils=["ashmere", "carrick"]) | changes
    keys = {council.key: council.pk for council in councils}
    on_page = {**given, "councils": [keys[key] for key in given["councils"]]}
    on_page = {name: value for name, value in on_page.items() if value is not None}
    assert refusals(page_of(administrator).post(START, on_page)) == messages
    response = api_of(administrator).post(API, given, format="json")
    assert [error["message"] for error in problems(response)] == messages
    assert (Programme.objects.count(), Partnership.objects.count()) == (0, 0)


def test_council_that_is_in_already_is_refused_by_page_and_api(manager, partnership, councils):
    message = "Brockvale is already in this programme"
    sent = typed(partnership=partnership.pk, councils=[councils[1].pk])
    assert refusals(page_of(manager).post(START, sent)) == [message]
    body = typed(partnership="ab", base_fy=2026, councils=["brockvale"])
    response = api_of(manager).post(API, body, format="json")
    assert problems(response) == [{"field": "councils", "message": message}]
    assert not Programme.objects.exists()


def test_others_start_no_programme(reader, manager, partnership, councils):
    assert page_of(reader).get(START).status_code == 403
    body = typed(partnership="ab", base_fy=2026)
    assert api_of(reader).post(API, body, format="json").status_code == 403
    founded = typed(partnership_name="Mine", base_fy=2026, councils=["ashmere", "carrick"])
    assert api_of(manager).post(API, founded, format="json").status_code == 403
    factories.PartnershipFactory(key="else")
    elsewhere = typed(partnership="else", base_fy=2026)
    assert api_of(manager).post(API, elsewhere, format="json").status_code == 404
    assert not Programme.objects.exists()


def test_agreement_by_page_and_api(manager, partnership):
    page_of(manager).post(
        "/partnerships/ab/agreements/new/",
        {"kind": "iaa", "title": "Our agreement", "notice_months": "12", "exit_terms": "Split by use"},
    )
    body = {"partnership": "ab", "kind": "data_sharing", "title": "Records", "in_force_on": "2026-12-01"}
    answer = api_of(manager).post("/api/v1/agreements/", body, format="json")
    assert (answer.status_code, answer.json()["ref"], answer.json()["in_force_on"]) == (
        201,
        "AG-2",
        "2026-12-01",
    )
    rows = Agreement.objects.order_by("pk").values_list("ref", "kind", "title", "notice_months")
    assert list(rows) == [("AG-1", "iaa", "Our agreement", 12), ("AG-2", "data_sharing", "Records", None)]
    page = text_of(page_of(manager).get("/partnerships/ab/")).replace("\xa0", " ")
    assert "Our agreement AG-1 Inter-authority agreement Not in force 12 months Split by use" in page


def test_section_113_agreement_in_force_before_consultation_is_refused(manager, partnership):
    message = "Confirm that affected officers have been consulted"
    browser, api = page_of(manager), api_of(manager)
    given = {"kind": "s113", "title": "Officers", "in_force_on": "1 12 2026"}
    assert refusals(browser.post("/partnerships/ab/agreements/new/", given)) == [message]
    body = {"partnership": "ab", "kind": "s113", "title": "Officers", "in_force_on": "2026-12-01"}
    assert problems(api.post("/api/v1/agreements/", body, format="json")) == [
        {"field": "officers_consulted", "message": message}
    ]
    assert not Agreement.objects.exists()
    draft = factories.AgreementFactory(partnership=partnership, kind=AgreementKind.S113)
    into_force = {**given, "seen_version": 1}
    assert refusals(browser.post(f"/agreements/{draft.pk}/update/", into_force)) == [message]
    patch = {"version": 1, "in_force_on": "2026-12-01"}
    response = api.patch(f"/api/v1/agreements/{draft.pk}/", patch, format="json")
    assert problems(response)[0]["message"] == message
    browser.post(f"/agreements/{draft.pk}/update/", into_force | {"officers_consulted": "on"})
    draft.refresh_from_db()
    assert (draft.in_force_on, draft.officers_consulted, draft.version) == (date(2026, 12, 1), True, 2)
    assert browser.post(f"/agreements/{draft.pk}/update/", into_force).status_code == 409
    assert api.patch(f"/api/v1/agreements/{draft.pk}/", patch, format="json").status_code == 409


def test_council_joins_by_page_and_api(manager, partnership, councils):
    page_of(manager).post(
        "/partnerships/ab/councils/new/", {"council": councils[2].pk, "joined_on": "1 10 2026"}
    )
    row = Membership.objects.get(council=councils[2])
    assert (row.status, row.joined_first_on, row.order_index) == (MemberStatus.ACTIVE, date(2026, 10, 1), 2)
    message = "Carrick is already in this programme"
    sent = {"council": "carrick", "joined_on": "2026-10-01"}
    response = api_of(manager).post("/api/v1/partnerships/ab/join/", sent, format="json")
    assert problems(response) == [{"field": "councils", "message": message}]
    dunmoor = factories.CouncilFactory(key="dunmoor", short_name="Dunmoor")
    answer = api_of(manager).post(
        "/api/v1/partnerships/ab/join/", {"council": "dunmoor", "joined_on": "2026-11-01"}, format="json"
    )
    assert (answer.status_code, answer.json()["council"], answer.json()["version"]) == (201, "dunmoor", 1)
    later = {"council": dunmoor.pk, "joined_on": "1 12 2026"}
    assert refusals(page_of(manager).post("/partnerships/ab/councils/new/", later)) == [
        "Joining date must be today or in the past"
    ]


def test_council_leaves_and_its_history_stays(manager, partnership, councils):
    row = partnership.memberships.get(council=councils[1])
    address = f"/memberships/{row.pk}/leave/"
    given = {"left_on": "31 3 2026", "why": "Its council voted to leave", "seen_version": 1}
    browser = page_of(manager)
    assert refusals(browser.post(address, given | {"why": "no"})) == [
        "Explain why it left, in at least 10 characters"
    ]
    assert refusals(browser.post(address, given | {"left_on": "25 11 2026"})) == [
        "Leaving date must be today or in the past"
    ]
    browser.post(address, given)
    row.refresh_from_db()
    assert (row.status, row.left_last_on, row.note, row.version) == (
        MemberStatus.LEFT,
        date(2026, 3, 31),
        "Its council voted to leave",
        2,
    )
    event = AuditEvent.objects.get(action="record_council_left")
    assert (event.why, event.before["status"], event.after["left"]) == (
        "Its council voted to leave",
        "active",
        "31 March 2026",
    )
    assert browser.post(address, given).status_code == 409
    sent = {"council": "brockvale", "left_on": "2026-04-30", "why": "Its council voted again", "version": 2}
    response = api_of(manager).post("/api/v1/partnerships/ab/leave/", sent, format="json")
    assert problems(response)[0]["message"] == "Brockvale is not a partner now"
    sent = {"council": "ashmere", "left_on": "2026-04-30", "why": "Its council voted to leave", "version": 1}
    answer = api_of(manager).post("/api/v1/partnerships/ab/leave/", sent, format="json")
    assert (answer.status_code, answer.json()["status"], answer.json()["left"]["first_on"]) == (
        200,
        "left",
        "2026-04-30",
    )


def test_council_that_left_joins_again_in_its_place(manager, partnership, councils):
    row = partnership.memberships.get(council=councils[1])
    page_of(manager).post(
        f"/memberships/{row.pk}/leave/",
        {"left_on": "31 3 2026", "why": "Its council voted to leave", "seen_version": 1},
    )
    page_of(manager).post(
        "/partnerships/ab/councils/new/", {"council": councils[1].pk, "joined_on": "1 10 2026"}
    )
    row.refresh_from_db()
    assert (row.status, row.order_index, row.joined_first_on, row.left_first_on) == (
        MemberStatus.ACTIVE,
        1,
        date(2026, 10, 1),
        None,
    )


def test_successors_by_page_and_api(manager, partnership, councils):
    ashmere, brockvale, carrick = councils
    address = "/councils/ashmere/succession/update/"
    given = {"abolished_on": "1 4 2028", "seen_version": 1}
    shares = {"successor_1": brockvale.pk, "weight_1": "130,200", "successor_2": carrick.pk, "weight_2": "0"}
    page_of(manager).post(address, given | shares)
    ashmere.refresh_from_db()
    assert (ashmere.abolished_on, ashmere.lgr_status, ashmere.version) == (
        date(2028, 4, 1),
        LgrStatus.ORDER_MADE,
        2,
    )
    rows = CouncilSuccessor.objects.order_by("pk").values_list("successor__key", "weight", "from_on")
    assert list(rows) == [
        ("brockvale", Decimal(130_200), date(2028, 4, 1)),
        ("carrick", Decimal(0), date(2028, 4, 1)),
    ]
    page = text_of(page_of(manager).get("/councils/ashmere/succession/")).replace("\xa0", " ")
    assert "Ashmere is due to be abolished on 1 April 2028, vesting day of its successors." in page
    assert "Brockvale Council 1 April 2028 130200 of 130200" in page
    body = {
        "version": 2,
        "abolished_on": "2028-04-01",
        "successors": [{"council": "carrick", "weight": "1.5"}],
    }
    answer = api_of(manager).put("/api/v1/councils/ashmere/succession/", body, format="json")
    assert (answer.status_code, answer.json()["successors"]) == (
        200,
        [{"council": "carrick", "weight": "1.500", "from_on": "2028-04-01"}],
    )
    assert api_of(manager).put("/api/v1/councils/ashmere/succession/", body, format="json").status_code == 409
    assert page_of(manager).post(address, given | shares).status_code == 409
    assert CouncilSuccessor.objects.get().successor == carrick


BAD_SHARES = [
    ([("brockvale", "0")], "At least one council must have a share greater than 0"),
    ([("brockvale", "-1")], "Share for Brockvale must be 0 or more"),
    ([("brockvale", "many")], "Enter a share for Brockvale, or 0 if it takes nothing over"),
    ([("brockvale", "")], "Enter a share for Brockvale, or 0 if it takes nothing over"),
]


@pytest.mark.parametrize(("shares", "message"), BAD_SHARES)
def test_shares_that_cannot_be_are_refused_by_page_and_api(manager, partnership, councils, shares, message):
    keys = {council.key: council.pk for council in councils}
    given = {"abolished_on": "1 4 2028", "seen_version": 1}
    for number, (key, weight) in enumerate(shares, 1):
        given |= {f"successor_{number}": keys[key], f"weight_{number}": weight}
    assert refusals(page_of(manager).post("/councils/ashmere/succession/update/", given)) == [message]
    rows = [{"council": key, "weight": weight} for key, weight in shares]
    body = {"version": 1, "abolished_on": "2028-04-01", "successors": rows}
    response = api_of(manager).put("/api/v1/councils/ashmere/succession/", body, format="json")
    assert [error["message"] for error in problems(response)] == [message]
    assert not CouncilSuccessor.objects.exists()
    assert Council.objects.get(key="ashmere").abolished_on is None


@pytest.mark.parametrize(
    ("address", "body"),
    [
        ("post:agreements/", {"partnership": "ab", "kind": "iaa", "title": "T"}),
        ("post:partnerships/ab/join/", {"council": "carrick", "joined_on": "2026-01-01"}),
        (
            "post:partnerships/ab/leave/",
            {"council": "ashmere", "left_on": "2026-01-01", "why": "Because we say so", "version": 1},
        ),
        (
            "put:councils/ashmere/succession/",
            {"version": 1, "abolished_on": "2028-04-01", "successors": []},
        ),
    ],
)
def test_reader_changes_nothing_and_stranger_finds_nothing(reader, partnership, councils, address, body):
    method, _, path = address.partition(":")
    stranger = factories.UserFactory()
    factories.role(stranger, RoleName.PROGRAMME_MANAGER, partnership=factories.PartnershipFactory())
    answers = [
        getattr(api_of(user), method)(f"/api/v1/{path}", body, format="json").status_code
        for user in (reader, stranger)
    ]
    assert answers == [403, 404]
    assert not AuditEvent.objects.exists()


def test_reader_sees_agreements_without_ways_to_change_them(reader, manager, partnership):
    factories.AgreementFactory(partnership=partnership, title="Our agreement")
    page = text_of(page_of(reader).get("/partnerships/ab/"))
    assert ("Our agreement" in page, "Record an agreement" in page, "Record that it left" in page) == (
        True,
        False,
        False,
    )
    page = text_of(page_of(manager).get("/partnerships/ab/"))
    assert ("Record an agreement" in page, "Record that it left" in page) == (True, True)


@pytest.mark.parametrize("rows", [1, 4])
def test_partnership_takes_one_number_of_queries(reader, partnership, rows, django_assert_num_queries):
    factories.AgreementFactory.create_batch(rows, partnership=partnership)
    browser = page_of(reader)
    with django_assert_num_queries(7):
        browser.get("/partnerships/ab/")


def test_sro_reads_like_others(partnership, councils):
    programme = factories.ProgrammeFactory(partnership=partnership)
    for name in (RoleName.SRO, RoleName.MONITORING_OFFICER, RoleName.HR_LEAD):
        user = factories.UserFactory()
        factories.role(user, name, partnership=partnership)
        assert page_of(user).get(programme.get_absolute_url()).status_code == 200
        assert page_of(user).get("/partnerships/ab/agreements/new/").status_code == 403
        assert str(name.label) in text_of(page_of(user).get("/account/"))
