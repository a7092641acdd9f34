"""The frame of a programme made at random: its councils, services, benefits, lines and keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from accounts.models import User
from benefits.actions.profile import Profile, create_benefit
from benefits.enums import BenefitClass, BenefitKind
from benefits.models import Benefit, Line
from core.clock import LONDON, today
from governance.enums import DecisionState
from programme.actions.membership import record_council_joined, record_council_left
from programme.enums import MemberStatus, SeriesName
from programme.models import Council, Membership, Partnership, Programme
from services.actions.keys import KeyDraft, create_key, create_pool, end_key
from services.actions.runs import share_amount
from services.enums import Confidence, KeyBasis, LineKind
from services.models import ApportionmentKey, CostPool, Service
from tests import factories
from tests.benefits.proof.people import Officers, manager_of, officers_of, reader_of

BASE_FY = 2026
JOINED_ON, LEFT_ON = date(2026, 10, 1), date(2027, 3, 31)
BASES = (KeyBasis.EQUAL, KeyBasis.POPULATION, KeyBasis.CASELOAD, KeyBasis.COUNCIL_TAX_BASE)
COSTS = (LineKind.ONE_OFF_COST, LineKind.RECURRING_COST, LineKind.GRANT)
# Every kind of line, income with and without a budget.
EVERY_KIND = (*((kind, False) for kind in LineKind), (LineKind.INCOME, True))
# A class, a kind of benefit, and the kinds of line that it has.
BENEFITS = (
    (BenefitClass.CASHABLE, BenefitKind.CASHABLE_SAVING, {LineKind.CASHABLE_SAVING}),
    (BenefitClass.CASHABLE, BenefitKind.CASHABLE_SAVING, {LineKind.CASHABLE_SAVING, LineKind.INCOME}),
    (BenefitClass.CASHABLE, BenefitKind.INCOME, {LineKind.INCOME}),
    (
        BenefitClass.NON_CASHABLE,
        BenefitKind.NON_CASHABLE,
        {LineKind.NON_CASHABLE, LineKind.COST_AVOIDANCE},
    ),
    (BenefitClass.QUALITATIVE, BenefitKind.NARRATIVE, {LineKind.DISBENEFIT}),
)
STARTS = (None, None, date(2026, 7, 1), date(2026, 10, 15), date(2027, 1, 1), date(2026, 11, 10))
ENDS = (None, None, None, date(2028, 9, 30), date(2027, 11, 12))


@dataclass
class World:
    """What the tests name. `councils` are in their fixed order, the late one last."""

    seed: int
    random: Random
    clock: Any
    programme: Programme
    councils: list[Council]
    officers: dict[int, Officers]
    manager: User
    reader: User
    services: list[Service] = field(default_factory=list)
    benefits: list[Benefit] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    joint: set[int] = field(default_factory=set)
    pool: CostPool | None = None
    days: dict[int, tuple[date | None, date | None]] = field(default_factory=dict)
    joiner: Council | None = None
    leaver: Council | None = None

    @property
    def partnership(self) -> Partnership:
        """The councils' partnership."""
        return self.programme.partnership

    @property
    def fys(self) -> range:
        """The years of the appraisal period."""
        return range(BASE_FY, BASE_FY + self.programme.horizon_years + 1)

    @property
    def partners(self) -> list[Council]:
        """The councils that are partners now."""
        rows = Membership.objects.filter(partnership=self.partnership, status=MemberStatus.ACTIVE)
        active = set(rows.values_list("council", flat=True))
        return [council for council in self.councils if council.pk in active]

    @property
    def clock_day(self) -> date:
        """Today."""
        return today()

    def at(self, day: date, hour: int = 10) -> None:
        """Move to a day."""
        self.clock.move_to(datetime(day.year, day.month, day.day, hour, tzinfo=LONDON), tick=False)

    def look_who_is_partner(self) -> None:
        """Read the days of all that are or were partners."""
        rows = Membership.objects.filter(partnership=self.partnership)
        self.days = {row.council_id: (row.joined_first_on, row.left_last_on) for row in rows}

    def chance(self, odds: float) -> bool:
        """True in that part of the cases."""
        return self.random.random() < odds

    def pence(self, most_pounds: int = 40_000) -> int:
        """An amount that rarely divides: sometimes nothing, sometimes whole pounds."""
        if self.chance(0.06):
            return 0
        pounds = self.random.randrange(1, most_pounds)
        return pounds * 100 if self.chance(0.2) else pounds * 100 + self.random.randrange(100)

    def may_hold(self, council: Council, fy: int, period: int | None) -> bool:
        """Whether the council is a partner on any day of that time, as far as is recorded now."""
        if council.pk not in self.days:
            return False
        joined_on, left_on = self.days[council.pk]
        first, last = _days(fy, period)
        return (joined_on is None or last >= joined_on) and (left_on is None or first <= left_on)


