"""The sweep: what was lost, failed or left half done is taken up again, and a missed run is made up for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from programme import tasks
from programme.actions.deliveries import LOST_AFTER, STALE_AFTER, sweep_deliveries
from programme.enums import DeliveryState
from programme.models import Digest, ReminderRun
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene

MOMENT = timedelta(seconds=1)


@pytest.fixture
def waiting(scene: Scene) -> int:
    """A digest of today, made and handed on."""
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    return digest_id


def sweep() -> tuple[list[int], list[int]]:
    handed_on: list[int] = []
    return sweep_deliveries(deliver=handed_on.append), handed_on


def test_message_that_the_broker_lost_is_sent_again(scene: Scene, waiting: int) -> None:
    scene.move_to(SEVEN_AM + LOST_AFTER)
    assert sweep() == ([], [])
    scene.move_to(SEVEN_AM + LOST_AFTER + MOMENT)
    assert sweep() == ([waiting], [waiting])


def test_worker_that_was_killed_is_replaced_once_its_hold_is_stale(scene: Scene, waiting: int) -> None:
    Digest.objects.update(state=DeliveryState.SENDING, claimed_at=SEVEN_AM, attempts=1)
    scene.move_to(SEVEN_AM + STALE_AFTER)
    assert sweep() == ([], [])
    scene.move_to(SEVEN_AM + STALE_AFTER + MOMENT)
    assert sweep() == ([waiting], [waiting])


def test_failed_mail_is_tried_at_the_next_sweep(scene: Scene, waiting: int) -> None:
    Digest.objects.update(state=DeliveryState.FAILED, claimed_at=SEVEN_AM, attempts=4)
    assert sweep() == ([waiting], [waiting])


@pytest.mark.parametrize("state", [DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.WITHDRAWN])
def test_finished_mail_is_left_alone(scene: Scene, waiting: int, state: str) -> None:
    sent_at = SEVEN_AM if state == DeliveryState.SENT else None
    Digest.objects.update(state=state, claimed_at=SEVEN_AM, attempts=1, sent_at=sent_at)
    scene.move_to(SEVEN_AM + timedelta(hours=1))
    assert sweep() == ([], [])


def test_worker_that_dies_every_time_is_given_up_after_five(scene: Scene, waiting: int) -> None:
    Digest.objects.update(state=DeliveryState.SENDING, claimed_at=SEVEN_AM, attempts=5)
    scene.move_to(SEVEN_AM + STALE_AFTER + MOMENT)
    assert sweep() == ([], [])
    assert Digest.objects.values_list("state", "error").get() == (
        "given_up",
        "The program that was sending it ended before it was done",
    )


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2026, 11, 25, 6, 59, tzinfo=UTC), None),
        (datetime(2026, 11, 25, 7, 4, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 25, 16, 0, tzinfo=UTC), date(2026, 11, 25)),
        (datetime(2026, 11, 28, 9, 0, tzinfo=UTC), None),
    ],
)
def test_run_that_did_not_take_place_is_made_up_for(scene: Scene, moment: datetime, day: date | None) -> None:
    scene.milestone(date(2026, 11, 25))
    ReminderRun.objects.create(day_on=TODAY)
    scene.move_to(moment)
    sweep()
    made = [day] if day else []
    assert list(Digest.objects.values_list("day_on", flat=True)) == made
    assert list(ReminderRun.objects.filter(day_on__gt=TODAY).values_list("day_on", flat=True)) == made
    assert sweep() == ([], [])


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        (datetime(2026, 11, 24, 6, 59, tzinfo=UTC), []),
        (datetime(2026, 11, 24, 7, 0, tzinfo=UTC), [TODAY]),
        (datetime(2026, 11, 28, 7, 0, tzinfo=UTC), []),
    ],
)
def test_task_runs_from_7am_on_working_days(scene: Scene, moment: datetime, days: list[date]) -> None:
    scene.milestone(TODAY)
    scene.move_to(moment)
    tasks.send_due_reminders()
    assert list(Digest.objects.values_list("day_on", flat=True)) == days


def test_tasks_hand_on_the_key_of_the_digest_alone(
    scene: Scene, django_capture_on_commit_callbacks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    queued: list[dict[str, int]] = []
    monkeypatch.setattr(tasks.deliver_digest, "delay", lambda **given: queued.append(given))
    scene.milestone(TODAY)
    with django_capture_on_commit_callbacks(execute=True):
        tasks.send_due_reminders()
    digest = Digest.objects.get()
    scene.move_to(SEVEN_AM + timedelta(hours=1))
    tasks.sweep_deliveries()
    assert queued == [{"digest_id": digest.pk}] * 2


def test_number_of_queries_does_not_depend_on_the_number_of_mails(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    for count in (1, 10):
        for index in range(count):
            scene.milestone(TODAY, owner=scene.person(f"{count}, {index}"))
        scene.run()
        scene.move_to(SEVEN_AM + timedelta(hours=count))
        with django_assert_num_queries(13):
            sweep()
    assert Digest.objects.count() == 11
