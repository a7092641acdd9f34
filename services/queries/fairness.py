"""Is each council better off with an option, and what would make none worse off (F-21, F-22)?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.rules.assessment import NotAssessable, Withheld
from core.rules.money import format_pounds
from core.rules.rounding import round_half_up
from core.rules.words import listed
from programme.models import Council
from services.enums import TestBasis
from services.models import Compensation
from services.queries.appraisal import CaseAppraisal, Change, Missing, OptionAppraisal
from services.rules.compensation import CompensationProposal, propose_compensation
from services.rules.discount import discount_factors
from services.rules.no_worse_off import CouncilPosition, NoWorseOff, no_worse_off
from services.rules.option_flows import net_by_year
from services.rules.sensitivity import npv, without_council

BASES = (TestBasis.NOMINAL, TestBasis.NPV)


@dataclass(frozen=True, slots=True)
class CouncilTest:
    """One council's test on one basis; withheld or not assessable where its figures are."""

    council: Council
    basis: TestBasis
    position: CouncilPosition | Missing


@dataclass(frozen=True, slots=True)
class Payment:
    """What one council receives (positive) or pays (negative) in one year under a stored arrangement."""

    council: Council
    fy: int
    amount_pence: int


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A stored arrangement with its payments, in the order of years and councils."""

    compensation: Compensation
    payments: tuple[Payment, ...]


@dataclass(frozen=True, slots=True)
class WithoutCouncil:
    """What each other council would have if one were not in the deal, in pence on one basis.

    `is_variant` says that an option of the case was priced without it. Otherwise the council's own lines
    fall away and joint amounts stay whole, shared among the others: an indication that limits no payment.
    """

    council: Council
    basis: TestBasis
    nets_pence: Mapping[str, int]
    is_variant: bool


@dataclass(frozen=True, slots=True)
class Fairness:
    """The test in cash and in net present value, the proposals, and what is stored."""

    case: CaseAppraisal
    option: OptionAppraisal
    tests: tuple[CouncilTest, ...]
    proposals: Mapping[TestBasis, CompensationProposal | Missing]
    without: tuple[WithoutCouncil, ...]
    arrangements: tuple[Arrangement, ...]
    withheld: Withheld | None = None

    @property
    def binding(self) -> TestBasis | None:
        """The basis on which compensation is agreed; None where none is, or both are used."""
        used = {TestBasis(one.compensation.basis) for one in self.arrangements}
        return used.pop() if len(used) == 1 else None

    def on(self, basis: TestBasis) -> tuple[CouncilTest, ...]:
        """Tests on one basis, in the order of the councils."""
        return tuple(test for test in self.tests if test.basis == basis)


def case_fairness(case: CaseAppraisal, option: OptionAppraisal) -> Fairness:
    """The test of an option against business as usual, with the compensation stored. Three queries."""
    return option_fairness(case, option, stored_arrangements(case))


def option_fairness(
    case: CaseAppraisal, option: OptionAppraisal, arrangements: tuple[Arrangement, ...]
) -> Fairness:
    """The test of an option with arrangements already read. No queries.

    Payments tell what they make good, so a reader from whom a council's figures are withheld sees none.
    """
    missing = _missing(option, case)
    withheld = missing if isinstance(missing, Withheld) else None
    shown = () if withheld else arrangements
    without = () if missing else _without(case, option)
    proposals: dict[TestBasis, CompensationProposal | Missing] = {
        basis: missing or _proposal(case, option, basis, without) for basis in BASES
    }
    return Fairness(case, option, _tests(case, option, shown), proposals, without, shown, withheld)


def nets_of(case: CaseAppraisal, option: OptionAppraisal, basis: TestBasis) -> dict[str, int]:
    """Each council's net position against business as usual, in pence; for readers who may see all."""
    return {
        name: _net(change, basis)
        for place, name in enumerate(case.names)
        if isinstance(change := option.change(place), Change)
    }


def paid_value(case: CaseAppraisal, payments: Sequence[Payment], basis: TestBasis) -> dict[str, int]:
    """What each council receives in all (positive) or pays, in pence, on one basis (F-06)."""
    worth = dict.fromkeys(case.names, 0)
    for payment in payments:
        index = payment.fy - case.case.base_fy
        name = str(payment.council)
        worth[name] = worth.get(name, 0) + _value(case, payment.amount_pence, index, basis)
    return worth


def without_pence(fairness: Fairness, basis: TestBasis) -> dict[str, Mapping[str, int]]:
    """Nets of the others without each council that an option was priced without (F-22 test 2).

    Also where that council is not worse off: no payment to it may leave a payer worse off (INV-27).
    """
    places = range(len(fairness.case.councils))
    found = [_variant(fairness.case, fairness.option, place, basis) for place in places]
    return {str(one.council): one.nets_pence for one in found if one}


def _value(case: CaseAppraisal, pence: int, index: int, basis: TestBasis) -> int:
    if basis == TestBasis.NOMINAL or isinstance(case.schedule, NotAssessable):
        return pence
    return round_half_up(pence * discount_factors(case.schedule, len(case.fys) - 1)[index])


def _net(change: Change, basis: TestBasis) -> int:
    return change.npv_pence if basis == TestBasis.NPV else change.net_pence


