"""manage.py send_reminders: the same action by hand."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from django.core import mail
from django.core.management import CommandError, call_command
from django.test import override_settings

from tests.programme.reminders.conftest import TODAY, Scene
from tests.programme.reminders.test_deliver import REFUSING


def said(*arguments: str) -> str:
    output = StringIO()
    call_command("send_reminders", *arguments, stdout=output)
    return output.getvalue().strip()


def test_command_sends_today_and_the_second_time_nothing(scene: Scene) -> None:
    scene.milestone(TODAY)
    scene.milestone(TODAY, owner=scene.person("Dev Lewis"))
    assert said() == "24 November 2026: 2 mails sent."
    assert said() == "24 November 2026: nothing new to send."
    assert len(mail.outbox) == 2


def test_command_sends_for_another_day(scene: Scene) -> None:
    scene.milestone(date(2026, 12, 1), title="Go-live")
    assert said("--day", "2026-12-01") == "1 December 2026: 1 mail sent."
    assert [str(message.body).splitlines()[0] for message in mail.outbox] == ["Due today: Go-live"]


def test_command_says_which_day_follows_a_closed_one(scene: Scene) -> None:
    scene.milestone(date(2026, 12, 25))
    assert said("--day", "25 12 2026") == (
        "25 December 2026 is not a working day. Its reminders go out on 29 December 2026."
    )
    assert mail.outbox == []


def test_command_counts_what_failed(scene: Scene) -> None:
    scene.milestone(TODAY)
    with override_settings(EMAIL_BACKEND=REFUSING):
        assert said() == "24 November 2026: 0 mails sent. 1 mail failed and will be tried again."


def test_command_refuses_what_is_no_day() -> None:
    with pytest.raises(CommandError, match="argument --day: Enter a real date, for example 30 4 2027"):
        said("--day", "31 April")
