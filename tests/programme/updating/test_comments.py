"""Comments on milestones, and whom they name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.enums import RoleName
from accounts.models import User
from core.errors import Refusal
from core.models import AuditEvent
from programme.actions.deliveries import deliver_digest
from programme.actions.reminders import send_due_reminders
from programme.actions.updating.comments import add_comment
from programme.models import Milestone, MilestoneComment
from programme.rules.updating.mentions import Person, labelled, mentioned_in
from tests.factories import UserFactory, role, sign_in
from tests.programme.views.conftest import Scene

FAR = date(2027, 6, 1)
ANN, ANN_LEE, SAM, OTHER_SAM = (
    Person(1, "Ann", "ann@ash.example"),
    Person(2, "Ann Lee", "lee@ash.example"),
    Person(3, "Sam Okafor", "sam@brock.example"),
    Person(4, "Sam Okafor", "okafor@carrick.example"),
)
NOBODY = "Nobody who can see this milestone is called {}. Choose a name from the list, or leave out the @"
PEOPLE = (ANN, ANN_LEE, SAM, OTHER_SAM)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("@Ann, can you look?", (1,)),
        ("Ask @ann lee (and @ANN).", (2, 1)),
        ("@sam@brock.example and again @sam@brock.example", (3,)),
        ("Mail ann@ash.example at @ 5pm", ()),
        ("Nobody is named", ()),
    ],
)
def test_longest_name_or_address_counts(text: str, expected: tuple[int, ...]) -> None:
    assert mentioned_in(text, PEOPLE) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("@Annabel knows", NOBODY.format("@Annabel")),
        ("@Sam Okafor", "Several people are called Sam Okafor. Name one by their e-mail address"),
    ],
)
def test_name_of_nobody_or_of_several_is_refused(text: str, words: str) -> None:
    with pytest.raises(Refusal) as said:
        mentioned_in(text, PEOPLE)
    assert str(said.value) == words


def test_shared_names_are_offered_by_their_address() -> None:
    assert labelled(PEOPLE) == [
        ("Ann", "Ann"),
        ("Ann Lee", "Ann Lee"),
        ("sam@brock.example", "Sam Okafor, sam@brock.example"),
        ("okafor@carrick.example", "Sam Okafor, okafor@carrick.example"),
    ]


def colleague(scene: Scene, name: str, **fields: Any) -> User:
    """Somebody who takes part in the programme."""
    user = UserFactory(name=name, **fields)
    role(user, RoleName.SRO, partnership=scene.programme.partnership)
    return user


def text_of(answer: Any) -> str:
    return str(answer.content.decode().replace("\xa0", " "))


def test_comment_is_plain_text_seen_by_readers_alone(scene: Scene) -> None:
    milestone = scene.milestone("Go-live", FAR, ref="M-2")
    url = f"/milestones/{milestone.pk}/comments/"
    typed = "<script>alert(1)</script> https://example.org"
    answer = scene.client.post(url, {"text": typed})
    comment = MilestoneComment.objects.get()
    assert answer["Location"] == f"{url}#comment-{comment.pk}"
    page = text_of(scene.as_reader().get(url))
    assert "&lt;script&gt;alert(1)&lt;/script&gt; https://example.org" in page
    assert ('href="https://example.org"' in page, "Withdraw" in page) == (False, False)
    stranger = scene.as_stranger()
    addresses = (url, f"/milestone-comments/{comment.pk}/", f"/api/v1/milestone-comments/{comment.pk}/")
    assert [stranger.get(one).status_code for one in addresses] == [404] * 3
    assert stranger.post(url, {"text": "Ours"}).status_code == 404
    assert stranger.get("/api/v1/milestone-comments/").json()["count"] == 0


def test_auditor_reads_and_may_not_comment(scene: Scene) -> None:
    milestone, auditor = scene.milestone("Go-live", FAR), UserFactory()
    role(auditor, RoleName.AUDITOR, partnership=scene.programme.partnership)
    client = sign_in(scene.as_reader(), auditor)
    url = f"/milestones/{milestone.pk}/comments/"
    assert [client.get(url).status_code, client.post(url, {"text": "Hm"}).status_code] == [200, 403]
    assert not MilestoneComment.objects.exists()


def test_author_withdraws_the_text_and_the_trail_keeps_it(scene: Scene) -> None:
    milestone = scene.milestone("Go-live", FAR)
    comment = add_comment(milestone, by=scene.manager, text="Too early.")
    url = f"/milestone-comments/{comment.pk}/withdraw/"
    assert scene.as_reader().post(url).status_code == 403
    assert scene.client.post(url).status_code == 302
    page = text_of(scene.client.get(f"/milestones/{milestone.pk}/comments/"))
    assert ("Withdrawn by its author on 24 November 2026" in page, "Too early." in page) == (True, False)
    again = scene.client.post(f"/api/v1/milestone-comments/{comment.pk}/withdraw/")
    assert (again.status_code, again.json()["detail"]) == (400, "This comment was withdrawn before")
    events = AuditEvent.objects.order_by("pk").values_list("action", "before", "after")
    assert list(events) == [
        ("add_milestone_comment", {}, {"text": "Too early.", "mentioned": []}),
        ("withdraw_milestone_comment", {"text": "Too early."}, {"text": ""}),
    ]
    with pytest.raises(IntegrityError), transaction.atomic():
        MilestoneComment.objects.update(text="Back")


def digest_of(day: date) -> list[str]:
    """The mails of a day, as they are sent."""
    mail.outbox = []
    for digest in send_due_reminders(day=day):
        deliver_digest(digest_id=digest)
    return [f"{message.to[0]}: {message.subject} {message.body}" for message in mail.outbox]


def test_who_is_named_is_told_once_in_the_next_mail_without_the_text(scene: Scene) -> None:
    sam, milestone = colleague(scene, "Sam Okafor"), scene.milestone("Go-live", FAR, owner=None)
    comment = add_comment(milestone, by=scene.manager, text="@Sam Okafor the secret is out.")
    add_comment(milestone, by=scene.manager, text="Nobody is told of this.")
    wednesday = date(2026, 11, 25)
    with time_machine.travel("2026-11-25 09:00:00+00:00", tick=False):
        (told,) = digest_of(wednesday)
        assert told.startswith(f"{sam.email}: ")
        assert "A comment names you: Go-live" in told
        assert f"/milestone-comments/{comment.pk}/" in told
        assert "secret" not in told
        assert digest_of(wednesday + timedelta(days=1)) == []
    where = scene.client.get(f"/milestone-comments/{comment.pk}/")["Location"]
    assert where == f"/milestones/{milestone.pk}/comments/#comment-{comment.pk}"


def test_nobody_is_told_of_what_was_withdrawn_or_may_no_longer_be_read(scene: Scene) -> None:
    milestone = scene.milestone("Go-live", FAR, owner=None)
    sam, ann = colleague(scene, "Sam Okafor"), colleague(scene, "Ann Lee")
    withdrawn = add_comment(milestone, by=scene.manager, text="@Sam Okafor no.")
    add_comment(milestone, by=scene.manager, text="@Ann Lee goodbye.")
    scene.client.post(f"/milestone-comments/{withdrawn.pk}/withdraw/")
    ann.roles_held.all().delete()
    with time_machine.travel("2026-11-25 09:00:00+00:00", tick=False):
        assert digest_of(date(2026, 11, 25)) == []
    assert sam.pk


@pytest.mark.parametrize("number", [1, 3])
def test_number_of_queries(scene: Scene, django_assert_num_queries: Any, number: int) -> None:
    milestone: Milestone = scene.milestone("Go-live", FAR)
    for index in range(number):
        add_comment(milestone, by=scene.manager, text=f"@Councillor {index}")
    with django_assert_num_queries(11):
        scene.client.get(f"/milestones/{milestone.pk}/comments/")
    with django_assert_num_queries(5):
        scene.client.get("/api/v1/milestone-comments/")
