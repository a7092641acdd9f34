"""What is claimed, what is verified and what is banked: three sums that are never one (INV-17, INV-21).

Claimed: a council says it, and its section 151 officer has not answered yet. Verified: that officer, or their
deputy, confirmed it. Banked: verified, and a budget has moved by it. A cashable saving is banked up to what
was taken out of that council's budgets for its line in that year. Budgeted income, a cost, a dis-benefit and
a grant are in the accounts already, so all that is verified of them is banked; what releases no budget (time
freed, spending avoided, income in no budget) never is. Banked is therefore never more than verified.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate, pairwise

from benefits.enums import Measure

_RELEASES_NO_BUDGET = frozenset({Measure.NON_CASHABLE, Measure.COST_AVOIDANCE, Measure.INCOME_UNBUDGETED})


def banked_parts(measure: Measure, verified: Sequence[int], reduced_pence: int) -> list[int]:
    """What each verified amount of one line, council and year adds to what is banked, in their order.

    Together they come to the lesser of all that is verified and `reduced_pence`, what was taken out of the
    budgets for them.
    """
    if measure in _RELEASES_NO_BUDGET:
        return [0] * len(verified)
    if measure != Measure.CASHABLE:
        return list(verified)
    so_far = [min(pence, reduced_pence) for pence in accumulate(verified, initial=0)]
    return [after - before for before, after in pairwise(so_far)]
