"""What a test does inside its installation, each function in a process of its own."""

from __future__ import annotations

import sys
import time
from datetime import UTC, date, datetime

from django.core.management import call_command
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from core.clock import now
from tests.factories import MilestoneFactory, ProgrammeFactory, UserFactory, role

SEVEN_AM = datetime(2026, 11, 24, 7, tzinfo=UTC)
TODAY = date(2026, 11, 24)
IN_SEVEN_DAYS = date(2026, 12, 3)


def make(count: int) -> None:
    """Make people who own two milestones each, due today and in 7 working days."""
    programme = ProgrammeFactory(name="Shared revenues", partnership__councils=2)
    for number in range(count):
        owner = UserFactory(name=f"Owner {number}", email=f"owner{number}@council.example")
        role(owner, RoleName.COUNCIL_LEAD, partnership=programme.partnership)
        MilestoneFactory(programme=programme, owner=owner, forecast=TODAY, title=f"Go-live {number}")
        MilestoneFactory(programme=programme, owner=owner, forecast=IN_SEVEN_DAYS, title=f"Move {number}")


def send_at_seven() -> None:
    """Send by hand at the very moment at which beat's message goes out."""
    time.sleep(max(0.0, (SEVEN_AM - now()).total_seconds()))
    call_command("send_reminders")


def page(email: str) -> None:
    """Print the page of reminders as this person sees it."""
    client = Client()
    client.force_login(User.objects.get(email=email))
    sys.stdout.write(client.get("/reminders/").content.decode())
