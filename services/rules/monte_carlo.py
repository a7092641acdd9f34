"""A range of net present values from the likely range of each line.

Each line draws its own factor from a triangle of its lowest, likely and highest percent. The draws come
from one seeded generator, so the same lines and seed give the same range on every machine. Only the random
factor is a floating-point number; amounts are exact before it, and each result is rounded to pence once.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import sqrt
from random import Random

from core.rules.assessment import NotApplicable
from core.rules.rounding import round_half_up
from services.rules.discount import DiscountSchedule, discount_factors
from services.rules.net import signed_pence
from services.rules.option_flows import FlowLine, check_range

RUNS = 10_000
BINS = 20


@dataclass(frozen=True, slots=True)
class Bin:
    """How many runs came out from `from_pence` up to below `to_pence`; the last bin holds its end too."""

    from_pence: int
    to_pence: int
    runs: int


@dataclass(frozen=True, slots=True)
class NpvRange:
    """Net present values that 10%, 50% and 90% of the runs do not exceed, in pence, and their spread."""

    runs: int
    seed: int
    p10_pence: int
    p50_pence: int
    p90_pence: int
    mean_pence: int
    negative_runs: int
    bins: tuple[Bin, ...]


def simulate(
    lines: Sequence[FlowLine],
    schedule: DiscountSchedule,
    *,
    seed: int,
    runs: int = RUNS,
    council: int | None = None,
) -> NpvRange | NotApplicable:
    """Range of the net present value of an option, jointly or of the council at that place.

    Not applicable where no line has a range. Refuses a range that does not hold 100 percent.
    """
    for line in lines:
        check_range(line.low_percent, line.high_percent)
    counted = [line for line in lines if not line.is_exit]
    if all(line.low_percent == line.high_percent for line in counted):
        return NotApplicable("No line has a lowest and a highest amount")
    results = sorted(_results(counted, schedule, seed, runs, council))
    return NpvRange(
        runs=runs,
        seed=seed,
        p10_pence=_percentile(results, 10),
        p50_pence=_percentile(results, 50),
        p90_pence=_percentile(results, 90),
        mean_pence=round_half_up(Fraction(sum(results), runs)),
        negative_runs=sum(result < 0 for result in results),
        bins=_bins(results),
    )


def present_value(line: FlowLine, schedule: DiscountSchedule, council: int | None = None) -> Fraction:
    """Exact present value of a line in pence, negative for a cost or a dis-benefit (F-06)."""
    flow = line.flow(council)
    factors = discount_factors(schedule, len(flow) - 1)
    return signed_pence(line.kind, 1) * sum(
        (pence * factor for pence, factor in zip(flow, factors, strict=True)), Fraction(0)
    )


def _results(
    lines: Sequence[FlowLine], schedule: DiscountSchedule, seed: int, runs: int, council: int | None
) -> list[int]:
    fixed = [line for line in lines if line.low_percent == line.high_percent]
    certain = float(sum((present_value(line, schedule, council) for line in fixed), Fraction(0)))
    totals = [certain] * runs
    generator = Random(seed)  # noqa: S311 - a simulation that must repeat, not a secret
    for line in lines:
        if line.low_percent != line.high_percent:
            value = float(present_value(line, schedule, council))
            totals = _with_draws(totals, value, line.low_percent, line.high_percent, generator)
    return [round(total) for total in totals]


def _with_draws(
    totals: Sequence[float], value: float, low_percent: int, high_percent: int, generator: Random
) -> list[float]:
    """`totals`, each with `value` times a factor drawn from the triangle by its inverse distribution.

    Written out rather than asked of the generator, because its own triangle may change between versions.
    """
    draw = generator.random
    low, high = value * low_percent / 100, value * high_percent / 100
    span = high_percent - low_percent
    turn = (100 - low_percent) / span
    rise = value * sqrt(span * (100 - low_percent)) / 100
    fall = value * sqrt(span * (high_percent - 100)) / 100
    return [
        total + low + rise * sqrt(point)
        if (point := draw()) < turn
        else total + high - fall * sqrt(1.0 - point)
        for total in totals
    ]


def _percentile(ordered: Sequence[int], percent: int) -> int:
    """The smallest result that `percent` of all results do not exceed."""
    return ordered[-(-len(ordered) * percent // 100) - 1]


def _bins(ordered: Sequence[int]) -> tuple[Bin, ...]:
    """Bins of equal width in whole pence from the lowest to the highest result."""
    lowest, highest = ordered[0], ordered[-1]
    width = max(1, -(-(highest - lowest) // BINS))
    counts = [0] * BINS
    for result in ordered:
        counts[min((result - lowest) // width, BINS - 1)] += 1
    return tuple(
        Bin(lowest + place * width, lowest + (place + 1) * width, count) for place, count in enumerate(counts)
    )
