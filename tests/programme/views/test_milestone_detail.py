"""One milestone with its history."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from core.models import Source
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from tests.factories import plan_version
from tests.programme.views.conftest import Scene

PLAN = date(2026, 11, 13)


def text_of(answer: Any) -> str:
    return answer.content.decode().replace("\xa0", " ")


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    milestone = scene.milestone("Agreement", PLAN)
    for index in range(number):
        milestone = update_milestone(
            milestone, by=scene.manager, seen_version=milestone.version, note=f"Note {index}"
        )
    with django_assert_num_queries(12):
        assert scene.client.get(f"/milestones/{milestone.pk}/").status_code == 200


def test_dates_and_history_are_shown(scene: Scene) -> None:
    milestone = scene.milestone("Agreement", PLAN, is_critical=True)
    plan_version(scene.programme, 1, dates=[(milestone, date(2026, 10, 1))])
    plan_version(scene.programme, 2, dates=[(milestone, PLAN)])
    milestone.refresh_from_db()
    update_milestone(
        milestone,
        by=scene.manager,
        seen_version=1,
        forecast_on=date(2026, 12, 14),
        note="<script>alert(1)</script>",
        evidence="https://council.example/agreement",
    )
    page = text_of(scene.client.get(milestone.get_absolute_url()))
    for words in (
        "<dt>Original plan</dt><dd>1 October 2026</dd>",
        "<dt>Current plan</dt><dd>13 November 2026</dd>",
        "31 days late",
        "Forecast date: from 13 November 2026 to 14 December 2026",
        "On its page",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        'href="https://council.example/agreement"',
    ):
        assert words in page
    assert "<script>alert(1)" not in page


def test_what_is_not_stated_says_so(scene: Scene) -> None:
    source = Source.objects.create(document="guide.txt", locator="page 4")
    milestone = scene.milestone(
        "Old",
        ImpreciseDate.season(2011, "spring"),
        forecast=None,
        owner=None,
        phase=None,
        source=source,
        case_note="Half a year early",
    )
    page = text_of(scene.client.get(milestone.get_absolute_url()))
    for words in (
        "<dt>Original plan</dt><dd>Spring 2011</dd>",
        "<dt>Forecast</dt><dd>Not stated</dd>",
        "<dt>Owner</dt><dd>Not stated</dd>",
        "<dt>Source</dt><dd>guide.txt, page 4</dd>",
        "Half a year early",
        "Nothing has changed since it was recorded",
    ):
        assert words in page


def test_only_who_may_update_is_offered_it(scene: Scene) -> None:
    milestone = scene.milestone("Agreement", PLAN)
    url = milestone.get_absolute_url()
    assert "Update this milestone" in text_of(scene.client.get(url))
    assert "Update this milestone" not in text_of(scene.as_reader().get(url))


def test_stranger_finds_nothing_and_visitor_is_sent_to_sign_in(scene: Scene) -> None:
    url = scene.milestone("Agreement", PLAN).get_absolute_url()
    assert scene.as_stranger().get(url).status_code == 404
    scene.client.logout()
    assert scene.client.get(url).headers["Location"] == f"/sign-in/?next={url}"
