"""Milestones of a programme, on the page and in its file."""

from __future__ import annotations

import csv
from datetime import date
from io import StringIO
from typing import Any

import pytest

from core.rules.dates import ImpreciseDate
from tests.factories import PhaseFactory, UserFactory, councils_of, plan_version
from tests.programme.views.conftest import Scene

URL = "/programmes/shared/milestones/"
CSV_URL = "/programmes/shared/milestones.csv"
LATE, DUE, LATER = date(2026, 11, 13), date(2026, 11, 25), date(2027, 3, 1)


def titles_in(page: str, *titles: str) -> list[str]:
    return [title for title in titles if f">{title}</a>" in page]


def rows_of(scene: Scene, query: str = "") -> list[dict[str, str]]:
    answer = scene.client.get(CSV_URL + query)
    text = b"".join(answer.streaming_content).decode()
    return list(csv.DictReader(StringIO(text)))


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        scene.milestone(f"Milestone {index}", LATE)
    with django_assert_num_queries(12):
        assert scene.client.get(URL).status_code == 200


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries_of_the_file(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        scene.milestone(f"Milestone {index}", LATE)
    with django_assert_num_queries(8):
        assert len(rows_of(scene)) == number


def test_row_shows_plan_forecast_and_rating_with_its_reason(scene: Scene) -> None:
    scene.milestone("Go-live", date(2027, 10, 1), forecast=date(2027, 10, 19), note="Waits for records.")
    page = scene.client.get(URL).content.decode().replace("\xa0", " ")
    for words in ("1 October 2027", "19 October 2027", "Amber", "18 days late", "Design. Owner: Priya"):
        assert words in page
    assert "Waits for records." in page


def test_original_plan_stands_under_a_changed_one(scene: Scene) -> None:
    milestone = scene.milestone("Offices", DUE)
    plan_version(scene.programme, 1, dates=[(milestone, date(2026, 10, 1))])
    plan_version(scene.programme, 2, dates=[(milestone, DUE)])
    page = scene.client.get(URL).content.decode().replace("\xa0", " ")
    assert "First planned 1 October 2026" in page


def test_choice_narrows_and_stays_in_the_address(scene: Scene) -> None:
    ashmere = councils_of(scene.programme)[0]
    other = PhaseFactory(programme=scene.programme, label="Transform", ref="P-4")
    scene.milestone("Agreement", LATE)
    scene.milestone("Assessment", DUE, phase=other)
    owned = scene.milestone("List", LATE, owner=UserFactory(name="D Lewis"))
    councils_own = scene.milestone("Desk", LATE)
    councils_own.councils.set([councils_of(scene.programme)[1]])
    titles = ("Agreement", "Assessment", "List", "Desk")
    by_query = {
        "": list(titles),
        "?state=late": ["Agreement", "List", "Desk"],
        "?state=due": ["Assessment"],
        "?phase=P-4": ["Assessment"],
        f"?owner={owned.owner_id}": ["List"],
        f"?council={councils_of(scene.programme)[1].key}": list(titles),
        f"?state=late&phase=P-3&owner={scene.manager.pk}": ["Agreement", "Desk"],
    }
    for query, expected in by_query.items():
        page = scene.client.get(URL + query).content.decode()
        assert titles_in(page, *titles) == expected, query
    councils_own.councils.set([ashmere])
    page = scene.client.get(f"{URL}?state=late&phase=P-3").content.decode()
    assert 'value="P-3" selected' in page
    assert 'name="state" value="late"' in page
    assert f"{CSV_URL}?state=late&amp;phase=P-3" in page
    assert "Late 3" in page


def test_another_councils_milestone_is_left_out(scene: Scene) -> None:
    ashmere, brockvale, _ = councils_of(scene.programme)
    for title, council in (("Ours", ashmere), ("Theirs", brockvale)):
        scene.milestone(title, LATE).councils.set([council])
    scene.milestone("Everybody’s", LATE)
    page = scene.client.get(f"{URL}?council={ashmere.key}").content.decode()
    assert titles_in(page, "Ours", "Theirs", "Everybody’s") == ["Ours", "Everybody’s"]


def test_choice_that_is_not_in_the_list_says_so_and_narrows_nothing(scene: Scene) -> None:
    scene.milestone("Agreement", LATE)
    page = scene.client.get(f"{URL}?phase=P-99").content.decode()
    assert "Select a phase from the list" in page
    assert titles_in(page, "Agreement") == ["Agreement"]


def test_choice_without_rows_says_what_to_do(scene: Scene) -> None:
    scene.milestone("Agreement", LATE)
    assert "No milestone meets this choice" in scene.client.get(f"{URL}?state=done").content.decode()


def test_programme_without_milestones_says_where_they_come_from(scene: Scene) -> None:
    assert "No milestones yet" in scene.client.get(URL).content.decode()


def test_long_list_comes_in_pages(scene: Scene) -> None:
    for index in range(101):
        scene.milestone(f"Milestone {index:03}", LATE)
    assert "1 to 100 of 101" in scene.client.get(URL).content.decode()
    assert "101 to 101 of 101" in scene.client.get(f"{URL}?page=2").content.decode()


def test_reader_sees_no_way_to_edit(scene: Scene) -> None:
    scene.milestone("Agreement", LATE)
    page = scene.as_reader().get(URL).content.decode()
    assert titles_in(page, "Agreement") == ["Agreement"]
    assert "/update/" not in page
    assert ">Action<" not in page


@pytest.mark.parametrize("url", [URL, CSV_URL])
def test_stranger_finds_nothing_and_visitor_is_sent_to_sign_in(scene: Scene, url: str) -> None:
    assert scene.as_stranger().get(url).status_code == 404
    scene.client.logout()
    assert scene.client.get(url).headers["Location"] == f"/sign-in/?next={url}"


def test_file_holds_the_rows_of_the_page(scene: Scene) -> None:
    milestone = scene.milestone(
        "=Go-live", date(2027, 10, 1), forecast=date(2027, 10, 19), ref="M-24", is_critical=True, note="Now"
    )
    plan_version(scene.programme, 1, dates=[(milestone, date(2027, 9, 1))])
    plan_version(scene.programme, 2, dates=[(milestone, date(2027, 10, 1))])
    assert rows_of(scene) == [
        {
            "Reference": "M-24",
            "Milestone": "'=Go-live",
            "Phase": "Design",
            "Key milestone": "yes",
            "Councils": "All partner councils",
            "Owner": "Priya Raman",
            "Original plan": "2027-09-01",
            "Current plan": "2027-10-01",
            "Forecast": "2027-10-19",
            "Achieved on": "[x]",
            "Due by": "2027-10-19",
            "State": "To come",
            "Days from plan": "18",
            "Days from original plan": "48",
            "Days slipped since last report": "[z]",
            "Last report": "[z]",
            "Days late": "0",
            "Rating": "Amber",
            "Reason": "18 days late",
            "Evidence": "",
            "Note": "Now",
        }
    ]


def test_file_says_what_is_not_stated(scene: Scene) -> None:
    scene.milestone("Old", ImpreciseDate.season(2011, "spring"), forecast=None, owner=None, phase=None)
    (row,) = rows_of(scene)
    assert [row[name] for name in ("Phase", "Owner", "Current plan", "Forecast", "Days from plan")] == [
        "[x]",
        "[x]",
        "spring 2011",
        "[x]",
        "[z]",
    ]


def test_file_follows_the_choice_and_has_a_name(scene: Scene) -> None:
    scene.milestone("Agreement", LATE)
    scene.milestone("Assessment", DUE)
    assert [row["Milestone"] for row in rows_of(scene, "?state=due")] == ["Assessment"]
    answer = scene.client.get(CSV_URL)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="shared-milestones-2026-11-24.csv"'
