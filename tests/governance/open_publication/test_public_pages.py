"""Everybody reads the latest open edition where it was made public, and nothing else, ever."""

from __future__ import annotations

import json
import re
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from redis.exceptions import RedisError

from core.publishing.keeping import to_bytes
from core.throttling import VisitorThrottle
from governance.models import Edition, EditionFile, OpenPage
from programme.models import Programme
from tests import factories
from tests.governance.open_publication.opened import NUMBER, open_edition, sample

pytestmark = pytest.mark.django_db
ONLY_OPEN = re.compile(r'NOT \(?("governance_editioncontent"|U\d+)\."is_exempt"')
SECRET = "Only in the exempt version"


@pytest.fixture
def programme() -> Programme:
    """A public programme with two editions, each with an exempt version, and one of a council alone."""
    made: Programme = factories.ProgrammeFactory(key="shared", name="Shared")
    open_edition(made, sample("The first said this."), number=NUMBER - 1, exempt=sample(SECRET))
    open_edition(made, sample(), exempt=sample(SECRET))
    council = factories.councils_of(made)[0]
    own = factories.ReportFactory(programme=made, council=council)
    factories.edition_of(own, 9, open=sample(SECRET))
    return made


def addresses(number: int = NUMBER) -> dict[str, str]:
    """Every address of open publication about a programme."""
    arguments: dict[str, list[Any]] = {
        "open_page": ["shared"],
        "open_summary": ["shared"],
        "open_editions": ["shared"],
        "open_table": ["shared", "savings"],
        "open_edition": ["shared", number],
        "open_content": ["shared", number],
        "open_edition_table": ["shared", number, "savings"],
        "open_file": ["shared", number, "zip"],
    }
    return {name: reverse(f"governance:{name}", args=taken) for name, taken in arguments.items()}


def test_every_address_answers_everybody_with_open_versions(client: Client, programme: Programme) -> None:
    wrong, counts = {}, {}
    for name, address in {**addresses(), "open_index": "/open/", "open_feed": "/open/feed.json"}.items():
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(address)
        counts[name] = len(asked)
        reads = [one["sql"] for one in asked if 'FROM "governance_editioncontent"' in one["sql"]]
        is_open = all(ONLY_OPEN.search(sql) for sql in reads)
        told = answer.content.decode("utf-8", "replace")
        headers = (answer.headers.get("Vary", ""), answer.headers["Cache-Control"], "ETag" in answer.headers)
        again = client.get(address, headers={"If-None-Match": answer.headers.get("ETag", "")}).status_code
        found = (answer.status_code, is_open, SECRET in told, headers, bool(answer.cookies), again)
        if found != (200, True, False, ("", "public, max-age=300", True), False, 304):
            wrong[name] = found
    assert wrong == {}
    assert counts == {
        "open_page": 4,
        "open_summary": 2,
        "open_editions": 4,
        "open_table": 2,
        "open_edition": 4,
        "open_content": 2,
        "open_edition_table": 2,
        "open_file": 2,
        "open_index": 1,
        "open_feed": 2,
    }


def test_nothing_is_there_when_the_page_is_off_or_holds_no_such_thing(
    client: Client, programme: Programme
) -> None:
    missing = ["/open/other/", "/open/shared/data/nothing.csv", "/open/shared/editions/9/"]
    missing += ["/open/shared/editions/7/report.pdf"]
    assert {one: client.get(one).status_code for one in missing} == dict.fromkeys(missing, 404)
    EditionFile.objects.update(path="editions/gone")
    assert client.get(addresses()["open_file"]).status_code == 404
    EditionFile.objects.update(path="")
    assert "report.zip" not in client.get("/open/shared/").content.decode()
    OpenPage.objects.update(is_on=False)
    off = {name: client.get(address).status_code for name, address in addresses().items()}
    assert off == dict.fromkeys(off, 404)
    assert "Shared" not in client.get("/open/").content.decode()
    assert client.get("/open/feed.json").json()["items"] == []
    OpenPage.objects.update(is_on=True)
    assert client.get(addresses()["open_page"]).status_code == 200


