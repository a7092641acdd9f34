"""What a proposed plan changes: in words, in the net benefit and in the payback (F-08, F-16)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from benefits.enums import Measure
from benefits.rules.measures import COST_MEASURES, parts_of
from core.rules.dates import ImpreciseDate
from core.rules.money import format_pounds
from core.rules.words import count_of
from services.rules.payback import NoPayback, Payback, payback

NO_CHANGE = "No change"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a plan comes to over the appraisal period: net benefit in pence, and when it pays back."""

    net_pence: int
    payback: Payback | NoPayback


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


def net_by_year(amounts: Iterable[tuple[Measure, int, int]], fys: Sequence[int]) -> list[int]:
    """Net benefit in each of `fys` of (measure, financial year, pence), costs less savings (INV-22)."""
    signs: Mapping[Measure, int] = parts_of(Measure.NET)
    nets = dict.fromkeys(fys, 0)
    for measure, fy, pence in amounts:
        nets[fy] += signs.get(measure, 0) * pence
    return list(nets.values())


def outlook(amounts: Iterable[tuple[Measure, int, int]], fys: Sequence[int]) -> Outlook:
    """Net benefit over `fys`, and payback counted from the first day of the first of them (F-08)."""
    nets = net_by_year(amounts, fys)
    return Outlook(sum(nets), payback(nets))


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
