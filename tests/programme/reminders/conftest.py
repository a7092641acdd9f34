"""A programme on Tuesday 24 November 2026 at 7am, the day before done, with its people and their mail."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail

from accounts.enums import RoleName
from accounts.models import User
from programme.actions.deliveries import deliver_digest
from programme.actions.reminders import send_due_reminders
from programme.models import Digest, Milestone, Programme, Reminder, ReminderRun
from tests.factories import MilestoneFactory, ProgrammeFactory, UserFactory, role

TODAY = date(2026, 11, 24)
SEVEN_AM = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)


@dataclass
class Scene:
    """One programme and its owner; `handed_on` are the digests given to the broker, in order."""

    programme: Programme
    owner: User
    clock: Any
    handed_on: list[int] = field(default_factory=list)

    def person(self, name: str, role_name: RoleName = RoleName.COUNCIL_LEAD) -> User:
        """Another person who may read the programme."""
        user = UserFactory(name=name)
        role(user, role_name, partnership=self.programme.partnership)
        return user

    def milestone(self, forecast: Any, **fields: Any) -> Milestone:
        """A milestone of the owner, or of another."""
        given = {"programme": self.programme, "owner": self.owner, "forecast": forecast} | fields
        return MilestoneFactory(**given)

    def run(self, day: date = TODAY) -> list[int]:
        """Make the reminders of a day."""
        return send_due_reminders(day=day, deliver=self.handed_on.append)

    def run_and_deliver(self, day: date = TODAY) -> list[str | None]:
        """Make them, and let a worker take each digest; the states they end in."""
        return [self.deliver(digest_id) for digest_id in self.run(day)]

    def deliver(self, digest_id: int) -> str | None:
        """Let a worker take one digest; the state it ends in."""
        return deliver_digest(digest_id=digest_id)

    def move_to(self, moment: datetime) -> None:
        """Set the clock."""
        self.clock.move_to(moment, tick=False)

    def reminders(self) -> list[tuple[str, int]]:
        """Title and offset of every reminder there is, by title."""
        return sorted(Reminder.objects.values_list("title", "offset_days"))

    def states(self) -> list[tuple[date, str]]:
        """Day and state of every digest, the first day first."""
        return list(Digest.objects.order_by("day_on", "pk").values_list("day_on", "state"))


@pytest.fixture
def scene(db: None) -> Iterator[Scene]:
    """The programme."""
    with time_machine.travel(SEVEN_AM, tick=False) as clock:
        programme = ProgrammeFactory(name="Shared revenues")
        owner = UserFactory(name="Priya Raman", email="priya@council.example")
        role(owner, RoleName.COUNCIL_LEAD, partnership=programme.partnership)
        ReminderRun.objects.create(day_on=TODAY - timedelta(days=1))
        yield Scene(programme, owner, clock)


def bodies() -> list[str]:
    """The texts of the mails sent."""
    return [str(message.body) for message in mail.outbox]
