"""What GOV.UK Notify says became of a mail: who may say it, and what it changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.test import Client, override_settings
from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import FailedAddress
from programme.actions.deliveries import deliver_digest
from programme.actions.sending.failed_addresses import tell_of_failed_addresses
from programme.actions.sending.receipts import Word, take_receipt
from programme.actions.sending.resend import resend_digest
from programme.enums import DeliveryState, Receipt
from programme.models import Digest
from tests.factories import UserFactory, role
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene

TOKEN = "a-token-that-both-sides-know"
GIVEN = "740e5834-3a29-46b4-9a6f-16142fde533a"
AT = datetime(2026, 11, 24, 7, 5, 30, tzinfo=UTC)
GONE = "Not delivered: there is no such address"


@pytest.fixture
def digest(scene: Scene) -> Digest:
    """A mail of today that a mail server took."""
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    scene.deliver(digest_id)
    mail.outbox.clear()
    return Digest.objects.get()


def tell(digest: Digest | None, status: str = "delivered", **changed: Any) -> int:
    """Send a receipt as Notify sends it, and return the status of the answer."""
    body = {
        "id": GIVEN,
        "reference": digest.message_id if digest else None,
        "to": "priya@council.example",
        "status": status,
        "created_at": "2026-11-24T07:00:01.000000Z",
        "completed_at": "2026-11-24T07:05:30.000000Z",
        "sent_at": "2026-11-24T07:00:02.000000Z",
        "notification_type": "email",
        "template_id": "f33517ff-2a88-4f6e-b855-c550268ce08a",
        "template_version": 1,
    }
    token = changed.pop("token", f"Bearer {TOKEN}")
    sent = changed.pop("content", body | changed)
    with override_settings(NOTIFY_CALLBACK_TOKEN=changed.pop("wanted", TOKEN)):
        response = Client(enforce_csrf_checks=True).post(
            reverse("programme:notify_receipt"),
            sent,
            content_type="application/json",
            headers={"authorization": token} if token else {},
        )
    return response.status_code


def kept(digest: Digest) -> tuple[str, str, str, datetime | None]:
    digest.refresh_from_db()
    return digest.state, digest.receipt, digest.provider_id, digest.receipt_at


def test_only_who_shows_the_token_is_heard(digest: Digest) -> None:
    shown = ["", "Bearer", f"Bearer {TOKEN}x", TOKEN, "Bearer \u00e9"]
    assert [tell(digest, token=token) for token in shown] == [401] * 5
    assert tell(digest, wanted="", token="Bearer ") == 401
    assert kept(digest) == (DeliveryState.SENT, "", "", None)


def test_what_is_no_receipt_is_refused_and_what_is_not_ours_is_taken(digest: Digest) -> None:
    assert [tell(digest, content=content) for content in ("{", "[]", '"x"', "{}")] == [400] * 4
    assert [tell(digest, reference=4), tell(digest, completed_at="soon")] == [400, 400]
    assert [tell(None), tell(digest, reference="<another@place>"), tell(digest, status="sending")] == [
        200
    ] * 3
    assert kept(digest) == (DeliveryState.SENT, "", "", None)


def test_delivered_is_kept_with_its_moment_however_often_it_is_told(digest: Digest) -> None:
    assert [tell(digest), tell(digest, completed_at="2026-11-24T09:00:00.000000Z")] == [200, 200]
    assert kept(digest) == (DeliveryState.SENT, Receipt.DELIVERED, GIVEN, AT)


@pytest.mark.parametrize(
    ("state", "settled"),
    [
        (DeliveryState.FAILED, DeliveryState.SENT),
        (DeliveryState.GIVEN_UP, DeliveryState.SENT),
        (DeliveryState.SENDING, DeliveryState.SENDING),
        (DeliveryState.WITHDRAWN, DeliveryState.WITHDRAWN),
    ],
)
def test_mail_that_arrived_counts_as_sent_even_where_nobody_marked_it(
    digest: Digest, state: str, settled: str
) -> None:
    Digest.objects.update(state=state, sent_at=None, error="Timed out")
    tell(digest)
    assert kept(digest) == (settled, Receipt.DELIVERED, GIVEN, AT)
    assert deliver_digest(digest_id=digest.pk) is None


@pytest.mark.parametrize("status", ["temporary-failure", "technical-failure"])
def test_mail_that_did_not_arrive_goes_into_the_next_one(scene: Scene, digest: Digest, status: str) -> None:
    tell(digest, status)
    assert kept(digest)[:2] == (DeliveryState.GIVEN_UP, status)
    assert FailedAddress.objects.count() == 0
    (following,) = scene.run(datetime(2026, 11, 25, 7, tzinfo=UTC).date())
    assert list(Digest.objects.get(pk=following).reminders.values_list("due_on", flat=True)) == [TODAY]


class Telling(EmailBackend):
    """A carrier that says what became of a mail before this program has marked it."""

    def send_messages(self, messages: Any) -> int:
        """Take the mail, and tell of it at once."""
        words = (messages[0].extra_headers["Message-ID"], GIVEN, messages[0].to[0])
        take_receipt(Word(*words, Receipt.PERMANENT_FAILURE.value, AT))
        return super().send_messages(messages)


def test_word_that_comes_before_the_mark_counts_as_well(scene: Scene) -> None:
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    with override_settings(EMAIL_BACKEND=f"{__name__}.Telling"):
        scene.deliver(digest_id)
    assert kept(Digest.objects.get()) == (DeliveryState.GIVEN_UP, "permanent-failure", "", AT)
    assert Digest.objects.get().error == GONE
    (following,) = scene.run(datetime(2026, 11, 25, 7, tzinfo=UTC).date())
    assert list(Digest.objects.get(pk=following).reminders.values_list("due_on", flat=True)) == [TODAY]


def test_no_more_goes_to_an_address_that_does_not_exist_until_there_is_another(
    scene: Scene, digest: Digest
) -> None:
    assert [tell(digest, "permanent-failure") for _ in range(2)] == [200, 200]
    failed = FailedAddress.objects.get()
    assert (failed.user, failed.address, failed.words) == (scene.owner, "priya@council.example", GONE)
    tomorrow = datetime(2026, 11, 25, 7, tzinfo=UTC)
    scene.move_to(tomorrow)
    (following,) = scene.run(tomorrow.date())
    assert scene.deliver(following) == DeliveryState.GIVEN_UP
    words = f"Mail to priya@council.example did not arrive: {GONE}"
    assert (Digest.objects.get(pk=following).error, mail.outbox) == (words, [])
    type(scene.owner).objects.filter(pk=scene.owner.pk).update(email="p.raman@council.example")
    scene.move_to(datetime(2026, 11, 26, 7, tzinfo=UTC))
    (last,) = scene.run(datetime(2026, 11, 26).date())  # noqa: DTZ001 - a day
    assert scene.deliver(last) == DeliveryState.SENT
    assert [message.to for message in mail.outbox] == [["p.raman@council.example"]]


def test_late_word_of_an_earlier_address_or_sending_is_kept_there(scene: Scene, digest: Digest) -> None:
    resend_digest(digest, by=scene.owner, reason="It did not come", deliver=lambda _: None)
    type(scene.owner).objects.filter(pk=scene.owner.pk).update(email="p.raman@council.example")
    tell(digest, "permanent-failure")
    assert kept(digest)[:2] == (DeliveryState.WAITING, "")
    assert digest.resendings.get().receipt == Receipt.PERMANENT_FAILURE
    assert FailedAddress.objects.count() == 0


def test_administrators_are_told_once(scene: Scene, digest: Digest) -> None:
    tell(digest, "permanent-failure")
    assert tell_of_failed_addresses() == 0
    assert FailedAddress.objects.get().told_at is None
    administrator = UserFactory(email="a.reed@concordat.example")
    role(administrator, RoleName.ADMINISTRATOR)
    assert [tell_of_failed_addresses(), tell_of_failed_addresses()] == [1, 0]
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        ["a.reed@concordat.example"],
        "Reminders do not reach 1 mail address",
    )
    assert f"- Priya Raman, priya@council.example: {GONE}\n" in message.body
    assert FailedAddress.objects.get().told_at == SEVEN_AM


def test_worker_that_was_killed_while_telling_does_not_leave_administrators_untold(
    scene: Scene, digest: Digest
) -> None:
    tell(digest, "permanent-failure")
    role(UserFactory(email="a.reed@concordat.example"), RoleName.ADMINISTRATOR)
    found = []
    for minutes in (16, 14):
        FailedAddress.objects.update(telling_at=SEVEN_AM - timedelta(minutes=minutes), told_at=None)
        found.append(tell_of_failed_addresses())
    assert found == [1, 0]
