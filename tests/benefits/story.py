"""A programme of three councils with plan, forecast and returns: the worked example of the ledgers.

Revenues and benefits save £26,000 a month from October 2027, ICT £4,000 a month, offices £10,000 a month.
The original plan starts ICT in October 2027 and offices in October 2028; the current plan starts ICT in
July 2026 and offices in April 2029. Go-live of revenues and benefits slips by 18 days.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from accounts.models import User
from benefits.models import Benefit, Line
from core.rules.apportionment import apportion
from core.rules.calendar import period_start
from programme.enums import PriceBasis, SeriesName
from programme.models import Council, PlanVersion, Programme
from services.enums import LineKind
from services.models import Service
from tests.factories import (
    Amount,
    BenefitFactory,
    CouncilFactory,
    CouncilFigureFactory,
    LineFactory,
    PartnershipFactory,
    ProgrammeFactory,
    ServiceFactory,
    UserFactory,
    actual,
    forecast,
    plan_version,
)

AS_OF = date(2026, 11, 24)
POPULATION = (130_200, 140_600, 106_300)
EQUAL = (1, 1, 1)


@dataclass
class Story:
    """The rows that tests name."""

    programme: Programme
    councils: list[Council]
    revenues: Line
    ict: Line
    offices: Line
    joint_cost: Line
    exit_cost: Line
    running: Line
    benefits: list[Benefit]
    services: list[Service]
    plans: list[PlanVersion]
    officer: User
    s151: User

    def shares(
        self, line: Line, fy: int, period: int | None, pounds: int, weights=POPULATION
    ) -> list[Amount]:
        """An amount in pounds, shared between the councils."""
        return [
            (line, council, fy, period, pence)
            for council, pence in zip(self.councils, apportion(pounds * 100, weights), strict=True)
        ]

    def months(self, line: Line, fy: int, periods: range, pounds: int) -> list[Amount]:
        """The same amount in each month, shared between the councils."""
        return [amount for period in periods for amount in self.shares(line, fy, period, pounds)]

    def years(self, line: Line, fys: range, pounds: int) -> list[Amount]:
        """The same amount in each year, shared between the councils."""
        return [amount for fy in fys for amount in self.shares(line, fy, None, pounds)]


def tell() -> Story:
    """The whole story as it stands on 24 November 2026."""
    story = _frame()
    story.plans = [_original_plan(story), _current_plan(story)]
    _forecasts(story)
    _returns(story)
    return story


def _frame() -> Story:
    councils = [
        CouncilFactory(key=name.lower(), short_name=name) for name in ("Ashmere", "Brockvale", "Carrick")
    ]
    for council, people in zip(councils, POPULATION, strict=True):
        CouncilFigureFactory(council=council, series=SeriesName.POPULATION, year=2025, quantity=people)
    partnership = PartnershipFactory(key="abc", councils=councils)
    programme = ProgrammeFactory(
        key="abc-shared-services",
        name="Ashmere, Brockvale and Carrick shared services",
        partnership=partnership,
        base_fy=2026,
        horizon_years=5,
        price_basis=PriceBasis.REAL,
    )
    services = [
        ServiceFactory(programme=programme, ref=f"S-{index}", name=name)
        for index, name in enumerate(("Revenues and benefits", "ICT", "Offices"), 1)
    ]
    benefits = [
        BenefitFactory(
            programme=programme, ref=f"B-{index}", title=f"Lower cost of {service.name}", service=service
        )
        for index, service in enumerate(services, 1)
    ]
    savings = [
        LineFactory(programme=programme, ref=f"L-{index}", title=benefit.title, benefit=benefit)
        for index, benefit in enumerate(benefits, 1)
    ]
    costs = [
        LineFactory(programme=programme, ref=f"L-{index}", title=title, kind=kind)
        for index, (title, kind) in enumerate(
            (
                ("Joint one-off cost", LineKind.ONE_OFF_COST),
                ("Carrick contract exit", LineKind.ONE_OFF_COST),
                ("Running cost", LineKind.RECURRING_COST),
            ),
            4,
        )
    ]
    officer, s151 = UserFactory(name="F Officer"), UserFactory(name="S Treasurer")
    return Story(programme, councils, *savings, *costs, benefits, services, [], officer, s151)


def _costs(story: Story) -> list[Amount]:
    return [
        *story.shares(story.joint_cost, 2026, None, 600_000, EQUAL),
        *story.shares(story.joint_cost, 2027, None, 150_000, EQUAL),
        (story.exit_cost, story.councils[2], 2026, 12, 25_000_000),
        *story.years(story.running, range(2027, 2032), 40_000),
    ]


def _revenues(story: Story) -> list[Amount]:
    return [
        *story.months(story.revenues, 2027, range(7, 13), 26_000),
        *story.years(story.revenues, range(2028, 2032), 312_000),
    ]


def _original_plan(story: Story) -> PlanVersion:
    amounts = [
        *_costs(story),
        *_revenues(story),
        *story.months(story.ict, 2027, range(7, 13), 4_000),
        *story.years(story.ict, range(2028, 2032), 48_000),
        *story.months(story.offices, 2028, range(7, 13), 10_000),
        *story.years(story.offices, range(2029, 2032), 120_000),
    ]
    return plan_version(story.programme, 1, amounts=amounts, effective_on=date(2026, 3, 14))


def _ict_and_offices(story: Story) -> list[Amount]:
    return [
        *story.months(story.ict, 2026, range(5, 13), 4_000),
        *story.months(story.ict, 2027, range(1, 13), 4_000),
        *story.years(story.ict, range(2028, 2032), 48_000),
        *story.years(story.offices, range(2029, 2032), 120_000),
    ]


def _current_plan(story: Story) -> PlanVersion:
    amounts = [
        *_costs(story),
        *_revenues(story),
        *story.shares(story.ict, 2026, 4, 4_000),
        *_ict_and_offices(story),
    ]
    return plan_version(story.programme, 2, amounts=amounts, effective_on=date(2026, 6, 20))


def _forecasts(story: Story) -> None:
    forecast(story.programme, date(2026, 6, 22), [*_costs(story), *_revenues(story)])
    october = [
        (story.revenues, council, 2027, 7, pence)
        for council, pence in zip(story.councils, apportion(1_065_574, POPULATION), strict=True)
    ]
    slipped = [
        *october,
        *story.months(story.revenues, 2027, range(8, 13), 26_000),
        *story.years(story.revenues, range(2028, 2032), 312_000),
        *story.shares(story.ict, 2026, 4, 3_400),
        *_ict_and_offices(story),
    ]
    forecast(story.programme, date(2026, 11, 20), slipped)


def _returns(story: Story) -> None:
    """ICT saved in July to October; Carrick's October is claimed and not verified. Costs are verified."""
    for period, pounds in ((4, 3_400), (5, 4_000), (6, 4_000), (7, 4_000)):
        for index, amount in enumerate(story.shares(story.ict, 2026, period, pounds)):
            _return(story, amount, is_verified=(index, period) != (2, 7))
    for amount in story.shares(story.joint_cost, 2026, 7, 312_480, EQUAL):
        _return(story, amount, is_verified=True)


def _return(story: Story, amount: Amount, *, is_verified: bool) -> None:
    next_month = period_start(amount[2], (amount[3] or 1) + 1)
    entered_at = datetime(next_month.year, next_month.month, 10, 9, tzinfo=UTC)
    actual(
        *amount,
        entered_by=story.officer,
        entered_at=entered_at,
        verified_by=story.s151 if is_verified else None,
        verified_at=entered_at.replace(day=12) if is_verified else None,
    )
