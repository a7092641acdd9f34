"""Is any council worse off: on the plans, and with what has happened so far (F-21)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from accounts.models import User
from benefits.enums import Basis, Measure
from benefits.queries.by_year import outturn_pence
from benefits.queries.compensation import CompensationBalance, compensation_balance, flow_of
from benefits.queries.ledgers import PartnerCouncil, read_ledgers
from benefits.queries.plan_prices import NO_BASE_YEAR, prices_of
from benefits.queries.scope import NO_PLAN, Choice, Scope, scope_of
from benefits.rules.appraisal_years import appraisal_years, left_out
from benefits.rules.plan_change import Prices, present_value
from core.clock import today
from core.rules.assessment import NotAssessable, Withheld
from core.rules.money import format_pounds
from core.rules.words import listed
from programme.models import Programme
from programme.queries.milestones import known_on
from services.enums import TestBasis
from services.queries.agreements import basis_words
from services.queries.fairness import BASES, verdict_of
from services.rules.no_worse_off import CouncilPosition

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
    def short(self) -> tuple[CouncilPosition, ...]:
        """The councils that are worse off, as far as that can be worked out."""
        found = (one for one in self.positions if isinstance(one, CouncilPosition))
        return tuple(one for one in found if not one.is_passed)

    @property
    def verdict(self) -> str:
        """Who is worse off and by how much, or that nobody is."""
        short = [f"{one.council} lacks {format_pounds(one.shortfall_pence)}" for one in self.short]
        return f"{verdict_of(self.positions)}." + (f" {listed(short)}." if short else "")

    @property
    def net_pence(self) -> int | None:
        """The sum of the councils; None where one is missing."""
        nets = [one.net_pence for one in self.positions if isinstance(one, CouncilPosition)]
        return sum(nets) if len(nets) == len(self.positions) else None


@dataclass(frozen=True, slots=True)
class NoWorseOffTests:
    """Every test of a programme over its appraisal period, councils in their fixed order.

    `fys` are the years of that period; `outside` names years with amounts that are not counted.
    """

    programme: Programme
    as_of: date
    cut_off: date | None
    councils: tuple[PartnerCouncil, ...]
    tests: tuple[StandingTest, ...]
    now: tuple[NowParts | NotAssessable, ...]
    balance: CompensationBalance
    discount_source: str
    fys: tuple[int, ...]
    outside: str

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
    fys = appraisal_years(programme.base_fy, programme.horizon_years)
    prices = prices_of(programme, as_of=scope.as_of)
    measure = _Measure(fys, scope, prices)
    paid = _paid_by_standing(balance, scope.as_of, fys)
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
        discount_source=prices.schedule.source if isinstance(prices, Prices) else "",
        fys=fys,
        outside=left_out(fys, _years_held(scope, paid)),
    )


@dataclass(frozen=True, slots=True)
class _Measure:
    """Works out one council’s flows over the appraisal period on any standing, and what they are worth."""

    fys: Sequence[int]
    scope: Scope
    prices: Prices | NotAssessable
    _outturns: dict[tuple[Measure, int, int], int] = field(default_factory=dict)

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
        whole = self._net(council, lambda part, fy: self._outturn(part, council, fy))
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
            return self._outturn(part, council, fy)
        return self._held(part, council, Basis(standing.value), fy)

    def _outturn(self, part: Measure, council: PartnerCouncil, fy: int) -> int:
        """What it comes out at, worked out once for both bases."""
        place = (part, council.pk, fy)
        if place not in self._outturns:
            self._outturns[place] = outturn_pence(self.scope, part, council, fy)
        return self._outturns[place]

    def _held(self, part: Measure, council: PartnerCouncil, basis: Basis, fy: int) -> int:
        return sum(amount.pence for amount in self.scope.cell(part, council, basis, fy))

    def _worth(self, gains: Sequence[int], losses: Sequence[int], basis: TestBasis) -> int | NotAssessable:
        """Gains less losses in cash, or their net present value in prices of the base year (F-06, F-11)."""
        if basis == TestBasis.NOMINAL:
            return sum(gains) - sum(losses)
        return present_value(gains, losses, self.prices)


def _paid_by_standing(
    balance: CompensationBalance, as_of: date, fys: Sequence[int]
) -> dict[Standing, dict[int, dict[int, int]]]:
    """What each council receives or pays, by standing, council and year.

    What is paid late, for a year of the appraisal period, counts in its last year at the latest.
    """
    last_fy = fys[-1] if fys else None
    scheduled = balance.scheduled()
    paid, to_come = balance.paid(last_fy), balance.to_come(as_of, last_fy)
    councils = paid.keys() | to_come.keys()
    now = {
        council: {
            fy: flow_of(paid, council, fy) + flow_of(to_come, council, fy)
            for fy in paid.get(council, {}).keys() | to_come.get(council, {}).keys()
        }
        for council in councils
    }
    return {Standing.ORIGINAL: scheduled, Standing.CURRENT: scheduled, Standing.NOW: now}


def _years_held(scope: Scope, paid: Mapping[Standing, Mapping[int, Mapping[int, int]]]) -> set[int]:
    """Years in which any part of a test holds more than £0."""
    parts = _BENEFITS.keys() | _COSTS.keys()
    cells = scope.by_cell.items()
    held = {fy for (part, _, _, fy), own in cells if part in parts and any(one.pence for one in own)}
    flows = [years for by_council in paid.values() for years in by_council.values()]
    return held | {fy for years in flows for fy, pence in years.items() if pence}
