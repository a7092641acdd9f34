"""Net present value, rate of return and payback beside an independent library, case by case."""

from __future__ import annotations

from itertools import accumulate
from random import Random

import numpy as np
import numpy_financial

from core.rules.assessment import NotApplicable
from services.rules.appraisal import appraise
from services.rules.irr import irr_percent, sign_changes
from services.rules.payback import NoPayback, Payback, payback
from tests.services.rules.golden import SCHEDULE
from tests.thoroughness import examples

CASES = examples(10_000)
SEED = 20_261_122


def seeded() -> Random:
    """The same cases on every run."""
    return Random(SEED)  # noqa: S311 - test data, not a secret


def flows(random: Random) -> list[int]:
    """A profile of 2 to 31 years, within the first band of rates: costs first, or any signs."""
    length = random.randint(2, 31)
    first = -random.randint(0, 10**10)
    low = random.choice([0, -(10**9)])
    return [first, *(random.randint(low, 10**9) for _ in range(length - 1))]


def oracle_payback(net: list[int]) -> float | None:
    """Time at which the cumulative flow last rises through 0, read off its line between the years."""
    heights = np.concatenate([[0.0], np.cumsum(np.array(net, dtype=float))])
    if heights[-1] < 0:
        return None
    below = np.flatnonzero(heights < 0)
    if below.size == 0:
        return 0.0
    last = int(below[-1])
    return float(np.interp(0.0, heights[last : last + 2], [last, last + 1]))


def test_net_present_value_is_the_librarys_within_the_rounding_of_its_rows():
    random = seeded()
    for _ in range(CASES):
        net = flows(random)
        benefits, costs = [max(0, flow) for flow in net], [max(0, -flow) for flow in net]
        ours = appraise(benefits, costs, SCHEDULE).npv_pence
        assert abs(ours - numpy_financial.npv(0.035, net)) <= len(net) * 0.5 + 0.01, net


def test_rate_of_return_is_the_librarys():
    random = seeded()
    compared = not_applicable = 0
    while compared < CASES:
        net = [-random.randint(1, 10**10), *(random.randint(0, 10**9) for _ in range(random.randint(1, 12)))]
        ours = irr_percent(net)
        if isinstance(ours, NotApplicable):
            assert sign_changes(net) == 0, net
            not_applicable += 1
            continue
        theirs = numpy_financial.irr(net) * 100
        assert abs(float(ours) - theirs) <= 1e-6 * max(1.0, abs(theirs)), net
        compared += 1
    assert not_applicable < CASES / 10


def test_payback_is_the_librarys():
    random = seeded()
    paid_back = never = 0
    for _ in range(CASES):
        net = flows(random)
        ours, theirs = payback(net), oracle_payback(net)
        if isinstance(ours, NoPayback):
            assert theirs is None, net
            never += 1
        else:
            assert isinstance(ours, Payback)
            assert theirs is not None, net
            assert abs(float(ours.years) - theirs) <= 1e-9 * max(1.0, theirs), net
            paid_back += 1
    assert min(paid_back, never) > CASES / 10


def test_treasury_example_is_the_librarys():
    for benefit, npv in ((15_000_000, 24_749_081), (10_000_000, -16_833_946)):
        net = [-100_000_000, *[benefit] * 10]
        ours = appraise([0, *[benefit] * 10], [100_000_000, *[0] * 10], SCHEDULE).npv_pence
        assert ours == npv
        assert abs(ours - numpy_financial.npv(0.035, net)) <= len(net) * 0.5


def test_profiles_of_the_comparison_include_double_crossings():
    random = seeded()
    profiles = [flows(random) for _ in range(CASES)]
    crossings = [sign_changes([point for point in accumulate(net) if point]) for net in profiles]
    assert sum(count > 1 for count in crossings) > 100
