from fractions import Fraction

import pytest

from benefits.enums import Recurrence, StatedKind, StatedSection
from benefits.queries.as_stated import figures_as_stated, read_stated
from benefits.queries.stated_summary import NO_SAVING, SEVERAL_COSTS, SEVERAL_SAVINGS, stated_summary
from benefits.rules.qualifier import Bound
from benefits.rules.stated_sums import StatedSum
from benefits.tables.stated import saving_table, worth_table
from core.rules.assessment import NotAssessable
from services.rules.payback import Payback
from tests.factories import CouncilFactory, PartnershipFactory, ProgrammeFactory, StatedFigureFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def programme():
    councils = [
        CouncilFactory(key="south", short_name="South"),
        CouncilFactory(key="vale", short_name="Vale"),
    ]
    return ProgrammeFactory(base_fy=None, partnership=PartnershipFactory(councils=councils))


def figure(programme, pounds, *, council=None, **fields):
    values = {
        "stated_kind": StatedKind.PLANNED,
        "recurrence": Recurrence.PER_YEAR,
        "amount_pence": None if pounds is None else pounds * 100,
        **fields,
    }
    made = StatedFigureFactory(programme=programme, **values)
    councils = programme.partnership.memberships.all()
    made.councils.set([row.council for row in councils if council in {None, row.council.key}])
    return made


def cost(programme, pounds, **fields):
    return figure(
        programme, pounds, section=StatedSection.COST, stated_kind="", recurrence=Recurrence.ONE_OFF, **fields
    )


def waste(programme):
    """The waste contract of South Oxfordshire and Vale of White Horse."""
    for council, amounts in (
        ("south", (145_260, 478_660, 77_500, -77_000)),
        ("vale", (535_140, 231_760, 57_610, -74_000)),
    ):
        for pounds in amounts:
            figure(programme, pounds, council=council)
    figure(programme, 1_374_930, counts_in_total=False)
    cost(programme, 40_000, label="Redundancy")
    cost(programme, 4_500_000, label="New bins")


def read(programme):
    return stated_summary(read_stated(programme), horizon_years=5)


def test_stated_figures_add_up_per_council_and_pay_back(programme):
    waste(programme)
    summary = read(programme)
    assert [(row.kind, row.saving.by_council, row.saving.together) for row in summary.savings] == [
        (
            StatedKind.PLANNED,
            {"south": StatedSum(62_442_000, Bound.EXACT), "vale": StatedSum(75_051_000, Bound.EXACT)},
            StatedSum(137_493_000, Bound.EXACT),
        )
    ]
    assert summary.one_off == StatedSum(454_000_000, Bound.EXACT)
    assert summary.payback.result == Payback(Fraction(4_540_000, 1_374_930))
    assert str(summary.payback.result) == "3 years 4 months"
    assert summary.net_position == (-316_507_000, -179_014_000, -41_521_000, 95_972_000, 233_465_000)
    assert summary.equity == NotAssessable("Redundancy is not split between South and Vale")


def test_several_savings_are_not_added_or_set_against_a_cost(programme):
    figure(programme, 500_000, period_text="2011")
    figure(programme, 2_300_000, period_text="2016")
    cost(programme, 1_000_000)
    cost(programme, 1_300_000)
    summary = read(programme)
    assert [(row.period, row.saving.together.pence) for row in summary.savings] == [
        ("2011", 50_000_000),
        ("2016", 230_000_000),
    ]
    assert (summary.one_off, summary.payback.result) == (SEVERAL_COSTS, SEVERAL_SAVINGS)
    assert (summary.net_position, summary.equity) == (SEVERAL_SAVINGS, SEVERAL_SAVINGS)


def test_case_without_a_yearly_saving_keeps_its_cost(programme):
    cost(programme, 300_000)
    summary = read(programme)
    assert (summary.savings, summary.one_off, summary.payback.result) == (
        (),
        StatedSum(30_000_000, Bound.EXACT),
        NO_SAVING,
    )
    assert saving_table(summary) is None


def test_tables_say_what_cannot_be_told(programme):
    waste(programme)
    summary = read(programme)
    table = saving_table(summary)
    assert [heading.text for heading in table.columns] == ["Saving", "South", "Vale", "Together"]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["624,420.00", "750,510.00", "1,374,930.00"]
    ]
    worth = {row.header: row.cells[0] for row in worth_table(summary).rows}
    assert (worth["One-off cost"].text, worth["Simple payback"].text) == ("4,540,000.00", "3 years 4 months")
    assert worth["Net position after year 3"].text == "−415,210.00"
    assert worth["Share of saving against share of cost"].text == "[x]"
    assert worth_table(summary).note == "[x] Redundancy is not split between South and Vale."


def test_figures_stand_by_section_in_the_words_of_their_source(programme, django_assert_num_queries):
    waste(programme)
    figure(programme, None, label="Estimate", qualifier="not_stated")
    with django_assert_num_queries(3):
        parts = figures_as_stated(read_stated(programme))
    assert [(part.section, len(part.rows)) for part in parts] == [
        (StatedSection.SAVING, 10),
        (StatedSection.COST, 2),
    ]
    first, last = parts[0].rows[0], parts[0].rows[-1]
    assert (first.amount, first.kind_text, first.councils_text) == (14_526_000, "Planned, a year", "South")
    assert last.amount == NotAssessable("The source gives no figure")
