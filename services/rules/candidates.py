"""Which services are worth sharing next: a ranking in the open, from what councils have stated.

A service gets up to 40 points for contracts that fit together, 30 for its size and 30 for how far the
councils' costs are apart, all reduced by the part of it that is shared already. What is not stated earns
nothing and is named. The weights are this product's own and settle no decision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from core.rules.calendar import format_date
from core.rules.money import format_prose
from core.rules.rounding import format_number, format_percent, round_half_up
from core.rules.words import listed
from services.rules.comparison import Spread
from services.rules.contracts import Contract, Window, widest_window

CONTRACT_POINTS, SIZE_POINTS, GAP_POINTS = 40, 30, 30
DEFAULT_MONTHS = 12
_LEAST_COUNCILS = 2
_ALL = 100


@dataclass(frozen=True, slots=True)
class Part:
    """What one council has stated of a service; `has_no_contract` where it runs the service in house."""

    name: str
    cost_pence: int | None = None
    has_no_contract: bool = False
    contract: Contract | None = None
    shared_percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class ServiceFacts:
    """A service to rank; `done` says why one is not; `spread` is of what `spread_of` names."""

    ref: str
    parts: tuple[Part, ...]
    done: str = ""
    spread: Spread | None = None
    spread_of: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service with its points and why: exact, and what the reader is told."""

    ref: str
    contracts: Fraction
    size: Fraction
    gap: Fraction
    left_to_share: Fraction
    reasons: tuple[str, ...]
    missing: tuple[str, ...]

    @property
    def exact_points(self) -> Fraction:
        """Points out of 100, exact; the ranking is by these."""
        return (self.contracts + self.size + self.gap) * self.left_to_share

    @property
    def points(self) -> int:
        """Points out of 100, rounded once."""
        return round_half_up(self.exact_points)


@dataclass(frozen=True, slots=True)
class Unranked:
    """A service that is not ranked, and why."""

    ref: str
    reason: str


def rank(
    services: Sequence[ServiceFacts], *, months: int = DEFAULT_MONTHS, as_of: date
) -> tuple[list[Candidate], list[Unranked]]:
    """Services by points, most first, equal ones in the order given; and those not ranked."""
    unranked = [Unranked(one.ref, reason) for one in services if (reason := _why_not(one))]
    ranked = [one for one in services if not _why_not(one)]
    largest = max((_stated_cost(one) for one in ranked), default=0)
    candidates = [_candidate(one, largest, months, as_of) for one in ranked]
    return sorted(candidates, key=lambda one: -one.exact_points), unranked


def _why_not(service: ServiceFacts) -> str:
    if service.done:
        return service.done
    if not service.parts:
        return "No council’s part in it is stated"
    if len(service.parts) < _LEAST_COUNCILS:
        return f"Only {service.parts[0].name} has a part in it"
    return ""


def _candidate(service: ServiceFacts, largest: int, months: int, as_of: date) -> Candidate:
    open_contracts = [one.contract for one in service.parts if one.contract and one.contract.end_on >= as_of]
    window = widest_window(open_contracts, months)
    free = [one.name for one in service.parts if _is_free(one, as_of)]
    together = len(free) + (len(window.names) if window else 0)
    fits = together if together >= _LEAST_COUNCILS else 0
    cost = _stated_cost(service)
    shared = _shared_fraction(service.parts)
    gap = service.spread.gap if service.spread else Fraction(0)
    reasons = [
        _contract_words(free, window, fits=bool(fits), months=months),
        _size_words(cost, largest),
        _gap_words(service),
        f"{format_percent(shared * _ALL)} of it, by cost, is shared already" if shared else "",
    ]
    return Candidate(
        ref=service.ref,
        contracts=Fraction(CONTRACT_POINTS * fits, len(service.parts)),
        size=Fraction(SIZE_POINTS * cost, largest) if largest else Fraction(0),
        gap=GAP_POINTS * gap,
        left_to_share=1 - shared,
        reasons=tuple(reason for reason in reasons if reason),
        missing=tuple(_missing(service)),
    )


def _is_free(part: Part, as_of: date) -> bool:
    """Whether no contract binds the council: it runs the service itself, or its contract has ended."""
    return part.has_no_contract if part.contract is None else part.contract.end_on < as_of


def _stated_cost(service: ServiceFacts) -> int:
    return sum(one.cost_pence or 0 for one in service.parts)


def _shared_fraction(parts: Sequence[Part]) -> Fraction:
    """The part shared already, by cost where every council states one, else each council alike."""
    costs = [one.cost_pence for one in parts]
    weights = [cost or 0 for cost in costs] if all(costs) else [1] * len(parts)
    shared = sum(
        Fraction(one.shared_percent or 0) * weight for one, weight in zip(parts, weights, strict=True)
    )
    return Fraction(shared, _ALL * sum(weights))


def _contract_words(free: Sequence[str], window: Window | None, *, fits: bool, months: int) -> str:
    words = [f"No contract binds {listed(free)}"] if free else []
    if window and len(window.names) >= _LEAST_COUNCILS:
        days = _days(window)
        words.append(f"{listed(window.names)} can leave their contracts within {months} months, {days}")
    elif window:
        words.append(f"{window.names[0]} can leave its contract {_days(window)}")
    if words and not fits:
        words.append("No two councils are known to fit together")
    return ". ".join(words)


def _days(window: Window) -> str:
    if window.first_on == window.last_on:
        return f"on {format_date(window.first_on)}"
    return f"from {format_date(window.first_on)} to {format_date(window.last_on)}"


def _size_words(cost: int, largest: int) -> str:
    if not cost:
        return ""
    share = Fraction(cost * _ALL, largest)
    if share == _ALL:
        return f"The councils spend {format_prose(cost)} a year on it, the most of any service ranked"
    of_largest = f"{format_percent(share)} of the largest service ranked"
    return f"The councils spend {format_prose(cost)} a year on it, {of_largest}"


def _gap_words(service: ServiceFacts) -> str:
    spread = service.spread
    if spread is None or not spread.gap:
        return ""
    if not spread.lowest:
        return f"{spread.lowest_name} states no {service.spread_of} above 0"
    times = format_number(spread.highest / spread.lowest, 2)
    high, low = spread.highest_name, spread.lowest_name
    return f"The {service.spread_of} is {times} times as high in {high} as in {low}"


def _missing(service: ServiceFacts) -> list[str]:
    """What is not stated, each with the councils that have not stated it, in their order."""
    parts = service.parts
    gaps = [
        ("cost", [one.name for one in parts if one.cost_pence is None]),
        ("contract end", [one.name for one in parts if one.contract is None and not one.has_no_contract]),
        ("part shared already", [one.name for one in parts if one.shared_percent is None]),
    ]
    named = [f"{what.capitalize()} of {listed(names)}" for what, names in gaps if names]
    return named if service.spread else [*named, "A unit cost or cost per head of two councils"]
