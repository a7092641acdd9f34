"""Keep apportionment pools and their keys: one key a pool and day, each agreed by a decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.db.models import Max

from accounts.models import User
from core.actions.audit import record
from core.actions.versions import check_seen, write_next
from core.enums import Channel
from core.errors import Refusal
from core.rules.references import next_reference
from core.rules.text import check_text
from programme.actions.membership import lock_partners
from programme.models import Programme
from services.actions.runs import lock_pools
from services.enums import KeyBasis
from services.models import ApportionmentKey, ApportionmentRun, CostPool, KeyWeight
from services.policies import check_edit_keys, powers_of
from services.queries.decision_choices import decisions_to_choose
from services.queries.key_councils import KeyCouncil, key_councils
from services.rules.key_record import (
    CouncilWeight,
    KeyPeriod,
    KeyRecord,
    check_key_record,
    check_no_overlap,
    check_not_after_leaving,
    check_period,
    weight_text,
)

NAME_LIMIT, SOURCE_LIMIT = 120, 300
USED = "This key has shared amounts and cannot be changed. End it and start another from a later day"

USED_POOL = "This pool has shared amounts, so its name stays. Add another pool for something else"


@dataclass(frozen=True, slots=True)
class KeyDraft:
    """A key as entered. `weights` holds what was entered by the key of each council.

    `successor_reason` says why a council stays in it past its abolition (row 77).
    """

    basis: str
    effective_from_on: date
    weights: Mapping[str, Decimal]
    decision_ref: str
    effective_to_on: date | None = None
    as_at_on: date | None = None
    driver_source: str = ""
    review_on: date | None = None
    note: str = ""
    successor_reason: str = ""


@transaction.atomic
def create_pool(
    programme: Programme, *, name: str, by: User, description: str = "", channel: str = Channel.PAGE
) -> CostPool:
    """A pool of what is shared by one key at a time. Refuses an empty name and one that is taken."""
    check_edit_keys(powers_of(by, programme))
    clean = _pool_name(programme, name)
    pools = CostPool.objects.filter(programme=programme)
    pool = CostPool.objects.create(
        programme=programme,
        ref=next_reference("P-", pools.values_list("ref", flat=True)),
        name=clean,
        description=check_text(description, "Description", field="description"),
        order_index=(pools.aggregate(last=Max("order_index"))["last"] or 0) + 1,
        created_by=by,
        updated_by=by,
    )
    after = {"ref": pool.ref, "name": pool.name, "description": pool.description}
    record(pool, by=by, action="create_pool", channel=channel, scope=programme.key, after=after)
    return pool


@transaction.atomic
def update_pool(
    pool: CostPool, *, name: str, description: str, by: User, seen_version: int, channel: str = Channel.PAGE
) -> CostPool:
    """The pool under another name or description.

    Refuses as `create_pool`, row 84, and a new name once it has shared amounts (INV-24). No change,
    no trace.
    """
    check_edit_keys(powers_of(by, pool.programme))
    lock_pools([pool.pk])
    check_seen(pool, seen_version)
    clean = _pool_name(pool.programme, name, but=pool)
    if clean != pool.name and pool.runs.exists():
        raise Refusal(USED_POOL, "name", "INV-24")
    values = {"name": clean, "description": check_text(description, "Description", field="description")}
    before = {"name": pool.name, "description": pool.description}
    if values == before:
        return pool
    write_next(pool, values, by=by, seen_version=seen_version)
    saved = CostPool.objects.select_related("programme").get(pk=pool.pk)
    record(
        saved,
        by=by,
        action="update_pool",
        channel=channel,
        scope=pool.programme.key,
        before=before,
        after=values,
    )
    return saved


@transaction.atomic
def create_key(pool: CostPool, draft: KeyDraft, *, by: User, channel: str = Channel.PAGE) -> ApportionmentKey:
    """A new key of a pool. Raises Refusals for rows 12, 18 to 23, 76 and 77, all at once."""
    check_edit_keys(powers_of(by, pool.programme))
    lock_partners(pool.programme.partnership_id)
    lock_pools([pool.pk])
    councils = key_councils(pool.programme)
    _check(pool, draft, councils)
    key = ApportionmentKey.objects.create(pool=pool, created_by=by, updated_by=by, **_columns(draft))
    _write_weights(key, draft, councils)
    _audit(key, by=by, action="create_key", channel=channel, after=_values(key), why=draft.successor_reason)
    return key


@transaction.atomic
def update_key(
    key: ApportionmentKey, draft: KeyDraft, *, by: User, seen_version: int, channel: str = Channel.PAGE
) -> ApportionmentKey:
    """Change a key that has shared nothing yet; refuses one that has (INV-24), else as `create_key`."""
    check_edit_keys(powers_of(by, key.pool.programme))
    lock_partners(key.pool.programme.partnership_id)
    lock_pools([key.pool_id])
    check_unused(key)
    councils = key_councils(key.pool.programme)
    _check(key.pool, draft, councils, key)
    before = _values(key)
    saved = _save(key, _columns(draft), by=by, seen_version=seen_version)
    saved.weights.all().delete()
    _write_weights(saved, draft, councils)
    after = _values(saved)
    _audit(
        saved,
        by=by,
        action="update_key",
        channel=channel,
        before=before,
        after=after,
        why=draft.successor_reason,
    )
    return saved


@transaction.atomic
def end_key(
    key: ApportionmentKey, *, to_on: date, by: User, seen_version: int, channel: str = Channel.PAGE
) -> ApportionmentKey:
    """The key with its last day; what it has shared stays as it was (INV-24).

    Refuses an end before its start (row 12), one that reaches into another key (row 22), and one on which a
    council of it has left (row 76).
    """
    check_edit_keys(powers_of(by, key.pool.programme))
    lock_partners(key.pool.programme.partnership_id)
    lock_pools([key.pool_id])
    period = KeyPeriod(key.effective_from_on, to_on)
    check_period(period)
    check_no_overlap(period, _periods(key.pool, key))
    check_not_after_leaving(period, _stored_weights(key))
    before = {"effective_to_on": _iso(key.effective_to_on), "version": key.version}
    saved = _save(key, {"effective_to_on": to_on}, by=by, seen_version=seen_version)
    after = {"effective_to_on": to_on.isoformat(), "version": saved.version}
    _audit(saved, by=by, action="end_key", channel=channel, before=before, after=after)
    return saved


def used_keys(pool: CostPool) -> set[int]:
    """Primary keys of the pool's keys that have shared an amount. One query."""
    runs = ApportionmentRun.objects.filter(pool=pool).values_list("weights", flat=True)
    return {part["key"] for parts in runs.distinct() for part in parts}


