"""Rules of cost pools, their keys, the runs that shared amounts, and true-ups (rows 12 and 18 to 23)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from functools import partial

from governance.casefiles.checking.benefits import (
    CaseKey,
    case_key,
    case_lines,
    check_case_reference,
)
from governance.casefiles.checking.common import (
    check_council,
    check_person,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.programme import partner_keys
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.rules.membership import Partner
from services.rules.key_record import (
    CouncilWeight,
    KeyPeriod,
    KeyRecord,
    check_drivers,
    check_key_record,
)
from services.rules.true_up import check_year_over

WEIGHT_DECIMALS = 4


def check_keys(file: CaseFile, world: World) -> None:
    """Note what is wrong in cost pools, apportionment runs and true-ups."""
    check_unique(file.entries("cost_pools"))
    check_unique(file.entries("cost_pools"), "name")
    for pool in file.entries("cost_pools"):
        periods: list[KeyPeriod] = []
        for key in pool.entries("keys"):
            _check_key(key, periods, world)
    check_unique(file.entries("apportionment_runs"))
    cases = case_lines(file)
    for run in file.entries("apportionment_runs"):
        _check_run(run, cases, world)
    _check_true_ups(file, world)


def line_key(run: Entry) -> tuple[CaseKey, str] | None:
    """Case, version and id of the line whose amount a run shared; None for an amount of no case."""
    if "line" not in run:
        return None
    line = run.entry("line")
    return case_key(line, "case"), line.text("line")


def weights_of(entry: Entry, name: str = "weights") -> dict[str, Decimal]:
    """A number for each council key, in the order of the file."""
    given = entry.entry(name)
    numbers = {key: given.number(key, WEIGHT_DECIMALS) for key in given.data}
    return {key: number for key, number in numbers.items() if number is not None}


def _check_key(key: Entry, periods: list[KeyPeriod], world: World) -> None:
    given, partners = weights_of(key), partner_keys(key.file)
    _check_names(key, "weights", given, world)
    from_on = key.day("from")
    if from_on is None:
        return
    period = KeyPeriod(from_on, key.day("to"))
    weights = tuple(
        CouncilWeight(
            council,
            world.council_name(council),
            weight,
            Partner(world.council_name(council)) if council in partners else None,
            is_needed=False,
        )
        for council, weight in given.items()
    )
    record = KeyRecord(key.text("basis"), period, weights, key.text("decision"))
    fields: dict[str, tuple[str, ...]] = {f"weights.{council}": ("weights", council) for council in given}
    fields |= {"effective_to_on": ("to",), "effective_from_on": ("from",), "weights": ("weights",)}
    fields |= {"decision_ref": ("decision",)}
    decisions = ids_of(key.file, "decisions")
    key.refused_each(partial(check_key_record, record, list(periods), decisions), fields)
    periods.append(period)


def _check_run(run: Entry, cases: dict[CaseKey, set[str]], world: World) -> None:
    check_person(run, "by", world)
    check_reference(run, "pool", ids_of(run.file, "cost_pools"), "cost_pools")
    if "line" in run and check_case_reference(run, "line", cases):
        line = run.entry("line")
        if line.text("line") not in cases[case_key(line, "case")]:
            run.add(f"There is no line {line.text('line')} in this business case", "line")
    shares = run.entry("shares")
    _check_names(run, "shares", shares.data, world)
    total = run.pence("amount_gbp")
    if sum(shares.pence(key) or 0 for key in shares.data) != total:
        run.add("Shares must add up to the amount", "shares")
    used = run.entries("used")
    if used and sum(part.pence("amount_gbp") or 0 for part in used) != total:
        run.add("The amounts that the keys shared must add up to the amount", "used")
    starts = _key_starts(run.file, run.text("pool"))
    for part in used:
        _check_names(part, "weights", weights_of(part), world)
        if part.text("key") and part.text("key") not in starts:
            part.add("There is no key of this pool from this day", "key")


def _check_true_ups(file: CaseFile, world: World) -> None:
    runs, seen = ids_of(file, "apportionment_runs"), set()
    for entry in file.entries("true_ups"):
        check_person(entry, "by", world)
        check_reference(entry, "pool", ids_of(file, "cost_pools"), "cost_pools")
        check_reference(entry, "estimate", runs, "apportionment_runs")
        check_reference(entry, "final", runs, "apportionment_runs")
        if entry.text("key") not in _key_starts(file, entry.text("pool")):
            entry.add("There is no key of this pool from this day", "key")
        slot = entry.text("pool"), entry.text("key"), entry.fy("fy")
        if slot in seen:
            entry.add("This year has had its true-up. Keep one", "fy")
        seen.add(slot)
        if slot[2] is not None:
            entry.refused(partial(check_year_over, slot[2], world.as_of), "fy")
        drivers = weights_of(entry, "drivers")
        _check_names(entry, "drivers", drivers, world)
        names = {key: world.council_name(key) for key in drivers}
        for said in check_drivers(names, drivers, sum_field="drivers"):
            entry.add(said.message, *(said.field or "drivers").split("."))


def _key_starts(file: CaseFile, pool: str) -> set[str]:
    """First days of the keys of a pool, as the file writes them."""
    return {
        key.text("from")
        for entry in file.entries("cost_pools")
        if entry.text("id") == pool
        for key in entry.entries("keys")
    }


def _check_names(entry: Entry, name: str, keys: Iterable[str], world: World) -> None:
    for key in keys:
        check_council(entry, key, world, name, key)
