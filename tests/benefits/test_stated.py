"""What the stated figures of a programme come to."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from pytest_django import DjangoAssertNumQueries

from benefits.enums import Recurrence, StatedKind, StatedSection
from benefits.queries.stated import (
    ExitCost,
    StatedFigures,
    StatedPayback,
    StatedPercent,
    one_off_cost,
    stated_figures,
    whole_life_saving,
    yearly_saving,
)
from benefits.rules.equity import EquityRow
from benefits.rules.qualifier import Bound
from benefits.rules.stated_sums import StatedSum
from core.rules.assessment import NotApplicable, NotAssessable
from programme.models import Council, Programme
from services.rules.payback import NoPayback, Payback
from tests.factories import CouncilFactory, PartnershipFactory, ProgrammeFactory, StatedFigureFactory

pytestmark = pytest.mark.django_db

PLANNED = yearly_saving(StatedKind.PLANNED)
ACHIEVED = yearly_saving(StatedKind.ACHIEVED)
ALONE = NotAssessable("No figure is stated for these councils on their own")


class Case:
    """A programme of two councils to which figures are added."""

    def __init__(self) -> None:
        self.ashmere = CouncilFactory(key="ashmere", short_name="Ashmere")
        self.brockvale = CouncilFactory(key="brockvale", short_name="Brockvale")
        partnership = PartnershipFactory(councils=[self.ashmere, self.brockvale])
        self.programme: Programme = ProgrammeFactory(partnership=partnership)
        self._count = 0

    def add(self, section: StatedSection, pounds: int | None, *councils: Council, **fields: Any) -> None:
        """Add a figure; a cost comes once and a saving every year, as planned, unless `fields` say else."""
        self._count += 1
        saving = {"recurrence": Recurrence.PER_YEAR, "stated_kind": StatedKind.PLANNED}
        usual = saving if section == StatedSection.SAVING else {"recurrence": Recurrence.ONE_OFF}
        figure = StatedFigureFactory(
            programme=self.programme,
            ref=f"F-{self._count}",
            order_index=self._count,
            section=section,
            amount_pence=None if pounds is None else pounds * 100,
            **{**usual, **fields},
        )
        figure.councils.set(councils)

    def save(self, pounds: int | None, *councils: Council, **fields: Any) -> None:
        """Add a saving; combined where no council is named."""
        self.add(StatedSection.SAVING, pounds, *councils, **{"is_combined": not councils, **fields})

    def cost(self, pounds: int | None, *councils: Council, **fields: Any) -> None:
        """Add a cost."""
        self.add(StatedSection.COST, pounds, *councils, **fields)

    @property
    def figures(self) -> StatedFigures:
        """What a query reads of it."""
        return stated_figures(self.programme)


@pytest.fixture
def case() -> Case:
    return Case()


def test_saving_of_each_council_is_net_of_its_own_costs(case: Case) -> None:
    case.save(145_260, case.ashmere)
    case.save(-77_000, case.ashmere)
    case.save(535_140, case.brockvale)
    saving = case.figures.saving(PLANNED)
    assert saving.by_council == {
        "ashmere": StatedSum(6_826_000, Bound.EXACT),
        "brockvale": StatedSum(53_514_000, Bound.EXACT),
    }
    assert saving.together == StatedSum(60_340_000, Bound.EXACT)


def test_saving_leaves_out_printed_totals_other_kinds_and_other_recurrences(case: Case) -> None:
    case.save(100, case.ashmere)
    case.save(100, case.ashmere, counts_in_total=False)
    case.save(30, case.ashmere, stated_kind=StatedKind.ACHIEVED)
    case.save(300, case.ashmere, recurrence=Recurrence.TOTAL)
    figures = case.figures
    assert figures.total(PLANNED, ["ashmere"]) == StatedSum(10_000, Bound.EXACT)
    assert figures.total(ACHIEVED, ["ashmere"]) == StatedSum(3_000, Bound.EXACT)
    assert figures.total(whole_life_saving(StatedKind.PLANNED), ["ashmere"]) == StatedSum(30_000, Bound.EXACT)


def test_saving_stated_for_all_is_not_split(case: Case) -> None:
    case.save(500, qualifier="over")
    saving = case.figures.saving(PLANNED)
    assert saving.together == StatedSum(50_000, Bound.FLOOR)
    assert saving.by_council == {"ashmere": ALONE, "brockvale": ALONE}


def test_saving_of_a_period_and_of_none(case: Case) -> None:
    case.save(1, period_text="2016")
    case.save(2)
    figures = case.figures
    assert figures.total(yearly_saving(StatedKind.PLANNED, period="2016")) == StatedSum(100, Bound.EXACT)
    assert figures.total(yearly_saving(StatedKind.PLANNED, period="")) == StatedSum(200, Bound.EXACT)


def test_payback_is_one_off_cost_over_yearly_saving(case: Case) -> None:
    case.cost(300, case.ashmere, case.brockvale, qualifier="about")
    case.cost(999, case.ashmere, recurrence=Recurrence.PER_YEAR)
    case.save(350)
    assert case.figures.payback(one_off_cost(), PLANNED) == StatedPayback(
        Payback(Fraction(6, 7)), Bound.APPROXIMATE
    )


def test_payback_of_some_categories(case: Case) -> None:
    case.cost(1_000, category="team")
    case.cost(100, category="ict")
    case.save(500)
    figures = case.figures
    assert figures.payback(one_off_cost(["team"]), PLANNED).result == Payback(Fraction(2))
    assert figures.payback(one_off_cost(["team", "ict"]), PLANNED).result == Payback(Fraction(11, 5))


def test_payback_without_cost_or_saving_is_not_assessable(case: Case) -> None:
    assert case.figures.payback(one_off_cost(), PLANNED) == StatedPayback(
        NotAssessable("One-off cost is not stated"), Bound.UNKNOWN
    )
    case.cost(100)
    assert case.figures.payback(one_off_cost(), PLANNED).result == NotAssessable(
        "Annual net saving is not stated"
    )


def test_payback_of_a_saving_that_costs_more_than_it_brings(case: Case) -> None:
    case.cost(100)
    case.save(-5)
    assert case.figures.payback(one_off_cost(), PLANNED).result == NoPayback()


def test_net_position_starts_with_the_cost(case: Case) -> None:
    case.cost(10)
    case.save(4)
    assert case.figures.net_position(one_off_cost(), PLANNED, 3) == [-600, -200, 200]


def test_net_position_without_a_cost_is_not_assessable(case: Case) -> None:
    case.save(4)
    assert case.figures.net_position(one_off_cost(), PLANNED, 3) == ALONE


def test_percent_of_plan_over_a_floor_is_a_ceiling(case: Case) -> None:
    case.save(500_000, qualifier="over")
    case.save(1_100_000, stated_kind=StatedKind.ACHIEVED)
    assert case.figures.percent_of_plan(ACHIEVED, PLANNED) == StatedPercent(Fraction(220), Bound.CEILING)


def test_percent_of_no_plan_is_not_applicable(case: Case) -> None:
    case.save(5, stated_kind=StatedKind.ACHIEVED)
    answer = case.figures.percent_of_plan(ACHIEVED, PLANNED)
    assert answer == StatedPercent(NotApplicable("No target is set"), Bound.UNKNOWN)


def test_equity_with_stated_shares(case: Case) -> None:
    shares = {"apportionment": {"basis": "equal", "shares_pct": {"ashmere": "50", "brockvale": "50"}}}
    case.cost(1_000, case.ashmere, case.brockvale, details=shares)
    case.save(30, case.ashmere)
    case.save(70, case.brockvale)
    assert case.figures.equity(PLANNED, one_off_cost()) == [
        EquityRow("ashmere", Fraction(30), Fraction(50), Fraction(-20), True),
        EquityRow("brockvale", Fraction(70), Fraction(50), Fraction(20), True),
    ]


def test_equity_of_a_cost_that_is_not_split_assumes_nothing(case: Case) -> None:
    case.cost(1_000, case.ashmere, case.brockvale, label="New bins")
    case.save(30, case.ashmere)
    case.save(70, case.brockvale)
    assert case.figures.equity(PLANNED, one_off_cost()) == NotAssessable(
        "New bins is not split between Ashmere and Brockvale"
    )


def test_exit_cost_stated_for_each_council_and_another_source(case: Case) -> None:
    each = {"per": "each council"}
    case.add(StatedSection.EXIT_COST, 400_000, qualifier="estimate", details=each)
    assert case.figures.exit_cost() == ExitCost(80_000_000, Bound.APPROXIMATE, is_disputed=False)
    case.add(StatedSection.EXIT_COST, 400_000, qualifier="around", details={"per": "not_stated"})
    assert case.figures.exit_cost() == ExitCost(80_000_000, Bound.APPROXIMATE, is_disputed=True)


def test_exit_cost_that_no_source_puts_in_pounds(case: Case) -> None:
    case.add(StatedSection.EXIT_COST, None, qualifier="low")
    assert case.figures.exit_cost() == NotAssessable("The cost of separating again is not stated")


@pytest.mark.parametrize("count", [1, 3])
def test_stated_figures_take_three_queries(
    case: Case, count: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    for _ in range(count):
        case.save(1, case.ashmere, case.brockvale)
    with django_assert_num_queries(3):
        assert len(case.figures.figures) == count
