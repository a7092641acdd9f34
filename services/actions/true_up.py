"""Compare a year's estimated shares with what was really done, and settle the difference (F-23)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction

from accounts.models import User
from core.actions.audit import record
from core.clock import now, today
from core.enums import Channel
from core.errors import Refusal, Refusals
from core.rules.calendar import format_fy, fy_end, fy_start
from core.rules.text import check_text
from programme.models import Council
from services.actions.runs import check_in_effect, lock_pools
from services.enums import TrueUpResult
from services.models import ApportionmentKey, ApportionmentRun, ApportionmentShare, TrueUp, TrueUpDriver
from services.policies import check_edit_keys, powers_of
from services.queries.key_councils import weights_in_order
from services.rules.key_periods import covers_year
from services.rules.key_record import check_drivers, weight_text
from services.rules.true_up import DEFAULT_TOLERANCE_POINTS, TrueUpOutcome, check_year_over, true_up

DRIVER_LIMIT, SOURCE_LIMIT = 200, 300
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class TrueUpEntry:
    """What a true-up starts from: the year and its amount in pence, and each council's actual driver.

    `drivers` holds what was counted by the key of each council; the tolerance is in percentage points.
    """

    fy: int
    total_pence: int
    driver: str
    drivers: Mapping[str, Decimal]
    tolerance_pp: Decimal = DEFAULT_TOLERANCE_POINTS
    driver_source: str = ""


@dataclass(frozen=True, slots=True)
class Assessed:
    """What a true-up comes to, with the councils in its order."""

    councils: tuple[Council, ...]
    estimated: tuple[Decimal, ...]
    actual: tuple[Decimal, ...]
    outcome: TrueUpOutcome


def assess_true_up(key: ApportionmentKey, entry: TrueUpEntry, *, by: User) -> Assessed:
    """What the true-up would come to; stores nothing.

    Refuses a key whose decision is not in effect, a year that it does not share as a whole, that is not over
    or has had its true-up, a tolerance outside 0 to 100, and drivers as rows 18, 19 and 21.
    """
    check_edit_keys(powers_of(by, key.pool.programme))
    check_in_effect([key], key.pool.programme, field="fy")
    weights = weights_in_order(key)
    councils = tuple(row.council for row in weights)
    _check_entry(key, entry, councils)
    estimated = tuple(row.weight for row in weights)
    actual = tuple(entry.drivers[council.key] for council in councils)
    outcome = true_up(
        entry.total_pence,
        estimated,
        actual,
        tolerance_points=entry.tolerance_pp,
        charged_pence=_charged(key, entry, councils),
    )
    return Assessed(councils, estimated, actual, outcome)


@transaction.atomic
def record_true_up(
    key: ApportionmentKey, entry: TrueUpEntry, *, by: User, channel: str = Channel.PAGE
) -> TrueUp:
    """Keep the true-up with its estimated and its final run, and each council's driver.

    Refuses as `assess_true_up`. What was shared before stays as it was (INV-24).
    """
    lock_pools([key.pool_id])
    key = ApportionmentKey.objects.select_related("pool__programme__partnership").get(pk=key.pk)
    found = assess_true_up(key, entry, by=by)
    driver = check_text(entry.driver, "What was counted", DRIVER_LIMIT)
    estimate = _estimate(key, entry, found, driver, by)
    is_kept = found.outcome.result == TrueUpResult.KEEP
    final = _run(
        key,
        entry,
        f"True-up, {'estimate kept' if is_kept else f'by actual {driver}'}"[:200],
        found.councils,
        found.estimated if is_kept else found.actual,
        found.outcome.final_pence,
        by=by,
        driver="" if is_kept else driver,
    )
    kept = TrueUp.objects.create(
        key=key,
        fy=entry.fy,
        driver=driver,
        driver_source=check_text(entry.driver_source, "Source", SOURCE_LIMIT),
        tolerance_pp=entry.tolerance_pp,
        result=found.outcome.result,
        estimate_run=estimate,
        final_run=final,
        entered_by=by,
    )
    TrueUpDriver.objects.bulk_create(
        TrueUpDriver(true_up=kept, council=council, quantity=quantity)
        for council, quantity in zip(found.councils, found.actual, strict=True)
    )
    _audit(kept, found, channel)
    return kept


def _check_entry(key: ApportionmentKey, entry: TrueUpEntry, councils: Sequence[Council]) -> None:
    found = [
        *_about_year(key, entry.fy, today()),
        *([] if entry.driver.strip() else [Refusal("Enter what was counted, for example claims", "driver")]),
        *_about_tolerance(entry.tolerance_pp),
        *check_drivers(
            {council.key: str(council) for council in councils}, entry.drivers, sum_field="drivers"
        ),
    ]
    if found:
        raise Refusals(found)


def _about_year(key: ApportionmentKey, fy: int, as_of: date) -> list[Refusal]:
    if not covers_year(key.effective_from_on, key.effective_to_on, fy):
        return [Refusal(f"This key does not share the whole of {format_fy(fy)}. Choose another year", "fy")]
    try:
        check_year_over(fy, as_of)
    except Refusal as refusal:
        return [refusal]
    if TrueUp.objects.filter(key=key, fy=fy).exists():
        return [Refusal(f"{format_fy(fy)} has had its true-up. Look at what it settled", "fy")]
    return []


def _about_tolerance(tolerance: Decimal) -> list[Refusal]:
    if not 0 <= tolerance <= _HUNDRED or tolerance != round(tolerance, 2):
        message = "Tolerance must be between 0 and 100, with no more than 2 decimal places"
        return [Refusal(message, "tolerance_pp")]
    return []


def _charged(key: ApportionmentKey, entry: TrueUpEntry, councils: Sequence[Council]) -> list[int] | None:
    """What the kept runs of the year charged each council, where together they are the amount; else None."""
    runs = ApportionmentRun.objects.filter(key=key, fy=entry.fy, line__isnull=True)
    totals = dict(runs.values_list("pk", "total_pence"))
    if entry.total_pence in totals.values() or sum(totals.values()) != entry.total_pence:
        return None
    charged: Counter[int] = Counter()
    for council, pence in ApportionmentShare.objects.filter(run__in=totals).values_list(
        "council", "share_pence"
    ):
        charged[council] += pence
    return [charged[council.pk] for council in councils]


def _estimate(
    key: ApportionmentKey, entry: TrueUpEntry, found: Assessed, driver: str, by: User
) -> ApportionmentRun:
    """The latest kept run of the same amount and year by this key, else one made now."""
    runs = ApportionmentRun.objects.filter(
        key=key, fy=entry.fy, total_pence=entry.total_pence, line__isnull=True
    )
    kept = runs.order_by("-pk").first()
    if kept is not None:
        return kept
    purpose = f"Estimate before the true-up by {driver}"[:200]
    return _run(key, entry, purpose, found.councils, found.estimated, found.outcome.charged_pence, by=by)


def _run(
    key: ApportionmentKey,
    entry: TrueUpEntry,
    purpose: str,
    councils: Sequence[Council],
    weights: Sequence[Decimal],
    shares: Sequence[int],
    *,
    by: User,
    driver: str = "",
) -> ApportionmentRun:
    used = {
        "key": key.pk,
        "basis": key.basis,
        "from_on": fy_start(entry.fy).isoformat(),
        "to_on": fy_end(entry.fy).isoformat(),
        "total_pence": entry.total_pence,
        "weights": [
            {"council": council.key, "weight": weight_text(weight)}
            for council, weight in zip(councils, weights, strict=True)
        ],
    }
    run = ApportionmentRun.objects.create(
        pool=key.pool,
        key=key,
        purpose=purpose,
        fy=entry.fy,
        total_pence=entry.total_pence,
        weights=[used | {"driver": driver} if driver else used],
        entered_at=now(),
        entered_by=by,
    )
    ApportionmentShare.objects.bulk_create(
        ApportionmentShare(run=run, council=council, share_pence=pence)
        for council, pence in zip(councils, shares, strict=True)
    )
    return run


def _audit(kept: TrueUp, found: Assessed, channel: str) -> None:
    settlement = zip(found.councils, found.outcome.settlement_pence, strict=True)
    record(
        kept,
        by=kept.entered_by,
        action="record_true_up",
        channel=channel,
        scope=kept.key.pool.programme.key,
        after={
            "fy": kept.fy,
            "driver": kept.driver,
            "tolerance_pp": weight_text(kept.tolerance_pp),
            "result": kept.result,
            "settlement_pence": {council.key: pence for council, pence in settlement},
        },
    )
