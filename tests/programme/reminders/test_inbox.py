"""The inbox: the same things as the mails, also for people who get none, and its count in the menu."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from accounts.models import User
from programme.actions.reminding.absences import record_absence
from programme.actions.reminding.inbox import mark_read
from programme.models import Milestone, Reminder
from tests.factories import sign_in
from tests.programme.reminders.conftest import TODAY, Scene

URL = "/inbox/"


def read(client: Client, address: str = URL) -> str:
    html: str = client.get(address).content.decode()
    return html


def test_inbox_holds_what_was_told_with_or_without_a_mail_and_the_menu_counts_it(
    scene: Scene, client: Client
) -> None:
    User.objects.update(wants_reminders=False)
    milestone = scene.milestone(TODAY, title="Go-live")
    scene.milestone(date(2026, 12, 3), title="Cutover")
    assert scene.run() == []
    html = read(sign_in(client, scene.owner))
    assert ("Go-live" in html, "Cutover" in html, "Inbox (2<" in html) == (True, True, True)
    assert f'href="/milestones/{milestone.pk}/update/?field=forecast_on"' in html
    first = Reminder.objects.get(title="Go-live")
    assert client.post("/inbox/read/", {"reminder": first.pk}).status_code == 302
    assert client.post("/inbox/read/", {"reminder": "x"}).status_code == 302
    html = read(client)
    assert ("Go-live" in html, "Inbox (1<" in html) == (False, True)
    assert "Read on 24" in read(client, f"{URL}?show=all").replace("\u00a0", " ")
    client.post("/inbox/read/")
    assert ("Nothing new" in read(client), "Inbox (" in read(client)) == (True, False)


def test_inbox_is_ones_own_and_what_one_may_read(scene: Scene, client: Client) -> None:
    other = scene.person("Dev Lewis")
    scene.milestone(TODAY, title="Go-live")
    scene.run()
    assert (mark_read(by=other), mark_read(by=other, reminders=[Reminder.objects.get().pk])) == (0, 0)
    assert "Go-live" not in read(sign_in(client, other), f"{URL}?show=all")
    scene.owner.roles_held.all().delete()
    html = read(sign_in(client, scene.owner), f"{URL}?show=all")
    assert ("Go-live" in html, "Inbox (" in html) == (False, False)


def test_who_was_away_finds_what_the_delegate_was_told(scene: Scene, client: Client) -> None:
    delegate = scene.person("Dev Lewis")
    record_absence(by=scene.owner, from_on=TODAY, to_on=TODAY, delegate=delegate)
    scene.milestone(TODAY, title="Go-live")
    scene.run_and_deliver()
    assert "For Priya Raman, who was away" in read(sign_in(client, delegate))
    assert "Inbox (1<" in read(client)
    html = read(sign_in(client, scene.owner), f"{URL}?show=all")
    assert ("Dev Lewis was told in your place" in html, "Inbox (" in html) == (True, False)


def test_what_cleared_before_its_mail_went_does_not_wait_to_be_read(scene: Scene, client: Client) -> None:
    scene.milestone(TODAY, title="Go-live")
    (digest_id,) = scene.run()
    Milestone.objects.update(owner=None)
    scene.deliver(digest_id)
    sign_in(client, scene.owner)
    assert ("Inbox (" in read(client), "No longer applies" in read(client, f"{URL}?show=all")) == (
        False,
        True,
    )


@pytest.mark.parametrize("count", [1, 3])
def test_inbox_takes_a_fixed_number_of_queries(
    scene: Scene, client: Client, django_assert_num_queries: Any, count: int
) -> None:
    for number in range(count):
        scene.milestone(TODAY, title=f"Go-live {number}")
    scene.run()
    sign_in(client, scene.owner)
    with django_assert_num_queries(4):
        assert read(client).count("Mark as read") == count
    with django_assert_num_queries(4):
        rows = client.get("/api/v1/inbox/?unread=true").json()["results"]
    assert len(rows) == count
    answer = client.post("/api/v1/inbox/read/", {"reminders": [rows[0]["id"]]}, "application/json")
    assert answer.json() == {"count": 1}
    assert client.get("/api/v1/reminders/next/?to=all").json()["results"] == []
