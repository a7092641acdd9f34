"""Many milestones at once as cells."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.http import HttpResponse

from core.models import AuditEvent
from core.rules.dates import ImpreciseDate
from programme.actions.milestone import update_milestone
from programme.actions.planning.milestone_terms import MilestoneTerms, create_milestone
from programme.models import Milestone
from tests.factories import MilestoneFactory, UserFactory
from tests.programme.views.conftest import Scene

LATE, DUE, LATER = date(2026, 11, 13), date(2026, 11, 25), date(2027, 3, 1)
WORK = "/my-work/grid/"
LIST = "/programmes/shared/milestones/grid/"


def sent(milestone: Milestone, **boxes: str) -> dict[str, str]:
    """The row of a milestone as its page sends it, with some boxes typed over."""
    shown = {
        "forecast_on": str(milestone.get_date("forecast")),
        "achieved_on": "",
        "evidence": "",
        "note": "",
    }
    boxes = {**shown, "seen_version": str(milestone.version), **boxes}
    return {f"m-{milestone.pk}-{name}": value for name, value in boxes.items()}


def stored(*milestones: Milestone) -> list[tuple[str, str, int]]:
    rows = [Milestone.objects.get(pk=one.pk) for one in milestones]
    return [(str(row.get_date("forecast")), row.note, row.version) for row in rows]


def text_of(answer: HttpResponse) -> str:
    return answer.content.decode().replace("\xa0", " ")


def said(answer: HttpResponse) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        scene.milestone(f"Milestone {index}", LATE)
    with django_assert_num_queries(7):
        scene.client.get(WORK)
    with django_assert_num_queries(8):
        scene.client.get(LIST)


def test_row_that_says_it_saw_no_version_is_shown_as_it_is_now(scene: Scene) -> None:
    day = ImpreciseDate.day(LATER)
    made = create_milestone(scene.programme, by=scene.manager, terms=MilestoneTerms("New"), forecast=day)
    answer = scene.client.post(LIST, sent(made, seen_version="0", note="Unseen"))
    assert (answer.status_code, stored(made)) == (409, [(str(day), "", 1)])


def test_work_holds_what_the_list_showed_and_the_programme_what_it_narrows_to(scene: Scene) -> None:
    agreement = scene.milestone("Agreement", LATE)
    opens = scene.milestone("Opens", LATER)
    theirs = scene.milestone("Theirs", LATER, owner=UserFactory())
    rows = [agreement, opens, theirs]

    def shown(url: str) -> list[str]:
        page = text_of(scene.client.get(url))
        return [row.title for row in rows if f'name="m-{row.pk}-forecast_on"' in page]

    assert (shown(WORK), shown(f"{WORK}?show=later"), shown(LIST), shown(f"{LIST}?state=late")) == (
        ["Agreement"],
        ["Opens"],
        ["Agreement", "Opens", "Theirs"],
        ["Agreement"],
    )
    assert "No milestone here is yours to update" in text_of(scene.as_reader().get(LIST))


def test_changed_rows_are_saved_together_and_the_others_left(scene: Scene) -> None:
    first, second, third = (scene.milestone(f"Row {index}", LATE) for index in range(3))
    rows = sent(first, forecast_on="14/12/2026") | sent(second, note="Line one\r\nLine two") | sent(third)
    answer = scene.client.post(f"{WORK}?show=late", rows)
    assert (answer.status_code, answer["Location"], said(answer)) == (
        302,
        "/my-work/?show=late",
        ["2 milestones are saved"],
    )
    assert stored(first, second, third) == [
        ("14 December 2026", "", 2),
        ("13 November 2026", "Line one\nLine two", 2),
        ("13 November 2026", "", 1),
    ]
    events = AuditEvent.objects.filter(action="update_milestone").order_by("pk")
    assert [(event.object_id, event.why) for event in events] == [
        (first.pk, ""),
        (second.pk, "Line one\nLine two"),
    ]
    again = scene.client.post(WORK, sent(Milestone.objects.get(pk=second.pk), note="Line one\r\nLine two"))
    assert said(again)[-1] == "Nothing was changed"


def test_one_wrong_row_keeps_all_from_being_saved_and_everything_typed(scene: Scene) -> None:
    right, wrong = scene.milestone("Right", LATE), scene.milestone("Wrong", LATE, is_critical=True, ref="M-9")
    rows = sent(right, note="A reason") | sent(wrong, forecast_on="31 4 2027", achieved_on="20 11 2026")
    answer = scene.client.post(WORK, rows)
    page = text_of(answer)
    assert answer.status_code == 422
    assert f'href="#m-{wrong.pk}-forecast_on">M-9, Forecast date: Enter a real date' in page
    assert f'href="#m-{wrong.pk}-evidence">M-9, Evidence: Add evidence that the milestone was' in page
    assert [text in page for text in ('value="31 4 2027"', 'value="20 11 2026"', ">\nA reason<")] == [
        True
    ] * 3
    assert stored(right, wrong) == [("13 November 2026", "", 1)] * 2


def test_stale_row_is_shown_with_their_change_and_the_others_are_saved(scene: Scene) -> None:
    crossed, left_alone, mine = (scene.milestone(f"Row {n}", LATE, ref=f"M-{n}") for n in range(3))
    for one in (crossed, left_alone):
        update_milestone(one, by=scene.manager, seen_version=1, forecast_on=date(2026, 12, 1), note="Theirs")
    rows = sent(crossed, forecast_on="2 12 2026") | sent(left_alone) | sent(mine, forecast_on="3 12 2026")
    answer = scene.client.post(WORK, rows)
    page = text_of(answer)
    assert (answer.status_code, page.count("Review their change before you save")) == (409, 1)
    assert "1 milestone is saved." in page
    assert f'name="m-{crossed.pk}-forecast_on" value="2 12 2026"' in page
    assert f'name="m-{crossed.pk}-seen_version" value="2"' in page
    assert stored(crossed, left_alone, mine) == [
        ("1 December 2026", "Theirs", 2),
        ("1 December 2026", "Theirs", 2),
        ("3 December 2026", "", 2),
    ]
    twice = scene.client.post(WORK, rows)
    assert (twice.status_code, text_of(twice).count("Review their change before you save")) == (409, 1)
    again = sent(crossed, forecast_on="2 12 2026", note="Theirs", seen_version="2")
    assert scene.client.post(WORK, again).status_code == 302
    assert stored(crossed) == [("2 December 2026", "Theirs", 3)]


def test_rows_of_others_are_not_there_or_not_ones_own(scene: Scene) -> None:
    ours, theirs = scene.milestone("Ours", LATE), MilestoneFactory(plan=LATE, forecast=LATE)
    rows = sent(ours, note="Mine") | sent(theirs, note="Not mine")
    assert [scene.client.post(url, rows).status_code for url in (WORK, LIST)] == [404, 404]
    reader = scene.as_reader()
    assert [reader.post(url, sent(ours, note="No")).status_code for url in (WORK, LIST)] == [403, 403]
    assert stored(ours, theirs) == [("13 November 2026", "", 1)] * 2
