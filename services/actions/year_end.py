"""Run the year end of several pools at once: all their true-ups are kept, or none (F-23)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from django.db import transaction

from accounts.models import User
from core.enums import Channel
from core.errors import Refusal, Refusals
from programme.models import Programme
from services.actions.runs import lock_pools
from services.actions.true_up import Assessed, TrueUpEntry, assess_true_up, record_true_up
from services.models import ApportionmentKey, TrueUp
from services.policies import check_edit_keys, powers_of

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class PoolYear:
    """What a pool's true-up starts from; `place` names it where a refusal is shown."""

    key: ApportionmentKey
    entry: TrueUpEntry
    place: str


def assess_year_end(programme: Programme, pools: Sequence[PoolYear], *, by: User) -> list[Assessed]:
    """What each true-up would come to; stores nothing. Raises Refusals that name every place."""
    check_edit_keys(powers_of(by, programme))
    return _each(pools, lambda one: assess_true_up(one.key, one.entry, by=by))


@transaction.atomic
def run_year_end(
    programme: Programme, pools: Sequence[PoolYear], *, by: User, channel: str = Channel.PAGE
) -> list[TrueUp]:
    """The true-ups of these pools, all kept or none; refuses as `assess_year_end`."""
    check_edit_keys(powers_of(by, programme))
    if not pools:
        raise Refusal("Enter what was counted for at least one pool")
    lock_pools(one.key.pool_id for one in pools)
    return _each(pools, lambda one: record_true_up(one.key, one.entry, by=by, channel=channel))


def _each(pools: Sequence[PoolYear], make: Callable[[PoolYear], Made]) -> list[Made]:
    made, refused = [], []
    for one in pools:
        try:
            made.append(make(one))
        except (Refusal, Refusals) as said:
            found = said.refusals if isinstance(said, Refusals) else [said]
            refused += [Refusal(each.message, f"{one.place}.{each.field or ''}", each.code) for each in found]
    if refused:
        raise Refusals(refused)
    return made
