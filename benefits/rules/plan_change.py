"""What a proposed plan changes: in words, in the net benefit, in the payback and in present value."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Measure
from benefits.rules.measures import COST_MEASURES, parts_of
from core.errors import Refusal
from core.rules.assessment import NotAssessable
from core.rules.calendar import format_date, format_fy
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from core.rules.words import count_of
from services.rules.appraisal import appraise
from services.rules.deflators import Deflators, real_pence
from services.rules.discount import DiscountSchedule
from services.rules.payback import NoPayback, Payback, payback

NO_CHANGE = "No change"
_SPENT = (Measure.RECURRING_COST, Measure.ONE_OFF_COST)


@dataclass(frozen=True, slots=True)
class Prices:
    """What brings a plan to its present value, in prices of `base_fy` (F-06, F-11, INV-33).

    Without `deflators` its amounts are in prices of that year already.
    """

    schedule: DiscountSchedule
    base_fy: int
    deflators: Deflators | None = None

    @property
    def words(self) -> str:
        """In which prices, discounted by which rates, and by which deflators prices were converted."""
        said = f"In {format_fy(self.base_fy)} prices, discounted by {self.schedule.words}"
        if self.deflators is None:
            return said
        return f"{said}; prices by the deflators in force from {format_date(self.deflators.effective_from)}"

    def real(self, pence: int, fy: int) -> int:
        """An amount of a year in prices of the base year; refuses a year without a deflator."""
        return real_pence(pence, fy, self.base_fy, self.deflators) if self.deflators else pence


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan comes to over the appraisal period, in pence: net benefit, payback, net present value."""

    net_pence: int
    payback: Payback | NoPayback
    npv: int | NotAssessable


def difference_in_words(measure: Measure, before_pence: int, after_pence: int) -> str:
    """How a planned amount changes: "Saves £24,000.00 less"; a cost or a dis-benefit "Costs … more"."""
    change = after_pence - before_pence
    if not change:
        return NO_CHANGE
    verb = "Costs" if measure in COST_MEASURES else "Saves"
    return f"{verb} {format_pounds(abs(change))} {'more' if change > 0 else 'less'}"


def net_in_words(before_pence: int, after_pence: int) -> str:
    """How the net benefit changes: "£24,000.00 less net benefit"."""
    change = after_pence - before_pence
    if not change:
        return NO_CHANGE
    return f"{format_pounds(abs(change))} {'more' if change > 0 else 'less'} net benefit"


def npv_in_words(before: int | NotAssessable, after: int | NotAssessable) -> str:
    """How the net present value changes: "£22,857.14 less"; why there is none where there is none."""
    if isinstance(before, NotAssessable):
        return before.reason
    if isinstance(after, NotAssessable):
        return after.reason
    return net_in_words(before, after).removesuffix(" net benefit")


def net_by_year(amounts: Iterable[tuple[Measure, int, int]], fys: Sequence[int]) -> list[int]:
    """Net benefit in each of `fys` of (measure, financial year, pence), costs less savings (INV-22).

    Amounts of other years are left out; `left_out` of the appraisal years names them.
    """
    gains, costs = _flows(amounts, fys)
    return [gain - cost for gain, cost in zip(gains, costs, strict=True)]


def outlook(
    amounts: Iterable[tuple[Measure, int, int]], fys: Sequence[int], prices: Prices | NotAssessable
) -> Outlook:
    """Net benefit over `fys`, payback counted from their first day (F-08) and net present value (F-06)."""
    held = list(amounts)
    nets = net_by_year(held, fys)
    return Outlook(sum(nets), payback(nets), present_value(*_flows(held, fys), prices))


def present_value(
    gains: Sequence[int], costs: Sequence[int], prices: Prices | NotAssessable
) -> int | NotAssessable:
    """Net present value of flows from the base year on, by the rule of business cases (F-06, F-11).

    The sum of a year is brought to the prices of the base year, once. Not assessable where a rate is missing.
    """
    if isinstance(prices, NotAssessable):
        return prices
    try:
        return appraise(_real(gains, prices), _real(costs, prices), prices.schedule).npv_pence
    except Refusal as said:
        return NotAssessable(said.message)


def _flows(
    amounts: Iterable[tuple[Measure, int, int]], fys: Sequence[int]
) -> tuple[Sequence[int], Sequence[int]]:
    """Gains, net of dis-benefits, and costs in each of `fys`."""
    gains, costs = dict.fromkeys(fys, 0), dict.fromkeys(fys, 0)
    signs: Mapping[Measure, int] = parts_of(Measure.NET)
    for measure, fy, pence in amounts:
        if fy not in gains:
            continue
        if measure in _SPENT:
            costs[fy] += pence
        else:
            gains[fy] += signs.get(measure, 0) * pence
    return list(gains.values()), list(costs.values())


def _real(flows: Sequence[int], prices: Prices) -> list[int]:
    return [prices.real(pence, fy) for fy, pence in enumerate(flows, prices.base_fy)]


def moved_in_words(before: ImpreciseDate | None, after: ImpreciseDate | None) -> str:
    """How a milestone's plan date moves, counted between last possible days: "31 days later"."""
    if before is None or after is None:
        return NO_CHANGE if before is after else "Taken out of the plan" if before else "New in the plan"
    days = _days(before.last_on, after.last_on)
    if days:
        return f"{count_of(abs(days), 'day')} {'later' if days > 0 else 'earlier'}"
    return NO_CHANGE if before.first_on == after.first_on else "Known more or less exactly"


def _days(before: date, after: date) -> int:
    return (after - before).days
