"""The record of mails: whose is shown to whom, its filters and file, sending again, clearing an address."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.test import Client
from django.urls import reverse

from accounts.enums import RoleName
from accounts.models import FailedAddress, User
from core.errors import Refusal
from core.models import AuditEvent
from programme import tasks
from programme.actions.sending.failed_addresses import clear_failed_address
from programme.actions.sending.resend import resend_digest
from programme.enums import DeliveryState, Receipt, Stage
from programme.models import Digest
from programme.queries.deliveries import AT_STAGE, deliveries_of, delivery_row, stage_of
from programme.queries.reminders import mail_row
from tests.factories import UserFactory, role
from tests.programme.reminders.conftest import SEVEN_AM, TODAY, Scene

REASON = "It went into the spam folder"


@pytest.fixture
def digest(scene: Scene) -> Digest:
    """A mail of today that a mail server took."""
    scene.milestone(TODAY)
    (digest_id,) = scene.run()
    scene.deliver(digest_id)
    return Digest.objects.get()


@pytest.fixture
def administrator(db: None) -> User:
    """Who keeps the people and their addresses."""
    made = UserFactory(name="A Reed")
    role(made, RoleName.ADMINISTRATOR)
    return made


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_mail_is_followed_by_its_reader_its_manager_and_administrators(
    scene: Scene, digest: Digest, administrator: User
) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    officer = scene.person("Dev Lewis")
    seen = {
        person.name: (
            [row.pk for row in deliveries_of(person, everybody=False)],
            [row.pk for row in deliveries_of(person, everybody=True)],
        )
        for person in (scene.owner, manager, officer, administrator)
    }
    one = [digest.pk]
    assert seen == {
        "Priya Raman": (one, one),
        "Mei Tan": ([], one),
        "Dev Lewis": ([], []),
        "A Reed": ([], one),
    }
    row = deliveries_of(manager, everybody=True).get()
    row.error = "Mail to priya@council.example was refused"
    told = [delivery_row(row, who, administers=who == administrator) for who in (manager, administrator)]
    assert [(one.address, one.error) for one in told] == [("", ""), ("priya@council.example", row.error)]
    mails = [mail_row(row, who, administers=who == administrator) for who in (manager, administrator)]
    assert [one.error for one in mails] == ["", row.error]
    Digest.objects.update(error=row.error)
    sent = [client_of(who).get("/api/v1/deliveries/").json() for who in (manager, administrator)]
    assert [one["results"][0]["error"] for one in sent] == ["", row.error]


def test_stage_is_the_same_as_a_filter_and_as_a_word(digest: Digest) -> None:
    wrong = []
    for state in DeliveryState.values:
        for receipt in ("", *Receipt.values):
            sent_at = SEVEN_AM if state == DeliveryState.SENT else None
            at = SEVEN_AM if receipt else None
            Digest.objects.update(state=state, sent_at=sent_at, receipt=receipt, receipt_at=at)
            found = [
                stage for stage, condition in AT_STAGE.items() if Digest.objects.filter(condition).exists()
            ]
            if found != [stage_of(Digest.objects.get())]:
                wrong.append((state, receipt, found))
    assert wrong == []


def test_mail_is_sent_again_under_a_new_id_and_the_record_keeps_the_old(scene: Scene, digest: Digest) -> None:
    earlier = digest.message_id
    again = resend_digest(digest, by=scene.owner, reason=f"  {REASON} ", deliver=scene.handed_on.append)
    assert (again.state, again.attempts, again.sent_at) == (DeliveryState.WAITING, 0, None)
    assert again.message_id != earlier
    kept = again.resendings.get()
    assert (kept.message_id, kept.state, kept.sent_at, kept.reason) == (earlier, "sent", SEVEN_AM, REASON)
    event = AuditEvent.objects.get(action="resend_digest")
    assert (event.by, event.why, event.before["message_id"]) == (scene.owner, REASON, earlier)
    assert scene.deliver(again.pk) == DeliveryState.SENT


def test_mail_is_resent_though_the_broker_is_away(
    scene: Scene, digest: Digest, django_capture_on_commit_callbacks: Any
) -> None:
    def deliver(digest_id: int) -> None:
        raise ConnectionError("The broker is away")

    with django_capture_on_commit_callbacks(execute=True):
        again = resend_digest(digest, by=scene.owner, reason=REASON, deliver=deliver)
    assert again.state == DeliveryState.WAITING


def test_what_is_not_to_be_sent_again_is_refused(scene: Scene, digest: Digest) -> None:
    said = []
    for state, reason in [
        ("waiting", REASON),
        ("withdrawn", REASON),
        ("sending", REASON),
        ("given_up", "spam"),
    ]:
        Digest.objects.update(state=state, sent_at=None)
        with pytest.raises(Refusal) as caught:
            resend_digest(digest, by=scene.owner, reason=reason, deliver=scene.handed_on.append)
        said.append(str(caught.value))
    digest.reminders.all().delete()
    with pytest.raises(Refusal) as caught:
        resend_digest(digest, by=scene.owner, reason=REASON, deliver=scene.handed_on.append)
    assert [*said, str(caught.value)] == [
        "This mail is on its way already",
        "This mail was not needed any more. There is nothing to send again",
        "This mail is on its way already",
        "Say in at least 10 characters why it is sent again",
        "The reminders of this mail went into a later one. Have that one sent again",
    ]
    with pytest.raises(PermissionDenied, match="Only its reader, an administrator or the programme manager"):
        resend_digest(digest, by=scene.person("Dev Lewis"), reason=REASON, deliver=scene.handed_on.append)


def test_pages_of_an_administrator(
    scene: Scene, digest: Digest, administrator: User, django_assert_num_queries: Any, monkeypatch: Any
) -> None:
    client = client_of(administrator)
    url = f"{reverse('programme:delivery_list')}?to=all"
    for name in ("Dev Lewis", "Mei Tan"):
        scene.milestone(TODAY, owner=scene.person(name))
    scene.run()
    client.get(url)
    for narrowed, count in ((f"{url}&person=priya", 1), (url, 3)):
        with django_assert_num_queries(6):
            page = client.get(narrowed).content.decode()
        assert page.count("<tr") - 1 == count
    assert "Go-live" not in page
    assert scene.programme.name not in page
    lines = (
        client.get(f"{reverse('programme:delivery_csv')}?to=all&stage=sent").getvalue().decode().splitlines()
    )
    assert [line.split(",")[1:4] for line in lines[1:]] == [["Priya Raman", "priya@council.example", "Sent"]]
    queued: list[int] = []
    monkeypatch.setattr(tasks.deliver_digest, "delay", lambda **given: queued.append(given["digest_id"]))
    again = reverse("programme:delivery_resend", args=[digest.pk])
    assert client.get(again).status_code == 200
    assert client.post(again, {"reason": "spam"}).status_code == 422
    assert client.post(again, {"reason": REASON}).status_code == 302
    with django_assert_num_queries(6):
        detail = client.get(reverse("programme:delivery_detail", args=[digest.pk])).content.decode()
    assert f"<span>{REASON}</span>" in detail


def test_address_is_cleared_by_its_person_or_an_administrator(
    scene: Scene, administrator: User, django_assert_num_queries: Any
) -> None:
    def fail(user: User) -> FailedAddress:
        return FailedAddress.objects.create(user=user, address=user.email, words="Gone")

    failed = fail(scene.owner)
    others = [fail(UserFactory()), fail(UserFactory())]
    client, url = client_of(administrator), reverse("programme:failed_address_list")
    client.get(url)
    with django_assert_num_queries(4):
        assert client.get(url).content.decode().count("Gone") == 3
    with pytest.raises(PermissionDenied, match="Only an administrator, or the person whose address it is"):
        clear_failed_address(failed, by=scene.person("Dev Lewis"))
    own = client_of(scene.owner)
    assert "My address works" in own.get(reverse("accounts:account")).content.decode()
    assert own.get(url).status_code == 403
    assert own.post(reverse("programme:failed_address_clear", args=[others[0].pk])).status_code == 404
    assert own.post(reverse("programme:failed_address_clear", args=[failed.pk])).status_code == 302
    assert client.post(reverse("programme:failed_address_clear", args=[others[0].pk])).status_code == 302
    assert list(FailedAddress.objects.standing()) == [others[1]]
    assert "My address works" not in own.get(reverse("accounts:account")).content.decode()


def test_api_reads_the_record_and_sends_again(
    scene: Scene, digest: Digest, monkeypatch: Any, django_assert_num_queries: Any
) -> None:
    monkeypatch.setattr(tasks.deliver_digest, "delay", lambda **given: None)
    client, url = client_of(scene.owner), reverse("api:delivery-list")
    with django_assert_num_queries(5):
        (row,) = client.get(f"{url}?stage=sent").json()["results"]
    assert (row["stage"], row["recipient"], row["address"]) == (
        Stage.SENT,
        "Priya Raman",
        "priya@council.example",
    )
    assert client.get(f"{url}?stage=delivered").json()["results"] == []
    again = reverse("api:delivery-resend", args=[digest.pk])
    refused = client.post(again, {"reason": "spam"}, content_type="application/json")
    assert (refused.status_code, Digest.objects.get().state) == (400, DeliveryState.SENT)
    done = client.post(again, {"reason": REASON}, content_type="application/json").json()
    assert (done["stage"], done["attempts"], done["sent_at"]) == (Stage.QUEUED, 0, None)
    strange = client_of(scene.person("Dev Lewis"))
    assert strange.post(again, {"reason": REASON}, content_type="application/json").status_code == 404
