"""A programme on Tuesday 24 November 2026, its manager and a reader, for the tests of pages."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client

from accounts.enums import RoleName
from accounts.models import User
from programme.models import Milestone, Phase, Programme
from tests.factories import (
    MilestoneFactory,
    PartnershipFactory,
    PhaseFactory,
    ProgrammeFactory,
    UserFactory,
    role,
    sign_in,
)


@dataclass
class Scene:
    """A programme with one phase; milestones are added by each test."""

    programme: Programme
    phase: Phase
    manager: User
    reader: User
    client: Client

    def milestone(self, title: str, plan: date, **fields: Any) -> Milestone:
        """A milestone of the manager, forecast for its plan date unless told otherwise."""
        given = {"forecast": plan, "owner": self.manager, "phase": self.phase} | fields
        return MilestoneFactory(programme=self.programme, title=title, plan=plan, **given)

    def as_reader(self) -> Client:
        """A browser of someone who may read the programme and change nothing."""
        return sign_in(Client(), self.reader)

    def as_stranger(self) -> Client:
        """A browser of the programme manager of another partnership."""
        stranger = UserFactory()
        role(stranger, RoleName.PROGRAMME_MANAGER, partnership=PartnershipFactory())
        return sign_in(Client(), stranger)


@pytest.fixture
def scene(db: None, client: Client) -> Iterator[Scene]:
    """The scene at 9am; the test's own browser is the manager's."""
    programme = ProgrammeFactory(name="Shared services", key="shared")
    manager, reader = UserFactory(name="Priya Raman"), UserFactory(name="Councillor")
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    role(reader, RoleName.MEMBER, partnership=programme.partnership)
    phase = PhaseFactory(programme=programme, label="Design", ref="P-3")
    with time_machine.travel(datetime(2026, 11, 24, 9, tzinfo=UTC), tick=False):
        yield Scene(programme, phase, manager, reader, sign_in(client, manager))
