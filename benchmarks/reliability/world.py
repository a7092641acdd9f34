"""The people of the proof and what falls due for them, written in bulk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import islice
from typing import TypeVar

from django.core.management import call_command  # noqa: F401 - the proof calls it by its name here
from django.db import models

from accounts.enums import RoleName
from accounts.models import RoleHeld, User
from core.enums import DatePrecision
from programme.models import Milestone, Programme, ReminderRun
from tests.factories import ProgrammeFactory

Row = TypeVar("Row", bound=models.Model)
AT_ONCE = 2_000
PEOPLE_A_PROGRAMME = 500


def make(people: int, items_each: int, days_on: Sequence[str]) -> None:
    """Fill an empty database: people who each own as many milestones, due in turn on each of the days.

    The day before the first counts as done, so that nothing is due but what falls due from then on.
    """
    days = [date.fromisoformat(day) for day in days_on]
    owners = User.objects.bulk_create(
        (User(email=address(number), name=f"Owner {number}") for number in range(people)),
        batch_size=AT_ONCE,
    )
    programmes = [
        ProgrammeFactory(key=f"p-{number}", name=f"Programme {number}", partnership__councils=2)
        for number in range(-(-people // PEOPLE_A_PROGRAMME))
    ]
    _in_parts(
        RoleHeld.objects,
        (_role(owner, programmes[n // PEOPLE_A_PROGRAMME]) for n, owner in enumerate(owners)),
    )
    _in_parts(Milestone.objects, _milestones(owners, programmes, items_each, days))
    ReminderRun.objects.get_or_create(day_on=days[0] - timedelta(days=1))


def address(number: int) -> str:
    """The mail address of a person by number."""
    return f"owner{number}@council.example"


def _role(owner: User, programme: Programme) -> RoleHeld:
    return RoleHeld(
        user=owner,
        role=RoleName.COUNCIL_LEAD,
        partnership_id=programme.partnership_id,
        from_on=date(2020, 1, 1),
    )


def _milestones(
    owners: Sequence[User], programmes: Sequence[Programme], items_each: int, days: Sequence[date]
) -> Iterator[Milestone]:
    for number, owner in enumerate(owners):
        programme = programmes[number // PEOPLE_A_PROGRAMME]
        for item in range(items_each):
            due_on = days[item % len(days)]
            yield Milestone(
                programme=programme,
                owner=owner,
                ref=f"M-{number}-{item}",
                title=f"Step {item} of owner {number}",
                forecast_first_on=due_on,
                forecast_last_on=due_on,
                forecast_precision=DatePrecision.DAY,
                created_by=programme.created_by,
                updated_by=programme.created_by,
            )


def _in_parts(table: models.Manager[Row], rows: Iterator[Row]) -> None:
    while part := list(islice(rows, AT_ONCE)):
        table.bulk_create(part)
