"""Rules of differences explained, posts removed, compensation paid and answers to flags (F-35, INV-26)."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from benefits.enums import DoubleCountKind
from benefits.rules.equity import check_explanation
from benefits.rules.payments import YearDue, check_payment, check_received_on, check_reversal
from core.rules.text import check_reason
from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.checking.common import (
    check_council,
    check_past,
    check_person,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.programme import partner_keys
from governance.casefiles.checking.world import World, email_of
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.evidence import document_in, sha256_of

Scheme = tuple[CaseKey, str, str]
Dues = dict[tuple[Scheme, str, int], int]


def check_fairness(file: CaseFile, world: World) -> None:
    """Note what is wrong in explanations, posts, payments between councils, answers and evidence files."""
    partners = partner_keys(file)
    for entry in file.entries("equity_notes"):
        _check_entry(entry, partners, world)
        entry.refused(partial(check_explanation, entry.text("text")), "text")
    for entry in file.entries("posts_removed"):
        _check_entry(entry, partners, world)
        check_past(entry, "as_at", world.as_of, "Date of the number")
    _check_payments(file, world)
    _check_answers(file, world)
    for actual in file.entries("actuals"):
        for entry in actual.entries("files"):
            _check_claim_file(entry, world)


def _check_entry(entry: Entry, partners: set[str], world: World) -> None:
    check_person(entry, "by", world)
    if entry.text("council") not in partners:
        name = world.council_name(entry.text("council"))
        entry.add(f"{name} is not a partner in this programme", "council")


def _check_payments(file: CaseFile, world: World) -> None:
    entries = file.entries("council_payments")
    check_unique(entries)
    due, paid = _dues(file), dict.fromkeys(_dues(file), 0)
    by_id: dict[str, Entry] = {}
    reversed_ids: set[str] = set()
    for entry in entries:
        check_person(entry, "by", world)
        check_past(entry, "paid_on", world.as_of, "Payment date")
        if entry.text("reverses"):
            _check_reversal(entry, by_id, reversed_ids)
        else:
            _check_amount(entry, due, paid, world)
        _check_receipt(entry, world)
        _count(entry, by_id, paid)
        by_id[entry.text("id")] = entry


def _check_amount(entry: Entry, due: Dues, paid: Dues, world: World) -> None:
    """Refuse what no arrangement of the file asks of this council in this year, and more than that."""
    place = _place(entry)
    if place[0] not in {scheme for scheme, *_ in due}:
        entry.add("There is no such compensation in business_cases", "beneficiary")
        return
    year = YearDue(place[2], due.get(place, 0), paid.get(place, 0))
    pays = partial(check_payment, entry.pence("amount_gbp") or 0, year, world.council_name(place[1]))
    entry.refused(pays, "amount_gbp")


def _check_reversal(entry: Entry, by_id: dict[str, Entry], reversed_ids: set[str]) -> None:
    ref = entry.text("reverses")
    payment = by_id.get(ref)
    if payment is None:
        entry.add(f"There is no {ref} before it in council_payments", "reverses")
        return
    refuses = partial(
        check_reversal,
        entry.text("explanation"),
        is_reversal="reverses" in payment,
        is_reversed=ref in reversed_ids,
    )
    entry.refused(refuses, "explanation")
    reversed_ids.add(ref)
    if _place(entry) != _place(payment) or entry.pence("amount_gbp") != -(payment.pence("amount_gbp") or 0):
        entry.add(f"A reversal must take back exactly the amount of {ref}", "amount_gbp")


def _check_receipt(entry: Entry, world: World) -> None:
    if "received" not in entry:
        return
    receipt, paid_on = entry.entry("received"), entry.day("paid_on")
    check_person(receipt, "by", world)
    check_past(receipt, "on", world.as_of, "Date received")
    received_on = receipt.day("on")
    if received_on and paid_on:
        receipt.refused(partial(check_received_on, received_on, paid_on), "on")
    if email_of(entry, "by") and email_of(receipt, "by") == email_of(entry, "by"):
        receipt.add("You entered this amount. Another officer must verify it", "by")


def _count(entry: Entry, by_id: dict[str, Entry], paid: Dues) -> None:
    """Add what counts: the reversal of a confirmed payment counts once it is confirmed itself."""
    payment = by_id.get(entry.text("reverses"))
    waits = payment is not None and "received" in payment and "received" not in entry
    if not waits and _place(entry) in paid:
        paid[_place(entry)] += entry.pence("amount_gbp") or 0


def _place(entry: Entry) -> tuple[Scheme, str, int]:
    case = case_key(entry.entry("business_case"), "case")
    scheme = case, entry.text("beneficiary"), entry.text("basis")
    return scheme, entry.text("payer"), entry.fy("fy") or 0


def _dues(file: CaseFile) -> Dues:
    """What each council is to pay by arrangement and year, in pence."""
    due: Dues = defaultdict(int)
    for case in file.entries("business_cases"):
        for one in case.entries("compensations"):
            scheme = case_key(case), one.text("beneficiary"), one.text("basis")
            for row in one.entries("payments"):
                due[scheme, row.text("council"), row.fy("fy") or 0] -= row.pence("amount_gbp") or 0
    return due


def _check_answers(file: CaseFile, world: World) -> None:
    for entry in file.entries("double_count_answers"):
        check_person(entry, "by", world)
        check_council(entry, entry.text("council"), world, "council")
        check_reference(entry, "benefit", ids_of(file, "benefits"), "benefits")
        check_reference(entry, "line", ids_of(file, "lines"), "lines")
        entry.refused(
            partial(check_reason, entry.text("why"), "Explain why it is not the same saving"), "why"
        )
        needs = ("council", "fy", "ledger_code") if _is_of_code(entry) else ()
        for name in needs:
            if name not in entry:
                entry.add(f"Add {name}")


def _is_of_code(entry: Entry) -> bool:
    return entry.text("kind") == DoubleCountKind.SAME_CODE


def _check_claim_file(entry: Entry, world: World) -> None:
    check_person(entry, "by", world)
    if "content" not in entry:
        if "sha256" not in entry:
            entry.add("Add content: the file itself in base64")
        return
    try:
        found = sha256_of(entry)
    except ValueError:
        entry.add("This is not base64", "content")
        return
    if entry.text("sha256") not in {"", found}:
        entry.add("The content is not the file that this names", "sha256")
    entry.refused(partial(document_in, entry), "content")
