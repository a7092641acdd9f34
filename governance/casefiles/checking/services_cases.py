"""Rules of a business case beyond its lines' amounts: options, statements, criteria, payments, issue."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from functools import partial

from core.rules.calendar import format_fy
from core.rules.money import format_pounds
from core.rules.reference import ReferenceTable, version_named
from core.rules.text import check_reason
from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.checking.common import (
    check_council,
    check_person,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.services_keys import line_key
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from services.actions.quality import ASKS
from services.enums import CaseState, OptionKind
from services.rules.case_states import ISSUED_ONCE
from services.rules.compensation import check_balanced
from services.rules.mca import check_mca_weights
from services.rules.optimism_bias import check_bias_basis
from services.rules.returns import check_whole_life

SharedYear = tuple[CaseKey, str, int | None]

_TABLES = {
    "discount_rates": ReferenceTable.DISCOUNT_RATES,
    "deflators": ReferenceTable.GDP_DEFLATORS,
    "bias_table": ReferenceTable.OPTIMISM_BIAS,
}


def check_cases(file: CaseFile, world: World) -> None:
    """Note what is wrong in the options, lines, voices and payments of business cases."""
    shared = _shared_years(file)
    for case in file.entries("business_cases"):
        check_person(case, "author", world)
        for name, table in _TABLES.items():
            if case.text(name):
                case.refused(partial(version_named, table, case.text(name)), name)
        _check_options(case, world)
        _check_lines(case)
        _check_voices(case, world)
        _check_criteria(case, world)
        for compensation in case.entries("compensations"):
            _check_compensation(compensation, world)
        _check_issue(case, shared, world)


def is_issued(case: Entry) -> bool:
    """Whether the file says that this version was issued: in so many words, or by its state."""
    state = case.text("state") or CaseState.DRAFT.value
    return "issued" in case or (state in ISSUED_ONCE and state != CaseState.WITHDRAWN)


def is_usual(option: Entry) -> bool:
    """Whether an option is business as usual."""
    return option.yes("business_as_usual")


def _check_options(case: Entry, world: World) -> None:
    options = case.entries("options")
    check_unique(options)
    ids = {option.text("id") for option in options}
    for name, words in (("business_as_usual", "business as usual"), ("preferred", "preferred")):
        for option in [one for one in options if one.yes(name)][1:]:
            option.add(f"Only one option can be {words}", name)
    for option in options:
        check_reference(option, "variant_of", ids, "options")
        check_council(option, option.text("without"), world, "without")
        if option.text("variant_of") == option.text("id"):
            option.add("An option cannot be a variant of itself", "variant_of")
        if is_usual(option) and option.text("kind") not in {"", OptionKind.BUSINESS_AS_USUAL.value}:
            option.add("Write business_as_usual, or leave it out", "kind")
    has_preferred = any(option.yes("preferred") for option in options)
    for line in case.entries("lines"):
        check_reference(line, "option", ids, "options")
        if options and not has_preferred and not line.text("option"):
            line.add("Add option: the case has no preferred one", "option")


def _check_lines(case: Entry) -> None:
    pools = ids_of(case.file, "cost_pools")
    for line in case.entries("lines"):
        check_reference(line, "pool", pools, "cost_pools")
        has_percentage = "bias_category" in line or "bias_mitigation_percent" in line
        line.refused(partial(check_bias_basis, has_percentage, line.text("bias_basis")), "bias_basis")
        if has_percentage and "bias_category" not in line:
            line.add("Choose a category of the optimism-bias table", "bias_category")
        annual, years, whole = (
            line.pence("annual_gbp"),
            line.integer("term_years"),
            line.pence("whole_life_gbp"),
        )
        for name, pence in (("annual_gbp", annual), ("whole_life_gbp", whole)):
            if (pence or 0) < 0:
                line.add("Amount must be £0 or more", name)
        if annual is not None and years is not None and whole is not None:
            reason = line.text("override_reason")
            line.refused(partial(check_whole_life, whole, annual, years, reason), "whole_life_gbp")


def _check_voices(case: Entry, world: World) -> None:
    for review in case.entries("reviews"):
        check_person(review, "by", world)
        _check_not_future(review, world.as_of)
    for judgement in case.entries("quality_judgements"):
        check_person(judgement, "by", world)
        _check_not_future(judgement, world.as_of)
        judgement.refused(partial(check_reason, judgement.text("reason"), ASKS), "reason")
    check_unique(case.entries("statements"), "council")
    for statement in case.entries("statements"):
        council, moment = statement.text("council"), statement.moment("at")
        check_council(statement, council, world, "council")
        check_person(statement, "by", world)
        _check_not_future(statement, world.as_of)
        email = statement.text("by").lower()
        if email in world.people and moment and not world.was_s151(email, council, moment.date()):
            name = world.council_name(council)
            statement.add(f"Only {name}’s section 151 officer can make its statement", "by")


def _check_criteria(case: Entry, world: World) -> None:
    criteria = case.entries("criteria")
    check_unique(criteria)
    if criteria:
        weights = [one.integer("weight_percent") or 0 for one in criteria]
        case.refused(partial(check_mca_weights, weights), "criteria")
    ids = {option.text("id") for option in case.entries("options")}
    for criterion in criteria:
        seen: set[tuple[str, str]] = set()
        for score in criterion.entries("scores"):
            check_reference(score, "option", ids, "options")
            check_person(score, "by", world)
            slot = score.text("option"), score.text("by").lower()
            if slot in seen:
                score.add("This person has scored this option already. Keep one score", "by")
            seen.add(slot)


def _check_compensation(entry: Entry, world: World) -> None:
    check_council(entry, entry.text("beneficiary"), world, "beneficiary")
    check_reference(entry, "decision", ids_of(entry.file, "decisions"), "decisions")
    if (entry.pence("cap_gbp") or 0) < 0:
        entry.add("Amount must be £0 or more", "cap_gbp")
    years: dict[int | None, list[int]] = defaultdict(list)
    seen: set[tuple[str, int | None]] = set()
    for payment in entry.entries("payments"):
        council, fy = payment.text("council"), payment.fy("fy")
        check_council(payment, council, world, "council")
        if (council, fy) in seen:
            payment.add(f"There are two entries for {format_fy(fy or 0)}. Keep one", "fy")
        seen.add((council, fy))
        years[fy].append(payment.pence("amount_gbp") or 0)
    for amounts in years.values():
        received = [pence for pence in amounts if pence > 0]
        paid = [-pence for pence in amounts if pence < 0]
        entry.refused(partial(check_balanced, received, paid), "payments")


def _check_issue(case: Entry, shared: dict[SharedYear, list[Entry]], world: World) -> None:
    issued = case.entry("issued")
    check_person(issued, "by", world)
    _check_not_future(issued, world.as_of)
    if "issued" in case and (case.text("state") or CaseState.DRAFT) not in ISSUED_ONCE:
        case.add("Take it out: a version in this state has not been issued", "issued")
    if not is_issued(case):
        return
    for line in case.entries("lines"):
        for amount in line.entries("amounts"):
            if not amount.text("council") and amount.pence("amount_gbp"):
                runs = shared.get((case_key(case), line.text("id"), amount.fy("fy")), [])
                _check_kept(amount, runs, issued)


def _check_kept(amount: Entry, runs: list[Entry], issued: Entry) -> None:
    """Note a joint amount of an issued case that no kept run shares as it stands."""
    if not runs:
        amount.add("Add the run to apportionment_runs that shared this amount when the case was issued")
    elif runs[-1].pence("amount_gbp") != amount.pence("amount_gbp"):
        kept = format_pounds(runs[-1].pence("amount_gbp") or 0)
        amount.add(f"The run that shared this amount says {kept}", "amount_gbp")
    at, shared_at = issued.moment("at"), runs[-1].moment("at") if runs else None
    if at and shared_at and shared_at > at:
        runs[-1].add("Enter a time that is not after the issue of the case", "at")


def _shared_years(file: CaseFile) -> dict[SharedYear, list[Entry]]:
    """Runs by the line and year that they shared, in their order."""
    found: dict[SharedYear, list[Entry]] = defaultdict(list)
    for run in file.entries("apportionment_runs"):
        if key := line_key(run):
            found[(*key, run.fy("fy"))].append(run)
    return found


def _check_not_future(entry: Entry, as_of: date) -> None:
    moment = entry.moment("at")
    if moment and moment.date() > as_of:
        entry.add("Enter a day that has come", "at")
