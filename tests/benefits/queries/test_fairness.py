"""Shares beside agreed keys, and the no-worse-off test with what has come so far, on the worked example."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from fractions import Fraction

import pytest
import time_machine

from accounts.models import User
from benefits.enums import Basis, EquitySubject, Measure
from benefits.models import PostsRemoved
from benefits.queries.agreed_keys import agreed_shares, read_keys
from benefits.queries.equity import KEYS_NOUN, NO_KEY, equity
from benefits.queries.ledgers import PartnerCouncil, read_ledgers
from benefits.queries.no_worse_off import NowParts, Standing, no_worse_off_tests
from benefits.queries.plan_prices import NO_BASE_YEAR, NO_PRICE_BASIS, prices_of
from benefits.queries.posts import posts_shown
from benefits.queries.savings import savings_against_plan
from benefits.queries.scope import Choice, scope_of
from benefits.rules.plan_change import Prices
from benefits.tables.fairness import cash_table
from core.rules.assessment import NotAssessable
from core.rules.money import format_pounds
from core.rules.rounding import round_half_up
from core.rules.suppression import SUPPRESSED
from programme.enums import PriceBasis, SeriesName
from programme.models import Council, CouncilSuccessor
from services.enums import CaseState, KeyBasis, LineKind, TestBasis
from tests import factories
from tests.benefits.story import AS_OF, EQUAL, POPULATION, Story
from tests.services.factories import CostPoolFactory, key_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("at_the_story")]


@pytest.fixture
def at_the_story():
    with time_machine.travel("2026-11-24 12:00:00+00:00", tick=False):
        yield


@pytest.fixture(scope="module")
def reader(told: Story) -> User:
    return factories.UserFactory(name="Reader")


def with_keys(story: Story, *, until: date | None = None) -> None:
    """Savings and running costs by population, joint one-off cost equally, Carrick's own by no key."""
    case = factories.BusinessCaseFactory(programme=story.programme)
    for name, weights, basis, lines in (
        (
            "Savings",
            POPULATION,
            KeyBasis.POPULATION,
            (story.revenues, story.ict, story.offices, story.running),
        ),
        ("One-off costs", EQUAL, KeyBasis.EQUAL, (story.joint_cost,)),
    ):
        pool = CostPoolFactory(programme=story.programme, name=name)
        shares = dict(zip(story.councils, weights, strict=True))
        key_of(pool, shares, basis=basis, from_on=date(2026, 4, 1), to_on=until)
        for line in lines:
            made = factories.BusinessCaseLineFactory(business_case=case, kind=line.kind, pool=pool)
            type(line).objects.filter(pk=line.pk).update(business_case_line=made)


def found(story: Story, user: User):
    return no_worse_off_tests(story.programme, user)


def after(result, standing, basis):
    return [(one.council, one.after_pence) for one in result.on(standing, basis).positions]


def planned_net(story: Story, plan: int, council: object, rate: Fraction) -> int:
    """Savings less costs of one council in one plan, by hand: its rows by year, discounted at `rate`."""
    gains: dict[int, int] = defaultdict(int)
    losses: dict[int, int] = defaultdict(int)
    for row in story.plans[plan].amounts.filter(council=council).select_related("line"):
        by_year = losses if row.line.kind in (LineKind.ONE_OFF_COST, LineKind.RECURRING_COST) else gains
        by_year[row.fy] += row.amount_pence
    return sum(
        round_half_up(pence / (1 + rate) ** (fy - 2026)) * sign
        for by_year, sign in ((gains, 1), (losses, -1))
        for fy, pence in by_year.items()
    )


def test_plans_are_as_counted_by_hand_and_now_is_what_came_and_what_is_to_come(story, reader):
    result = found(story, reader)
    rates = {TestBasis.NOMINAL: Fraction(0), TestBasis.NPV: Fraction(35, 1000)}
    for plan, standing in enumerate((Standing.ORIGINAL, Standing.CURRENT)):
        for basis, rate in rates.items():
            assert after(result, standing, basis) == [
                (council.short_name, planned_net(story, plan, council, rate)) for council in story.councils
            ]
    verdicts = [result.on(Standing.ORIGINAL, basis).verdict for basis in rates]
    lacks = format_pounds(-planned_net(story, 0, story.councils[2], rates[TestBasis.NPV]))
    assert verdicts == ["No council is worse off.", f"Carrick is worse off. Carrick lacks {lacks}."]
    now = result.on(Standing.NOW, TestBasis.NOMINAL)
    for parts, position in zip(result.now, now.positions, strict=True):
        assert isinstance(parts, NowParts)
        assert parts.verified_pence + parts.claimed_pence + parts.to_come_pence == position.net_pence
    assert now.net_pence == sum(position.net_pence for position in now.positions)
    assert result.binding_words == "Not agreed: no compensation on one basis is recorded, so both are shown."


