"""Owner, phase and forecast of many milestones at once."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from accounts.enums import RoleName
from core.errors import Refusal, Refusals
from core.models import AuditEvent
from core.rules.calendar import bank_holidays
from core.rules.dates import ImpreciseDate
from programme.actions.updating.bulk_change import Chosen, Wanted, change_many
from programme.models import Milestone
from programme.rules.updating.shift import shifted
from tests.factories import MilestoneFactory, PhaseFactory, UserFactory, role
from tests.programme.views.conftest import Scene

LATE, CHRISTMAS_EVE = date(2026, 11, 13), date(2026, 12, 24)
URL = "/programmes/shared/milestones/change/"


def sent(*milestones: Milestone, **boxes: Any) -> dict[str, Any]:
    """The page with these milestones ticked."""
    seen = {f"m-{one.pk}-seen_version": str(one.version) for one in milestones}
    return {"milestone": [one.pk for one in milestones], **seen, **boxes}


def stored(*milestones: Milestone) -> list[tuple[str, str, str, int]]:
    rows = [Milestone.objects.select_related("owner", "phase").get(pk=one.pk) for one in milestones]
    return [(str(row.owner), str(row.phase), str(row.get_date("forecast")), row.version) for row in rows]


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


@pytest.mark.parametrize(
    ("days", "unit", "expected"),
    [
        (7, "calendar", date(2026, 12, 31)),
        (1, "working", date(2026, 12, 29)),
        (-1, "working", date(2026, 12, 23)),
    ],
)
def test_day_is_moved_over_days_that_are_not_counted(days: int, unit: str, expected: date) -> None:
    assert shifted(ImpreciseDate.day(CHRISTMAS_EVE), days, unit, bank_holidays()) == ImpreciseDate.day(
        expected
    )


def test_no_date_and_a_season_are_not_moved() -> None:
    season = ImpreciseDate(date(2027, 3, 1), date(2027, 5, 31), "season", "spring 2027")
    for day, words in (
        (None, "It has no date to move. "),
        (season, "Its date is known only as spring 2027. "),
    ):
        with pytest.raises(Refusal, match=words):
            shifted(day, 7, "calendar", ())


def test_change_is_shown_row_by_row_and_then_saved(scene: Scene) -> None:
    first, second = (scene.milestone(f"Row {n}", LATE, ref=f"M-{n}") for n in range(2))
    owner, phase = (
        UserFactory(name="D Lewis"),
        PhaseFactory(programme=scene.programme, label="Build", ref="P-4"),
    )
    role(owner, RoleName.PROGRAMME_MANAGER, partnership=scene.programme.partnership)
    asked = sent(first, second, owner=owner.pk, phase=phase.pk, days="7", unit="calendar")
    before = stored(first, second)
    preview = text_of(scene.client.post(URL, asked))
    assert preview.count("Owner: from Priya Raman to <strong>D Lewis</strong>") == 2
    assert preview.count("Forecast: from 13 November 2026 to <strong>20 November 2026</strong>") == 2
    assert "Save the change of 2 milestones" in preview
    assert (stored(first, second), AuditEvent.objects.count()) == (before, 0)
    assert scene.client.post(f"{URL}?state=late", asked | {"confirmed": "1"})["Location"] == (
        "/programmes/shared/milestones/?state=late"
    )
    assert stored(first, second) == [("D Lewis", "Build", "20 November 2026", 3)] * 2
    events = AuditEvent.objects.order_by("object_id", "pk").values_list("object_id", "action")
    assert list(events) == [
        (row.pk, action) for row in (first, second) for action in ("change_milestone", "update_milestone")
    ]


def test_one_that_cannot_be_moved_keeps_all_from_being_changed(scene: Scene) -> None:
    right = scene.milestone("Right", LATE, ref="M-1")
    done = scene.milestone("Done", LATE, ref="M-2", actual=LATE)
    answer = scene.client.post(URL, sent(right, done, days="3", confirmed="1"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert f'href="#tick-{done.pk}">M-2: It is achieved: its forecast says nothing any more' in page
    assert stored(right, done) == [("Priya Raman", "Design", "13 November 2026", 1)] * 2


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        ({}, "Choose an owner or a phase, or enter by how many days the forecasts move"),
        ({"days": "soon"}, "Enter a number of days from 1 to 1,000, or with a minus to go back"),
        ({"days": "1001"}, "Enter a number of days from 1 to 1,000, or with a minus to go back"),
        ({"owner": "gone"}, "Choose an owner who has an active account and takes part in this programme"),
    ],
)
def test_what_cannot_be_meant_is_refused(scene: Scene, boxes: dict[str, str], words: str) -> None:
    milestone = scene.milestone("Row", LATE)
    if "owner" in boxes:
        gone = UserFactory(is_active=False)
        role(gone, RoleName.PROGRAMME_MANAGER, partnership=scene.programme.partnership)
        boxes = {"owner": str(gone.pk)}
    answer = scene.client.post(URL, sent(milestone, confirmed="1", **boxes))
    assert (answer.status_code, words in text_of(answer)) == (422, True)
    assert stored(milestone) == [("Priya Raman", "Design", "13 November 2026", 1)]


def test_others_rows_are_not_there_and_readers_may_not(scene: Scene) -> None:
    ours, theirs = scene.milestone("Ours", LATE), MilestoneFactory(plan=LATE, forecast=LATE)
    assert scene.client.post(URL, sent(ours, theirs, days="3", confirmed="1")).status_code == 404
    assert scene.as_reader().post(URL, sent(ours, days="3", confirmed="1")).status_code == 403
    assert stored(ours)[0][-1] == 1


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    for index in range(number):
        scene.milestone(f"Milestone {index}", LATE)
    with django_assert_num_queries(12):
        scene.client.get(URL)


def test_api_changes_all_or_none_once_however_often_it_is_sent(scene: Scene) -> None:
    for ref in ("M-1", "M-2"):
        scene.milestone(ref, LATE, ref=ref)
    scene.milestone("Done", LATE, ref="M-3", actual=LATE)

    def asked(*refs: str, version: int = 1, key: str = "") -> Any:
        rows = [{"milestone": ref, "version": version} for ref in refs]
        body = {"programme": "shared", "milestones": rows, "move_days": 7}
        return scene.client.post(
            "/api/v1/milestones/bulk-change/",
            body,
            content_type="application/json",
            headers={"Idempotency-Key": key} if key else {},
        )

    refused = asked("M-1", "M-3")
    assert (refused.status_code, refused.json()["errors"]) == (
        400,
        [
            {
                "field": "milestones.1.forecast_on",
                "message": "It is achieved: its forecast says nothing any more",
            }
        ],
    )
    first, again = asked("M-1", "M-2", key="A week"), asked("M-1", "M-2", key="A week")
    assert (first.status_code, again.json()) == (200, first.json())
    assert [(row["ref"], row["forecast"]["first_on"], row["version"]) for row in first.json()] == [
        ("M-1", "2026-11-20", 2),
        ("M-2", "2026-11-20", 2),
    ]
    assert asked("M-1", "M-2").status_code == 409


def test_one_that_is_named_twice_is_not_moved_twice(scene: Scene) -> None:
    one, other = scene.milestone("One", LATE, ref="M-1"), UserFactory(name="Dev Lewis")
    role(other, RoleName.COUNCIL_LEAD, partnership=scene.programme.partnership)
    twice = [Chosen(one, 1, "milestones.0"), Chosen(one, 1, "milestones.1")]
    wanted = Wanted(owner=other, days=7)
    with pytest.raises(Refusals, match="There are two entries for M-1"):
        change_many(scene.programme, by=scene.manager, chosen=twice, wanted=wanted)
    assert stored(one) == [("Priya Raman", "Design", "13 November 2026", 1)]
