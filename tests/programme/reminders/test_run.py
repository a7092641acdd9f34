"""Making the reminders of a day: for whom, once, and what earlier days missed."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from accounts.enums import RoleName
from core.rules.dates import ImpreciseDate
from programme.actions import digests
from programme.actions import reminders as actions
from programme.enums import DeliveryState, MilestoneState, ProgrammeState
from programme.models import Digest, Reminder, ReminderRun
from programme.queries.milestones_due import MilestonesDue
from programme.reminder_sources import register
from tests.factories import MilestoneFactory, ProgrammeFactory, UserFactory, role
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene

DUE = {14: date(2026, 12, 14), 7: date(2026, 12, 3), 1: date(2026, 11, 25), 0: TODAY}
TOMORROW = date(2026, 11, 25)


def test_each_offset_is_reminded_in_one_digest_of_the_owner(scene: Scene) -> None:
    for offset, due_on in DUE.items():
        scene.milestone(due_on, title=f"Due in {offset}")
    (digest_id,) = scene.run()
    assert scene.reminders() == [("Due in 0", 0), ("Due in 1", 1), ("Due in 14", 14), ("Due in 7", 7)]
    digest = Digest.objects.get(pk=digest_id)
    assert (digest.recipient, digest.day_on, digest.state) == (scene.owner, TODAY, DeliveryState.WAITING)
    assert set(Reminder.objects.values_list("digest", flat=True)) == {digest_id}
    assert ReminderRun.objects.filter(day_on=TODAY).exists()


def test_days_between_the_offsets_send_nothing(scene: Scene) -> None:
    for due_on in (date(2026, 12, 11), date(2026, 12, 4), date(2026, 12, 1), date(2026, 11, 26)):
        scene.milestone(due_on)
    assert (scene.run(), scene.reminders()) == ([], [])


def test_imprecise_forecast_counts_from_its_last_day(scene: Scene) -> None:
    november = ImpreciseDate.month(2026, 11)
    scene.milestone(november, title="In November")
    assert scene.run(date(2026, 11, 27)) != []
    assert scene.reminders() == [("In November", 1)]
    assert Reminder.objects.get().due_on == date(2026, 11, 30)


def test_plan_counts_where_there_is_no_forecast(scene: Scene) -> None:
    scene.milestone(None, plan=DUE[7], title="Planned")
    scene.milestone(DUE[1], plan=DUE[7], title="Forecast")
    scene.run()
    assert scene.reminders() == [("Forecast", 1), ("Planned", 7)]


@pytest.mark.parametrize(
    "fields",
    [
        {"actual": date(2026, 11, 20), "stated_state": MilestoneState.DONE},
        {"stated_state": MilestoneState.DONE},
        {"stated_state": MilestoneState.DONE_UNDATED},
        {"stated_state": MilestoneState.CANCELLED},
        {"stated_state": MilestoneState.EXTERNAL_DATE},
        {"owner": None},
    ],
)
def test_milestone_that_awaits_nothing_of_anybody_is_not_reminded(scene: Scene, fields: Any) -> None:
    scene.milestone(DUE[0], **fields)
    assert (scene.run(), Digest.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("state", "count"),
    [
        (ProgrammeState.DRAFT, 1),
        (ProgrammeState.ACTIVE, 1),
        (ProgrammeState.CLOSING, 1),
        (ProgrammeState.PAUSED, 0),
        (ProgrammeState.CLOSED, 0),
        (ProgrammeState.CANCELLED, 0),
    ],
)
def test_programme_that_rests_or_is_over_reminds_nobody(scene: Scene, state: str, count: int) -> None:
    scene.milestone(DUE[0], programme=ProgrammeFactory(state=state, partnership=scene.programme.partnership))
    assert len(scene.run()) == count


@pytest.mark.parametrize("change", [{"wants_reminders": False}, {"is_active": False}])
def test_person_who_cannot_be_told_gets_no_digest(scene: Scene, change: dict[str, bool]) -> None:
    scene.milestone(DUE[0])
    type(scene.owner).objects.filter(pk=scene.owner.pk).update(**change)
    assert (scene.run(), Digest.objects.count()) == ([], 0)


def test_owner_who_may_not_read_the_programme_is_not_told_of_it(scene: Scene) -> None:
    council = scene.programme.partnership.councils.get(memberships__order_index=0)
    stranger, former, administrator, officer = UserFactory.create_batch(4)
    role(former, RoleName.COUNCIL_LEAD, partnership=scene.programme.partnership, to_on=date(2026, 11, 23))
    role(administrator, RoleName.ADMINISTRATOR)
    role(officer, RoleName.COUNCIL_LEAD, council=council)
    for owner in (stranger, former, administrator, officer):
        scene.milestone(DUE[0], owner=owner)
    scene.run()
    assert list(Digest.objects.values_list("recipient", flat=True)) == [officer.pk]


def test_second_run_makes_nothing_more(scene: Scene) -> None:
    scene.milestone(DUE[0], title="Go-live")
    assert (len(scene.run()), scene.run(), scene.run()) == (1, [], [])
    assert scene.reminders() == [("Go-live", 0)]


def test_key_is_unique_in_the_database(scene: Scene) -> None:
    scene.milestone(DUE[0])
    scene.run()
    twin = Reminder.objects.get()
    twin.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        twin.save(force_insert=True)


def test_closed_day_sends_nothing_and_the_next_working_day_takes_its_part(scene: Scene) -> None:
    scene.milestone(date(2026, 11, 29), title="Sunday")
    for day in (date(2026, 11, 28), date(2026, 11, 29)):
        assert scene.run(day) == []
    assert ReminderRun.objects.count() == 1
    assert scene.run(date(2026, 11, 27)) != []
    assert scene.reminders() == [("Sunday", 0)]


def test_missed_days_are_caught_up_once_each_thing_with_its_last_reminder(scene: Scene) -> None:
    ReminderRun.objects.update(day_on=date(2026, 11, 12))
    scene.milestone(date(2026, 12, 3), title="Missed 14, today 7")
    scene.milestone(date(2026, 12, 4), title="Missed 14")
    scene.milestone(date(2026, 11, 20), title="Missed 1 and 0")
    assert len(scene.run()) == 1
    told = [("Missed 1 and 0", 0), ("Missed 14", 14), ("Missed 14, today 7", 7)]
    assert scene.reminders() == told
    assert scene.run(TOMORROW) != []
    assert scene.reminders() == sorted([*told, ("Missed 14", 7)])


def test_forecast_moved_after_the_last_run_is_reminded_on_its_own_days_only(scene: Scene) -> None:
    milestone = scene.milestone(DUE[7], title="Moved")
    scene.run()
    milestone.set_date("forecast", ImpreciseDate.day(date(2026, 12, 1)))
    milestone.save()
    assert scene.run(TOMORROW) == []
    scene.run(date(2026, 11, 30))
    assert scene.reminders() == [("Moved", 1), ("Moved", 7)]


def test_new_owner_gets_own_reminder_of_the_same_day(scene: Scene) -> None:
    milestone = scene.milestone(DUE[0], title="Go-live")
    scene.run()
    milestone.owner = scene.person("Dev Lewis")
    milestone.save()
    scene.run()
    assert [key.split(":")[3] for key in Reminder.objects.order_by("pk").values_list("key", flat=True)] == [
        str(scene.owner.pk),
        str(milestone.owner.pk),
    ]


def test_run_that_dies_half_way_is_finished_by_the_next(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [scene.owner, scene.person("Dev Lewis"), scene.person("Mei Tan")]
    for person in people:
        scene.milestone(DUE[0], owner=person)
    real, calls = digests._make_part, []

    def dies_at_second(*arguments: Any, **options: Any) -> Any:
        calls.append(arguments)
        if len(calls) == 2:
            raise KeyboardInterrupt
        return real(*arguments, **options)

    with monkeypatch.context() as patch:
        patch.setattr(digests, "MOST_PEOPLE", 1)
        patch.setattr(digests, "_make_part", dies_at_second)
        with pytest.raises(KeyboardInterrupt):
            scene.run()
    assert (Digest.objects.count(), ReminderRun.objects.count()) == (1, 1)
    assert len(scene.run()) == 2
    assert (Digest.objects.count(), ReminderRun.objects.count()) == (3, 2)


def test_digest_is_handed_on_after_its_commit_alone(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    scene.milestone(DUE[0])
    with django_capture_on_commit_callbacks() as callbacks:
        (digest_id,) = scene.run()
    assert scene.handed_on == []
    for callback in callbacks:
        callback()
    assert scene.handed_on == [digest_id]


def test_second_run_hands_on_what_it_made_alone(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    scene.milestone(DUE[0])
    with django_capture_on_commit_callbacks(execute=True):
        (first,) = scene.run()
    scene.milestone(DUE[0])
    scene.milestone(DUE[0], owner=scene.person("Dev Lewis"))
    with django_capture_on_commit_callbacks(execute=True):
        again, second = scene.run()
    assert (again, scene.handed_on) == (first, [first, second])


def test_broker_that_is_away_does_not_stop_the_others(
    scene: Scene, django_capture_on_commit_callbacks: Any
) -> None:
    for name in ("Dev Lewis", "Mei Tan"):
        scene.milestone(DUE[0], owner=scene.person(name))

    def away(digest_id: int) -> None:
        raise ConnectionError("The broker is away")

    with django_capture_on_commit_callbacks(execute=True):
        made = actions.send_due_reminders(day=TODAY, deliver=away)
    assert (len(made), scene.states()) == (2, [(TODAY, "waiting"), (TODAY, "waiting")])


def test_mail_that_still_waits_goes_into_the_next_days_mail(scene: Scene) -> None:
    scene.milestone(DUE[0], title="Today")
    scene.milestone(date(2026, 12, 4), title="Tomorrow's")
    (first,) = scene.run()
    (second,) = scene.run(TOMORROW)
    assert scene.states() == [(TODAY, "withdrawn"), (TOMORROW, "waiting")]
    assert Digest.objects.get(pk=first).error == "Its reminders went into the mail of 25 November 2026"
    assert set(Reminder.objects.values_list("title", "digest")) == {("Today", second), ("Tomorrow's", second)}


@pytest.mark.parametrize(
    "state",
    [DeliveryState.SENDING, DeliveryState.SENT, DeliveryState.GIVEN_UP, DeliveryState.WITHDRAWN],
)
def test_second_run_of_a_day_adds_nothing_to_a_mail_that_is_on_its_way(scene: Scene, state: str) -> None:
    scene.milestone(TODAY, title="Before")
    scene.run()
    Digest.objects.update(state=state, sent_at=SEVEN_AM if state == DeliveryState.SENT else None)
    scene.milestone(TODAY, title="After")
    assert scene.run() == []
    assert (scene.reminders(), scene.states()) == ([("Before", 0)], [(TODAY, state)])


def test_second_run_of_a_day_adds_to_a_mail_that_still_waits(scene: Scene) -> None:
    scene.milestone(TODAY, title="Before")
    made = scene.run()
    scene.milestone(TODAY, title="After")
    assert scene.run() == made
    assert (scene.reminders(), scene.states()) == ([("After", 0), ("Before", 0)], [(TODAY, "waiting")])


@pytest.mark.parametrize("state", [DeliveryState.SENDING, DeliveryState.WITHDRAWN])
def test_mail_in_hand_or_withdrawn_keeps_its_reminders(scene: Scene, state: str) -> None:
    scene.milestone(DUE[0], title="Today")
    scene.milestone(date(2026, 12, 4), title="Tomorrow's")
    (first,) = scene.run()
    Digest.objects.update(state=state)
    (second,) = scene.run(TOMORROW)
    assert scene.states() == [(TODAY, state), (TOMORROW, "waiting")]
    assert set(Reminder.objects.values_list("title", "digest")) == {("Today", first), ("Tomorrow's", second)}


def test_given_up_mail_is_tried_again_on_the_next_working_day(scene: Scene) -> None:
    scene.milestone(DUE[0], title="Today")
    scene.run()
    Digest.objects.update(state=DeliveryState.GIVEN_UP, attempts=5, error="Mailbox full")
    (second,) = scene.run(TOMORROW)
    assert scene.states() == [(TODAY, "given_up"), (TOMORROW, "waiting")]
    assert list(Reminder.objects.values_list("title", "digest")) == [("Today", second)]
    assert scene.run(TOMORROW) == []


def test_given_up_mail_is_not_dragged_along_for_ever(scene: Scene) -> None:
    scene.milestone(DUE[0], title="Today")
    scene.run()
    Digest.objects.update(state=DeliveryState.GIVEN_UP, attempts=5)
    assert scene.run(date(2026, 12, 15)) == []


def test_number_of_queries_does_not_depend_on_the_number_of_milestones(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    scene.milestone(DUE[0])
    with django_assert_num_queries(61):
        scene.run()
    Reminder.objects.all().delete()
    Digest.objects.all().delete()
    ReminderRun.objects.all().delete()
    MilestoneFactory.create_batch(30, programme=scene.programme, owner=scene.owner, forecast=DUE[7])
    # A first run looks back as far as the return of October.
    with django_assert_num_queries(66):
        scene.run()
    assert Reminder.objects.count() == 31


def test_number_of_queries_does_not_depend_on_the_number_of_people(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    people = [scene.owner, *(scene.person(name) for name in ("Dev Lewis", "Mei Tan", "Ola Wren"))]
    for person in people:
        scene.milestone(DUE[0], owner=person)
    with django_assert_num_queries(61):
        scene.run()
    assert set(Digest.objects.values_list("recipient", flat=True)) == {person.pk for person in people}


def test_each_persons_unsent_mail_goes_into_their_own(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    people = [scene.owner, scene.person("Dev Lewis"), scene.person("Mei Tan")]
    for person in people:
        scene.milestone(DUE[0], owner=person)
        scene.milestone(DUE[1], owner=person)
    monkeypatch.setattr(digests, "MOST_ITEMS", 3)
    scene.run()
    assert len(scene.run(TOMORROW)) == 3
    held = Reminder.objects.values_list("recipient", "digest__recipient", "digest__day_on", "offset_days")
    told = [(person.pk, person.pk, TOMORROW, days) for person in people for days in (0, 1)]
    assert sorted(set(held)) == sorted(told)
    assert Counter(state for _, state in scene.states()) == {"withdrawn": 3, "waiting": 3}


def test_first_run_of_an_installation_looks_back(scene: Scene) -> None:
    ReminderRun.objects.all().delete()
    scene.milestone(date(2026, 12, 11), title="Its 14 days were yesterday")
    scene.milestone(date(2026, 11, 4), title="Due 14 working days ago")
    scene.milestone(date(2026, 11, 3), title="Due before that")
    scene.run()
    assert scene.reminders() == [("Due 14 working days ago", 0), ("Its 14 days were yesterday", 14)]


def test_day_run_ahead_of_time_is_not_done_with(scene: Scene) -> None:
    scene.milestone(TOMORROW, title="First")
    scene.run(TOMORROW)
    assert not ReminderRun.objects.filter(day_on__gt=TODAY - timedelta(days=1)).exists()
    scene.milestone(TOMORROW, title="Second", owner=scene.person("Dev Lewis"))
    scene.move_to(SEVEN_AM + timedelta(days=2))
    scene.run(date(2026, 11, 26))
    assert scene.reminders() == [("First", 0), ("Second", 0)]


def test_second_source_of_one_rule_is_refused() -> None:
    with pytest.raises(ValueError, match="There is already a source of the rule milestone_due"):
        register(MilestonesDue())


def test_all_digests_are_made_before_the_first_is_handed_on(
    scene: Scene, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    monkeypatch.setattr(digests, "MOST_PEOPLE", 1)
    for person in (scene.owner, scene.person("Dev Lewis")):
        scene.milestone(DUE[0], owner=person)
    with django_capture_on_commit_callbacks() as callbacks:
        made = scene.run()
    (hand_on,) = callbacks
    hand_on()
    assert (len(made), scene.handed_on) == (2, made)
