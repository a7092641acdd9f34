"""The portfolio of a region: sixty programmes, each with a hundred milestones and a thousand entries."""

from datetime import date, timedelta

from accounts.enums import RoleName
from accounts.models import User
from core.clock import today
from core.rules.dates import ImpreciseDate
from programme.models import Milestone, Programme, Risk
from tests.factories import ProgrammeFactory, UserFactory, role

PROGRAMMES, MILESTONES, ENTRIES = 60, 100, 1_000
_BATCH = 5_000


def make_portfolio() -> User:
    """Make the programmes, some milestones late and some slipped, and give the manager of them all."""
    manager = UserFactory()
    programmes = [ProgrammeFactory(partnership__councils=2) for _ in range(PROGRAMMES)]
    for programme in programmes:
        role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    Milestone.objects.bulk_create(
        (_milestone(one, number, manager) for one in programmes for number in range(MILESTONES)), _BATCH
    )
    Risk.objects.bulk_create(
        (_entry(one, number, manager) for one in programmes for number in range(ENTRIES)), _BATCH
    )
    return manager


def _milestone(programme: Programme, number: int, manager: User) -> Milestone:
    """Half are achieved; of the others every seventh has slipped, and the first few are late."""
    planned = today() + timedelta(days=10 * number - 520)
    milestone = Milestone(
        programme=programme,
        ref=f"M-{number}",
        title=f"Milestone {number}",
        owner=manager,
        order_index=number,
        created_by=manager,
        updated_by=manager,
    )
    milestone.set_date("plan", _day(planned))
    milestone.set_date("forecast", _day(planned + timedelta(days=12 if number % 7 == 0 else 0)))
    if number < MILESTONES // 2:
        milestone.set_date("actual", _day(planned))
    return milestone


def _entry(programme: Programme, number: int, manager: User) -> Risk:
    return Risk(
        programme=programme,
        ref=f"R-{number}",
        title=f"Risk {number}",
        likelihood=1 + number % 5,
        impact=1 + number % 4,
        created_by=manager,
        updated_by=manager,
    )


def _day(day: date) -> ImpreciseDate:
    return ImpreciseDate.day(day)
