"""Cost pools and the keys that share them. A key that has shared an amount stays as it was (INV-24)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from core.rules.calendar import format_date
from governance.casefiles.checking.services_keys import weights_of
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from programme.models import Programme
from services.actions.keys import used_keys
from services.models import ApportionmentKey, CostPool, KeyWeight
from services.rules.key_record import weight_text

_LOCKED = frozenset({"basis", "as_at_on", "driver_source", "decision_ref", "weights"})


def load_pools(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, CostPool]:
    """Cost pools by id, with their keys."""
    existing = {pool.ref: pool for pool in programme.cost_pools.all()}
    found = {}
    for index, entry in enumerate(file.entries("cost_pools")):
        ref = entry.text("id")
        order = entry.integer("order")
        values = {
            "name": entry.text("name"),
            "description": entry.text("description"),
            "order_index": index if order is None else order,
        }
        pool = existing.get(ref) or CostPool(programme=programme, ref=ref)
        found[ref] = save_row(loading, pool, Wanted("cost pool", f"Cost pool {ref}", file.key, values))
        _load_keys(loading, file, found[ref], entry)
    report_kept(loading, "cost pool", existing, found)
    return found


def _load_keys(loading: Loading, file: CaseFile, pool: CostPool, entry: Entry) -> None:
    existing = {key.effective_from_on: key for key in pool.keys.all()}
    used = used_keys(pool) if existing else set()
    named: set[date] = set()
    for given in entry.entries("keys"):
        from_on = needed(given.day("from"))
        named.add(from_on)
        key = existing.get(from_on) or ApportionmentKey(pool=pool, effective_from_on=from_on)
        is_used = key.pk in used
        wanted = Wanted(
            "key",
            f"Key of {pool.ref} from {format_date(from_on)}",
            file.key,
            _values(given),
            parts=[_weights_part(loading, key, given)],
            locked=_LOCKED if is_used else frozenset(),
            why_locked="This key has shared amounts. End it and start another from a later day",
        )
        save_row(loading, key, wanted)
    noun = f"key of {pool.ref} from"
    report_kept(loading, noun, map(format_date, existing), map(format_date, named))


def _values(given: Entry) -> dict[str, Any]:
    return {
        "basis": given.text("basis"),
        "effective_to_on": given.day("to"),
        "as_at_on": given.day("as_at"),
        "driver_source": given.text("driver_source"),
        "review_on": given.day("review_on"),
        "decision_ref": given.text("decision"),
        "note": given.text("note"),
    }


def _weights_part(loading: Loading, key: ApportionmentKey, given: Entry) -> Part:
    wanted = weights_of(given)
    rows = key.weights.select_related("council") if key.pk else ()

    def write() -> None:
        key.weights.all().delete()
        KeyWeight.objects.bulk_create(
            KeyWeight(key=key, council=loading.councils[council], weight=weight)
            for council, weight in wanted.items()
        )

    return Part(
        "weights",
        _plain_weights({row.council.key: row.weight for row in rows}),
        _plain_weights(wanted),
        write,
    )


def _plain_weights(weights: dict[str, Decimal]) -> list[list[str]]:
    return sorted([council, weight_text(weight)] for council, weight in weights.items())
