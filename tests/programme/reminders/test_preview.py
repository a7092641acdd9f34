"""What would go out and why, without a trace, and a test mail to oneself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.core import mail
from django.test import Client

from accounts.enums import RoleName
from core.errors import Refusal
from programme.actions.reminding.trial import send_trial
from programme.actions.reminding.wishes import set_wishes
from programme.models import Digest, Reminder, ReminderRun
from programme.queries.reminding.preview import PreviewRow, next_run_day, preview
from tests.factories import ProgrammeFactory, role, sign_in
from tests.programme.reminders.conftest import TODAY, Scene

TOMORROW = TODAY + timedelta(days=1)


def said(rows: list[PreviewRow]) -> list[tuple[str, str, str, str, str]]:
    return [(row.recipient, row.rule, row.title, row.told, row.because) for row in rows]


def told(day: date) -> list[tuple[str, str, int]]:
    rows = Reminder.objects.filter(digest__day_on=day).order_by("recipient__name", "due_on", "title")
    return list(rows.values_list("recipient__name", "title", "offset_days"))


def test_preview_says_of_each_person_what_when_and_because_of_which_role(scene: Scene) -> None:
    scene.run()
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    scene.milestone(date(2026, 12, 4), title="Go-live")
    scene.milestone(TODAY, title="Cutover")
    managed = [scene.programme.partnership_id]
    assert next_run_day() == TOMORROW
    rows = preview(TOMORROW, own=manager, managed=managed)
    assert said(rows) == [
        ("Mei Tan", "Milestone overdue", "Overdue: Cutover", "1 day after", "Programme manager"),
        ("Priya Raman", "Milestone due", "Cutover", "on the day", "Owner of the milestone"),
        ("Priya Raman", "Milestone due", "Go-live", "7 working days before", "Owner of the milestone"),
    ]
    assert [row.title for row in preview(TOMORROW, own=scene.owner)] == ["Cutover", "Go-live"]
    assert (Reminder.objects.count(), Digest.objects.count(), ReminderRun.objects.count()) == (0, 0, 2)
    scene.run(TOMORROW)
    assert told(TOMORROW) == [
        ("Mei Tan", "Overdue: Cutover", -1),
        ("Priya Raman", "Cutover", 0),
        ("Priya Raman", "Go-live", 7),
    ]


def test_preview_of_a_later_day_holds_what_a_quiet_day_keeps_back_and_nothing_of_other_days(
    scene: Scene,
) -> None:
    scene.run()
    set_wishes(by=scene.owner, seen_version=0, unwanted=["milestone_overdue"], quiet_days=[2])
    scene.milestone(TOMORROW, title="Wednesday's")
    scene.milestone(date(2026, 11, 26), title="Thursday's")
    scene.milestone(date(2026, 11, 27), title="Friday's")
    thursday = TODAY + timedelta(days=2)
    rows = preview(thursday, own=scene.owner)
    assert [(row.title, row.told) for row in rows] == [
        ("Wednesday's", "on the day"),
        ("Thursday's", "on the day"),
        ("Friday's", "1 working day before"),
    ]
    assert [row.mail_on for row in preview(TOMORROW, own=scene.owner)] == [thursday, thursday]


def test_manager_of_one_partnership_sees_nothing_of_another(scene: Scene, client: Client) -> None:
    scene.run()
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    other = ProgrammeFactory(name="Waste", partnership__councils=2)
    role(scene.owner, RoleName.COUNCIL_LEAD, partnership=other.partnership)
    scene.milestone(TOMORROW, title="Secret of others", programme=other)
    scene.milestone(TOMORROW, title="Go-live")
    sign_in(client, manager)
    html = client.get("/reminders/next/?to=all").content.decode()
    assert ("Go-live" in html, "Secret of others" in html) == (True, False)
    sign_in(client, scene.person("Dev Lewis"))
    assert "Go-live" not in client.get("/reminders/next/?to=all").content.decode()


def test_page_takes_a_fixed_number_of_queries_and_any_day(
    scene: Scene, client: Client, django_assert_num_queries: Any
) -> None:
    manager = scene.person("Mei Tan", RoleName.PROGRAMME_MANAGER)
    sign_in(client, manager)
    for count in (1, 3):
        for _ in range(count):
            scene.milestone(TODAY, owner=scene.person(f"Owner {count}"))
        with django_assert_num_queries(56):
            assert client.get("/reminders/next/?to=all").content.decode().count("on the day") >= count
    for asked, shown in (("2026-12-25", "29 December 2026"), ("x", "24 November"), ("2020-01-01", "24 Nov")):
        assert f"7am on {shown}" in client.get(f"/reminders/next/?on={asked}").content.decode().replace(
            "\u00a0", " "
        )


def test_trial_goes_to_oneself_alone_and_the_real_mail_all_the_same(scene: Scene, client: Client) -> None:
    scene.milestone(TODAY, title="Go-live")
    scene.milestone(TODAY, title="Another's", owner=scene.person("Dev Lewis"))
    sign_in(client, scene.owner)
    for _ in range(2):
        assert client.post("/reminders/test/").status_code == 302
    (message,) = mail.outbox
    assert (message.to, message.subject) == (
        [scene.owner.email],
        "Test: 1 milestone due on 24 November 2026",
    )
    assert message.body.startswith("This is a test that you asked for.\n\nDue today: Go-live\n")
    assert "Another's" not in message.body
    assert (Reminder.objects.count(), Digest.objects.count()) == (0, 0)
    assert scene.run_and_deliver() == ["sent", "sent"]


def test_trial_says_that_nothing_is_due_and_waits_a_minute(scene: Scene) -> None:
    assert send_trial(by=scene.owner, day=TODAY) == 0
    assert mail.outbox[0].body == "This is a test: nothing is due in your next mail.\n"
    with pytest.raises(Refusal, match="You sent yourself a test a moment ago"):
        send_trial(by=scene.owner, day=TODAY)
    assert len(mail.outbox) == 1


def test_trial_holds_what_waits_for_the_mail_of_its_day(scene: Scene) -> None:
    set_wishes(by=scene.owner, seen_version=0, unwanted=[], quiet_days=[TODAY.weekday()])
    scene.milestone(TODAY, title="Held back")
    scene.run()
    assert Reminder.objects.get().mail_on == TOMORROW
    assert send_trial(by=scene.owner, day=TOMORROW) == 1
    assert "Was due on 24 November 2026: Held back" in mail.outbox[0].body
    assert Reminder.objects.get().mail_on == TOMORROW
