"""Updating a milestone: as a page, and in place."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse

from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from programme.enums import MilestoneState
from programme.models import Milestone
from tests.programme.views.conftest import Scene

PLAN, LATER = date(2026, 11, 13), date(2026, 12, 14)
HTMX = {"HX-Request": "true"}
SENT = {
    "forecast_on": "13 November 2026",
    "achieved_on": "",
    "evidence": "",
    "note": "",
    "seen_version": "1",
}


def url_of(milestone: Milestone, query: str = "") -> str:
    return f"/milestones/{milestone.pk}/update/{query}"


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ")


def value_in(page: str, milestone: Milestone, field: str) -> str:
    """What the box of a field shows."""
    box = (
        page.split(f'id="milestone-{milestone.pk}-{field}"', maxsplit=1)[0].rsplit("<", 1)[-1]
        + page.split(f'id="milestone-{milestone.pk}-{field}"')[1].split("<", maxsplit=1)[0]
    )
    return box.split('value="')[1].split('"')[0] if 'value="' in box else box.split(">")[1].strip()


def said(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.fixture
def milestone(scene: Scene) -> Milestone:
    return scene.milestone("Agreement signed", PLAN, ref="M-13", is_critical=True)


def test_form_shows_the_milestone_as_it_is(scene: Scene, milestone: Milestone) -> None:
    page = text_of(scene.client.get(url_of(milestone)))
    assert value_in(page, milestone, "forecast_on") == "13 November 2026"
    assert value_in(page, milestone, "seen_version") == "1"
    assert "Needed once there is an achieved date" in page
    assert "11 days overdue" in page


def test_number_of_queries_of_the_form(
    scene: Scene, milestone: Milestone, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(7):
        scene.client.get(url_of(milestone))
    with django_assert_num_queries(6):
        scene.client.get(url_of(milestone), headers=HTMX)


def test_number_of_queries_of_a_save(
    scene: Scene, milestone: Milestone, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(12):
        scene.client.post(url_of(milestone), SENT | {"forecast_on": "14 12 2026"})


@pytest.mark.parametrize("typed", ["14 12 2026", "14/12/2026", "14 December 2026", "2026-12-14"])
def test_save_leads_back_to_where_one_was(scene: Scene, milestone: Milestone, typed: str) -> None:
    answer = scene.client.post(
        url_of(milestone, "?next=/programmes/shared/"), SENT | {"forecast_on": typed, "note": "Carrick waits"}
    )
    assert (answer.status_code, answer.headers["Location"]) == (302, "/programmes/shared/")
    assert said(answer) == ["M-13 is saved"]
    milestone.refresh_from_db()
    assert (milestone.get_date("forecast"), milestone.note, milestone.version) == (
        ImpreciseDate.day(LATER),
        "Carrick waits",
        2,
    )


@pytest.mark.parametrize(
    "foreign", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:x", ""]
)
def test_save_from_a_mail_or_with_a_foreign_address_leads_to_my_work(
    scene: Scene, milestone: Milestone, foreign: str
) -> None:
    answer = scene.client.post(url_of(milestone, f"?next={foreign}"), SENT | {"note": "Seen"})
    assert answer.headers["Location"] == "/my-work/"


def test_save_without_a_change_says_so(scene: Scene, milestone: Milestone) -> None:
    assert said(scene.client.post(url_of(milestone), SENT)) == ["Nothing was changed in M-13"]
    assert AuditEvent.objects.count() == 0


def test_errors_are_listed_with_everything_typed_kept(scene: Scene, milestone: Milestone) -> None:
    sent = SENT | {"forecast_on": "31 4 2027", "achieved_on": "25 11 2026", "note": "<b>Typed</b>"}
    answer = scene.client.post(url_of(milestone), sent)
    page = text_of(answer)
    assert answer.status_code == 422
    for message in (
        "Enter a real date, for example 30 4 2027",
        "Actual date must be today or in the past",
        "Add evidence that the milestone was achieved",
    ):
        assert page.count(message) == 2
    assert page.index("There is a problem") < page.index("<h1")
    assert "<title>Error: Update M-13" in page
    assert value_in(page, milestone, "forecast_on") == "31 4 2027"
    assert value_in(page, milestone, "achieved_on") == "25 11 2026"
    assert value_in(page, milestone, "note") == "&lt;b&gt;Typed&lt;/b&gt;"
    milestone.refresh_from_db()
    assert milestone.version == 1


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("forecast_on", "tomorrow", "Enter a real date, for example 30 4 2027"),
        ("forecast_on", "14 12 26", "Year must include 4 numbers"),
        ("forecast_on", "", "Enter a real date, for example 30 4 2027"),
        ("forecast_on", "1 4 2032", "Date must be between 1 April 2026 and 31 March 2032"),
        ("achieved_on", "25 11 2026", "Actual date must be today or in the past"),
        ("evidence", "e" * 501, "Evidence must be 500 characters or less"),
        ("note", "n" * 4_001, "Note must be 4,000 characters or less"),
        ("note", "bell \x07", "Note must not include control characters"),
    ],
)
def test_bad_input_is_refused_in_the_words_of_the_product(
    scene: Scene, milestone: Milestone, field: str, typed: str, message: str
) -> None:
    answer = scene.client.post(url_of(milestone), SENT | {field: typed})
    assert (answer.status_code, text_of(answer).count(message)) == (422, 2)


@pytest.mark.parametrize("version", ["", "x", "-"])
def test_form_without_its_version_is_refused(scene: Scene, milestone: Milestone, version: str) -> None:
    answer = scene.client.post(url_of(milestone), SENT | {"seen_version": version, "note": "Mine"})
    assert answer.status_code == 422
    assert Milestone.objects.get(pk=milestone.pk).note == ""


def test_words_of_a_source_left_alone_keep_their_date(scene: Scene) -> None:
    spring = ImpreciseDate.season(2027, "spring")
    milestone = scene.milestone("Old", PLAN, forecast=spring)
    page = text_of(scene.client.get(url_of(milestone)))
    assert value_in(page, milestone, "forecast_on") == "spring 2027"
    scene.client.post(url_of(milestone), SENT | {"forecast_on": "spring 2027", "note": "Seen"})
    milestone.refresh_from_db()
    assert (milestone.get_date("forecast"), milestone.note) == (spring, "Seen")


def test_row_opens_under_itself(scene: Scene, milestone: Milestone) -> None:
    answer = scene.client.get(url_of(milestone, "?row=work"), headers=HTMX)
    part = text_of(answer)
    assert part.strip().startswith(f'<tbody role="rowgroup" id="milestone-{milestone.pk}">')
    assert f'hx-post="/milestones/{milestone.pk}/update/?row=work"' in part
    assert f'hx-get="/milestones/{milestone.pk}/row/?row=work"' in part
    assert "Save and open next" in part
    assert "<html" not in part
    assert "HX-Request" in answer.headers["Vary"]


def test_row_of_the_programme_list_has_no_next(scene: Scene, milestone: Milestone) -> None:
    part = text_of(scene.client.get(url_of(milestone, "?row=list"), headers=HTMX))
    assert "Save and open next" not in part


def test_errors_in_place_come_back_in_the_row(scene: Scene, milestone: Milestone) -> None:
    answer = scene.client.post(
        url_of(milestone, "?row=work"), SENT | {"forecast_on": "31 4 2027"}, headers=HTMX
    )
    part = text_of(answer)
    assert answer.status_code == 422
    assert part.strip().startswith(f'<tbody role="rowgroup" id="milestone-{milestone.pk}">')
    assert part.count("Enter a real date, for example 30 4 2027") == 2
    assert part.index("There is a problem") < part.index("<label")


def test_save_in_place_sends_the_closed_row_and_the_counts(scene: Scene, milestone: Milestone) -> None:
    answer = scene.client.post(
        url_of(milestone, "?row=work"), SENT | {"forecast_on": "14 12 2026"}, headers=HTMX
    )
    part = text_of(answer)
    assert answer.status_code == 200
    assert 'data-say="M-13 is saved"' in part
    assert "14 December 2026" in part
    assert "<form" not in part
    assert "data-focus" in part
    assert '<hx-partial hx-target="#work-summary"' in part
    assert '<hx-partial hx-target="#work-ahead"' in part
    assert "Nothing needs you" in part


def test_save_and_open_next_opens_the_next_row(scene: Scene, milestone: Milestone) -> None:
    following = scene.milestone("List checked", date(2026, 11, 20), ref="M-10")
    sent = SENT | {"forecast_on": "14 12 2026", "then": "next"}
    part = text_of(scene.client.post(url_of(milestone, "?row=work"), sent, headers=HTMX))
    assert f'<hx-partial hx-target="#milestone-{following.pk}"' in part
    assert f'id="edit-milestone-{following.pk}"' in part
    assert f'id="edit-milestone-{milestone.pk}"' not in part
    assert "1 milestone needs you. It is late." in part


def test_save_and_open_next_without_javascript_leads_to_the_next_page(
    scene: Scene, milestone: Milestone
) -> None:
    following = scene.milestone("List checked", date(2026, 11, 20))
    sent = SENT | {"note": "Seen", "then": "next"}
    answer = scene.client.post(url_of(milestone, "?row=work&next=/my-work/"), sent)
    assert answer.headers["Location"] == url_of(following, "?row=work&next=%2Fmy-work%2F")
    last = scene.client.post(url_of(milestone, "?show=later"), SENT | {"seen_version": "2", "then": "next"})
    assert last.headers["Location"] == "/my-work/"


def test_given_up_form_gets_its_row_back(scene: Scene, milestone: Milestone) -> None:
    url = f"/milestones/{milestone.pk}/row/?row=work&next=/my-work/"
    part = text_of(scene.client.get(url, headers=HTMX))
    assert part.strip().startswith(f'<tbody role="rowgroup" id="milestone-{milestone.pk}">')
    assert "<form" not in part
    assert scene.client.get(url).headers["Location"] == "/my-work/"


def test_second_writer_sees_the_first_change_and_loses_nothing_typed(
    scene: Scene, milestone: Milestone
) -> None:
    update_milestone(
        milestone, by=scene.manager, seen_version=1, forecast_on=date(2026, 12, 1), evidence="DOC-1"
    )
    sent = SENT | {"forecast_on": "14 12 2026", "note": "Mine"}
    for headers in (HTMX, {}):
        answer = scene.client.post(url_of(milestone), sent, headers=headers)
        page = text_of(answer)
        assert answer.status_code == 409
        assert "Someone changed this at 9am. Review their change before you save" in page
        assert "Priya Raman saved it." in page
        for words in ("13 November 2026", "1 December 2026", "DOC-1", "left as it was"):
            assert words in page
        assert [
            value_in(page, milestone, name) for name in ("forecast_on", "evidence", "note", "seen_version")
        ] == ["14 12 2026", "DOC-1", "Mine", "2"]
    milestone.refresh_from_db()
    assert (milestone.version, milestone.note) == (2, "")
    scene.client.post(url_of(milestone), sent | {"evidence": "DOC-1", "seen_version": "2"})
    milestone.refresh_from_db()
    assert (milestone.get_date("forecast"), milestone.evidence, milestone.note, milestone.version) == (
        ImpreciseDate.day(LATER),
        "DOC-1",
        "Mine",
        3,
    )


def test_several_crossing_edits_show_from_first_to_last(scene: Scene, milestone: Milestone) -> None:
    saved = update_milestone(milestone, by=scene.manager, seen_version=1, note="one")
    saved = update_milestone(saved, by=scene.manager, seen_version=2, achieved_on=PLAN, evidence="DOC-1")
    update_milestone(saved, by=scene.manager, seen_version=3, note="two", achieved_on=None)
    page = text_of(scene.client.post(url_of(milestone), SENT | {"forecast_on": "14 12 2026"}))
    assert value_in(page, milestone, "note") == "two"
    assert value_in(page, milestone, "evidence") == "DOC-1"
    assert value_in(page, milestone, "seen_version") == "4"


def test_change_that_left_no_trail_is_named_by_its_writer(scene: Scene, milestone: Milestone) -> None:
    Milestone.objects.filter(pk=milestone.pk).update(version=2, updated_by=scene.reader)
    answer = scene.client.post(url_of(milestone), SENT | {"note": "Mine"})
    page = text_of(answer)
    assert (answer.status_code, value_in(page, milestone, "note")) == (409, "Mine")
    assert "Councillor saved it." in page


@pytest.mark.parametrize("method", ["get", "post"])
def test_reader_is_refused_with_the_reason(scene: Scene, milestone: Milestone, method: str) -> None:
    answer = getattr(scene.as_reader(), method)(url_of(milestone), SENT)
    assert answer.status_code == 403
    assert "You can read it" in text_of(answer)
    milestone.refresh_from_db()
    assert milestone.version == 1


def test_cancelled_milestone_says_what_it_needs(scene: Scene) -> None:
    milestone = scene.milestone("Dropped", PLAN, stated_state=MilestoneState.CANCELLED)
    answer = scene.client.get(url_of(milestone))
    assert answer.status_code == 403
    assert "It needs a re-baseline before it can change" in text_of(answer)


@pytest.mark.parametrize("part", ["update", "row", "preview"])
def test_stranger_finds_nothing_and_visitor_is_sent_to_sign_in(
    scene: Scene, milestone: Milestone, part: str
) -> None:
    url = f"/milestones/{milestone.pk}/{part}/"
    assert scene.as_stranger().get(url).status_code == 404
    assert scene.as_stranger().post(url_of(milestone), SENT).status_code == 404
    scene.client.logout()
    assert scene.client.get(url).headers["Location"] == f"/sign-in/?next={url}"


def test_changed_date_shows_what_follows(scene: Scene, milestone: Milestone) -> None:
    url = f"/milestones/{milestone.pk}/preview/"
    part = text_of(scene.client.get(url, {"forecast_on": "14 12 2026", "achieved_on": ""}))
    for words in ("If you save this", "Red", "31 days late", "13 November 2026", "14 December 2026"):
        assert words in part
    milestone.refresh_from_db()
    assert milestone.version == 1


@pytest.mark.parametrize("typed", ["13 11 2026", "31 4 2027"])
def test_date_that_changes_nothing_or_cannot_be_read_shows_nothing(
    scene: Scene, milestone: Milestone, typed: str
) -> None:
    url = f"/milestones/{milestone.pk}/preview/"
    assert text_of(scene.client.get(url, {"forecast_on": typed, "achieved_on": ""})).strip() == ""


def test_number_of_queries_of_the_parts(
    scene: Scene, milestone: Milestone, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(6):
        scene.client.get(f"/milestones/{milestone.pk}/row/", headers=HTMX)
    with django_assert_num_queries(9):
        scene.client.get(f"/milestones/{milestone.pk}/preview/", {"forecast_on": "14 12 2026"})


@pytest.mark.parametrize(("seen", "status"), [("9" * 30, 409), ("-" + "9" * 30, 422), ("0", 422)])
def test_version_that_nobody_can_have_seen_saves_nothing(
    scene: Scene, milestone: Milestone, seen: str, status: int
) -> None:
    answer = scene.client.post(url_of(milestone), SENT | {"note": "Late", "seen_version": seen})
    milestone.refresh_from_db()
    assert (answer.status_code, milestone.version, milestone.note) == (status, 1, "")
