"""Rules of plan versions, forecasts and actual amounts (domain.md section 8; INV-15, INV-16, INV-42)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date, datetime

from benefits.enums import Outcome
from benefits.rules.ledger import Entry as LedgerEntry
from benefits.rules.ledger import (
    check_actual_entry,
    check_entered_once,
    check_forecast_entries,
    check_partner,
    check_plan_entries,
    check_rebaseline,
)
from core.clock import london_date
from core.errors import Refusal
from core.rules.dates import check_not_future
from core.rules.text import check_reason
from governance.casefiles.checking.common import check_past, check_person, check_reference, ids_of
from governance.casefiles.checking.programme import DEFAULT_HORIZON, partner_keys
from governance.casefiles.checking.world import World, email_of
from governance.casefiles.entries import CaseFile, Entry
from programme.rules.membership import Partner

Check = Callable[[LedgerEntry], object]
_FIELDS = {"amount": "amount_gbp"}


def check_ledgers(file: CaseFile, world: World) -> None:
    """Note what is wrong in plan versions, forecasts and actual amounts."""
    partners = _partners(file, world)
    _check_plan_versions(file, world, partners)
    _check_forecasts(file, world, partners)
    _check_actuals(file, world, partners)


def ledger_entry(amount: Entry, world: World) -> LedgerEntry:
    """An amount of the file as the rules of the ledgers read it."""
    return LedgerEntry(
        amount.text("line"),
        world.council_name(amount.text("council")),
        amount.fy("fy") or 0,
        amount.integer("period"),
        amount.pence("amount_gbp") or 0,
        amount.text("explanation"),
    )


def _partners(file: CaseFile, world: World) -> dict[str, Partner]:
    keys = partner_keys(file)
    found = {}
    for partner in file.entries("partners"):
        key = partner.text("council")
        if key in keys:
            joined, left = partner.date("joined"), partner.date("left")
            found[key] = Partner(
                world.council_name(key), joined.first_on if joined else None, left.last_on if left else None
            )
    return found


def _check_plan_versions(file: CaseFile, world: World, partners: dict[str, Partner]) -> None:
    programme = file.section("programme")
    first = programme.fy("base_fy")
    last = None if first is None else first + (programme.integer("horizon_years") or DEFAULT_HORIZON)

    def check(entry: LedgerEntry) -> None:
        check_plan_entries([entry], first_fy=first, last_fy=last)

    numbers = [version.integer("number") or 0 for version in file.entries("plan_versions")]
    for place, version in enumerate(file.entries("plan_versions"), 1):
        number = version.integer("number") or 0
        if numbers.index(number) != place - 1:
            version.add(f"There are two plan versions {number}. Keep one", "number")
        elif number != place and not _is_broken(file, "plan_versions"):
            version.add(f"Number plan versions from 1 in order; this one is {place}", "number")
        check_past(version, "approved_on", world.as_of, "Approval date")
        check_person(version, "by", world)
        reason, narrative = version.text("reason"), version.text("narrative")
        _refuse(version, check_rebaseline, number, reason, narrative)
        _check_planned_dates(version)
        _check_amounts(version.entries("amounts"), world, partners, check)


def _check_planned_dates(version: Entry) -> None:
    seen: set[str] = set()
    for planned in version.entries("dates"):
        ref = planned.text("milestone")
        check_reference(planned, "milestone", ids_of(version.file, "milestones"), "milestones")
        if ref in seen:
            planned.add(f"There are two dates for {ref}. Keep one", "milestone")
        seen.add(ref)


def _check_forecasts(file: CaseFile, world: World, partners: dict[str, Partner]) -> None:
    def check(entry: LedgerEntry) -> None:
        check_forecast_entries([entry])

    for forecast in file.entries("forecasts"):
        check_past(forecast, "as_at", world.as_of, "Forecast date")
        check_person(forecast, "by", world)
        if not forecast.raw("amounts"):
            forecast.add("Enter at least one amount", "amounts")
        _check_amounts(forecast.entries("amounts"), world, partners, check)


def _check_amounts(amounts: list[Entry], world: World, partners: dict[str, Partner], check: Check) -> None:
    """Note each amount that `check` or the partners' dates refuse, and each entered twice."""
    slots: dict[tuple[str, str, int], list[LedgerEntry]] = defaultdict(list)
    for amount in amounts:
        entry = ledger_entry(amount, world)
        slot = slots[entry.line, amount.text("council"), entry.fy]
        slot.append(entry)
        _check_amount(amount, entry, partners, check)
        if len(slot) > 1:
            _refuse(amount, check_entered_once, slot)


