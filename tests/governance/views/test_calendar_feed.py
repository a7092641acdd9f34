"""Calendar feeds: made and revoked on a page, read without a session, with the days of decisions."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from core.enums import PublicationClass
from core.exports.ical import CalendarEvent, calendar_bytes
from core.models import AuditEvent
from governance.models import Decision, Meeting
from programme.actions.calendar_feed import make_feed
from programme.enums import FeedScope
from programme.models import CalendarFeed, Programme
from tests.benefits.scene import api_of
from tests.factories import UserFactory, sign_in
from tests.governance import rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("as_of_the_story")]
AssertQueries = Callable[[int], AbstractContextManager[Any]]
ESCAPES = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}


@pytest.fixture
def as_of_the_story() -> Any:
    with time_machine.travel(rows.NOW, tick=False):
        yield


@pytest.fixture
def programme() -> Programme:
    return rows.programme_of()


def read_again(content: bytes) -> list[dict[str, str]]:
    """The events of a calendar as RFC 5545 says they are read: unfolded, unescaped, by name."""
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    assert content.startswith(b"BEGIN:VCALENDAR\r\n")
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.decode().replace("\r\n ", "").split("\r\n")
    events: list[dict[str, str]] = []
    for line in lines:
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            events.append({})
        elif events and line not in {"END:VEVENT", "END:VCALENDAR", ""}:
            events[-1][name.partition(";")[0]] = re.sub(r"\\.", lambda found: ESCAPES[found[0]], value)
    return events


def feed_of(programme: Programme, client: Client) -> Any:
    """The answer of a feed of the whole programme, read without a session."""
    _, token = make_feed(by=rows.reader_of(programme), scope=FeedScope.PROGRAMME, programme=programme)
    return client.get(f"/calendar/{token}.ics")


def test_calendar_survives_a_second_reading() -> None:
    moment = datetime(2026, 11, 27, 17, tzinfo=UTC)
    title = "Commas, semicolons; back\\slashes and – long titles " + "é" * 60
    events = [
        CalendarEvent("a-1", title, date(2026, 12, 8), note="One\ntwo", url="https://c.example/1"),
        CalendarEvent("b-2", "Closes", moment, place="Room 1", is_cancelled=True),
    ]
    found = read_again(calendar_bytes("Feed", events, made_at=datetime(2026, 11, 24, 9, tzinfo=UTC)))
    assert found == [
        {
            "SUMMARY": title,
            "DTSTART": "20261208",
            "DTEND": "20261209",
            "DTSTAMP": "20261124T090000Z",
            "UID": "a-1@concordat",
            "DESCRIPTION": "One\ntwo",
            "TRANSP": "TRANSPARENT",
            "URL": "https://c.example/1",
        },
        {
            "SUMMARY": "Closes",
            "DTSTART": "20261127T170000Z",
            "DTSTAMP": "20261124T090000Z",
            "UID": "b-2@concordat",
            "LOCATION": "Room 1",
            "STATUS": "CANCELLED",
        },
    ]


def test_feed_holds_meetings_last_days_and_call_in_closings(programme: Programme, client: Client) -> None:
    ict, sharing = rows.ict_contract(programme), rows.data_sharing(programme, is_key=True)
    Meeting.objects.create(
        body=rows.steering_group(programme),
        starts_at=datetime(2027, 1, 19, 18, 30, tzinfo=UTC),
        place="Town Hall",
        created_by=programme.created_by,
        updated_by=programme.created_by,
    )
    response = feed_of(programme, client)
    assert response.status_code == 200
    found = [(one["SUMMARY"], one["DTSTART"]) for one in read_again(response.content)]
    assert sorted(found) == [
        ("Call-in of Brockvale’s decision closes: D-09 Shared ICT contract", "20261127T170000"),
        ("Carrick decides: D-08 Data-sharing agreement", "20261203"),
        ("Joint steering group meets", "20270119T183000Z"),
        ("Last day: Carrick publishes the agenda: D-08 Data-sharing agreement", "20261125"),
        ("Last day: Carrick publishes the key decision notice: D-08 Data-sharing agreement", "20261104"),
    ]
    addresses = {one["URL"].rpartition("/decisions/")[2] for one in read_again(response.content)}
    assert {f"{ict.pk}/", f"{sharing.pk}/"} < addresses


def test_feed_is_private_and_needs_no_session(programme: Programme, client: Client) -> None:
    response = feed_of(programme, client)
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert response.headers["Cache-Control"] == "private, no-cache"
    assert not response.cookies


def test_feed_holds_nothing_exempt(programme: Programme, client: Client) -> None:
    decision = rows.data_sharing(programme, text="Marker of the text", summary="Marker of the summary")
    Decision.objects.filter(pk=decision.pk).update(
        publication_class=PublicationClass.EXEMPT, exempt_paragraph=3, public_interest_reason="Bids are open"
    )
    content = feed_of(programme, client).content.decode()
    assert "Data-sharing agreement" in content.replace("\r\n ", "")
    assert "Marker" not in content


def test_feed_of_a_council_holds_its_own_days(programme: Programme, client: Client) -> None:
    rows.ict_contract(programme)
    rows.data_sharing(programme)
    user, carrick = rows.reader_of(programme), rows.members(programme)[2]
    _, token = make_feed(by=user, scope=FeedScope.COUNCIL, council=carrick)
    found = read_again(client.get(f"/calendar/{token}.ics").content)
    assert sorted(one["SUMMARY"] for one in found) == [
        "Carrick decides: D-08 Data-sharing agreement",
        "Last day: Carrick publishes the agenda: D-08 Data-sharing agreement",
    ]


def test_feed_of_someone_who_may_no_longer_read_is_empty(programme: Programme, client: Client) -> None:
    rows.ict_contract(programme)
    user = rows.reader_of(programme)
    _, token = make_feed(by=user, scope=FeedScope.PROGRAMME, programme=programme)
    user.roles_held.update(to_on=date(2026, 11, 1))
    assert read_again(client.get(f"/calendar/{token}.ics").content) == []
    user.is_active = False
    user.save()
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_feed_is_made_on_a_page_and_revoked_there(programme: Programme, client: Client) -> None:
    user = rows.reader_of(programme)
    sign_in(client, user)
    made = client.post("/calendar/new/", {"holds": f"programme-{programme.key}"})
    address = re.search(r"/calendar/[\w-]+\.ics", made.content.decode())
    assert address
    assert "no-store" in made.headers["Cache-Control"]
    assert address[0] not in client.get("/calendar/").content.decode()
    feed = CalendarFeed.objects.get()
    assert (feed.user, feed.scope, feed.programme) == (user, FeedScope.PROGRAMME, programme)
    assert feed.token_hash not in address[0]
    assert Client().get(address[0]).status_code == 200
    client.post(f"/calendar/{feed.pk}/end/")
    assert Client().get(address[0]).status_code == 404
    assert list(AuditEvent.objects.values_list("action", flat=True)) == ["make_feed", "revoke_feed"]


def test_feed_by_api_tells_its_address_once_and_is_revoked(programme: Programme) -> None:
    client, at = api_of(rows.reader_of(programme)), "/api/v1/calendar-feeds/"
    asked = {"scope": "programme", "programme": programme.key}
    made = client.post(at, asked, format="json")
    assert (made.status_code, made.headers["Cache-Control"]) == (201, "no-store")
    told = made.json()
    path = "/calendar/" + told.pop("address").partition("/calendar/")[2]
    assert told == {"id": told["id"], **asked, "council": None, "created_at": told["created_at"]}
    assert client.get(at).json() == [told]
    assert Client().get(path).status_code == 200
    wrong = [{"scope": "programme"}, {"scope": "mine", "council": "carrick"}, asked | {"scope": "council"}]
    assert [client.post(at, one, format="json").status_code for one in wrong] == [400, 400, 400]
    ends = [client.post(f"{at}{told['id']}/end/").status_code for _ in range(2)]
    assert (ends, Client().get(path).status_code) == ([204, 404], 404)
    stranger = api_of(UserFactory())
    assert stranger.post(at, asked, format="json").status_code == 404


def test_feed_of_another_person_is_not_there(programme: Programme, client: Client) -> None:
    feed, _ = make_feed(by=rows.reader_of(programme), scope=FeedScope.MINE)
    sign_in(client, rows.reader_of(programme))
    assert client.post(f"/calendar/{feed.pk}/end/").status_code == 404


def test_feed_of_what_one_may_not_read_is_refused(programme: Programme, client: Client) -> None:
    sign_in(client, UserFactory())
    response = client.post("/calendar/new/", {"holds": f"programme-{programme.key}"})
    assert response.status_code == 422
    assert "Choose what the feed is to hold" in response.content.decode()
    assert not CalendarFeed.objects.exists()


def test_feed_takes_one_number_of_queries(
    programme: Programme, client: Client, django_assert_num_queries: AssertQueries
) -> None:
    _, token = make_feed(by=rows.reader_of(programme), scope=FeedScope.PROGRAMME, programme=programme)
    rows.ict_contract(programme)
    with django_assert_num_queries(10):
        client.get(f"/calendar/{token}.ics")
    for index in range(3):
        rows.data_sharing(programme, ref=f"D-{index}")
    with django_assert_num_queries(10):
        client.get(f"/calendar/{token}.ics")
