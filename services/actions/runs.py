"""Share amounts among the councils and keep what was done, with the weights used (INV-23, INV-24)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.clock import now
from core.enums import Channel
from core.errors import Refusal
from core.rules.assessment import NotAssessable
from core.rules.text import check_text
from programme.models import Council, Programme
from services.models import ApportionmentKey, ApportionmentRun, ApportionmentShare, CostPool
from services.policies import check_edit_keys, powers_of
from services.queries.decision_choices import decisions_waited_for
from services.queries.shares import PoolKeys, pool_keys
from services.rules.key_periods import PartShared, stretch_dates
from services.rules.key_record import waits_words, weight_text

PURPOSE_LIMIT = 200


@dataclass(frozen=True, slots=True)
class ToShare:
    """An amount of a pool and financial year to be shared; `line_id` where it is of a business case."""

    pool_id: int
    fy: int
    pence: int
    line_id: int | None = None
    purpose: str = ""


@transaction.atomic
def share_amount(
    pool: CostPool, *, fy: int, pence: int, purpose: str, by: User, channel: str = Channel.PAGE
) -> ApportionmentRun:
    """Share one amount of a pool and financial year, and keep the run.

    Refuses a person who may not, an amount without a key (its reason says which days have none), and a key
    whose decision is not in effect. The issue of a business case does not ask for that: its shares are part
    of what is proposed, and one decision can approve the case with its keys.
    """
    check_edit_keys(powers_of(by, pool.programme))
    lock_pools([pool.pk])
    clean = check_text(purpose, "Purpose", PURPOSE_LIMIT)
    if not clean:
        raise Refusal("Enter what the amount is for", "purpose")
    wanted = ToShare(pool.pk, fy, pence, purpose=clean)
    keys = pool_keys(pool.programme)
    used = {part.stretch.key.key_id for part in _parts(keys, wanted)}
    check_in_effect(ApportionmentKey.objects.filter(pk__in=used), pool.programme, field="fy")
    run = keep_runs(keys, [wanted], by=by)[0]
    record(
        run,
        by=by,
        action="share_amount",
        channel=channel,
        scope=pool.programme.key,
        after={"fy": fy, "total_pence": pence, "weights": run.weights},
        why=clean,
    )
    return run


def check_in_effect(keys: Iterable[ApportionmentKey], programme: Programme, *, field: str) -> None:
    """Refuse to share money by a key that waits for its decision."""
    found = sorted(keys, key=lambda key: key.effective_from_on)
    waiting = decisions_waited_for(programme, {key.decision_ref for key in found})
    for key in found:
        decision = waiting.get(key.decision_ref)
        if decision:
            words = waits_words(key.effective_from_on, decision.ref, decision.state)
            raise Refusal(words, field, "2.10")


def lock_pools(pools: Iterable[int]) -> None:
    """Let one writer at a time share amounts of these pools or change their keys (INV-24, INV-25)."""
    list(CostPool.objects.select_for_update().filter(pk__in=pools).order_by("pk"))


@transaction.atomic
def keep_runs(keys: PoolKeys, amounts: Sequence[ToShare], *, by: User) -> list[ApportionmentRun]:
    """One kept run for each amount, in their order, with its shares. Two queries whatever their number.

    The caller has checked who may, has locked the pools before it read their keys, and writes the audit
    event. Refuses all if one has no key.
    """
    moment = now()
    shared = [(wanted, _parts(keys, wanted)) for wanted in amounts]
    runs = ApportionmentRun.objects.bulk_create(
        ApportionmentRun(
            pool_id=wanted.pool_id,
            key_id=parts[0].stretch.key.key_id if len(parts) == 1 else None,
            line_id=wanted.line_id,
            purpose=wanted.purpose,
            fy=wanted.fy,
            total_pence=wanted.pence,
            weights=[_used(keys.councils, wanted.fy, part) for part in parts],
            entered_at=moment,
            entered_by=by,
        )
        for wanted, parts in shared
    )
    ApportionmentShare.objects.bulk_create(
        ApportionmentShare(run=run, council=council, share_pence=pence)
        for run, (_, parts) in zip(runs, shared, strict=True)
        for council, pence in _shares(keys.councils, parts)
    )
    return runs


def _parts(keys: PoolKeys, wanted: ToShare) -> list[PartShared]:
    year = keys.year(wanted.pool_id, wanted.fy)
    if isinstance(year, NotAssessable):
        raise Refusal(year.reason, "fy")
    return year.parts(wanted.pence)


def _used(councils: Sequence[Council], fy: int, part: PartShared) -> dict[str, Any]:
    key = part.stretch.key
    first, last = stretch_dates(fy, part.stretch)
    return {
        "key": key.key_id,
        "basis": key.basis,
        "from_on": first.isoformat(),
        "to_on": last.isoformat(),
        "total_pence": part.pence,
        "weights": [
            {"council": council.key, "weight": weight_text(weight)}
            for council, weight in zip(councils, key.weights, strict=True)
            if weight
        ],
    }


def _shares(councils: Sequence[Council], parts: Sequence[PartShared]) -> list[tuple[Council, int]]:
    """The sum of each council's shares, for the councils that any of the keys makes pay."""
    return [
        (council, sum(part.shares[index] for part in parts))
        for index, council in enumerate(councils)
        if any(part.stretch.key.weights[index] for part in parts)
    ]
