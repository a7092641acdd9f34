"""Scrutiny's recommendations and the executives' answers, by page and API, each with its refusals."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
import time_machine

from accounts.enums import RoleName
from accounts.models import User
from core.models import AuditEvent
from governance.enums import CallInOutcome, ResponseState
from governance.models import ScrutinyRecommendation, ScrutinyResponse
from governance.rules.scrutiny import is_overdue, standing
from tests import factories
from tests.benefits.scene import Scene, api_of, make_scene, page_of, problems, refusals
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NEW = "/programmes/abc/scrutiny/new/"
LIST = "/programmes/abc/scrutiny/"
API = "/api/v1/scrutiny-recommendations/"
TODAY = date(2026, 11, 24)


@pytest.fixture
def scene() -> Iterator[Scene]:
    """Three councils; the reader is a scrutiny member of Brockvale."""
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield make_scene()


@pytest.fixture
def lead(scene: Scene) -> User:
    """Brockvale's lead officer."""
    user: User = factories.UserFactory(name="L Ead", email="lead@council.example")
    factories.role(user, RoleName.COUNCIL_LEAD, council=scene.brockvale)
    return user


def owed(scene: Scene, **fields: Any) -> ScrutinyResponse:
    """What Brockvale owes by 2 January 2027."""
    return factories.scrutiny_response(scene.programme, scene.brockvale, **fields)


def test_recommendation_asks_every_executive_by_page_and_api(scene: Scene) -> None:
    sent = {"text": "Publish the shares", "made_on": "24 11 2026", "body_text": "Joint scrutiny"}
    assert page_of(scene.reader).post(NEW, sent).status_code == 302
    body = {
        "programme": "abc",
        "text": "Publish the costs",
        "made_on": "2026-11-24",
        "councils": ["carrick"],
    }
    answer = api_of(scene.reader).post(API, body, format="json")
    assert (answer.status_code, answer.json()["ref"]) == (201, "SR-2")
    rows = ScrutinyResponse.objects.order_by("pk")
    assert list(rows.values_list("recommendation__ref", "council__key", "state", "response_due_on")) == [
        ("SR-1", "ashmere", "awaited", date(2027, 1, 24)),
        ("SR-1", "brockvale", "awaited", date(2027, 1, 24)),
        ("SR-1", "carrick", "awaited", date(2027, 1, 24)),
        ("SR-2", "carrick", "awaited", date(2027, 1, 24)),
    ]
    assert AuditEvent.objects.filter(action="make_recommendation").count() == 2


def test_recommendation_after_a_call_in_asks_the_council_whose_decision_it_was(scene: Scene) -> None:
    decision = factories.DecisionFactory(programme=scene.programme, councils=scene.councils)
    asked = decision.council_decisions.get(council=scene.brockvale)
    call_in = factories.CallInFactory(
        council_decision=asked,
        outcome=CallInOutcome.NO_ACTION,
        scrutiny_met_on=TODAY,
        released_on=TODAY,
    )
    browser = page_of(scene.reader)
    html = browser.get(f"{NEW}?call_in={call_in.pk}").content.decode()
    assert f'<option value="{call_in.pk}" selected>' in html
    browser.post(NEW, {"text": "Explain the cost", "made_on": "24 11 2026", "call_in": call_in.pk})
    made = ScrutinyRecommendation.objects.get()
    assert (made.call_in, made.decision) == (call_in, decision)
    assert list(made.responses.values_list("council__key", flat=True)) == ["brockvale"]


def test_executive_answers_and_then_it_is_done(scene: Scene, lead: User) -> None:
    row = owed(scene)
    sent = {
        "state": "accepted",
        "text": "We agree",
        "responded_on": "24 11 2026",
        "action": "Publish a table",
        "owner": lead.pk,
        "action_due_on": "1 3 2027",
        "seen_version": 1,
    }
    browser = page_of(lead)
    assert browser.post(f"/scrutiny-responses/{row.pk}/respond/", sent).status_code == 302
    assert browser.post(f"/scrutiny-responses/{row.pk}/respond/", sent).status_code == 409
    page = text_of(browser.get(LIST)).replace("\xa0", " ")
    assert "Publish a table L Ead, by 1 March 2027" in page
    done = {"version": 2, "done_on": "2026-11-24"}
    address = f"/api/v1/scrutiny-responses/{row.pk}/done/"
    assert api_of(lead).post(address, done, format="json").json()["state"] == "done"
    row.refresh_from_db()
    assert (row.state, row.done_on, row.version) == (ResponseState.DONE, TODAY, 3)
    actions = AuditEvent.objects.filter(object_id=row.pk, object_type="governance.scrutinyresponse")
    assert list(actions.order_by("pk").values_list("action", flat=True)) == [
        "respond_to_recommendation",
        "finish_recommendation",
    ]


def test_executive_member_answers_by_the_api(scene: Scene) -> None:
    row = owed(scene)
    member = factories.UserFactory()
    factories.role(member, RoleName.MEMBER, council=scene.brockvale)
    sent = {"version": 1, "state": "rejected", "text": "Too dear", "responded_on": "2026-11-24"}
    address = f"/api/v1/scrutiny-responses/{row.pk}/"
    assert api_of(member).patch(address, sent, format="json").status_code == 403
    body = factories.BodyFactory(partnership=scene.programme.partnership)
    factories.BodyMemberFactory(body=body, council=scene.brockvale, user=member, is_executive_member=True)
    assert api_of(member).patch(address, sent, format="json").json()["state"] == "rejected"


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"state": "accepted", "action": ""}, "Enter what will be done"),
    ({"state": "accepted", "action_due_on": ""}, "Choose who does it, and enter by when"),
    ({"responded_on": "25 11 2026"}, "Day of the response must be today or in the past"),
    ({"responded_on": "1 11 2026"}, "Day of the response must be on or after the recommendation"),
    ({"text": ""}, "Enter the response"),
]


