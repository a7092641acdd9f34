"""A programme of the size that a large partnership has after five years."""

from dataclasses import dataclass
from datetime import date
from importlib import import_module

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from rest_framework.authtoken.models import Token

from accounts.enums import RoleName
from accounts.models import User
from benchmarks.decisions import make_decisions
from benefits.enums import Outcome
from benefits.models import ActualAmount, Verification
from programme.models import Milestone, Programme
from tests.factories import (
    BenefitFactory,
    LineFactory,
    MilestoneFactory,
    ProgrammeFactory,
    UserFactory,
    councils_of,
    forecast,
    plan_version,
    role,
)

COUNCILS = 4
LINES = 50
YEARS = range(2022, 2027)
MONTHS_CLAIMED = 50
MILESTONES = 100


@dataclass(frozen=True)
class Made:
    """What the measurements need to know of the data."""

    programme: Programme
    decided: Programme
    milestone: Milestone
    council_key: str
    session_key: str
    token: str


def make() -> Made:
    """Make 100 milestones, 50 lines with plan and forecast, and 10,000 actual amounts, most verified.

    A second programme has 500 decisions.
    """
    programme = ProgrammeFactory(partnership__councils=COUNCILS, base_fy=YEARS.start)
    manager = UserFactory()
    role(manager, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    milestones = [
        MilestoneFactory(
            programme=programme,
            owner=manager,
            plan=date(2022 + n // 20, 1 + n % 12, 15),
            forecast=date(2022 + n // 20, 1 + n % 12, 25),
        )
        for n in range(MILESTONES)
    ]
    _make_ledgers(programme, manager)
    return Made(
        programme=programme,
        decided=make_decisions(manager),
        milestone=milestones[0],
        council_key=councils_of(programme)[0].key,
        session_key=session_of(manager),
        token=Token.objects.create(user=manager).key,
    )


def _make_ledgers(programme: Programme, verifier: User) -> None:
    councils = councils_of(programme)
    lines = [
        LineFactory(programme=programme, benefit=BenefitFactory(programme=programme)) for _ in range(LINES)
    ]
    cells = [(line, council) for line in lines for council in councils]
    yearly = [(line, council, fy, None, 1_200_000) for line, council in cells for fy in YEARS]
    plan_version(programme, 1, amounts=yearly, effective_on=date(YEARS.start, 4, 1))
    forecast(programme, date(2026, 9, 30), yearly)
    actuals = ActualAmount.objects.bulk_create(
        ActualAmount(
            line=line,
            council=council,
            fy=YEARS.start + month // 12,
            period=1 + month % 12,
            amount_pence=100_000,
            entered_by=programme.created_by,
        )
        for line, council in cells
        for month in range(MONTHS_CLAIMED)
    )
    Verification.objects.bulk_create(
        Verification(actual=actual, outcome=Outcome.VERIFIED, verified_by=verifier)
        for number, actual in enumerate(actuals)
        if number % 10
    )


def session_of(user: User) -> str:
    """The key of a session in which a person is signed in."""
    session = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = str(user.pk)
    session[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    session.create()
    key: str = session.session_key
    return key