def _missing(option: OptionAppraisal, case: CaseAppraisal) -> Missing | None:
    """Why no payment can be proposed; None where every council's figures are there to see."""
    changes = [option.change(place) for place in range(len(case.councils))]
    missing = [change for change in changes if not isinstance(change, Change)]
    return missing[0] if missing else None


def _tests(
    case: CaseAppraisal, option: OptionAppraisal, arrangements: Sequence[Arrangement]
) -> tuple[CouncilTest, ...]:
    payments = [payment for one in arrangements for payment in one.payments]
    paid = {basis: paid_value(case, payments, basis) for basis in BASES}
    tested: NoWorseOff = no_worse_off(
        nets_of(case, option, TestBasis.NOMINAL),
        nets_of(case, option, TestBasis.NPV),
        compensation_cash_pence=paid[TestBasis.NOMINAL],
        compensation_npv_pence=paid[TestBasis.NPV],
    )
    tests = []
    for basis in BASES:
        known = {position.council: position for position in tested.on(basis)}
        for place, council in enumerate(case.councils):
            change = option.change(place)
            position = known[str(council)] if isinstance(change, Change) else change
            tests.append(CouncilTest(council, basis, position))
    return tuple(tests)


def _proposal(
    case: CaseAppraisal, option: OptionAppraisal, basis: TestBasis, without: Sequence[WithoutCouncil]
) -> CompensationProposal:
    priced = {str(one.council): one.nets_pence for one in without if one.basis == basis and one.is_variant}
    return propose_compensation(nets_of(case, option, basis), priced)


def _without(case: CaseAppraisal, option: OptionAppraisal) -> tuple[WithoutCouncil, ...]:
    """Positions without each council that is worse off on a basis."""
    found = []
    for basis in BASES:
        nets = nets_of(case, option, basis)
        for place, council in enumerate(case.councils):
            if nets[str(council)] < 0:
                found.append(_variant(case, option, place, basis) or _dropped(case, option, place, basis))
    return tuple(found)


def _variant(
    case: CaseAppraisal, option: OptionAppraisal, place: int, basis: TestBasis
) -> WithoutCouncil | None:
    """The positions in the option that was priced without the council; None where there is none to see."""
    council = case.councils[place]
    for other in case.options:
        if other.option.variant_of_id != option.option.pk or other.option.without_council_id != council.pk:
            continue
        nets = nets_of(case, other, basis)
        nets.pop(str(council), None)
        if len(nets) == len(case.councils) - 1:
            return WithoutCouncil(council, basis, nets, is_variant=True)
    return None


def _dropped(case: CaseAppraisal, option: OptionAppraisal, place: int, basis: TestBasis) -> WithoutCouncil:
    """The positions if the council's own lines fall away and joint amounts stay whole."""
    lines = without_council(option.lines, place)
    usual = case.bau.lines if case.bau else ()
    nets = {}
    for other, name in enumerate(case.names):
        if other == place:
            continue
        if basis == TestBasis.NPV and not isinstance(case.schedule, NotAssessable):
            length = len(case.fys)
            own = npv(lines, case.schedule, other, length=length)
            nets[name] = own - npv(usual, case.schedule, other, length=length)
        else:
            nets[name] = sum(net_by_year(lines, other)) - sum(net_by_year(usual, other))
    return WithoutCouncil(case.councils[place], basis, nets, is_variant=False)


def stored_arrangements(case: CaseAppraisal) -> tuple[Arrangement, ...]:
    """What is agreed for a case, with its payments. Three queries."""
    places = {council.pk: place for place, council in enumerate(case.councils)}
    stored = case.case.compensations.select_related("beneficiary").prefetch_related("payments__council")
    return tuple(
        Arrangement(
            compensation,
            tuple(
                sorted(
                    (Payment(row.council, row.fy, row.amount_pence) for row in compensation.payments.all()),
                    key=lambda payment: (payment.fy, places.get(payment.council.pk, len(places))),
                )
            ),
        )
        for compensation in stored.order_by("pk")
    )


def verdict(tests: Sequence[CouncilTest]) -> str:
    """One sentence on one basis: who is worse off, or that nobody is, and whether payments are counted in."""
    return verdict_of([test.position for test in tests])


def verdict_of(positions: Sequence[CouncilPosition | Missing]) -> str:
    """The same of positions alone, for whoever works them out from other figures."""
    unknown = [position for position in positions if not isinstance(position, CouncilPosition)]
    if unknown:
        reason = unknown[0].reason
        return f"{'Withheld' if isinstance(unknown[0], Withheld) else 'Not assessable'}: {reason}"
    known = [position for position in positions if isinstance(position, CouncilPosition)]
    paid = " once the compensation recorded is paid" if any(one.compensation_pence for one in known) else ""
    worse = [one.council for one in known if not one.is_passed]
    if worse:
        return f"{listed(worse)} {'is' if len(worse) == 1 else 'are'} worse off{paid}"
    short = [
        f"{one.council} is {format_pounds(-one.net_pence)} worse off" for one in known if one.net_pence < 0
    ]
    if short:
        return f"{listed(short)} without compensation; no council is{paid}"
    return f"No council is worse off{paid}"
