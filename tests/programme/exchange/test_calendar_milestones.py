"""Milestones in calendar feeds: of a programme, of a council, of a person; read again only when changed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.test import Client
from icalendar import Calendar

from core.rules.dates import ImpreciseDate
from programme.actions.calendar_feed import make_feed
from programme.actions.milestone import update_milestone
from programme.enums import FeedScope
from tests.factories import councils_of
from tests.programme.views.conftest import Scene

MARCH = date(2027, 3, 1)


def address(scene: Scene, scope: FeedScope, **of: Any) -> str:
    _, token = make_feed(by=scene.manager, scope=scope, **of)
    return f"/calendar/{token}.ics"


def events(answer: Any) -> list[tuple[str, date]]:
    """Title and day of each event, as a library reads them; none that it finds fault with."""
    calendar = Calendar.from_ical(answer.content)
    assert [part.errors for part in calendar.walk() if part.errors] == []
    return sorted((str(one["summary"]), one["dtstart"].dt) for one in calendar.walk("VEVENT"))


def test_feed_of_a_programme_holds_its_milestones(scene: Scene) -> None:
    spring = ImpreciseDate.season(2027, "spring")
    scene.milestone("Go-live", MARCH, ref="M-1", forecast=date(2027, 3, 19))
    scene.milestone("Agreed", MARCH, ref="M-2", actual=date(2026, 11, 2))
    scene.milestone("Offices", MARCH, ref="M-3", forecast=spring)
    scene.milestone("Called off", MARCH, ref="M-4", stated_state="cancelled", note="Secret marker")
    scene.milestone("Far away", date(2030, 1, 1), ref="M-5")
    answer = Client().get(address(scene, FeedScope.PROGRAMME, programme=scene.programme))
    assert events(answer) == [
        ("Achieved: Agreed (M-2)", date(2026, 11, 2)),
        ("Called off (M-4)", MARCH),
        ("Go-live (M-1)", date(2027, 3, 19)),
        ("Offices (M-3)", date(2027, 5, 31)),
    ]
    lines = answer.content.decode().replace("\r\n ", "")
    for line in (
        "METHOD:PUBLISH",
        "REFRESH-INTERVAL;VALUE=DURATION:PT4H",
        "X-PUBLISHED-TTL:PT4H",
        "SEQUENCE:1",
        "DESCRIPTION:Shared services\\nForecast: 19 March 2027. Planned: 1 March 2027",
        "DESCRIPTION:Shared services\\nForecast: spring 2027. Planned: 1 March 2027",
        "STATUS:CANCELLED",
    ):
        assert f"\r\n{line}\r\n" in lines
    assert "Secret marker" not in lines


def test_feeds_of_a_council_and_of_a_person_hold_their_own(scene: Scene) -> None:
    first, second, *_ = councils_of(scene.programme)
    own = scene.milestone("Own", MARCH, ref="M-1", owner=scene.reader)
    own.councils.set([first, second])
    scene.milestone("Theirs", MARCH, ref="M-2", owner=None).councils.set([second])
    scene.milestone("Everybody’s", MARCH, ref="M-3")
    read = Client().get
    assert [title for title, _ in events(read(address(scene, FeedScope.COUNCIL, council=first)))] == [
        "Everybody’s (M-3)",
        "Own (M-1)",
    ]
    assert [title for title, _ in events(read(address(scene, FeedScope.MINE)))] == ["Everybody’s (M-3)"]


def test_feed_is_sent_again_only_when_something_changed(scene: Scene) -> None:
    milestone = scene.milestone("Go-live", MARCH, ref="M-1")
    at, browser = address(scene, FeedScope.PROGRAMME, programme=scene.programme), Client()
    first = browser.get(at)
    seen = {"If-None-Match": first.headers["ETag"]}
    again = browser.get(at, headers=seen)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    update_milestone(milestone, by=scene.manager, seen_version=1, forecast_on=date(2027, 4, 1))
    changed = browser.get(at, headers=seen)
    entry = Calendar.from_ical(changed.content).walk("VEVENT")[0]
    assert (changed.status_code, str(entry["uid"]), entry["sequence"], entry["dtstart"].dt) == (
        200,
        f"milestone-{milestone.pk}@concordat",
        2,
        date(2027, 4, 1),
    )
    scene.manager.roles_held.update(to_on=date(2026, 11, 1))
    assert events(browser.get(at, headers={"If-None-Match": changed.headers["ETag"]})) == []
