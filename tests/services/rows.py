"""Services of a programme with their costs."""

from __future__ import annotations

from datetime import date

from accounts.enums import RoleName
from accounts.models import User
from core.enums import Qualifier
from core.rules.dates import ImpreciseDate
from programme.models import Council, Programme
from services.enums import Confidence, Provider, ReviewState, ServiceStatus
from services.models import Service
from tests.factories import (
    CouncilFactory,
    PartnershipFactory,
    ProgrammeFactory,
    ServiceCostFactory,
    ServiceCouncilFactory,
    ServiceFactory,
    ServiceReviewFactory,
    UserFactory,
    role,
)

NAMES = ("Ashmere", "Brockvale", "Carrick")


def programme_of_three() -> Programme:
    """A programme of Ashmere, Brockvale and Carrick."""
    councils = [CouncilFactory(key=name.lower(), short_name=name) for name in NAMES]
    return ProgrammeFactory(
        key="abc", name="Shared services", partnership=PartnershipFactory(councils=councils)
    )


def members(programme: Programme) -> list[Council]:
    """The partner councils, in their order."""
    return list(programme.partnership.councils.order_by("memberships__order_index"))


def reader_of(programme: Programme) -> User:
    """An auditor of the programme's partnership."""
    user = UserFactory()
    role(user, RoleName.AUDITOR, partnership=programme.partnership)
    return user


def revenues(programme: Programme) -> Service:
    """Planned; every council's cost is stated for one year, and Carrick's is missing in the next."""
    service = ServiceFactory(
        programme=programme,
        ref="S-1",
        name="revenues and benefits",
        status=ServiceStatus.PLANNED,
        lead_council=members(programme)[0],
        planned=date(2027, 10, 1),
        order_index=0,
    )
    for index, council in enumerate(members(programme)):
        is_last = index == 2
        provision = ServiceCouncilFactory(
            service=service,
            council=council,
            provider=Provider.OUTSOURCED if is_last else Provider.IN_HOUSE,
            fte="22.50" if is_last else "31",
            contract_end_on=date(2029, 9, 30) if is_last else None,
        )
        ServiceCostFactory(
            provision=provision, fy=2025, amount_pence=(index + 1) * 100_000_50, confidence=Confidence.HIGH
        )
        if not is_last:
            ServiceCostFactory(provision=provision, fy=2026, qualifier=Qualifier.ABOUT)
    ServiceReviewFactory(
        service=service,
        state=ReviewState.RECOMMENDED,
        is_sensitive=True,
        chosen_because="The largest.",
        started_on=date(2025, 10, 6),
    )
    return service


def payroll(programme: Programme) -> Service:
    """Shared since a month; nothing is stated of its councils but their names."""
    service = ServiceFactory(
        programme=programme,
        ref="S-2",
        name="payroll",
        status=ServiceStatus.SHARED,
        since=ImpreciseDate.month(2009, 10),
        order_index=1,
    )
    for council in members(programme)[:2]:
        ServiceCouncilFactory(service=service, council=council)
    return service
