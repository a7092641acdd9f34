"""My work."""

from __future__ import annotations

import csv
import io
from datetime import date
from typing import Any

import pytest

from accounts.enums import RoleName
from tests.factories import UserFactory, councils_of, role, sign_in
from tests.programme.views.conftest import Scene

URL = "/my-work/"
LATE, DUE, LATER = date(2026, 11, 13), date(2026, 11, 25), date(2027, 3, 1)


def text_of(scene: Scene, url: str = URL) -> str:
    return scene.client.get(url).content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        scene.milestone(f"Milestone {index}", LATE)
    with django_assert_num_queries(7):
        assert scene.client.get(URL).status_code == 200


def test_late_and_due_stand_in_sections(scene: Scene) -> None:
    scene.milestone("Agreement signed", LATE, is_critical=True)
    scene.milestone("Assessment published", DUE)
    scene.milestone("Service opens", LATER)
    page = text_of(scene)
    assert "2 milestones need you: 1 is late and 1 is due by 8 December 2026." in page
    places = [page.index(words) for words in ('id="h-late"', "Agreement", 'id="h-due"', "Assessment")]
    assert places == sorted(places)
    assert "Service opens" not in page
    assert "11 days late" in page
    assert "Tomorrow" in page
    assert "Key milestone" in page


@pytest.mark.parametrize(
    ("show", "expected"),
    [("late", ["Agreement"]), ("due", ["Assessment"]), ("later", ["Service"]), ("done", ["Briefing"])],
)
def test_links_narrow_the_list(scene: Scene, show: str, expected: list[str]) -> None:
    scene.milestone("Agreement", LATE)
    scene.milestone("Assessment", DUE)
    scene.milestone("Service", LATER)
    scene.milestone("Briefing", date(2026, 11, 6), actual=date(2026, 11, 5))
    page = text_of(scene, f"{URL}?show={show}")
    titles = ["Agreement", "Assessment", "Service", "Briefing"]
    assert [title for title in titles if f">{title}</a>" in page] == expected


def test_list_by_date_holds_all_that_is_open_and_keeps_the_choice(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    scene.milestone("Service", LATER)
    scene.milestone("Assessment", DUE)
    scene.milestone("Agreement", LATE)
    with django_assert_num_queries(7):
        page = text_of(scene, f"{URL}?by=date")
    places = [
        page.index(words)
        for words in ('id="h-late"', ">Agreement</a>", 'id="h-this-week"', ">Assessment</a>", ">Service</a>")
    ]
    assert places == sorted(places)
    assert ('aria-current="true">All 3<' in page, "?show=late&amp;by=date" in page) == (True, True)
    assert "by=date&amp;next=%2Fmy-work%2F%3Fby%3Ddate" in page
    narrowed = text_of(scene, f"{URL}?show=later&by=date")
    assert (">Service</a>" in narrowed, ">Agreement</a>" in narrowed) == (True, False)


def test_unknown_choice_in_the_address_shows_all(scene: Scene) -> None:
    scene.milestone("Agreement", LATE)
    assert ">Agreement</a>" in text_of(scene, f"{URL}?show=nonsense&scope=nonsense")


def test_whose_milestones_are_kept_in_the_address(scene: Scene) -> None:
    scene.milestone("Agreement", LATE)
    scene.milestone("Desk opens", LATE, owner=UserFactory(name="G Patel"))
    mine, managed = text_of(scene), text_of(scene, f"{URL}?scope=managed")
    assert ("Desk opens" in mine, "Desk opens" in managed) == (False, True)
    assert "Owner: G Patel" in managed
    assert "?scope=managed&amp;show=late" in managed


def test_scope_that_is_not_offered_falls_back_to_ones_own(scene: Scene) -> None:
    scene.milestone("Licences bought", LATE)
    page = scene.as_reader().get(f"{URL}?scope=managed").content.decode()
    assert "Licences bought" not in page


def test_council_officer_sees_what_names_the_council(scene: Scene) -> None:
    officer = UserFactory()
    council = councils_of(scene.programme)[0]
    role(officer, RoleName.FINANCE_OFFICER, council=council)
    milestone = scene.milestone("Server list checked", LATE)
    milestone.councils.set([council])
    page = sign_in(scene.client, officer).get(f"{URL}?scope=council").content.decode()
    assert ("Server list checked" in page, "Read only" in page) == (True, True)
    assert f"/milestones/{milestone.pk}/update/" not in page


def test_nothing_to_do_says_so_and_where_to_go(scene: Scene) -> None:
    page = text_of(scene)
    assert "Nothing needs you: nothing is late, nothing is due by 8 December 2026 and nothing waits" in page
    assert "No milestone is waiting" in page
    scene.milestone("Service opens", LATER)
    assert "Nothing here" in text_of(scene)


def test_what_is_open_is_drawn_and_counted_by_when_it_is_due(scene: Scene) -> None:
    assert "chart-ahead" not in text_of(scene)
    for title, due in (("Agreement", LATE), ("Assessment", DUE), ("Training", date(2026, 12, 24))):
        scene.milestone(title, due)
    scene.milestone("Service", LATER)
    scene.milestone("Briefing", date(2026, 11, 6), actual=date(2026, 11, 5))
    page = text_of(scene, f"{URL}?show=late")
    assert "1 of 4 open milestones is late, and 1 is due this week</h3>" in page
    assert "Late 1; This week 1; By 24 December 2026 1; Later or undated 1. The table holds" in page
    assert 'href="/my-work.csv?by=date"' in page


def test_file_holds_the_rows_of_the_page(scene: Scene, django_assert_num_queries: Any) -> None:
    for title, due in (("Agreement", LATE), ("=1+1", DUE), ("Service", LATER)):
        scene.milestone(title, due)

    def rows(query: str) -> list[tuple[str, str]]:
        content = b"".join(scene.client.get(f"/my-work.csv{query}").streaming_content)
        lines = csv.DictReader(io.StringIO(content.decode()))
        return [(line["Part of the list"], line["Milestone"]) for line in lines]

    with django_assert_num_queries(6):
        needing = rows("")
    assert needing == [("Late", "Agreement"), ("Due", "'=1+1")]
    assert rows("?by=date") == [*needing, ("Later", "Service")]
    assert rows("?show=later") == [("Later", "Service")]


def test_api_lists_the_same_work_with_what_each_needs(scene: Scene, django_assert_num_queries: Any) -> None:
    for title, due in (("Agreement", LATE), ("Assessment", DUE), ("Service", LATER)):
        scene.milestone(title, due)
    with django_assert_num_queries(6):
        answer = scene.client.get("/api/v1/my-work/").json()
    assert answer["sentence"] == "2 milestones need you: 1 is late and 1 is due by 8 December 2026."
    found = [(row["title"], row["needs"], row["when"]) for row in answer["milestones"]]
    assert found == [
        ("Agreement", "late", "late"),
        ("Assessment", "due", "this-week"),
        ("Service", "later", "later"),
    ]
    refused = sign_in(scene.client, UserFactory()).get("/api/v1/my-work/?scope=managed")
    assert (refused.status_code, "you have no such role" in refused.content.decode()) == (400, True)