def make_frame(seed: int, clock: Any) -> World:
    """Everything but the money, on 9 February 2026."""
    random = Random(seed)  # noqa: S311 - repeats, and keeps no secret
    clock.move_to(datetime(2026, 2, 9, 10, tzinfo=LONDON), tick=False)
    councils = [
        factories.CouncilFactory(key=f"c{seed}-{number}", short_name=f"Council {seed}-{number}")
        for number in range(random.randrange(2, 6))
    ]
    founders = councils[:-1] if len(councils) > 2 and random.random() < 0.6 else councils
    partnership = factories.PartnershipFactory(key=f"p{seed}", councils=founders)
    programme = factories.ProgrammeFactory(
        key=f"proof-{seed}",
        name=f"Programme {seed}",
        partnership=partnership,
        base_fy=BASE_FY,
        horizon_years=random.randrange(2, 5),
    )
    world = World(
        seed,
        random,
        clock,
        programme,
        councils,
        {council.pk: officers_of(council) for council in councils},
        manager_of(partnership),
        reader_of(partnership),
        joiner=councils[-1] if founders != councils else None,
        leaver=random.choice(founders) if len(founders) > 1 and len(councils) > 2 else None,
    )
    _people_live_there(world)
    world.services = [
        factories.ServiceFactory(programme=programme, ref=f"S-{number}", name=f"Service {number}")
        for number in range(3)
    ]
    _make_benefits(world)
    _make_lines(world)
    world.pool = create_pool(programme, name="Joint costs", by=world.manager)
    agree_key(world, date(2026, 4, 1))
    return world


def join(world: World) -> None:
    """The late council joins on 1 October 2026, recorded a few days later; keys follow the same day."""
    assert world.joiner is not None
    record_council_joined(world.partnership, world.joiner, by=world.manager, joined_on=JOINED_ON)
    agree_key(world, JOINED_ON)


def leave(world: World) -> None:
    """A founder leaves on 31 March 2027; from the next day another key shares the joint costs without it."""
    assert world.leaver is not None
    agree_key(world, LEFT_ON + timedelta(days=1), without=world.leaver)
    row = Membership.objects.get(partnership=world.partnership, council=world.leaver)
    record_council_left(
        row, by=world.manager, left_on=LEFT_ON, why="Its members voted to leave", seen_version=row.version
    )
    world.look_who_is_partner()


def agree_key(world: World, from_on: date, without: Council | None = None) -> None:
    """A key of the partners from that day on, which a decision in effect agreed; the one before it ends."""
    open_keys = ApportionmentKey.objects.filter(pool=world.pool, effective_to_on__isnull=True)
    for key in open_keys:
        end_key(key, to_on=from_on - timedelta(days=1), by=world.manager, seen_version=key.version)
    number = ApportionmentKey.objects.filter(pool=world.pool).count() + 1
    world.look_who_is_partner()
    decision = factories.DecisionFactory(
        programme=world.programme, ref=f"K-{number}", state=DecisionState.EFFECTIVE
    )
    basis = world.random.choice(BASES)
    most = 2 if basis == KeyBasis.EQUAL else 90_000
    weights = {council.key: Decimal(world.random.randrange(1, most)) for council in world.partners}
    if without is not None:
        weights[without.key] = Decimal(0)
    draft = KeyDraft(basis, from_on, weights, decision.ref, driver_source="Estimates")
    create_key(world.pool, draft, by=world.manager)  # type: ignore[arg-type]


def shared(world: World, fy: int, pence: int) -> dict[Council, int]:
    """What the keys make of a joint amount of one year."""
    run = share_amount(world.pool, fy=fy, pence=pence, purpose="Joint costs", by=world.manager)  # type: ignore[arg-type]
    return {share.council: share.share_pence for share in run.shares.select_related("council")}


def _people_live_there(world: World) -> None:
    """The population of each council; for some programmes one is not known."""
    unknown = world.random.choice(world.councils) if world.chance(0.2) else None
    for council in world.councils:
        if council != unknown:
            people = world.random.randrange(40_000, 300_000)
            factories.CouncilFigureFactory(
                council=council, series=SeriesName.POPULATION, year=2025, quantity=people
            )


def _make_benefits(world: World) -> None:
    """Benefits of each class, of which some are counted in the first, and a dis-benefit."""
    for number, (benefit_class, kind, _) in enumerate(BENEFITS):
        counted_in = world.benefits[0] if number == 1 and world.chance(0.7) else None
        profile = Profile(
            f"Reduced cost of service {number}",
            benefit_class,
            kind,
            is_disbenefit=number == len(BENEFITS) - 1,
            confidence=world.random.choice([*Confidence, *Confidence, ""]),
            owner=world.manager,
            service=world.random.choice([None, *world.services]),
            counted_in=counted_in,
        )
        world.benefits.append(create_benefit(world.programme, by=world.manager, profile=profile))


def _benefit_of(world: World, kind: LineKind) -> Benefit | None:
    """One of the benefits that a line of this kind can belong to; none for some lines, and for costs."""
    fitting = [
        benefit for benefit, (_, _, kinds) in zip(world.benefits, BENEFITS, strict=True) if kind in kinds
    ]
    return world.random.choice([*fitting, *fitting, None]) if fitting else None


def _make_lines(world: World) -> None:
    """A line of every kind and a few more; costs are joint or a council's own."""
    kinds = [*EVERY_KIND, *world.random.sample(EVERY_KIND, 2), (LineKind.CASHABLE_SAVING, False)]
    for number, (kind, is_budgeted) in enumerate(kinds):
        is_cost = kind in COSTS
        starts_on, ends_on = world.random.choice(STARTS), world.random.choice(ENDS)
        line = factories.LineFactory(
            programme=world.programme,
            ref=f"L-{number}",
            title=f"Line {number}",
            order_index=number,
            kind=kind,
            is_budgeted=is_budgeted,
            benefit=_benefit_of(world, kind),
            service=world.random.choice([None, None, *world.services]),
            starts_on=starts_on,
            ends_on=ends_on,
        )
        world.lines.append(line)
        if is_cost and (not world.joint or world.chance(0.6)):
            world.joint.add(line.pk)


def _days(fy: int, period: int | None) -> tuple[date, date]:
    if period is None:
        return date(fy, 4, 1), date(fy + 1, 3, 31)
    year, month = (fy, period + 3) if period <= 9 else (fy + 1, period - 9)
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