def _check_amount(amount: Entry, entry: LedgerEntry, partners: dict[str, Partner], check: Check) -> None:
    check_reference(amount, "line", ids_of(amount.file, "lines"), "lines")
    if not _is_broken(amount.file, "partners"):
        _refuse(amount, check_partner, entry, partners.get(amount.text("council")))
    _refuse(amount, check, entry)


def _check_actuals(file: CaseFile, world: World, partners: dict[str, Partner]) -> None:
    actuals = file.entries("actuals")
    by_id = {actual.text("id"): actual for actual in actuals}
    for actual in actuals:
        if by_id[actual.text("id")] is not actual:
            actual.add(f"{actual.text('id')} is used twice. Give each entry its own", "id")
        moment = actual.moment("at")
        entered_on = london_date(moment) if moment else world.as_of

        def check(entry: LedgerEntry, day: date = entered_on) -> None:
            check_actual_entry(entry, as_of=day)

        check_person(actual, "by", world)
        _check_not_future(actual, moment, world.as_of)
        _check_amount(actual, ledger_entry(actual, world), partners, check)
        _check_reversal(actual, by_id)
        _check_verification(actual, world)
    _check_reversed_once(actuals)


def _check_reversal(actual: Entry, by_id: dict[str, Entry]) -> None:
    ref = actual.text("reverses")
    if not ref:
        return
    reversed_ = by_id.get(ref)
    if reversed_ is None or reversed_ is actual:
        actual.add(f"There is no other {ref} in actuals", "reverses")
        return
    slot = ("line", "council", "fy", "period")
    if [actual.raw(name) for name in slot] != [reversed_.raw(name) for name in slot]:
        actual.add(f"A reversal must have the line, council and month of {ref}", "reverses")
    elif actual.pence("amount_gbp") != -(reversed_.pence("amount_gbp") or 0):
        actual.add(f"A reversal must take back exactly the amount of {ref}", "amount_gbp")
    if "verification" in actual:
        actual.add(
            "Take it out: a reversal counts as the amount it reverses does, and needs no verification",
            "verification",
        )
    if "reverses" in reversed_:
        actual.add(f"{ref} is itself a reversal. Enter a new amount", "reverses")


def _check_reversed_once(actuals: Iterable[Entry]) -> None:
    seen: set[str] = set()
    for actual in actuals:
        ref = actual.text("reverses")
        if ref in seen:
            actual.add(f"{ref} has already been reversed", "reverses")
        if ref:
            seen.add(ref)


def _check_verification(actual: Entry, world: World) -> None:
    """Verification is by that council's own section 151 officer, who did not enter the amount."""
    if "verification" not in actual:
        return
    verification = actual.entry("verification")
    moment = verification.moment("at")
    check_person(verification, "by", world)
    _check_not_future(verification, moment, world.as_of)
    if verification.text("outcome") == Outcome.RETURNED:
        _refuse(verification, check_reason, verification.text("reason"), "Explain why the amount is returned")
    verifier, council = email_of(verification, "by"), actual.text("council")
    if verifier == email_of(actual, "by"):
        verification.add("You entered this amount. Another officer must verify it", "by")
    elif moment and not world.may_verify(verifier, council, london_date(moment)):
        name = world.council_name(council)
        verification.add(f"Only {name}'s section 151 officer can verify this amount", "by")
    if _owns_benefit(actual, verifier):
        verification.add("You own this benefit. Another officer must verify it", "by")


def _owns_benefit(actual: Entry, email: str) -> bool:
    lines = (line for line in actual.file.entries("lines") if line.text("id") == actual.text("line"))
    benefit = next((line.text("benefit") for line in lines), "")
    owners = {
        entry.text("id"): email_of(entry, "owner") for entry in actual.file.entries("benefits") if benefit
    }
    return bool(email) and owners.get(benefit) == email


def _check_not_future(entry: Entry, moment: datetime | None, as_of: date) -> None:
    if moment:
        _refuse(entry, check_not_future, london_date(moment), as_of, "Date of entry", field="at")


def _refuse(place: Entry, rule: Callable[..., object], *values: object, field: str = "") -> None:
    """Note at `place` what `rule` refuses of `values`, at the field that the rule names."""
    try:
        rule(*values)
    except Refusal as refusal:
        name = field or _FIELDS.get(refusal.field or "", refusal.field or "")
        place.add(refusal.message, *([name] if name else []))


def _is_broken(file: CaseFile, section: str) -> bool:
    return any(path[0] == section for path in file.broken)
