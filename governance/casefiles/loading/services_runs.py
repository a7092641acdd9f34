"""Amounts as they were shared, and true-ups. Both are append-only: one that is there stays (INV-24)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from governance.casefiles.checking.benefits import CaseKey
from governance.casefiles.checking.services_keys import line_key, weights_of
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.rows import audit_entry
from programme.models import Programme
from services.models import (
    ApportionmentKey,
    ApportionmentRun,
    ApportionmentShare,
    BusinessCase,
    BusinessCaseLine,
    CostPool,
    TrueUp,
    TrueUpDriver,
)
from services.rules.key_record import weight_text

KeyPlace = tuple[str, date]
RunPlace = tuple[int, int | None, int, int]  # pool, line, financial year, pence


@dataclass(slots=True)
class _Runs:
    """What runs refer to, and those that are there already."""

    pools: dict[str, CostPool]
    keys: dict[KeyPlace, ApportionmentKey]
    lines: dict[tuple[CaseKey, str], BusinessCaseLine]
    issued: dict[CaseKey, datetime | None]
    recorded: dict[RunPlace, list[ApportionmentRun]] = field(default_factory=dict)


def load_runs(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    pools: dict[str, CostPool],
    cases: dict[CaseKey, BusinessCase],
) -> dict[str, ApportionmentRun]:
    """The runs of the file by id; those that are new are entered, unless their case is sealed already."""
    entries = file.entries("apportionment_runs")
    if not entries:
        return {}
    context = _read(file, programme, pools, cases)
    found = {}
    for entry in entries:
        run = _recorded(loading, context, entry)
        if run is not None:
            found[entry.text("id")] = run
            continue
        line = line_key(entry)
        if line is not None and cases[line[0]].issued_at is not None:
            why = "Its business case is issued and keeps the shares that it has. Add a new version"
            loading.report.refused.append(f"Run {entry.text('id')}: {why}")
            continue
        found[entry.text("id")] = _create_run(loading, programme, context, entry)
    return found


def load_true_ups(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    runs: dict[str, ApportionmentRun],
) -> None:
    """True-ups of the keys of the pools; one that is there stays."""
    keys = _keys(programme)
    for entry in file.entries("true_ups"):
        key = keys[entry.text("pool"), needed(entry.day("key"))]
        fy = needed(entry.fy("fy"))
        if TrueUp.objects.filter(key=key, fy=fy).exists():
            continue
        estimate, final = runs.get(entry.text("estimate")), runs.get(entry.text("final"))
        if estimate is None or final is None:
            loading.report.refused.append(f"True-up of {entry.text('pool')}: a run of it was not entered")
            continue
        _create_true_up(
            loading, programme, entry, TrueUp(key=key, fy=fy, estimate_run=estimate, final_run=final)
        )


def _read(
    file: CaseFile, programme: Programme, pools: dict[str, CostPool], cases: dict[CaseKey, BusinessCase]
) -> _Runs:
    lines = BusinessCaseLine.objects.filter(business_case__in=cases.values()).select_related("business_case")
    rows = ApportionmentRun.objects.filter(pool__programme=programme).select_related("pool", "entered_by")
    issued = {
        (entry.text("id"), entry.integer("version") or 0): entry.entry("issued").moment("at")
        for entry in file.entries("business_cases")
    }
    recorded: dict[RunPlace, list[ApportionmentRun]] = {}
    for row in rows.prefetch_related("shares__council").order_by("pk"):
        recorded.setdefault((row.pool_id, row.line_id, row.fy, row.total_pence), []).append(row)
    return _Runs(
        pools,
        _keys(programme),
        {((line.business_case.ref, line.business_case.number), line.ref): line for line in lines},
        issued,
        recorded,
    )


def _keys(programme: Programme) -> dict[KeyPlace, ApportionmentKey]:
    rows = ApportionmentKey.objects.filter(pool__programme=programme).select_related("pool")
    return {(key.pool.ref, key.effective_from_on): key for key in rows}


def _recorded(loading: Loading, context: _Runs, entry: Entry) -> ApportionmentRun | None:
    """The first run that says the same as the file and that no earlier entry has taken; it is taken now."""
    line = _line(context, entry)
    pool, fy, pence = context.pools[entry.text("pool")].pk, entry.fy("fy"), entry.pence("amount_gbp")
    rows = context.recorded.get((pool, line.pk if line else None, needed(fy), needed(pence)), [])
    run = next((row for row in rows if _is_same(loading, context, entry, row)), None)
    if run is not None:
        rows.remove(run)
    return run


def _is_same(loading: Loading, context: _Runs, entry: Entry, row: ApportionmentRun) -> bool:
    by, at = loading.user(entry, "by"), entry.moment("at")
    said = [
        (entry.text("purpose"), row.purpose),
        (_used(context, entry), row.weights),
        (_shares(entry), {share.council.key: share.share_pence for share in row.shares.all()}),
        (by or row.entered_by, row.entered_by),
        (at or row.entered_at, row.entered_at),
    ]
    return all(given == kept for given, kept in said)


def _create_run(loading: Loading, programme: Programme, context: _Runs, entry: Entry) -> ApportionmentRun:
    line, used = _line(context, entry), _used(context, entry)
    place = line_key(entry)
    issued_at = context.issued.get(place[0]) if place else None
    run = ApportionmentRun.objects.create(
        pool=context.pools[entry.text("pool")],
        key_id=used[0]["key"] if len(used) == 1 else None,
        line=line,
        purpose=entry.text("purpose"),
        fy=needed(entry.fy("fy")),
        total_pence=needed(entry.pence("amount_gbp")),
        weights=used,
        entered_by=loading.author(entry),
        entered_at=entry.moment("at") or issued_at or noon(loading.as_of),
    )
    ApportionmentShare.objects.bulk_create(
        ApportionmentShare(run=run, council=loading.councils[council], share_pence=pence)
        for council, pence in _shares(entry).items()
    )
    after = {"pool": run.pool.ref, "fy": run.fy, "total_pence": run.total_pence}
    audit_entry(loading, run, noun="apportionment run", scope=programme.key, after=after)
    return run


def _line(context: _Runs, entry: Entry) -> BusinessCaseLine | None:
    place = line_key(entry)
    return context.lines[place] if place else None


def _shares(entry: Entry) -> dict[str, int]:
    given = entry.entry("shares")
    return {council: needed(given.pence(council)) for council in given.data}


def _used(context: _Runs, entry: Entry) -> list[dict[str, Any]]:
    """What the run used of its keys, as runs keep it."""
    return [_used_key(context, entry.text("pool"), part) for part in entry.entries("used")]


def _used_key(context: _Runs, pool: str, part: Entry) -> dict[str, Any]:
    from_on = part.day("key")
    driver = part.text("driver")
    used = {
        "key": context.keys[pool, from_on].pk if from_on else None,
        "basis": part.text("basis"),
        "from_on": needed(part.day("from")).isoformat(),
        "to_on": needed(part.day("to")).isoformat(),
        "total_pence": needed(part.pence("amount_gbp")),
        "weights": [
            {"council": council, "weight": weight_text(weight)}
            for council, weight in weights_of(part).items()
        ],
    }
    return used | {"driver": driver} if driver else used


def _create_true_up(loading: Loading, programme: Programme, entry: Entry, row: TrueUp) -> None:
    row.driver = entry.text("driver")
    row.driver_source = entry.text("driver_source")
    row.tolerance_pp = needed(entry.number("tolerance_points", 2))
    row.result = entry.text("result")
    row.entered_by = loading.author(entry)
    row.entered_at = entry.moment("at") or noon(loading.as_of)
    row.save(force_insert=True)
    TrueUpDriver.objects.bulk_create(
        TrueUpDriver(true_up=row, council=loading.councils[council], quantity=quantity)
        for council, quantity in weights_of(entry, "drivers").items()
    )
    after = {"pool": entry.text("pool"), "fy": row.fy, "driver": row.driver, "result": row.result}
    audit_entry(loading, row, noun="true-up", scope=programme.key, after=after)
