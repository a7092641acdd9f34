"""Reminders by a real worker and a real beat, killed where it hurts: nothing is lost, one may repeat.

The one: when a worker is killed after the mail server took a mail and before the row says so, this mail comes
again, under the same Message-ID.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.installation import PATIENCE
from tests.reminders_processes.conftest import Reminding

pytestmark = pytest.mark.processes

# Each later start is past the time after which Redis gives out again what a killed worker had in hand.
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
ELEVEN = datetime(2026, 11, 24, 11, 0, tzinfo=UTC)


def addresses(count: int) -> list[str]:
    return sorted(f"owner{number}@council.example" for number in range(count))


def listed(email: str, delivery: str) -> str:
    number = email.removeprefix("owner").removesuffix("@council.example")
    return (
        f"24 November 2026 Go-live {number} Due 24 November 2026, Shared revenues "
        f"Move {number} Due 3 December 2026, Shared revenues {delivery}"
    )


def test_two_workers_two_beats_and_two_runs_by_hand_at_once_send_one_mail_each(reminding: Reminding) -> None:
    reminding.make(8, beats=("one", "two"))
    for name in ("one", "two"):
        reminding.start_worker(name, mails_at_once=2)
        reminding.start_beat(name)
    by_hand = [reminding.start("send_at_seven()") for _ in range(2)]
    reminding.wait_until_sent(8)
    assert [process.wait(PATIENCE) for process in by_hand] == [0, 0]
    assert reminding.headers("To") == addresses(8)
    assert len(set(reminding.headers("Message-ID"))) == 8
    assert reminding.states() == [("sent", 1)] * 8
    assert reminding.rows("SELECT count(*), count(DISTINCT key) FROM programme_reminder") == [(16, 16)]


def test_worker_killed_before_a_send_and_after_one_loses_nothing_and_repeats_that_one(
    reminding: Reminding,
) -> None:
    reminding.make(3)
    waiting = reminding.kill_at_next_mail("before")
    assert waiting not in reminding.headers("To")
    delivery = "Being sent 1 of 5 tries, the last at 7am on 24 November 2026"
    assert reminding.page(waiting) == listed(waiting, delivery)

    reminding.set_clock(NINE)
    unmarked = reminding.kill_at_next_mail("after")
    (landed,) = [mail for mail in reminding.mails() if mail["To"] == unmarked]

    reminding.set_clock(ELEVEN)
    reminding.start_worker()
    reminding.start_beat()
    reminding.wait_until_sent(3)
    assert reminding.headers("To") == sorted([*addresses(3), unmarked])
    repeated = [mail for mail in reminding.mails() if mail["Message-ID"] == landed["Message-ID"]]
    assert [mail.get_payload() for mail in repeated] == [landed.get_payload()] * 2
    assert len(set(reminding.headers("Message-ID"))) == 3
    assert reminding.page(unmarked) == listed(unmarked, "Sent At 11am on 24 November 2026")
    assert reminding.rows("SELECT count(*), count(DISTINCT key) FROM programme_reminder") == [(6, 6)]