def test_compensation_that_is_agreed_counts_once_paid_or_not(story, reader):
    with_keys(story)
    made = factories.agreed_compensation(story.programme)
    before = after(found(story, reader), Standing.NOW, TestBasis.NOMINAL)
    without = [one.net_pence for one in found(story, reader).on(Standing.NOW, TestBasis.NOMINAL).positions]
    assert [pence - net for (_, pence), net in zip(before, without, strict=True)] == [
        2_000_00,
        -1_000_00,
        -1_000_00,
    ]
    payment = made.paid_amounts.create(
        payer=story.councils[1],
        receiver=story.councils[0],
        fy=2026,
        amount_pence=250_00,
        paid_on=date(2026, 10, 1),
        entered_by=reader,
    )
    made.paid_amounts.create(
        payer=story.councils[1],
        receiver=story.councils[0],
        fy=2026,
        amount_pence=-250_00,
        paid_on=date(2026, 10, 1),
        reverses=payment,
        explanation="Paid twice by mistake",
        entered_by=reader,
    )
    last = found(story, reader)
    assert after(last, Standing.NOW, TestBasis.NOMINAL) == before
    assert last.binding_words == "Net present value: compensation is agreed on it."
    (tracked,) = last.balance.tracked
    assert [(str(row.payer), row.year.fy, row.year.outstanding_pence) for row in tracked.rows] == [
        ("Brockvale", 2026, 600_00),
        ("Carrick", 2026, 600_00),
        ("Brockvale", 2027, 400_00),
        ("Carrick", 2027, 400_00),
    ]
    # late beyond the appraisal period, it counts in the last year of that; what was due after it stays there
    late = [last.balance.to_come(date(2033, 5, 1), last_fy)[story.councils[1].pk] for last_fy in (2031, 2026)]
    assert late == [{2031: -1_000_00}, {2026: -600_00, 2027: -400_00}]


def test_missing_base_year_or_price_basis_is_said_and_cash_prices_are_deflated(story, reader):
    story.programme.price_basis = PriceBasis.NOT_STATED
    result = found(story, reader)
    assert set(result.on(Standing.CURRENT, TestBasis.NPV).positions) == {NO_PRICE_BASIS}
    assert result.on(Standing.CURRENT, TestBasis.NOMINAL).net_pence == 840_000_00
    story.programme.price_basis = PriceBasis.NOMINAL
    story.programme.horizon_years = 4
    nominal = found(story, reader).on(Standing.ORIGINAL, TestBasis.NPV).net_pence
    story.programme.price_basis = PriceBasis.REAL
    real = found(story, reader).on(Standing.ORIGINAL, TestBasis.NPV).net_pence
    assert nominal < real
    story.programme.horizon_years = 1
    short = found(story, reader)
    outside = "are not counted: the appraisal period is 1 April 2026 to 31 March 2028"
    assert short.outside.startswith("Amounts of 2028 to 2029")
    assert short.outside.endswith(outside)
    question = "&since=2026-04-01&to=2028-03-31"
    links = [cell.url for cell in cash_table(short).rows[0].cells if cell.url]
    assert [link.endswith(question) for link in links] == [True, True, True]
    story.programme.base_fy = None
    bare = found(story, reader).on(Standing.NOW, TestBasis.NOMINAL)
    assert set(bare.positions) == {NO_BASE_YEAR}


def test_every_page_discounts_by_the_rates_of_the_case_approved_last(story, reader):
    def approve(number, version, day):
        factories.BusinessCaseFactory(
            programme=story.programme,
            number=number,
            discount_version=version,
            state=CaseState.APPROVED,
            content_hash="0" * 64,
            issued_at=f"{day} 12:00:00+00:00",
            issued_by=reader,
        )
        return prices_of(story.programme, as_of=AS_OF)

    assert isinstance(approve(9, "withdrawn", "2026-05-01"), NotAssessable)
    prices = approve(1, "green-book-2003", "2026-06-01")
    assert isinstance(prices, Prices)
    assert prices.schedule.version == "green-book-2003"
    assert found(story, reader).discount_source == prices.schedule.source
    missing = approve(2, "withdrawn", "2026-07-01")
    assert set(found(story, reader).on(Standing.CURRENT, TestBasis.NPV).positions) == {missing}


def scope(story: Story):
    return scope_of(story.programme, read_ledgers(story.programme, as_of=AS_OF), Choice(), AS_OF)


