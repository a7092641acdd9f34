"""Rules of budgets, reductions, funds, agreements and successors (rows 18, 19, 40, 43, 75, 76 and 79)."""

from __future__ import annotations

from collections import defaultdict
from functools import partial

from benefits.enums import BenefitClass, BenefitKind
from benefits.rules.budgets import (
    check_budget_amount,
    check_reduction_amount,
    check_within_budget,
    unknown_code,
)
from benefits.rules.fund import check_contribution, check_own_share, check_withdrawal
from benefits.rules.periods import check_close
from core.clock import london_date
from governance.casefiles.checking.common import (
    check_council,
    check_past,
    check_person,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.programme import partner_keys
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.enums import AgreementKind
from programme.rules.membership import check_consulted

Slot = tuple[str, str, int]


def check_budgets(file: CaseFile, world: World) -> None:
    """Note what is wrong in budgets, reductions, funds, agreements and successors."""
    _check_budget_lines(file, world)
    _check_reductions(file, world)
    _check_attribution(file)
    _check_closed_months(file, world)
    _check_funds(file, world)
    _check_agreements(file)
    _check_successors(file, world)


def _check_closed_months(file: CaseFile, world: World) -> None:
    seen: set[tuple[str, int, int]] = set()
    for entry in file.entries("closed_months"):
        check_council(entry, entry.text("council"), world, "council")
        check_person(entry, "by", world)
        month = entry.text("council"), entry.fy("fy") or 0, entry.integer("period") or 1
        closed_on = london_date(moment) if (moment := entry.moment("at")) else world.as_of
        check = partial(check_close, *month[1:], as_of=closed_on, is_closed=month in seen)
        entry.refused(check, "period")
        seen.add(month)
        for one in entry.entries("exceptions"):
            for name in ("person", "by"):
                check_person(one, name, world)


def _slot(entry: Entry) -> Slot:
    return entry.text("council"), entry.text("ledger_code"), entry.fy("fy") or 0


def _check_budget_lines(file: CaseFile, world: World) -> None:
    seen: set[Slot] = set()
    for entry in file.entries("budget_lines"):
        check_council(entry, entry.text("council"), world, "council")
        entry.refused(partial(check_budget_amount, entry.pence("budget_gbp") or 0), "budget_gbp")
        if _slot(entry) in seen:
            entry.add("This code already has a budget in this year", "ledger_code")
        seen.add(_slot(entry))


def _check_reductions(file: CaseFile, world: World) -> None:
    budgets = {_slot(entry): entry.pence("budget_gbp") or 0 for entry in file.entries("budget_lines")}
    counted = {entry.text("id") for entry in file.entries("benefits") if "counted_in" in entry}
    inside = {line.text("id") for line in file.entries("lines") if line.text("benefit") in counted}
    taken: dict[Slot, list[int]] = defaultdict(list)
    for entry in file.entries("budget_reductions"):
        check_reference(entry, "line", ids_of(file, "lines"), "lines")
        check_person(entry, "by", world)
        pence, slot = entry.pence("amount_gbp") or 0, _slot(entry)
        entry.refused(partial(check_reduction_amount, pence), "amount_gbp")
        if slot not in budgets:
            entry.add(unknown_code(slot[1], world.council_name(slot[0]), slot[2]).message, "ledger_code")
        elif "withdrawn" not in entry and entry.text("line") not in inside:
            taken[slot].append(pence)
            within = partial(check_within_budget, slot[1], budgets[slot], taken[slot])
            entry.refused(within, "amount_gbp")


def _check_attribution(file: CaseFile) -> None:
    for entry in file.entries("benefits"):
        if (entry.text("class"), entry.text("kind")) == (BenefitClass.CASHABLE, BenefitKind.COST_AVOIDANCE):
            entry.add("A benefit can be cashable or cost avoidance, not both", "kind")
        percent = entry.integer("attribution_percent")
        if percent is not None and percent < 100 and not entry.text("attribution_reason"):
            entry.add("Explain why less than 100% of the saving is claimed", "attribution_reason")


def _check_funds(file: CaseFile, world: World) -> None:
    """What is paid back comes last: what a fund spent, and got back of reversed costs, it held before."""
    check_unique(file.entries("funds"))
    for fund in file.entries("funds"):
        check_reference(fund, "pool", ids_of(file, "cost_pools"), "cost_pools")
        held = _Held(file, world)
        payments = fund.entries("contributions")
        for entry in payments:
            if (entry.pence("amount_gbp") or 0) >= 0:
                held.pay(entry)
        for entry in fund.entries("drawdowns"):
            held.draw(entry)
        for entry in payments:
            if (entry.pence("amount_gbp") or 0) < 0:
                held.pay(entry)
        for entry in fund.entries("closings"):
            check_past(entry, "closed_on", world.as_of, "Date paid back")
            check_person(entry, "by", world)
            if (entry.pence("returned_gbp") or 0) < 0:
                entry.add("Enter £0 or more", "returned_gbp")


class _Held:
    """What a fund holds, and each council's own part, as its entries are read."""

    def __init__(self, file: CaseFile, world: World) -> None:
        self.file, self.world = file, world
        self.balance, self.own = 0, dict.fromkeys(partner_keys(file), 0)

    def pay(self, entry: Entry) -> None:
        """Note what is wrong in a payment into the fund, or back out of it."""
        key, pence = entry.text("council"), entry.pence("amount_gbp") or 0
        name = self.world.council_name(key)
        if key not in self.own:
            entry.add(f"{name} is not a partner in this programme", "council")
        check_past(entry, "paid_on", self.world.as_of, "Payment date")
        check_person(entry, "by", self.world)
        paid = partial(check_contribution, pence, entry.text("explanation"), self.balance)
        is_refused = entry.refused(paid, "amount_gbp")
        if pence < 0 and not is_refused:
            share = partial(check_own_share, pence, name, self.own.get(key, 0))
            entry.refused(share, "amount_gbp")
        self.balance += pence
        self.own[key] = self.own.get(key, 0) + pence

    def draw(self, entry: Entry) -> None:
        """Note what is wrong in a withdrawal; one whose cost is reversed leaves the fund as it was."""
        check_reference(entry, "actual", ids_of(self.file, "actuals"), "actuals")
        check_past(entry, "drawn_on", self.world.as_of, "Withdrawal date")
        check_person(entry, "by", self.world)
        pence = entry.pence("amount_gbp") or 0
        entry.refused(partial(check_withdrawal, pence, self.balance), "amount_gbp")
        self.balance -= 0 if _is_reversed(self.file, entry.text("actual")) else pence


def _is_reversed(file: CaseFile, ref: str) -> bool:
    return any(actual.text("reverses") == ref for actual in file.entries("actuals"))


def _check_agreements(file: CaseFile) -> None:
    check_unique(file.entries("agreements"))
    for entry in file.entries("agreements"):
        check = partial(
            check_consulted,
            needs_consultation=entry.text("kind") == AgreementKind.S113,
            is_in_force="in_force_on" in entry,
            is_consulted=entry.yes("officers_consulted"),
        )
        entry.refused(check, "officers_consulted")


def _check_successors(file: CaseFile, world: World) -> None:
    seen: set[tuple[str, str]] = set()
    for entry in file.entries("successors"):
        pair = entry.text("council"), entry.text("successor")
        check_council(entry, pair[0], world, "council")
        check_council(entry, pair[1], world, "successor")
        if pair[0] == pair[1]:
            entry.add("A council cannot be its own successor", "successor")
        if pair in seen:
            entry.add(f"{world.council_name(pair[1])} is chosen twice. Keep one", "successor")
        seen.add(pair)
