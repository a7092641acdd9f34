"""Cost pools with their keys, amounts as they were shared, and true-ups."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from core.rules.calendar import fy_file_key
from governance.casefiles.dumping.shape import (
    Fields,
    compact,
    day_of,
    email_of,
    inline,
    moment_of,
    number_of,
    pounds_of,
    unless,
)
from governance.casefiles.writing import Inline
from programme.models import Programme
from services.models import ApportionmentKey, ApportionmentRun, CostPool, TrueUp


def dump_pools(programme: Programme) -> list[Fields]:
    """Cost pools in order, each with its keys from the first day on."""
    rows = programme.cost_pools.prefetch_related("keys__weights__council").order_by("order_index", "ref")
    return [_pool(index, pool) for index, pool in enumerate(rows)]


def dump_runs(programme: Programme) -> list[Fields]:
    """Every run in the order of entry, numbered for the sake of true-ups."""
    rows = ApportionmentRun.objects.filter(pool__programme=programme).select_related(
        "pool", "line__business_case", "entered_by"
    )
    starts = dict(
        ApportionmentKey.objects.filter(pool__programme=programme).values_list("pk", "effective_from_on")
    )
    ids = _run_ids(programme)
    return [
        _run(run, ids[run.pk], {pk: str(day_of(day)) for pk, day in starts.items()})
        for run in rows.prefetch_related("shares__council").order_by("pk")
    ]


def dump_true_ups(programme: Programme) -> list[Fields]:
    """Every true-up in the order of entry."""
    rows = TrueUp.objects.filter(key__pool__programme=programme).select_related("key__pool", "entered_by")
    ids = _run_ids(programme)
    return [_true_up(row, ids) for row in rows.prefetch_related("drivers__council").order_by("pk")]


def _run_ids(programme: Programme) -> dict[int, str]:
    rows = ApportionmentRun.objects.filter(pool__programme=programme).order_by("pk")
    return {pk: f"RUN-{number}" for number, pk in enumerate(rows.values_list("pk", flat=True), 1)}


def _pool(index: int, pool: CostPool) -> Fields:
    return compact(
        {
            "id": pool.ref,
            "name": pool.name,
            "description": pool.description,
            "order": unless(pool.order_index, index),
            "keys": [_key(key) for key in sorted(pool.keys.all(), key=lambda key: key.effective_from_on)],
        }
    )


def _key(key: ApportionmentKey) -> Fields:
    return compact(
        {
            "basis": str(key.basis),
            "from": day_of(key.effective_from_on),
            "to": day_of(key.effective_to_on),
            "as_at": day_of(key.as_at_on),
            "driver_source": key.driver_source,
            "review_on": day_of(key.review_on),
            "decision": key.decision_ref,
            "note": key.note,
            "weights": _numbers((row.council.key, row.weight) for row in key.weights.all()),
        }
    )


def _run(run: ApportionmentRun, ref: str, starts: Mapping[int, str]) -> Fields:
    line = run.line
    place = line and {
        "case": line.business_case.ref,
        "version": line.business_case.number,
        "line": line.ref,
    }
    return compact(
        {
            "id": ref,
            "pool": run.pool.ref,
            "line": inline(place) if place else None,
            "purpose": run.purpose,
            "fy": fy_file_key(run.fy),
            "amount_gbp": pounds_of(run.total_pence),
            "used": [_used(part, starts) for part in run.weights],
            "shares": Inline(
                {
                    key: pounds_of(pence)
                    for key, pence in sorted(
                        (share.council.key, share.share_pence) for share in run.shares.all()
                    )
                }
            ),
            "by": email_of(run.entered_by),
            "at": moment_of(run.entered_at),
        }
    )


def _used(part: Mapping[str, Any], starts: Mapping[int, str]) -> Inline:
    """What a run keeps of one key, in the order in which it keeps it."""
    weights = {one["council"]: number_of(Decimal(one["weight"])) for one in part["weights"]}
    return inline(
        {
            "key": starts.get(part["key"]),
            "basis": part["basis"],
            "from": part["from_on"],
            "to": part["to_on"],
            "amount_gbp": pounds_of(part["total_pence"]),
            "driver": part.get("driver"),
            "weights": Inline(weights),
        }
    )


def _true_up(row: TrueUp, ids: Mapping[int, str]) -> Fields:
    return compact(
        {
            "pool": row.key.pool.ref,
            "key": day_of(row.key.effective_from_on),
            "fy": fy_file_key(row.fy),
            "driver": row.driver,
            "driver_source": row.driver_source,
            "tolerance_points": number_of(row.tolerance_pp),
            "result": str(row.result),
            "estimate": ids[row.estimate_run_id],
            "final": ids[row.final_run_id],
            "drivers": _numbers((one.council.key, one.quantity) for one in row.drivers.all()),
            "by": email_of(row.entered_by),
            "at": moment_of(row.entered_at),
        }
    )


def _numbers(pairs: Iterable[tuple[str, Decimal]]) -> Inline:
    return Inline({key: number_of(number) for key, number in sorted(pairs)})
