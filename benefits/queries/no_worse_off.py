"""Is any council worse off: on the plans, and with what has happened so far (F-21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from accounts.models import User
from benefits.enums import Basis, Measure
from benefits.queries.by_year import outturn_pence
from benefits.queries.compensation import CompensationBalance, compensation_balance, flow_of
from benefits.queries.ledgers import PartnerCouncil, read_ledgers
from benefits.queries.scope import NO_PLAN, Choice, Scope, scope_of
from core.clock import today
from core.errors import Refusal
from core.rules.assessment import NotAssessable, Withheld
from core.rules.money import format_pounds
from core.rules.reference import ReferenceTable, version_on
from core.rules.words import listed
from programme.enums import PriceBasis
from programme.models import Programme
from programme.queries.milestones import known_on
from services.enums import CaseState, TestBasis
from services.queries.agreements import basis_words
from services.queries.fairness import BASES, verdict_of
from services.rules.appraisal import appraise
from services.rules.deflators import Deflators, deflators_of, real_pence
from services.rules.discount import DiscountSchedule, schedule_of
from services.rules.no_worse_off import CouncilPosition

NO_BASE_YEAR = NotAssessable("The base year of the programme is not stated")
NO_PRICE_BASIS = NotAssessable("Whether the programme’s amounts are in real prices or in cash is not stated")
_BENEFITS = {
    Measure.CASHABLE: 1,
    Measure.INCOME_BUDGETED: 1,
    Measure.GRANT: 1,
    Measure.DISBENEFIT: -1,
}
_COSTS = {Measure.RECURRING_COST: 1, Measure.ONE_OFF_COST: 1}
Missing = NotAssessable | Withheld
Flow = tuple[int, ...]


class Standing(StrEnum):
    """What a position is worked out from."""

    ORIGINAL = "original"
    CURRENT = "current"
    NOW = "now"

    @property
    def label(self) -> str:
        """As a table names it."""
        return _LABELS[self]


_LABELS = {
    Standing.ORIGINAL: "Original plan",
    Standing.CURRENT: "Current plan",
    Standing.NOW: "Returns so far and forecast to come",
}


@dataclass(frozen=True, slots=True)
class NowParts:
    """What a council’s net position in cash is made of: verified, claimed, and still to come."""

    verified_pence: int
    claimed_pence: int
    to_come_pence: int


@dataclass(frozen=True, slots=True)
class StandingTest:
    """The test on one basis: each council’s position in order, or why it cannot be worked out."""

    standing: Standing
    basis: TestBasis
    positions: tuple[CouncilPosition | Missing, ...]

    @property
    def verdict(self) -> str:
        """Who is worse off and by how much, or that nobody is."""
        short = [
            f"{one.council} lacks {format_pounds(one.shortfall_pence)}"
            for one in self.positions
            if isinstance(one, CouncilPosition) and not one.is_passed
        ]
        return f"{verdict_of(self.positions)}." + (f" {listed(short)}." if short else "")

    @property
    def net_pence(self) -> int | None:
        """The sum of the councils; None where one is missing."""
        nets = [one.net_pence for one in self.positions if isinstance(one, CouncilPosition)]
        return sum(nets) if len(nets) == len(self.positions) else None


@dataclass(frozen=True, slots=True)
class NoWorseOffTests:
    """Every test of a programme over its appraisal period, councils in their fixed order."""

    programme: Programme
    as_of: date
    cut_off: date | None
    councils: tuple[PartnerCouncil, ...]
    tests: tuple[StandingTest, ...]
    now: tuple[NowParts | NotAssessable, ...]
    balance: CompensationBalance
    discount_source: str

    def on(self, standing: Standing, basis: TestBasis) -> StandingTest:
        """One test."""
        return next(one for one in self.tests if (one.standing, one.basis) == (standing, basis))

    @property
    def binding_words(self) -> str:
        """Which basis binds, in a sentence."""
        return basis_words(self.balance.binding, is_agreed=bool(self.balance.agreed))


def no_worse_off_tests(programme: Programme, user: User) -> NoWorseOffTests:
    """Every test as one person may see it. Seven queries beside those of the compensation."""
    as_of = known_on(programme, today())
    ledgers = read_ledgers(programme, as_of=as_of)
    scope = scope_of(programme, ledgers, Choice(), as_of)
    balance = compensation_balance(programme, user)
    return worse_off_tests(programme, scope, balance)


def worse_off_tests(programme: Programme, scope: Scope, balance: CompensationBalance) -> NoWorseOffTests:
    """The same of ledgers and compensation already read. One query, for the rates that the case keeps."""
    schedule, deflators = _rates(programme, scope.as_of)
    measure = _Measure(programme, scope, schedule, deflators)
    paid = _paid_by_standing(balance, scope.as_of)
    tests = tuple(
        StandingTest(
            standing,
            basis,
            tuple(
                measure.position(council, standing, basis, paid[standing], balance.withheld)
                for council in scope.councils
            ),
        )
        for standing in Standing
        for basis in BASES
    )
    return NoWorseOffTests(
        programme=programme,
        as_of=scope.as_of,
        cut_off=scope.cut_off,
        councils=scope.councils,
        tests=tests,
        now=tuple(measure.now(council) for council in scope.councils),
        balance=balance,
        discount_source=schedule.source if isinstance(schedule, DiscountSchedule) else "",
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """Works out one council’s flows over the appraisal period on any standing, and what they are worth."""

    programme: Programme
    scope: Scope
    schedule: DiscountSchedule | NotAssessable
    deflators: Deflators | NotAssessable | None

    @property
    def fys(self) -> range:
        """The years of the appraisal period; none without a base year."""
        base = self.programme.base_fy
        return range(0) if base is None else range(base, base + self.programme.horizon_years + 1)

    def position(
        self,
        council: PartnerCouncil,
        standing: Standing,
        basis: TestBasis,
        paid: Mapping[int, Mapping[int, int]],
        withheld: Withheld | None,
    ) -> CouncilPosition | Missing:
        """Its net position and what it receives or pays; withheld where compensation is."""
        missing = withheld or self._missing(council, standing)
        if missing:
            return missing
        flow = tuple(flow_of(paid, council.pk, fy) for fy in self.fys)
        received, given = tuple(max(0, p) for p in flow), tuple(max(0, -p) for p in flow)
        net = self._worth(
            self._flow(_BENEFITS, council, standing), self._flow(_COSTS, council, standing), basis
        )
        compensation = self._worth(received, given, basis)
        if isinstance(net, NotAssessable):
            return net
        if isinstance(compensation, NotAssessable):
            return compensation
        return CouncilPosition(council.name, net, compensation)

    def now(self, council: PartnerCouncil) -> NowParts | NotAssessable:
        """What its position of today in cash is made of."""
        missing = self._missing(council, Standing.NOW)
        if missing:
            return missing
        whole = self._net(council, lambda part, fy: outturn_pence(self.scope, part, council, fy))
        verified = self._net(council, lambda part, fy: self._held(part, council, Basis.VERIFIED, fy))
        claimed = self._net(council, lambda part, fy: self._held(part, council, Basis.CLAIMED, fy))
        return NowParts(verified, claimed, whole - verified - claimed)

    def _missing(self, council: PartnerCouncil, standing: Standing) -> NotAssessable | None:
        if not self.fys:
            return NO_BASE_YEAR
        ledgers = self.scope.ledgers
        if standing == Standing.NOW:
            return self.scope.no_forecast(Measure.NET, [council])
        plan = ledgers.original if standing == Standing.ORIGINAL else ledgers.current
        return None if plan else NO_PLAN

    def _net(self, council: PartnerCouncil, pence: Callable[[Measure, int], int]) -> int:
        signs = {**_BENEFITS, **{part: -sign for part, sign in _COSTS.items()}}
        return sum(sign * pence(part, fy) for part, sign in signs.items() for fy in self.fys)

    def _flow(self, parts: Mapping[Measure, int], council: PartnerCouncil, standing: Standing) -> Flow:
        return tuple(
            sum(sign * self._pence(part, council, standing, fy) for part, sign in parts.items())
            for fy in self.fys
        )

    def _pence(self, part: Measure, council: PartnerCouncil, standing: Standing, fy: int) -> int:
        if standing == Standing.NOW:
            return outturn_pence(self.scope, part, council, fy)
        return self._held(part, council, Basis(standing.value), fy)

    def _held(self, part: Measure, council: PartnerCouncil, basis: Basis, fy: int) -> int:
        return sum(amount.pence for amount in self.scope.cell(part, council, basis, fy))

    def _worth(self, gains: Sequence[int], losses: Sequence[int], basis: TestBasis) -> int | NotAssessable:
        """Gains less losses in cash, or their net present value in prices of the base year (F-06, F-11)."""
        if basis == TestBasis.NOMINAL:
            return sum(gains) - sum(losses)
        if isinstance(self.schedule, NotAssessable):
            return self.schedule
        if isinstance(self.deflators, NotAssessable):
            return self.deflators
        try:
            return appraise(self._real(gains), self._real(losses), self.schedule).npv_pence
        except Refusal as refusal:
            return NotAssessable(refusal.message)

    def _real(self, amounts: Sequence[int]) -> Sequence[int]:
        if not isinstance(self.deflators, Deflators):
            return amounts
        base = self.fys[0]
        return [
            real_pence(pence, fy, base, self.deflators) for pence, fy in zip(amounts, self.fys, strict=True)
        ]


def _paid_by_standing(balance: CompensationBalance, as_of: date) -> dict[Standing, dict[int, dict[int, int]]]:
    scheduled = balance.scheduled()
    paid, to_come = balance.paid(), balance.to_come(as_of)
    councils = paid.keys() | to_come.keys()
    now = {
        council: {
            fy: flow_of(paid, council, fy) + flow_of(to_come, council, fy)
            for fy in paid.get(council, {}).keys() | to_come.get(council, {}).keys()
        }
        for council in councils
    }
    return {Standing.ORIGINAL: scheduled, Standing.CURRENT: scheduled, Standing.NOW: now}


def _rates(
    programme: Programme, as_of: date
) -> tuple[DiscountSchedule | NotAssessable, Deflators | NotAssessable | None]:
    """The rates that the approved case keeps, else those in force; deflators where amounts are cash."""
    approved = programme.business_cases.filter(state=CaseState.APPROVED).order_by("-number", "pk")
    kept = approved.values_list("discount_version", "deflator_version").first() or ("", "")
    try:
        schedule = schedule_of(kept[0] or version_on(ReferenceTable.DISCOUNT_RATES, as_of).version)
        if programme.price_basis == PriceBasis.REAL:
            return schedule, None
        if programme.price_basis == PriceBasis.NOMINAL:
            version = kept[1] or version_on(ReferenceTable.GDP_DEFLATORS, as_of).version
            return schedule, deflators_of(version)
        return schedule, NO_PRICE_BASIS
    except Refusal as refusal:
        missing = NotAssessable(refusal.message)
        return missing, missing