def test_page_says_what_the_edition_says_and_files_hold_it(client: Client, programme: Programme) -> None:
    page = client.get("/open/shared/").content.decode()
    said = ("Saved so far: £1,234.50.", "Withheld: exempt under paragraph 3", ">1,234.50</td>", "Edition 6")
    assert [one for one in said if one not in page] == []
    assert "The first said this." in client.get("/open/shared/editions/6/").content.decode()
    table = client.get(addresses()["open_table"])
    assert table.content.decode() == "Council,Verified\r\nAshmere,1234.50\r\n"
    assert table.headers["Access-Control-Allow-Origin"] == "*"
    content = client.get(addresses()["open_content"]).content
    listed = client.get(addresses()["open_editions"]).json()
    latest = listed["editions"][0]["_edition"]
    assert (latest["number"], latest["sha256"]) == (NUMBER, sha256(content).hexdigest())
    assert json.loads(content)["title"] == "Benefits report: Shared"
    assert [one["url"].partition("/open/")[2] for one in listed["tables"]] == ["shared/data/savings.csv"]
    feed = client.get("/open/feed.json").json()
    assert (feed["version"], [one["_edition"]["number"] for one in feed["items"]]) == (
        "https://jsonfeed.org/version/1.1",
        [NUMBER, NUMBER - 1],
    )
    assert feed["items"][0]["attachments"][0]["mime_type"] == "application/zip"


def test_summary_alone_may_stand_in_a_frame(client: Client, programme: Programme) -> None:
    framed = {}
    for name, address in addresses().items():
        answer = client.get(address)
        policy = answer.headers["Content-Security-Policy"]
        is_framed = "frame-ancestors *" in policy and "X-Frame-Options" not in answer.headers
        framed[name] = (is_framed, b"noindex" in answer.content)
    assert framed == {name: (name == "open_summary", name == "open_summary") for name in framed}


def test_correction_is_told_on_both_editions(client: Client, programme: Programme) -> None:
    first = Edition.objects.get(number=NUMBER - 1)
    corrected = Edition.objects.create(
        programme=programme,
        number=8,
        as_of_on=first.as_of_on,
        corrects=first,
        what_changed="A total was wrong.",
        published_by=first.published_by,
    )
    corrected.contents.create(content=to_bytes(sample()), content_hash="0")
    old, new = (client.get(addresses(number)["open_edition"]).content.decode() for number in (6, 8))
    assert ("This edition is corrected by" in old, "A total was wrong." in old) == (True, True)
    assert "This edition corrects edition 6." in new


def test_feed_reads_the_same_rows_for_one_and_many(client: Client, programme: Programme) -> None:
    for number in range(3):
        other = factories.ProgrammeFactory(name=f"Other {number}")
        open_edition(other, sample())
    with CaptureQueriesContext(connection) as asked:
        items = client.get("/open/feed.json").json()["items"]
    assert (len(items), len(asked)) == (5, 2)
    assert date.fromisoformat(items[0]["_edition"]["as_of_on"]) == date(2026, 10, 31)


def test_who_asks_too_often_waits_a_minute_and_nobody_else(client: Client, settings: Any) -> None:
    settings.OPEN_REQUESTS_A_MINUTE = 2
    cache.clear()
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False) as clock:
        answers = [client.get("/open/") for _ in range(3)]
        assert [one.status_code for one in answers] == [200, 200, 429]
        assert (answers[2]["Retry-After"], answers[2]["Cache-Control"]) == ("60", "no-store")
        assert "Wait a minute and load the page again" in answers[2].content.decode()
        assert client.get("/open/", REMOTE_ADDR="192.0.2.7").status_code == 200
        assert client.get("/open/", headers={"X-Forwarded-For": "192.0.2.8"}).status_code == 429
        settings.REST_FRAMEWORK = {**settings.REST_FRAMEWORK, "NUM_PROXIES": 1}
        behind = {"X-Forwarded-For": "203.0.113.1, 192.0.2.9"}
        assert client.get("/open/", headers=behind).status_code == 200
        assert client.get("/open/").status_code == 429
        clock.shift(61)
        assert client.get("/open/").status_code == 200


def test_cache_that_is_away_stops_nobody(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*args: Any) -> bool:
        raise RedisError

    monkeypatch.setattr(VisitorThrottle, "allow_request", away)
    assert client.get("/open/").status_code == 200
