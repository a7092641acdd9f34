"""The golden programme of domain.md 4.9 as rows: three councils, one option beside business as usual."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from accounts.enums import RoleName
from accounts.models import User
from core.rules.reference import ReferenceTable, versions
from programme.enums import SeriesName
from programme.models import Council, Programme
from services.enums import BiasCategory, CaseState, CostType, LineKind, OptionKind
from services.models import BusinessCase, BusinessCaseLine, CaseOption, CostPool
from tests.factories import (
    BusinessCaseFactory,
    BusinessCaseLineFactory,
    CaseOptionFactory,
    CouncilFigureFactory,
    UserFactory,
    role,
)
from tests.services.factories import CostPoolFactory, amounts, key_of
from tests.services.rows import members, programme_of_three

POPULATIONS = (130_200, 140_600, 106_300)
TAX_BASES = (Decimal("47215.4"), Decimal("50388.1"), Decimal("38104.9"))
SAVINGS = (0, 180_000_00, 420_000_00, 480_000_00, 480_000_00, 480_000_00)
RECURRING = (0, *(40_000_00,) * 5)
ONE_OFF = (600_000_00, 150_000_00)
CARRICK_EXIT = (250_000_00,)


@dataclass(frozen=True)
class Golden:
    """The rows that tests name."""

    programme: Programme
    councils: list[Council]
    case: BusinessCase
    bau: CaseOption
    share: CaseOption
    by_population: CostPool
    equally: CostPool


def golden(*, has_own_exit: bool = True, state: CaseState = CaseState.DRAFT) -> Golden:
    """The programme of 4.9; without Carrick's own contract exit the joint figures are those of its table."""
    programme = programme_of_three()
    councils = members(programme)
    for council, quantity in zip(councils, TAX_BASES, strict=True):
        CouncilFigureFactory(council=council, series=SeriesName.TAX_BASE, year=2026, quantity=quantity)
    case = BusinessCaseFactory(
        programme=programme,
        ref="BC-1",
        title="Shared revenues",
        state=state,
        discount_version=versions(ReferenceTable.DISCOUNT_RATES)[-1].version,
        bias_version=versions(ReferenceTable.OPTIMISM_BIAS)[-1].version,
    )
    bau = CaseOptionFactory(
        business_case=case,
        ref="BAU",
        name="Business as usual",
        kind=OptionKind.BUSINESS_AS_USUAL,
        is_bau=True,
    )
    share = CaseOptionFactory(
        business_case=case, ref="SHARE", name="Share the service", is_preferred=True, order_index=1
    )
    by_population = CostPoolFactory(programme=programme, ref="POP", name="Savings and running costs")
    equally = CostPoolFactory(programme=programme, ref="EQ", name="One-off costs", order_index=1)
    key_of(by_population, dict(zip(councils, POPULATIONS, strict=True)))
    key_of(equally, dict.fromkeys(councils, 1))
    made = Golden(programme, councils, case, bau, share, by_population, equally)
    amounts(line(made, "SAVE", LineKind.CASHABLE_SAVING, pool=by_population), SAVINGS)
    amounts(line(made, "RUN", LineKind.RECURRING_COST, pool=by_population), RECURRING)
    amounts(
        line(
            made,
            "MOVE",
            LineKind.ONE_OFF_COST,
            pool=equally,
            bias_category=BiasCategory.OUTSOURCING,
            bias_mitigation_percent=60,
            bias_basis="Two tenders of 2025",
        ),
        ONE_OFF,
    )
    if has_own_exit:
        own = line(made, "LEAVE", LineKind.ONE_OFF_COST, cost_type=CostType.CONTRACT_EXIT)
        amounts(own, CARRICK_EXIT, council=councils[2])
    return made


def line(made: Golden, ref: str, kind: LineKind, **values: object) -> BusinessCaseLine:
    """A line of the option to share."""
    made_line: BusinessCaseLine = BusinessCaseLineFactory(
        business_case=made.case,
        **{"option": made.share, "ref": ref, "title": TITLES.get(ref, ref), "kind": kind, **values},
    )
    return made_line


TITLES = {
    "SAVE": "Fewer posts and one system",
    "RUN": "Licences",
    "MOVE": "Moving to one system",
    "LEAVE": "Leaving the present contract",
}


def officer_of(council: Council) -> User:
    """The finance officer of one council."""
    user: User = UserFactory()
    role(user, RoleName.FINANCE_OFFICER, council=council, from_on=date(2020, 1, 1))
    return user


def manager_of(programme: Programme) -> User:
    """The programme's manager."""
    user: User = UserFactory()
    role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return user
