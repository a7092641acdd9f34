"""The register of agreements: list, detail, form, file and API."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.enums import RoleName
from accounts.models import User
from core.models import AuditEvent
from programme.enums import LegalBasis, Matter
from programme.models import Agreement, AgreementParty, Council, DisputeStep, Partnership, ReservedMatter
from tests import factories
from tests.benefits.scene import api_of, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NEW = "/partnerships/ab/agreements/new/"
API = "/api/v1/agreements/"


@pytest.fixture(autouse=True)
def day() -> Iterator[None]:
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture
def councils(db: None) -> list[Council]:
    return [
        factories.CouncilFactory(short_name=name, key=name.lower(), name=f"{name} Council")
        for name in ("Ashmere", "Brockvale", "Carrick")
    ]


@pytest.fixture
def partnership(councils: list[Council]) -> Partnership:
    made: Partnership = factories.PartnershipFactory(key="ab", name="A and B", councils=councils[:2])
    return made


@pytest.fixture
def manager(partnership: Partnership) -> User:
    user: User = factories.UserFactory()
    factories.role(user, RoleName.PROGRAMME_MANAGER, partnership=partnership)
    return user


@pytest.fixture
def reader(councils: list[Council]) -> User:
    user: User = factories.UserFactory()
    factories.role(user, RoleName.MEMBER, council=councils[0])
    return user


FULL = {
    "kind": "iaa",
    "title": "Main agreement",
    "legal_basis": "lga1972_s101_5_s102",
    "terms": "Revenues and benefits",
    "decision_ref": "D-07",
    "in_force_on": "1 4 2026",
    "ends_on": "31 3 2028",
    "review_on": "1 10 2027",
    "notice_months": "12",
    "exit_terms": "Costs fall where they lie",
    "has_compensation": "on",
    "party.ashmere": "on",
    "signed_on.ashmere": "10 3 2026",
    "exit_cost_pence.ashmere": "120,000",
    "party.brockvale": "on",
    "notice_given_on.brockvale": "20 11 2026",
    "matter.business_case": "on",
    "note.business_case": "Any case above £50,000",
    "matter.exit": "on",
    "step.1": "Chief executives meet",
    "days.1": "14",
    "step.3": "Mediation",
    "days.3": "28",
}


def stored() -> tuple[list[Any], list[Any], list[Any]]:
    """Parties, reserved matters and dispute steps."""
    return (
        list(
            AgreementParty.objects.order_by("council__name").values_list(
                "council__key", "signed_on", "notice_given_on", "exit_cost_pence"
            )
        ),
        list(ReservedMatter.objects.order_by("pk").values_list("matter", "note")),
        list(DisputeStep.objects.order_by("order_index").values_list("order_index", "text", "days")),
    )


WHOLE = (
    [
        ("ashmere", date(2026, 3, 10), None, 120_000_00),
        ("brockvale", None, date(2026, 11, 20), None),
    ],
    [("business_case", "Any case above £50,000"), ("exit", "")],
    [(0, "Chief executives meet", 14), (1, "Mediation", 28)],
)


def test_agreement_is_recorded_with_all_its_parts_on_a_page(manager: User, partnership: Partnership) -> None:
    assert page_of(manager).post(NEW, FULL).status_code == 302
    made = Agreement.objects.get()
    assert (made.legal_basis, made.terms, made.decision_ref, made.has_compensation) == (
        LegalBasis.S101_5_S102,
        "Revenues and benefits",
        "D-07",
        True,
    )
    assert (made.in_force_on, made.ends_on, made.review_on, made.notice_months) == (
        date(2026, 4, 1),
        date(2028, 3, 31),
        date(2027, 10, 1),
        12,
    )
    assert stored() == WHOLE
    after = AuditEvent.objects.get(action="record_agreement").after
    assert after["reserved_matters"] == {"business_case": "Any case above £50,000", "exit": ""}
    assert after["parties"]["ashmere"] == {
        "signed_on": "2026-03-10",
        "notice_given_on": None,
        "exit_cost_pence": 120_000_00,
    }


def test_agreement_is_recorded_with_all_its_parts_by_the_api(manager: User, partnership: Partnership) -> None:
    sent = {
        "partnership": "ab",
        "kind": "iaa",
        "title": "Main agreement",
        "notice_months": 12,
        "ends_on": "2028-03-31",
        "parties": [
            {"council": "brockvale", "notice_given_on": "2026-11-20"},
            {"council": "ashmere", "signed_on": "2026-03-10", "exit_cost": "120,000"},
        ],
        "reserved_matters": [
            {"matter": "exit"},
            {"matter": "business_case", "note": "Any case above £50,000"},
        ],
        "dispute_steps": [
            {"text": "Chief executives meet", "days": 14},
            {"text": "Mediation", "days": 28},
        ],
    }
    answer = api_of(manager).post(API, sent, format="json")
    assert answer.status_code == 201
    assert stored() == WHOLE
    shown = api_of(manager).get(f"{API}{answer.json()['id']}/").json()
    assert shown["parties"][0] == {
        "council": "ashmere",
        "signed_on": "2026-03-10",
        "notice_given_on": None,
        "exit_cost": "120000.00",
    }
    assert (shown["reserved_matters"][1], shown["dispute_steps"][1]) == (
        {"matter": "exit", "note": ""},
        {"text": "Mediation", "days": 28},
    )


def test_change_keeps_what_is_left_out_by_the_api_and_leaves_a_trace_of_what_changed(
    manager: User, partnership: Partnership
) -> None:
    page_of(manager).post(NEW, FULL)
    made = Agreement.objects.get()
    sent = {"version": 1, "dispute_steps": [{"text": "Mediation", "days": 30}]}
    assert api_of(manager).patch(f"{API}{made.pk}/", sent, format="json").status_code == 200
    assert stored() == (*WHOLE[:2], [(0, "Mediation", 30)])
    event = AuditEvent.objects.get(action="update_agreement")
    assert event.before == {
        "dispute_steps": [["Chief executives meet", 14], ["Mediation", 28]],
        "version": 1,
    }
    assert event.after == {"dispute_steps": [["Mediation", 30]], "version": 2}
    same = {"version": 2, "dispute_steps": [{"text": "Mediation", "days": 30}]}
    assert api_of(manager).patch(f"{API}{made.pk}/", same, format="json").status_code == 200
    assert AuditEvent.objects.filter(action="update_agreement").count() == 1


def test_form_shows_what_is_stored_and_takes_rows_out(manager: User, partnership: Partnership) -> None:
    browser = page_of(manager)
    browser.post(NEW, FULL)
    made = Agreement.objects.get()
    html = browser.get(f"/agreements/{made.pk}/update/").content.decode()
    assert 'value="120,000.00"' in html
    assert 'value="Mediation"' in html
    assert "step.5" in html
    assert "step.6" not in html
    without = {
        name: value
        for name, value in FULL.items()
        if not name.endswith((".brockvale", ".exit", ".1")) and name != "has_compensation"
    }
    assert browser.post(f"/agreements/{made.pk}/update/", without | {"seen_version": 1}).status_code == 302
    assert stored() == ([WHOLE[0][0]], [WHOLE[1][0]], [(0, "Mediation", 28)])
    assert Agreement.objects.get().has_compensation is False


REFUSED: list[tuple[dict[str, str], dict[str, Any], str]] = [
    (
        {"ends_on": "1 4 2026"},
        {"in_force_on": "2026-04-01", "ends_on": "2026-04-01"},
        "End date must be after 1 April 2026",
    ),
    (
        {"notice_months": "-1"},
        {"notice_months": -1},
        "Notice must be a whole number of months, 0 or more",
    ),
    (
        {"signed_on.ashmere": "25 11 2026"},
        {"parties": [{"council": "ashmere", "signed_on": "2026-11-25"}]},
        "The day Ashmere signed must be today or in the past",
    ),
    (
        {"notice_given_on.ashmere": "25 11 2026"},
        {"parties": [{"council": "ashmere", "notice_given_on": "2026-11-25"}]},
        "The day Ashmere gave notice must be today or in the past",
    ),
    (
        {"step.2": "Talk"},
        {"dispute_steps": [{"text": "Meet", "days": 14}, {"text": "Talk", "days": None}]},
        "Enter the days of step 2 as a whole number, 0 or more",
    ),
    (
        {"days.2": "5"},
        {"dispute_steps": [{"text": "Meet", "days": 14}, {"text": "", "days": 5}]},
        "Enter what happens in step 2",
    ),
    (
        {"legal_basis": "lga1972_s113"},
        {"legal_basis": "lga1972_s113", "in_force_on": "2026-04-01"},
        "Confirm that affected officers have been consulted",
    ),
]


@pytest.mark.parametrize(("typed", "sent", "message"), REFUSED, ids=[row[2] for row in REFUSED])
def test_what_cannot_be_is_refused_by_page_and_api(
    manager: User, partnership: Partnership, typed: dict[str, str], sent: dict[str, Any], message: str
) -> None:
    assert refusals(page_of(manager).post(NEW, FULL | typed)) == [message]
    body = {"partnership": "ab", "kind": "iaa", "title": "Main agreement"} | sent
    response = api_of(manager).post(API, body, format="json")
    assert [problem["message"] for problem in problems(response)] == [message]
    assert not Agreement.objects.exists()


def test_refusals_of_one_way_in(manager: User, partnership: Partnership) -> None:
    unticked = {name: value for name, value in FULL.items() if name != "party.ashmere"}
    assert refusals(page_of(manager).post(NEW, unticked)) == [
        "Tick Ashmere as a party, or clear what is entered for it"
    ]
    body = {"partnership": "ab", "kind": "iaa", "title": "Main agreement"}
    for sent, message in (
        ({"parties": [{"council": "carrick"}]}, "Carrick is not a partner in this partnership"),
        ({"parties": [{"council": "ashmere"}] * 2}, "A council is named twice as a party. Keep one"),
        ({"reserved_matters": [{"matter": "exit"}] * 2}, "A matter is reserved twice. Keep one"),
        (
            {"parties": [{"council": "ashmere", "exit_cost": "12k"}]},
            "Enter the amount in full using numbers, for example 1,200,000",
        ),
    ):
        response = api_of(manager).post(API, body | sent, format="json")
        assert [problem["message"] for problem in problems(response)] == [message]
    assert not Agreement.objects.exists()


def test_readers_see_and_do_not_write(reader: User, manager: User, partnership: Partnership) -> None:
    page_of(manager).post(NEW, FULL)
    made = Agreement.objects.get()
    browser, api = page_of(reader), api_of(reader)
    assert browser.post(NEW, FULL).status_code == 403
    assert browser.post(f"/agreements/{made.pk}/update/", FULL).status_code == 403
    body = {"partnership": "ab", "kind": "iaa", "title": "Mine"}
    assert api.post(API, body, format="json").status_code == 403
    assert api.patch(f"{API}{made.pk}/", {"version": 1, "title": "Mine"}, format="json").status_code == 403
    assert (Agreement.objects.count(), Agreement.objects.get().version) == (1, 1)
    page = text_of(browser.get(f"/agreements/{made.pk}/")).replace("\xa0", " ")
    for words in (
        "In force From 1 April 2026 to 31 March 2028",
        "12 months To leave when it ends, give notice by 31 March 2027",
        "Notice given today runs out on 24 November 2027",
        "Not signed by Brockvale",
        "20 November 2026 Runs out on 20 November 2027",
        "Ashmere Council 10 March 2026 None given 120,000.00",
        "Approving the business case Any case above £50,000",
        "Chief executives meet 14 calendar days",
    ):
        assert words in page
    assert "Change the agreement" not in page


def test_register_lists_partnerships_that_one_may_read_and_the_file_says_the_same(
    reader: User, manager: User, partnership: Partnership
) -> None:
    page_of(manager).post(NEW, FULL)
    factories.AgreementFactory(partnership=partnership, title="Old terms", ref="AG-0")
    factories.AgreementFactory(partnership=factories.PartnershipFactory(), title="Of others")
    browser = page_of(reader)
    page = text_of(browser.get("/agreements/")).replace("\xa0", " ")
    assert ("Main agreement" in page, "Old terms" in page, "Of others" in page) == (True, True, False)
    in_force = text_of(browser.get("/agreements/?show=in-force"))
    assert ("Main agreement" in in_force, "Old terms" in in_force) == (True, False)
    lines = b"".join(browser.get("/agreements.csv?show=in-force")).decode("utf-8-sig").splitlines()
    assert len(lines) == 2
    assert lines[1] == (
        "A and B,AG-1,Main agreement,Inter-authority agreement,"
        "Local Government Act 1972 s101(5) and s102: joint committee,"
        '"Ashmere, Brockvale",Not signed by Brockvale,In force,2026-04-01,2028-03-31,2027-10-01,12,'
        '2027-03-31,yes,"Ashmere £120,000.00",Costs fall where they lie,D-07'
    )


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(
    reader: User,
    partnership: Partnership,
    councils: list[Council],
    count: int,
    django_assert_num_queries: Any,
) -> None:
    for number in range(count):
        made = factories.AgreementFactory(partnership=partnership, ref=f"AG-{number}")
        for council in councils[:2]:
            AgreementParty.objects.create(agreement=made, council=council)
        ReservedMatter.objects.create(agreement=made, matter=Matter.EXIT)
        DisputeStep.objects.create(agreement=made, order_index=0, text="Talk", days=5)
    browser = page_of(reader)
    with django_assert_num_queries(4):
        browser.get("/agreements/")
    with django_assert_num_queries(4):
        b"".join(browser.get("/agreements.csv"))
    with django_assert_num_queries(7):
        browser.get(f"/agreements/{made.pk}/")
    api = api_of(reader)
    with django_assert_num_queries(7):
        api.get(API)
