"""What becomes of an option's net present value when its assumptions fail (F-13).

Every scenario is the option's lines, changed, shared again and appraised in the same way. Benefits that
fall or come late are savings, avoided costs, income and grants; a dis-benefit never shrinks.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from fractions import Fraction
from functools import lru_cache

from core.rules.apportionment import Shares, Weight, prepare_key
from core.rules.rounding import round_ratio
from services.rules.appraisal import appraise
from services.rules.discount import DiscountSchedule
from services.rules.option_flows import Flow, FlowLine, benefits_by_year, costs_by_year


class ScenarioKind(StrEnum):
    """The scenarios, in the order in which they are printed."""

    CENTRAL = "central"
    BENEFITS_LESS_10 = "benefits_less_10"
    BENEFITS_LESS_20 = "benefits_less_20"
    COSTS_WITH_BIAS = "costs_with_bias"
    BIAS_AND_BENEFITS_LESS_10 = "bias_and_benefits_less_10"
    BENEFITS_A_YEAR_LATE = "benefits_a_year_late"
    WITHOUT_COUNCIL = "without_council"
    WORST_CASE = "worst_case"


_LABELS = {
    ScenarioKind.CENTRAL: "Central case",
    ScenarioKind.BENEFITS_LESS_10: "Benefits 10% lower",
    ScenarioKind.BENEFITS_LESS_20: "Benefits 20% lower",
    ScenarioKind.COSTS_WITH_BIAS: "Costs with optimism bias",
    ScenarioKind.BIAS_AND_BENEFITS_LESS_10: "Costs with optimism bias and benefits 10% lower",
    ScenarioKind.BENEFITS_A_YEAR_LATE: "Benefits a year late",
    ScenarioKind.WITHOUT_COUNCIL: "Without one council",
    ScenarioKind.WORST_CASE: "Worst case: highest costs and lowest savings",
}


@dataclass(frozen=True, slots=True)
class Scenario:
    """Net present values in pence, jointly and by council in order; None for a council that is not in it."""

    kind: ScenarioKind
    joint_npv_pence: int
    council_npvs_pence: tuple[int | None, ...]
    without_council: int | None = None

    def label(self, councils: Sequence[str]) -> str:
        """What the scenario assumes, with the names of the councils in order."""
        if self.without_council is None:
            return _LABELS[self.kind]
        return f"Without {councils[self.without_council]}"


@dataclass(frozen=True, slots=True)
class TornadoRow:
    """A scenario and how far it moves the joint net present value from the central case, in pence."""

    scenario: Scenario
    swing_pence: int


@dataclass(frozen=True, slots=True)
class SensitivitySet:
    """The central case and every scenario of F-13 beside it."""

    central: Scenario
    scenarios: tuple[Scenario, ...]

    @property
    def worst_case(self) -> Scenario:
        """Highest costs and lowest savings together."""
        return next(scenario for scenario in self.scenarios if scenario.kind == ScenarioKind.WORST_CASE)

    def tornado(self) -> tuple[TornadoRow, ...]:
        """Scenarios by how far they move the result, the widest first."""
        rows = [
            TornadoRow(scenario, scenario.joint_npv_pence - self.central.joint_npv_pence)
            for scenario in self.scenarios
        ]
        return tuple(sorted(rows, key=lambda row: -abs(row.swing_pence)))


def sensitivity_set(
    lines: Sequence[FlowLine], councils: int, schedule: DiscountSchedule, *, length: int = 0
) -> SensitivitySet:
    """Every scenario of F-13 for an option of so many councils, dropping each council in turn.

    `length` is the number of years with year 0; it is needed where the option has no line.
    """
    changed = {
        ScenarioKind.BENEFITS_LESS_10: with_benefits_at(lines, Fraction(90, 100)),
        ScenarioKind.BENEFITS_LESS_20: with_benefits_at(lines, Fraction(80, 100)),
        ScenarioKind.COSTS_WITH_BIAS: with_bias(lines),
        ScenarioKind.BIAS_AND_BENEFITS_LESS_10: with_benefits_at(with_bias(lines), Fraction(90, 100)),
        ScenarioKind.BENEFITS_A_YEAR_LATE: with_benefits_late(lines),
        ScenarioKind.WORST_CASE: at_their_worst(lines),
    }

    def scenario(kind: ScenarioKind, of_lines: Sequence[FlowLine], without: int | None = None) -> Scenario:
        by_council = tuple(
            None if council == without else npv(of_lines, schedule, council, length=length)
            for council in range(councils)
        )
        return Scenario(kind, npv(of_lines, schedule, length=length), by_council, without)

    leaving = [
        scenario(ScenarioKind.WITHOUT_COUNCIL, without_council(lines, council), council)
        for council in range(councils)
        if councils > 1
    ]
    others = [scenario(kind, of_lines) for kind, of_lines in changed.items()]
    return SensitivitySet(scenario(ScenarioKind.CENTRAL, lines), (*others[:-1], *leaving, others[-1]))


def with_benefits_at(lines: Sequence[FlowLine], factor: Fraction) -> list[FlowLine]:
    """The lines with every benefit at `factor` of its amount."""
    return [scaled(line, factor) if line.is_benefit else line for line in lines]


def with_bias(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """The lines with optimism bias added to each cost that has one (F-12)."""
    return [line if line.is_benefit else scaled(line, 1 + line.bias) for line in lines]


def at_their_worst(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """The lines with every benefit at its lowest and every cost and dis-benefit at its highest."""
    return [
        scaled(line, Fraction(line.low_percent if line.is_benefit else line.high_percent, 100))
        for line in lines
    ]


def with_benefits_late(lines: Sequence[FlowLine]) -> list[FlowLine]:
    """The lines with every benefit a year later; what would come after the last year is lost."""
    return [_late(line) if line.is_benefit else line for line in lines]


def without_council(lines: Sequence[FlowLine], council: int) -> list[FlowLine]:
    """The lines if the council at that place were not in: its own fall away, joint ones are shared again.

    Joint amounts stay whole and go to the others by the same weights, or equally where only the council
    that is not in had a weight.
    """
    return [
        _shared_again(line, line.amounts_pence, council) if line.is_joint else _own_without(line, council)
        for line in lines
    ]


def npv(
    lines: Sequence[FlowLine], schedule: DiscountSchedule, council: int | None = None, *, length: int = 0
) -> int:
    """Net present value of the lines in pence, jointly or of the council at that place (F-06)."""
    benefits = benefits_by_year(lines, council, length=length)
    return appraise(benefits, costs_by_year(lines, council, length=length), schedule).npv_pence


def scaled(line: FlowLine, factor: Fraction) -> FlowLine:
    """The line at `factor` of its amounts, rounded to the penny once and shared again (F-03)."""
    if factor == 1:
        return line
    if line.is_joint:
        amounts = tuple(
            round_ratio(pence * factor.numerator, factor.denominator) for pence in line.amounts_pence
        )
        return _shared_again(line, amounts)
    shares = tuple(
        tuple(round_ratio(pence * factor.numerator, factor.denominator) for pence in own)
        for own in line.shares_pence
    )
    return _own(line, shares)


def _late(line: FlowLine) -> FlowLine:
    return replace(
        line,
        amounts_pence=_a_year_later(line.amounts_pence),
        shares_pence=tuple(_a_year_later(share) for share in line.shares_pence),
    )


def _a_year_later(flow: Flow) -> Flow:
    return (0, *flow[:-1])


def _own_without(line: FlowLine, council: int) -> FlowLine:
    nothing = (0,) * len(line.amounts_pence)
    return _own(
        line, tuple(nothing if place == council else own for place, own in enumerate(line.shares_pence))
    )


def _own(line: FlowLine, shares: tuple[Flow, ...]) -> FlowLine:
    return replace(line, amounts_pence=tuple(map(sum, zip(*shares, strict=True))), shares_pence=shares)


def _shared_again(line: FlowLine, amounts: Flow, without: int | None = None) -> FlowLine:
    """A joint line with other amounts, shared by its weights, or year by year as it was shared before."""
    years = list(zip(*line.shares_pence, strict=True))
    keys = (
        [_key(line.weights, without)] * len(years)
        if line.weights
        else [_key(year, without) for year in years]
    )
    shares = [key.split(pence) for key, pence in zip(keys, amounts, strict=True)]
    return replace(line, amounts_pence=amounts, shares_pence=tuple(zip(*shares, strict=True)))


@lru_cache(maxsize=1024)
def _key(weights: tuple[Weight, ...], without: int | None) -> Shares:
    """The key of these weights without the council at that place; equal shares where nothing is left."""
    left = [0 if place == without else weight for place, weight in enumerate(weights)]
    return prepare_key(left if any(left) else [int(place != without) for place in range(len(weights))])