def test_shares_are_compared_with_the_keys_agreed_for_their_pools(story):
    with_keys(story)
    whole = scope(story)
    net, cost, gross = equity(whole, read_keys(story.programme, whole))
    assert (net.compared_with, cost.compared_with, gross.compared_with) == (
        KEYS_NOUN,
        KEYS_NOUN,
        "One-off cost",
    )
    assert net.note == (
        "Savings: population; One-off costs: equal shares. "
        "No key shares Carrick contract exit: each council bears its own, which counts in both shares."
    )
    assert [(row.council, row.share_percent, row.other_percent, row.is_flagged) for row in cost.rows] == [
        ("Ashmere", Fraction(25), Fraction(25), False),
        ("Brockvale", Fraction(25), Fraction(25), False),
        ("Carrick", Fraction(50), Fraction(50), False),
    ]
    shared = agreed_shares(whole, read_keys(story.programme, whole), Measure.NET, Basis.ORIGINAL)
    carrick = story.councils[2].pk
    # Carrick's golden position, its own contract exit with it
    assert abs(shared.pence[carrick] - 18_674_13) < 1_00
    assert sum(shared.pence.values()) == 840_000_00
    # What differs from the key is flagged, and by how much of the whole
    split = zip(story.councils, (140_000_00, 320_000_00, 140_000_00), strict=True)
    amounts = [(story.joint_cost, council, 2026, None, pence) for council, pence in split]
    amounts.append((story.exit_cost, story.councils[2], 2026, 12, 200_000_00))
    factories.plan_version(story.programme, 3, amounts=amounts, effective_on=date(2026, 11, 1))
    moved = scope(story)
    _, cost, _ = equity(moved, read_keys(story.programme, moved))
    assert [(row.difference_points, row.is_flagged) for row in cost.rows] == [
        (Fraction(-15, 2), True),
        (Fraction(15), True),
        (Fraction(-15, 2), True),
    ]


def test_area_of_a_council_that_ends_stands_once_in_the_population(story):
    ashmere, brockvale, carrick = story.councils
    ridgeway, vesting = factories.CouncilFactory(short_name="Ridgeway"), date(2029, 4, 1)
    Council.objects.filter(pk=carrick.pk).update(abolished_on=vesting)
    people = {"created_by": story.officer, "updated_by": story.officer}
    CouncilSuccessor.objects.create(council=carrick, successor=ridgeway, weight=1, from_on=vesting, **people)
    net = equity(scope(story), None)[0]
    assert net.rows.reason == "Population is not split between the councils: not stated for Ridgeway"
    factories.CouncilFigureFactory(
        council=ridgeway, series=SeriesName.POPULATION, year=2025, quantity=POPULATION[2]
    )
    shares = {row.council: row.other_percent for row in equity(scope(story), None)[0].rows}
    assert [shares[one.short_name] for one in (ashmere, brockvale)] == [
        Fraction(people * 100, sum(POPULATION)) for people in POPULATION[:2]
    ]
    # Set-up before the vesting day costs more than is saved by then, so its years alone are below 0
    assert sum(shares.values()) == 100
    assert shares["Carrick"] < 0 < shares["Ridgeway"]


def test_without_a_key_population_stands_in_and_a_year_without_one_is_said(story):
    result = savings_against_plan(story.programme, as_of=AS_OF)
    assert [(one.compared_with, one.note) for one in result.equity] == [
        ("Population", NO_KEY),
        ("Population", NO_KEY),
        ("One-off cost", ""),
    ]
    assert [one.subject for one in result.equity] == [
        EquitySubject.NET,
        EquitySubject.COST,
        EquitySubject.GROSS,
    ]
    with_keys(story, until=date(2029, 3, 31))
    whole = scope(story)
    net, *_ = equity(whole, read_keys(story.programme, whole))
    assert net.rows.reason == "No key shares Savings in 2029 to 2030"


def test_fewer_than_five_posts_are_withheld_with_a_second_number(story):
    columns = tuple(PartnerCouncil.of(council) for council in story.councils)
    day = date(2026, 10, 1)

    def state(*posts):
        for council, number in zip(story.councils, posts, strict=False):
            PostsRemoved.objects.create(
                programme=story.programme,
                council=council,
                posts=number,
                as_at_on=day,
                evidence="HR return",
                entered_by=story.officer,
            )

    assert posts_shown(story.programme, columns, AS_OF).by_council == (None, None, None)
    state(12, 3, 8)
    shown = posts_shown(story.programme, columns, AS_OF)
    assert (shown.by_council, shown.total, shown.is_suppressed) == ((12, SUPPRESSED, SUPPRESSED), 23, True)
    state(12, 9)
    shown = posts_shown(story.programme, columns, AS_OF)
    assert (shown.by_council, shown.total, shown.is_suppressed) == ((12, 9, 8), 29, False)
