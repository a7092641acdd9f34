"""Every change of a milestone, field by field."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from programme.actions.milestone import update_milestone
from programme.actions.milestone_dependency import add_dependency, remove_dependency
from programme.models import Milestone
from tests.programme.views.conftest import Scene

EARLIER, PLAN, LATER = date(2026, 11, 20), date(2026, 12, 1), date(2026, 12, 14)


def changed(scene: Scene) -> Milestone:
    """A milestone whose forecast and note were changed, and which waited for another for a while."""
    milestone, first = (
        scene.milestone("Go-live", PLAN, ref="M-2"),
        scene.milestone("Tests", EARLIER, ref="M-1"),
    )
    saved = update_milestone(
        milestone, by=scene.manager, seen_version=1, forecast_on=LATER, note="Carrick waits.\nSo do we."
    )
    link = add_dependency(saved, by=scene.manager, predecessor=first, lag_days=5)
    remove_dependency(link, by=scene.manager, seen_version=1)
    return saved


def test_fields_links_and_reasons_are_told_latest_first(scene: Scene) -> None:
    milestone = changed(scene)
    page = scene.client.get(f"/milestones/{milestone.pk}/changes/").content.decode().replace("\xa0", " ")
    places = [
        page.index(words)
        for words in (
            "<span>M-1, 5 working days in between</span></td>",
            "<span>Forecast date</span>",
            "1 December 2026",
            "14 December 2026",
        )
    ]
    assert places == sorted(places)
    file = scene.client.get(f"/milestones/{milestone.pk}/changes.csv?field=forecast")
    lines = b"".join(file).decode("utf-8-sig").splitlines()  # type: ignore[arg-type]
    edit = "2026-11-24T09:00:00+00:00,Priya Raman,On its page,Forecast date"
    assert lines == [
        "When,Who,How,What,From,To,Why",
        f'{edit},1 December 2026,14 December 2026,"Carrick waits.',
        'So do we."',
    ]
    narrowed = scene.client.get(f"/milestones/{milestone.pk}/changes/?field=evidence").content.decode()
    assert "This field was never changed." in narrowed


def test_api_tells_the_same_in_pages(scene: Scene, client: Any) -> None:
    milestone = changed(scene)
    answer = scene.client.get(f"/api/v1/milestones/{milestone.pk}/changes/").json()
    told = [(one["field"], one["before"], one["after"], one["by"]) for one in answer["results"]]
    waits, by = "M-1, 5 working days in between", "Priya Raman"
    assert (answer["count"], told) == (
        4,
        [
            ("waits_for", waits, "nothing", by),
            ("waits_for", "nothing", waits, by),
            ("forecast", "1 December 2026", "14 December 2026", by),
            ("note", "nothing", "Carrick waits.\nSo do we.", by),
        ],
    )
    one = scene.client.get(f"/api/v1/milestones/{milestone.pk}/changes/?field=note").json()
    assert [row["why"] for row in one["results"]] == ["Carrick waits.\nSo do we."]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    milestone = scene.milestone("Go-live", PLAN)
    for day in range(1, number + 1):
        milestone = update_milestone(
            milestone, by=scene.manager, seen_version=day, forecast_on=date(2026, 12, day + 1)
        )
    with django_assert_num_queries(8):
        scene.client.get(f"/milestones/{milestone.pk}/changes/")
