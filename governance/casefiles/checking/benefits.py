"""Rules of business cases, benefit profiles and money lines."""

from __future__ import annotations

from benefits.enums import BenefitState
from benefits.rules.gates import no_starting_value
from benefits.rules.ledger import Entry as LedgerEntry
from benefits.rules.ledger import check_plan_entries
from benefits.rules.profile import odd_percentage, target_refusal
from core.errors import Refusal
from governance.casefiles.checking.benefit_profiles import check_benefits_map, check_profile_fields
from governance.casefiles.checking.common import (
    check_councils,
    check_order,
    check_reference,
    check_unique,
    ids_of,
)
from governance.casefiles.checking.programme import DEFAULT_HORIZON, partner_keys
from governance.casefiles.checking.world import World
from governance.casefiles.entries import CaseFile, Entry
from programme.rules.cycles import check_no_loop
from services.enums import LineKind

COST_KINDS = frozenset({LineKind.ONE_OFF_COST.value, LineKind.RECURRING_COST.value, LineKind.GRANT.value})
_NEEDS_OWNER = frozenset(
    {
        BenefitState.APPROVED.value,
        BenefitState.ENABLING.value,
        BenefitState.REALISING.value,
        BenefitState.REALISED.value,
    }
)
_IN_PLAN = (
    "This line of the business case is withheld, and figures of a plan cannot be withheld yet. "
    "Take this line and its amounts out of the file"
)
CaseKey = tuple[str, int]


def check_benefits(file: CaseFile, world: World) -> None:
    """Note what is wrong in business cases, benefits and lines."""
    cases = case_lines(file)
    _check_business_cases(file, world)
    check_unique([*file.entries("benefits"), *file.entries("non_financial")])
    for benefit in file.entries("benefits"):
        _check_benefit(benefit, world)
        check_profile_fields(benefit, world)
    check_benefits_map(file, world)
    _check_counted_in(file)
    check_unique(file.entries("lines"))
    for line in file.entries("lines"):
        _check_line(line, cases, world)


def case_lines(file: CaseFile) -> dict[CaseKey, set[str]]:
    """Ids of the lines of each version of each business case in the file."""
    return {
        case_key(case): {line.text("id") for line in case.entries("lines")}
        for case in file.entries("business_cases")
    }


def case_key(case: Entry, name: str = "id") -> CaseKey:
    """Id and version of a business case, as its own entry or a reference gives them."""
    return case.text(name), case.integer("version") or 0


def check_case_reference(entry: Entry, name: str, cases: dict[CaseKey, set[str]]) -> bool:
    """Whether the business case that `name` refers to is in the file; noted if not."""
    ref, version = case_key(entry.entry(name), "case")
    if not ref or (ref, version) in cases:
        return bool(ref)
    entry.add(f"There is no version {version} of {ref} in business_cases", name)
    return False


def _check_business_cases(file: CaseFile, world: World) -> None:
    seen: set[CaseKey] = set()
    partners = partner_keys(file)
    for case in file.entries("business_cases"):
        ref, version = case_key(case)
        if (ref, version) in seen:
            case.add(f"Version {version} of {ref} is already in this file. Keep one", "version")
        seen.add((ref, version))
        check_reference(case, "service", ids_of(file, "services"), "services")
        check_unique(case.entries("lines"))
        for line in case.entries("lines"):
            _check_case_amounts(case, line, partners, world)


def _check_case_amounts(case: Entry, line: Entry, partners: set[str], world: World) -> None:
    first = case.fy("base_fy")
    last = None if first is None else first + (case.integer("horizon_years") or DEFAULT_HORIZON)
    seen: dict[tuple[str, int | None], Entry] = {}
    for amount in line.entries("amounts"):
        council, fy = amount.text("council"), amount.fy("fy")
        if council and council not in partners:
            amount.add(f"{world.council_name(council)} is not a partner in this programme", "council")
        entry = LedgerEntry(line.text("id"), council, fy or 0, None, amount.pence("amount_gbp") or 0)
        entries = [entry, entry] if (council, fy) in seen else [entry]
        seen[council, fy] = amount
        check_ledger_entries(amount, entries, first, last)


def check_ledger_entries(
    place: Entry, entries: list[LedgerEntry], first_fy: int | None, last_fy: int | None
) -> None:
    """Note at `place` what the plan ledger refuses of `entries`."""
    try:
        check_plan_entries(entries, first_fy=first_fy, last_fy=last_fy)
    except Refusal as refusal:
        name = {"amount": "amount_gbp"}.get(refusal.field or "", refusal.field or "")
        place.add(refusal.message, *([name] if name else []))


def _check_benefit(benefit: Entry, world: World) -> None:
    services = ids_of(benefit.file, "services")
    check_reference(benefit, "service", services, "services")
    check_reference(benefit, "counted_in", ids_of(benefit.file, "benefits", "non_financial"), "benefits")
    check_councils(benefit, "councils", world)
    owner = benefit.text("owner").lower()
    has_owner = world.people.get(owner, False)
    if (owner or benefit.text("state") in _NEEDS_OWNER) and not has_owner:
        benefit.add("Choose a benefit owner who has an active account", "owner")
    _check_target(benefit)


def _check_target(benefit: Entry) -> None:
    """Rows 46 to 49."""
    start, target = benefit.number("starting_value"), benefit.number("target_value")
    values = [("starting_value", start), ("target_value", target)]
    said = [
        target_refusal(start, target, benefit.text("direction"), is_disbenefit=benefit.yes("disbenefit")),
        odd_percentage(benefit.text("unit"), benefit.text("percent_reason"), values),
    ]
    if target is not None and benefit.text("state") in _NEEDS_OWNER:
        said.append(no_starting_value(start, benefit.text("starting_reason")))
    for one in said:
        if one is not None:
            benefit.add(one.message, one.field or "")


def _check_counted_in(file: CaseFile) -> None:
    benefits = [benefit for benefit in file.entries("benefits") if benefit.text("counted_in")]
    titles = {benefit.text("id"): benefit.text("title") for benefit in file.entries("benefits")}
    for benefit in benefits:
        if benefit.text("counted_in") == benefit.text("id"):
            benefit.add("A benefit cannot be counted in itself. Choose another", "counted_in")
            return
    links = {benefit.text("id"): [benefit.text("counted_in")] for benefit in benefits}
    if benefits and links.keys() <= titles.keys():
        known = {ref: [to for to in targets if to in titles] for ref, targets in links.items()}
        benefits[0].refused(lambda: check_no_loop(known, titles), "counted_in")


def _check_line(line: Entry, cases: dict[CaseKey, set[str]], world: World) -> None:
    check_reference(line, "benefit", ids_of(line.file, "benefits", "non_financial"), "benefits")
    check_reference(line, "service", ids_of(line.file, "services"), "services")
    check_order(line, "starts_on", "ends_on")
    if line.text("benefit") and line.text("kind") in COST_KINDS:
        line.add("Take it out: a cost or a grant belongs to no benefit", "benefit")
    if check_case_reference(line, "business_case_line", cases):
        reference = line.entry("business_case_line")
        if reference.text("line") not in cases[case_key(reference, "case")]:
            line.add(f"There is no line {reference.text('line')} in this business case", "business_case_line")
        if (line.file.key, reference.text("case"), reference.text("line")) in world.withheld:
            line.add(_IN_PLAN, "business_case_line")
