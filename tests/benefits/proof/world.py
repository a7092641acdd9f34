"""A programme made at random, from one seed, through the actions that people take.

Two to five councils found it; one may join late and one may leave. Joint amounts are shared by keys that
decisions agreed, plans become current by the approval of every council, forecasts take each other's place in
part, and amounts are claimed, verified, returned, reversed and entered again. A seed always makes the same.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.benefits.proof.frame import World, join, leave, make_frame
from tests.benefits.proof.money import (
    answer_claims,
    claim_months,
    first_plan,
    forecast_all,
    forecast_some,
    make_current,
    next_plan,
    take_some_back,
)

LAST_DAY = date(2027, 7, 30)
# Days on which a reader looked before all was in: no forecast yet, a first quarter, two plans, one has left.
EARLIER_DAYS = (date(2026, 5, 4), date(2026, 8, 3), date(2026, 12, 7), date(2027, 4, 30))


def make_world(seed: int, clock: Any) -> World:
    """The programme as it stands on 30 July 2027."""
    world = make_frame(seed, clock)
    plan = first_plan(world)
    make_current(world, plan, date(2026, 3, 16))
    forecast_all(world, plan, date(2026, 6, 15))
    _quarter(world, 2026, 1, date(2026, 7, 9))
    world.at(date(2026, 10, 5))
    if world.joiner is not None:
        join(world)
    if world.joiner is not None or world.chance(0.6):
        plan = next_plan(world, plan)
        make_current(world, plan, date(2026, 10, 26))
    _quarter(world, 2026, 4, date(2026, 10, 28))
    forecast_some(world, plan, date(2026, 11, 16))
    _quarter(world, 2026, 7, date(2027, 1, 11))
    world.at(date(2027, 4, 5))
    if world.leaver is not None and world.chance(0.7):
        leave(world)
    _quarter(world, 2026, 10, date(2027, 4, 12))
    if world.chance(0.7):
        plan = next_plan(world, plan)
        make_current(world, plan, date(2027, 5, 17))
    forecast_some(world, plan, date(2027, 6, 14))
    _quarter(world, 2027, 1, date(2027, 7, 9))
    world.at(LAST_DAY)
    return world


def _quarter(world: World, fy: int, first: int, on: date) -> None:
    """Amounts of a quarter are claimed, answered a week later, and some taken back the week after."""
    months = [(fy, period) for period in range(first, first + 3)]
    if first > 1 and world.chance(0.5):
        months.append((fy, first - 1))
    claim_months(world, months, on)
    answer_claims(world, on.replace(day=min(28, on.day + 5)))
    take_some_back(world, on.replace(day=min(28, on.day + 9)))
