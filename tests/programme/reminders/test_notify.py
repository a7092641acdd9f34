"""Reminders by GOV.UK Notify, against a server on this machine that speaks its protocol."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.test import override_settings

from core.enums import MailChannel
from programme.actions.deliveries import STALE_AFTER, deliver_digest
from programme.channels.notify import without_markup
from programme.enums import DeliveryState
from programme.models import Digest
from tests import notify_server as served
from tests.notify_server import NotifyServer, notify_server
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene

SENT, FAILED, GIVEN_UP = DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.GIVEN_UP


@pytest.fixture
def notify() -> Iterator[NotifyServer]:
    """Notify, chosen to carry the reminders."""
    with (
        notify_server() as server,
        override_settings(
            REMINDER_CHANNEL=MailChannel.NOTIFY,
            NOTIFY_API_KEY=served.API_KEY,
            NOTIFY_TEMPLATE_ID=served.TEMPLATE,
            NOTIFY_URL=server.url,
            BASE_URL="https://tracker.example.gov.uk",
        ),
    ):
        yield server


@pytest.fixture
def digest(scene: Scene) -> Digest:
    """A digest of today, made and handed on."""
    scene.milestone(TODAY, title="Go-live of # revenues [now](https://evil.example)")
    scene.run()
    return Digest.objects.get()


def try_again(digest: Digest) -> str | None:
    return deliver_digest(digest_id=digest.pk)


def kept(digest: Digest) -> tuple[str, int, str, str]:
    digest.refresh_from_db()
    return digest.state, digest.attempts, digest.provider_id, digest.error


def test_mail_goes_once_under_its_own_reference(notify: NotifyServer, digest: Digest) -> None:
    assert [try_again(digest), try_again(digest)] == [SENT, None]
    (mail,) = notify.taken
    assert kept(digest) == (SENT, 1, mail["id"], "")
    assert (digest.channel, digest.address) == (MailChannel.NOTIFY, "priya@council.example")
    assert (mail["reference"], mail["email_address"]) == (digest.message_id, "priya@council.example")
    assert mail["subject"] == "1 milestone due on 24 November 2026"
    first = "Due today: Go-live of # revenues [now] (https://evil.example)"
    assert mail["body"].splitlines()[:2] == [first, "  Shared revenues"]
    assert notify.asked == []


@pytest.mark.parametrize(
    ("fault", "state", "words"),
    [
        (served.RATE_LIMIT, FAILED, "GOV.UK Notify: 429 RateLimitError: {}"),
        (served.DAILY_LIMIT, FAILED, "GOV.UK Notify: 429 TooManyRequestsError: {}"),
        (served.DOWN, FAILED, "GOV.UK Notify: 500 Exception: {}"),
        (served.TRIAL, GIVEN_UP, "GOV.UK Notify: 400 BadRequestError: {}"),
        (served.INVALID_TOKEN, FAILED, "GOV.UK Notify: 403 AuthError: {}"),
    ],
)
def test_what_may_pass_is_tried_again_and_what_does_not_is_given_up_in_its_words(
    notify: NotifyServer, digest: Digest, fault: tuple[int, str, str], state: str, words: str
) -> None:
    notify.faults.append(fault)
    assert try_again(digest) == state
    assert kept(digest) == (state, 1, "", words.format(fault[2]))
    assert try_again(digest) == (SENT if state == FAILED else None)
    assert len(notify.taken) == (state == FAILED)


def test_key_that_is_not_accepted_is_said_aloud(
    notify: NotifyServer, digest: Digest, caplog: pytest.LogCaptureFixture
) -> None:
    notify.faults.append(served.INVALID_TOKEN)
    try_again(digest)
    assert [one.message for one in caplog.records if one.levelname == "CRITICAL"] == [
        "GOV.UK Notify takes no mail: NOTIFY_API_KEY is not accepted, or the clock here is wrong"
    ]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"NOTIFY_TEMPLATE_ID": served.SERVICE}, "GOV.UK Notify: 400 BadRequestError: Template not found"),
        (
            {"NOTIFY_API_KEY": f"x-{served.SERVICE}-{served.TEMPLATE}"},
            "GOV.UK Notify: 403 AuthError: Invalid token: signature, api token not found",
        ),
        ({"NOTIFY_URL": "http://127.0.0.1:1"}, "GOV.UK Notify: 503 Request failed"),
    ],
)
def test_wrong_configuration_is_kept_in_its_words(
    notify: NotifyServer, digest: Digest, changed: dict[str, str], words: str
) -> None:
    with override_settings(**changed):
        try_again(digest)
    assert (kept(digest)[3], notify.taken) == (words, [])


def test_mail_whose_answer_was_lost_is_asked_for_and_not_sent_again(
    notify: NotifyServer, digest: Digest
) -> None:
    notify.faults.append(served.LOSE_ANSWER)
    assert try_again(digest) == FAILED
    assert try_again(digest) == SENT
    assert (notify.references(), notify.asked) == ([digest.message_id], [digest.message_id])
    assert kept(digest) == (SENT, 2, notify.taken[0]["id"], "")


def test_worker_killed_between_the_send_and_its_mark_does_not_repeat_the_mail(
    notify: NotifyServer, digest: Digest, scene: Scene
) -> None:
    try_again(digest)
    Digest.objects.update(
        state=DeliveryState.SENDING, sent_at=None, provider_id="", claimed_at=SEVEN_AM, claim_key="gone"
    )
    scene.move_to(SEVEN_AM + STALE_AFTER + timedelta(seconds=1))
    type(digest.recipient).objects.update(wants_reminders=False)
    assert try_again(digest) == SENT
    assert (len(notify.taken), kept(digest)[2]) == (1, notify.taken[0]["id"])
    assert list(digest.reminders.values_list("dropped_at", flat=True)) == [None]


def test_carrier_that_cannot_be_asked_is_not_sent_to(notify: NotifyServer, digest: Digest) -> None:
    notify.faults.append(served.LOSE_ANSWER)
    try_again(digest)
    with override_settings(NOTIFY_URL="http://127.0.0.1:1"):
        assert try_again(digest) == FAILED
    assert try_again(digest) == SENT
    assert len(notify.taken) == 1


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Due today: Go-live", "Due today: Go-live"),
        ("# Big\n  * one\n1. two", "– # Big\n  – * one\n– 1. two"),
        ("[Pay](https://x.example)", "[Pay] (https://x.example)"),
        ("-\n\n---", "– -\n\n– ---"),
    ],
)
def test_markup_of_notify_is_taken_out_of_words(text: str, shown: str) -> None:
    assert without_markup(text) == shown