@pytest.mark.parametrize(("changes", "message"), REFUSED, ids=[row[1] for row in REFUSED])
def test_answer_that_is_none_is_refused_by_page_and_api(
    scene: Scene, lead: User, changes: dict[str, Any], message: str
) -> None:
    row = owed(scene)
    typed = {
        "state": "partly",
        "text": "We agree",
        "responded_on": "24 11 2026",
        "action": "Publish a table",
        "owner": lead.pk,
        "action_due_on": "1 3 2027",
        "seen_version": 1,
        **changes,
    }
    assert refusals(page_of(lead).post(f"/scrutiny-responses/{row.pk}/respond/", typed)) == [message]
    days = {"25 11 2026": "2026-11-25", "1 11 2026": "2026-11-01", "24 11 2026": "2026-11-24"}
    sent = {
        **typed,
        "version": 1,
        "owner": lead.email,
        "responded_on": days[typed["responded_on"]],
        "action_due_on": "2027-03-01" if typed["action_due_on"] else None,
    }
    response = api_of(lead).patch(f"/api/v1/scrutiny-responses/{row.pk}/", sent, format="json")
    assert [problem["message"] for problem in problems(response)] == [message]
    row.refresh_from_db()
    assert (row.state, row.version) == (ResponseState.AWAITED, 1)


def test_other_refusals(scene: Scene, lead: User) -> None:
    row = owed(scene)
    browser, api = page_of(lead), api_of(lead)
    message = "Only what was accepted can be done"
    sent = {"done_on": "24 11 2026", "seen_version": 1}
    assert refusals(browser.post(f"/scrutiny-responses/{row.pk}/done/", sent)) == [message]
    answer = api.post(
        f"/api/v1/scrutiny-responses/{row.pk}/done/", {"version": 1, "done_on": "2026-11-24"}, format="json"
    )
    assert [problem["message"] for problem in problems(answer)] == [message]
    typed = {"text": "Publish", "made_on": "25 11 2026"}
    message = "Day it was made must be today or in the past"
    assert refusals(page_of(scene.reader).post(NEW, typed)) == [message]
    body = {"programme": "abc", "text": "Publish", "made_on": "2026-11-25"}
    answer = api_of(scene.reader).post(API, body, format="json")
    assert [problem["message"] for problem in problems(answer)] == [message]
    assert ScrutinyRecommendation.objects.count() == 1


def test_who_may_not_write(scene: Scene, lead: User) -> None:
    row = owed(scene)
    other = factories.scrutiny_response(scene.programme, scene.councils[0])
    typed = {"text": "Publish", "made_on": "24 11 2026"}
    assert page_of(lead).post(NEW, typed).status_code == 403
    body = {"programme": "abc", "text": "Publish", "made_on": "2026-11-24"}
    assert api_of(lead).post(API, body, format="json").status_code == 403
    for user, response in ((scene.reader, row), (lead, other)):
        browser, api = page_of(user), api_of(user)
        sent = {"version": 1, "state": "rejected", "text": "No", "responded_on": "2026-11-24"}
        address = f"/api/v1/scrutiny-responses/{response.pk}/"
        assert browser.post(f"/scrutiny-responses/{response.pk}/respond/", {}).status_code == 403
        assert browser.post(f"/scrutiny-responses/{response.pk}/done/", {}).status_code == 403
        assert api.patch(address, sent, format="json").status_code == 403
        done = {"version": 1, "done_on": "2026-11-24"}
        assert api.post(f"{address}done/", done, format="json").status_code == 403
    assert set(ScrutinyResponse.objects.values_list("version", flat=True)) == {1}


def test_list_and_file_show_what_is_overdue(scene: Scene) -> None:
    owed(scene, response_due_on=date(2026, 11, 23))
    factories.scrutiny_response(scene.programme, scene.councils[0], state=ResponseState.REJECTED)
    browser = page_of(scene.reader)
    page = text_of(browser.get(f"{LIST}?show=overdue")).replace("\xa0", " ")
    assert ("Brockvale Response overdue Due 23 November 2026" in page, "Not accepted" in page) == (
        True,
        False,
    )
    assert "not verified" in page
    lines = (
        b"".join(browser.get("/programmes/abc/scrutiny.csv?show=overdue")).decode("utf-8-sig").splitlines()
    )
    reference = ScrutinyRecommendation.objects.order_by("pk")[0].ref
    row = f"{reference},Publish the shares of each council,Scrutiny,2026-11-02,[x],Brockvale,Response overdue"
    assert lines[1:] == [f"{row},2026-11-23,[x],,,[x],[x],[x]"]


def test_standing_in_words() -> None:
    day, before = TODAY, date(2026, 11, 23)
    assert [
        standing(ResponseState.AWAITED, day, None, day),
        standing(ResponseState.AWAITED, before, None, day),
        standing(ResponseState.ACCEPTED, before, day, day),
        standing(ResponseState.PARTLY, before, before, day),
        standing(ResponseState.REJECTED, before, None, day),
        standing(ResponseState.DONE, before, before, day),
    ] == ["Response awaited", "Response overdue", "Accepted", "Action overdue", "Not accepted", "Done"]
    assert is_overdue(ResponseState.DONE, before, before, day) is False


@pytest.mark.parametrize("count", [1, 3])
def test_number_of_queries(scene: Scene, count: int, django_assert_num_queries: Any) -> None:
    for _ in range(count):
        owed(scene)
    browser = page_of(scene.reader)
    with django_assert_num_queries(11):
        browser.get(LIST)
    with django_assert_num_queries(8):
        b"".join(browser.get("/programmes/abc/scrutiny.csv"))