def check_unused(key: ApportionmentKey) -> None:
    """Refuse a change of a key that has shared an amount (INV-24)."""
    if key.pk in used_keys(key.pool):
        raise Refusal(USED, code="INV-24")


def _check(
    pool: CostPool, draft: KeyDraft, councils: Iterable[KeyCouncil], key: ApportionmentKey | None = None
) -> None:
    period = KeyPeriod(draft.effective_from_on, draft.effective_to_on)
    weights = _weights(draft, list(councils))
    kept = KeyRecord(draft.basis, period, weights, draft.decision_ref, draft.successor_reason)
    if draft.basis not in KeyBasis.values:
        raise Refusal("Choose what the shares are based on", "basis")
    chosen = {choice.ref for choice in decisions_to_choose(pool.programme)}
    check_key_record(kept, _periods(pool, key), chosen | ({key.decision_ref} if key else set()))


def _weights(draft: KeyDraft, councils: list[KeyCouncil]) -> tuple[CouncilWeight, ...]:
    named = [
        CouncilWeight(
            one.council.key,
            str(one.council),
            draft.weights.get(one.council.key),
            one.partner,
            one.abolition,
            one.is_needed,
        )
        for one in councils
    ]
    strangers = set(draft.weights) - {one.key for one in named}
    return (*named, *(CouncilWeight(key, key, draft.weights[key]) for key in sorted(strangers)))


def _stored_weights(key: ApportionmentKey) -> list[CouncilWeight]:
    own = {row.council_id: row.weight for row in key.weights.all()}
    return [
        CouncilWeight(one.council.key, str(one.council), own.get(one.council.pk), one.partner)
        for one in key_councils(key.pool.programme)
    ]


def _periods(pool: CostPool, key: ApportionmentKey | None) -> list[KeyPeriod]:
    others = pool.keys.exclude(pk=key.pk) if key else pool.keys.all()
    return [KeyPeriod(*dates) for dates in others.values_list("effective_from_on", "effective_to_on")]


def _columns(draft: KeyDraft) -> dict[str, Any]:
    note = check_text(draft.note, "Note", field="note")
    reason = check_text(draft.successor_reason, "Reason", field="successor_reason")
    return {
        "basis": draft.basis,
        "effective_from_on": draft.effective_from_on,
        "effective_to_on": draft.effective_to_on,
        "as_at_on": draft.as_at_on,
        "driver_source": check_text(draft.driver_source, "Source", SOURCE_LIMIT, "driver_source"),
        "review_on": draft.review_on,
        "decision_ref": draft.decision_ref,
        "note": "\n".join(part for part in (note, reason) if part),
    }


def _write_weights(key: ApportionmentKey, draft: KeyDraft, councils: Iterable[KeyCouncil]) -> None:
    KeyWeight.objects.bulk_create(
        KeyWeight(key=key, council=one.council, weight=draft.weights[one.council.key])
        for one in councils
        if one.council.key in draft.weights
    )


def _save(
    key: ApportionmentKey, columns: Mapping[str, Any], *, by: User, seen_version: int
) -> ApportionmentKey:
    """The key as it is after the change, written if nobody wrote since it was read (row 84)."""
    write_next(key, columns, by=by, seen_version=seen_version)
    return ApportionmentKey.objects.select_related("pool__programme__partnership").get(pk=key.pk)


def _values(key: ApportionmentKey) -> dict[str, Any]:
    weights = key.weights.select_related("council").order_by("council__key")
    return {
        "basis": key.basis,
        "effective_from_on": _iso(key.effective_from_on),
        "effective_to_on": _iso(key.effective_to_on),
        "as_at_on": _iso(key.as_at_on),
        "driver_source": key.driver_source,
        "review_on": _iso(key.review_on),
        "decision": key.decision_ref,
        "note": key.note,
        "weights": {row.council.key: weight_text(row.weight) for row in weights},
        "version": key.version,
    }


def _audit(key: ApportionmentKey, *, by: User, action: str, channel: str, **changes: Any) -> None:
    scope = key.pool.programme.key
    record(key, by=by, action=action, channel=channel, scope=scope, **changes)


def _pool_name(programme: Programme, name: str, but: CostPool | None = None) -> str:
    """The name as it is stored; refuses none, and one that another pool of the programme has."""
    clean = check_text(name, "Name", NAME_LIMIT, "name")
    if not clean:
        raise Refusal("Enter the name of the pool", "name")
    Programme.objects.select_for_update().get(pk=programme.pk)
    others = CostPool.objects.filter(programme=programme)
    if but is not None:
        others = others.exclude(pk=but.pk)
    if others.filter(name__iexact=clean).exists():
        raise Refusal(f"There is a pool called {clean} already", "name")
    return clean


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
