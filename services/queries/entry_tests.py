"""Whether each service of a programme passes the saving that its programme asks of it before it may join."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from core.rules.assessment import NotApplicable, NotAssessable
from core.rules.calendar import financial_year
from programme.enums import FactKind
from programme.models import Fact, Programme
from services.enums import ServiceStatus
from services.models import Service, ServiceCouncil
from services.rules.east_kent_rule import DEFAULT_YEAR_OF_OPERATION, EntryTest, budget_reduction_test
from services.rules.service_cost import total_cost

REDUCTION_MEASURE = "reduction_pct"


@dataclass(frozen=True, slots=True)
class ServiceTest:
    """One service and the outcome of its test."""

    service: Service
    outcome: EntryTest | NotAssessable | NotApplicable


def reduction_asked(programme: Programme) -> Decimal | None:
    """Percent by which a service's combined budget must fall, as a criterion states it. One query."""
    for fact in Fact.objects.filter(programme=programme, kind=FactKind.CRITERION):
        if fact.details.get("measure") == REDUCTION_MEASURE and "threshold" in fact.details:
            return Decimal(str(fact.details["threshold"]))
    return None


def entry_tests(programme: Programme) -> list[ServiceTest]:
    """The test of every service that is planned for a day: year 2 against the year before it starts (F-24).

    Budgets are what each of its councils states for the year. Empty where the programme asks for no
    reduction. Five queries.
    """
    percent = reduction_asked(programme)
    if percent is None:
        return []
    services = programme.services.filter(status=ServiceStatus.PLANNED, planned_first_on__isnull=False)
    return [
        ServiceTest(service, _outcome(service, percent))
        for service in services.prefetch_related("provisions__council", "provisions__costs")
    ]


def _outcome(service: Service, percent: Decimal) -> EntryTest | NotAssessable | NotApplicable:
    planned = service.get_date("planned")
    if planned is None:
        return NotAssessable("The day it starts is not stated")
    first_fy = financial_year(planned.first_on)
    provisions = list(service.provisions.all())
    before = _budget(provisions, first_fy - 1)
    later = _budget(provisions, first_fy + DEFAULT_YEAR_OF_OPERATION - 1)
    return budget_reduction_test(before, later, percent=percent)


def _budget(provisions: Iterable[ServiceCouncil], fy: int) -> int | None:
    """What all councils of a service spend on it in a year; None where one does not state it."""
    stated = {
        provision.council.short_name: next(
            (cost.amount_pence for cost in provision.costs.all() if cost.fy == fy), None
        )
        for provision in provisions
    }
    total = total_cost(stated)
    return None if isinstance(total, NotAssessable) else total
