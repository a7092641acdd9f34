"""Sending a digest: claimed once, checked again, the same Message-ID at every try."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import override_settings

from core.rules.dates import ImpreciseDate
from programme.actions.deliveries import STALE_AFTER, deliver_digest
from programme.actions.reminding.wishes import stop_token
from programme.enums import DeliveryState, MilestoneState
from programme.models import Digest, Milestone, Reminder, ReminderRun
from programme.tasks import deliver_digest as task
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene, bodies

REFUSING = "tests.programme.reminders.test_deliver.RefusingBackend"
STEALING = "tests.programme.reminders.test_deliver.StealingBackend"
DYING = "tests.programme.reminders.test_deliver.DyingBackend"


class RefusingBackend(EmailBackend):
    """A mail server that is away."""

    def send_messages(self, messages: Any) -> int:
        raise ConnectionRefusedError("Connection refused")


class StealingBackend(EmailBackend):
    """A mail server so slow that another worker takes the digest over meanwhile."""

    def send_messages(self, messages: Any) -> int:
        Digest.objects.update(claim_key="another")
        return super().send_messages(messages)


class DyingBackend(EmailBackend):
    """A worker that ends just after the mail server took the mail."""

    def send_messages(self, messages: Any) -> int:
        super().send_messages(messages)
        raise KeyboardInterrupt


def digest_fields(*names: str) -> tuple[Any, ...]:
    return Digest.objects.values_list(*names).get()


@override_settings(BASE_URL="https://tracker.example.gov.uk")
def test_mail_says_what_is_due_first_and_links_to_the_field(scene: Scene) -> None:
    later = scene.milestone(date(2026, 12, 3), title="Cutover of  Carrick\nX: y", order_index=1)
    month = scene.milestone(ImpreciseDate.month(2026, 11), title="Data <moved> & checked", order_index=2)
    today = scene.milestone(TODAY, title="Go-live", order_index=3)
    ReminderRun.objects.update(day_on=date(2026, 11, 18))
    scene.run()
    digest = Digest.objects.get()
    assert deliver_digest(digest_id=digest.pk) == DeliveryState.SENT
    (message,) = mail.outbox
    token = stop_token(scene.owner, "milestone_due")
    stop = f"https://tracker.example.gov.uk/reminders/stop/{token}/"
    assert message.subject == "3 milestones due, the first on 24 November 2026"
    assert message.to == ["priya@council.example"]
    assert message.body == (
        "Due today: Go-live\n"
        "  Shared revenues\n"
        f"  Update it: https://tracker.example.gov.uk/milestones/{today.pk}/update/?field=forecast_on\n"
        "\n"
        "Due in 4 working days, on 30 November 2026: Data <moved> & checked\n"
        "  Shared revenues. The date stated is November 2026, and this is its last day\n"
        f"  Update it: https://tracker.example.gov.uk/milestones/{month.pk}/update/?field=forecast_on\n"
        "\n"
        "Due in 7 working days, on 3 December 2026: Cutover of Carrick X: y\n"
        "  Shared revenues\n"
        f"  Update it: https://tracker.example.gov.uk/milestones/{later.pk}/update/?field=forecast_on\n"
        "\n"
        "All your work: https://tracker.example.gov.uk/my-work/\n"
        "Reminders sent to you: https://tracker.example.gov.uk/reminders/\n"
        "Choose your e-mails, quiet days and who stands in for you: "
        "https://tracker.example.gov.uk/reminders/wishes/\n"
        f"Stop e-mails about “Milestone due”: {stop}\n"
    )
    assert message.extra_headers == {
        "Message-ID": digest.message_id,
        "X-Concordat-Digest": str(digest.pk),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    assert digest.message_id.endswith("@tracker.example.gov.uk>")


def test_sent_digest_says_when_and_is_never_sent_again(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    assert [deliver_digest(digest_id=digest_id) for _ in range(3)] == [DeliveryState.SENT, None, None]
    assert len(mail.outbox) == 1
    assert digest_fields("state", "attempts", "sent_at", "error") == ("sent", 1, SEVEN_AM, "")


def test_digest_in_other_hands_is_left_alone_until_it_is_stale(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    Digest.objects.update(state=DeliveryState.SENDING, claimed_at=SEVEN_AM, claim_key="another", attempts=1)
    scene.move_to(SEVEN_AM + STALE_AFTER)
    assert deliver_digest(digest_id=digest_id) is None
    scene.move_to(SEVEN_AM + STALE_AFTER + timedelta(seconds=1))
    assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    assert (len(mail.outbox), digest_fields("attempts")) == (1, (2,))


def test_digest_that_has_had_all_its_tries_is_not_taken_again(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    Digest.objects.update(state=DeliveryState.SENDING, claimed_at=SEVEN_AM, attempts=5)
    scene.move_to(SEVEN_AM + STALE_AFTER + timedelta(seconds=1))
    assert (deliver_digest(digest_id=digest_id), mail.outbox) == (None, [])


def test_row_that_is_gone_is_logged_and_forgotten(db: None, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    assert task(digest_id=4711) is None
    assert caplog.messages == ["Digest 4711 is gone, done or in other hands"]


def _achieved(milestone: Milestone) -> None:
    Milestone.objects.update(actual_first_on=TODAY, actual_last_on=TODAY, stated_state=MilestoneState.DONE)


def _moved(milestone: Milestone) -> None:
    milestone.set_date("forecast", ImpreciseDate.day(date(2026, 12, 14)))
    milestone.save()


def _passed_on(milestone: Milestone) -> None:
    milestone.owner = milestone.created_by
    milestone.save()


def _cancelled(milestone: Milestone) -> None:
    Milestone.objects.update(stated_state=MilestoneState.CANCELLED)


def _not_wanted(milestone: Milestone) -> None:
    type(milestone.owner).objects.update(wants_reminders=False)


def _left(milestone: Milestone) -> None:
    type(milestone.owner).objects.update(is_active=False)


def _no_role(milestone: Milestone) -> None:
    milestone.owner.roles_held.all().delete()


def _deleted(milestone: Milestone) -> None:
    milestone.delete()


CLEARED = [_achieved, _moved, _passed_on, _cancelled, _not_wanted, _left, _no_role, _deleted]


@pytest.mark.parametrize("clear", CLEARED, ids=lambda clear: clear.__name__.strip("_"))
def test_reminder_whose_condition_has_cleared_is_not_sent(scene: Scene, clear: Any) -> None:
    milestone = scene.milestone(TODAY)
    (digest_id,) = scene.run()
    clear(milestone)
    assert deliver_digest(digest_id=digest_id) == DeliveryState.WITHDRAWN
    assert (mail.outbox, deliver_digest(digest_id=digest_id)) == ([], None)
    assert (digest_fields("sent_at"), Reminder.objects.get().dropped_at) == ((None,), SEVEN_AM)


def test_only_the_cleared_reminder_is_left_out_of_the_mail(scene: Scene) -> None:
    done, due = scene.milestone(TODAY, title="Done"), scene.milestone(TODAY, title="Due")
    (digest_id,) = scene.run()
    Milestone.objects.filter(pk=done.pk).update(stated_state=MilestoneState.CANCELLED)
    assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    assert [body.splitlines()[0] for body in bodies()] == ["Due today: Due"]
    assert mail.outbox[0].subject == "1 milestone due on 24 November 2026"
    dropped = Reminder.objects.values_list("title", "dropped_at").order_by("title")
    assert list(dropped) == [("Done", SEVEN_AM), ("Due", None)]
    assert due.title == "Due"


def test_forecast_changed_in_words_alone_is_still_told(scene: Scene) -> None:
    milestone = scene.milestone(TODAY, title="Go-live")
    (digest_id,) = scene.run()
    Milestone.objects.filter(pk=milestone.pk).update(title="Go-live of revenues")
    assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    assert [body.splitlines()[0] for body in bodies()] == ["Due today: Go-live of revenues"]


def test_mail_delivered_late_says_how_much_time_is_left_then(scene: Scene) -> None:
    scene.milestone(date(2026, 11, 25), title="Go-live")
    (digest_id,) = scene.run()
    scene.move_to(datetime(2026, 11, 26, 9, 0, tzinfo=UTC))
    deliver_digest(digest_id=digest_id)
    assert [body.splitlines()[0] for body in bodies()] == ["Was due on 25 November 2026: Go-live"]


def test_same_thing_carried_over_and_due_again_is_told_once(scene: Scene) -> None:
    scene.milestone(date(2026, 11, 25), title="Go-live")
    scene.run()
    (digest_id,) = scene.run(date(2026, 11, 25))
    assert scene.reminders() == [("Go-live", 0), ("Go-live", 1)]
    assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    assert [body.count("Go-live") for body in bodies()] == [1]
    assert list(Reminder.objects.values_list("dropped_at", flat=True)) == [None, None]


def test_failure_is_kept_in_the_mail_systems_words_and_tried_five_times(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    with override_settings(EMAIL_BACKEND=REFUSING):
        states = [deliver_digest(digest_id=digest_id) for _ in range(6)]
    failed = DeliveryState.FAILED
    assert states == [failed, failed, failed, failed, DeliveryState.GIVEN_UP, None]
    assert digest_fields("state", "attempts", "error") == (
        "given_up",
        5,
        "Connection refused",
    )


def test_failed_mail_goes_out_at_the_next_try_and_the_error_is_gone(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    with override_settings(EMAIL_BACKEND=REFUSING):
        deliver_digest(digest_id=digest_id)
    assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    assert (len(mail.outbox), digest_fields("attempts", "error")) == (1, (2, ""))


def test_worker_killed_after_the_send_repeats_this_mail_under_its_own_id(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    with override_settings(EMAIL_BACKEND=DYING), pytest.raises(KeyboardInterrupt):
        deliver_digest(digest_id=digest_id)
    assert (deliver_digest(digest_id=digest_id), scene.states()) == (None, [(TODAY, "sending")])
    scene.move_to(SEVEN_AM + STALE_AFTER + timedelta(seconds=1))
    assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    ids = [message.extra_headers["Message-ID"] for message in mail.outbox]
    assert ids == [Digest.objects.get().message_id] * 2


def test_worker_that_lost_its_hold_while_sending_marks_nothing(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    with override_settings(EMAIL_BACKEND=STEALING):
        assert deliver_digest(digest_id=digest_id) is None
    assert digest_fields("state", "claim_key", "sent_at") == ("sending", "another", None)


def test_worker_that_lost_its_hold_before_the_send_does_not_send(
    scene: Scene, monkeypatch: pytest.MonkeyPatch
) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    real = Digest.objects.select_related

    def slow(*names: str) -> Any:
        Digest.objects.update(claim_key="another")
        return real(*names)

    monkeypatch.setattr(Digest.objects, "select_related", slow)
    assert (deliver_digest(digest_id=digest_id), mail.outbox) == (None, [])


def test_number_of_queries_does_not_depend_on_the_number_of_reminders(
    scene: Scene, django_assert_num_queries: Any
) -> None:
    for count in (1, 30):
        person = scene.person(f"Owner of {count}")
        for _ in range(count):
            scene.milestone(TODAY, owner=person)
    one, many = scene.run()
    for digest_id in (one, many):
        with django_assert_num_queries(17):
            assert deliver_digest(digest_id=digest_id) == DeliveryState.SENT
    assert [body.count("Due today") for body in bodies()] == [1, 30]
