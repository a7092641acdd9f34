"""Business cases. What is issued is frozen: a change is a new version (domain.md 2.6)."""

from __future__ import annotations

from typing import Any

from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.checking.programme import DEFAULT_HORIZON
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, noon, qualifier_of
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from programme.enums import PriceBasis
from programme.models import Programme
from services.actions.case_seal import seal_case
from services.enums import CaseState, OptionKind
from services.models import BusinessCase, BusinessCaseAmount, BusinessCaseLine, CaseOption, Service

_OPEN = frozenset({CaseState.DRAFT, CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW})
_FROZEN = frozenset({"title", "stage", "service", "base_fy", "horizon_years", "price_basis", "lines"})


def load_business_cases(
    loading: Loading, file: CaseFile, programme: Programme, services: dict[str, Service]
) -> dict[CaseKey, BusinessCase]:
    """Each version of each business case, by id and version."""
    rows = programme.business_cases.select_related("service")
    existing = {(case.ref, case.number): case for case in rows}
    found = {}
    for entry in file.entries("business_cases"):
        ref, number = case_key(entry)
        case = existing.get((ref, number)) or BusinessCase(programme=programme, ref=ref, number=number)
        frozen = bool(case.pk) and case.state not in _OPEN
        wanted = Wanted(
            "business case",
            f"Business case {ref} version {number}",
            file.key,
            _values(entry, services),
            parts=[_lines_part(loading, case, entry)],
            locked=_FROZEN if frozen else frozenset(),
            why_locked=f"This version is {case.get_state_display().lower()}. Add a new version",
        )
        saved = save_row(loading, case, wanted)
        found[ref, number] = seal_case(saved, by=loading.by, at=noon(loading.as_of))
    report_kept(loading, "business case", map(_name, existing), map(_name, found))
    return found


def _values(entry: Entry, services: dict[str, Service]) -> dict[str, Any]:
    service = entry.text("service")
    return {
        "service": services[service] if service else None,
        "title": entry.text("title"),
        "stage": entry.text("stage"),
        "state": entry.text("state") or CaseState.DRAFT.value,
        "base_fy": entry.fy("base_fy"),
        "horizon_years": entry.integer("horizon_years") or DEFAULT_HORIZON,
        "price_basis": entry.text("price_basis") or PriceBasis.REAL.value,
    }


def _lines_part(loading: Loading, case: BusinessCase, entry: Entry) -> Part:
    rows = case.lines.select_related("source").prefetch_related("amounts__council") if case.pk else ()
    existing = {line.ref: line for line in rows}
    wanted = [_line(loading, index, given) for index, given in enumerate(entry.entries("lines"))]
    amounts = {given.text("id"): _amounts(loading, given) for given in entry.entries("lines")}

    def write() -> None:
        option = _proposed_option(case)
        refs = [line.ref for line in wanted]
        case.lines.exclude(ref__in=refs).filter(lines=None).delete()
        for line in wanted:
            line.pk = existing[line.ref].pk if line.ref in existing else None
            line.business_case, line.option = case, option
            line.save()
            line.amounts.all().delete()
            for amount in amounts[line.ref]:
                amount.line = line
            BusinessCaseAmount.objects.bulk_create(amounts[line.ref])

    return Part(
        "lines",
        [_plain_line(line, list(line.amounts.all())) for line in existing.values()],
        [_plain_line(line, amounts[line.ref]) for line in wanted],
        write,
    )


def _proposed_option(case: BusinessCase) -> CaseOption:
    """The option that the lines of a file without options belong to, beside business as usual."""
    CaseOption.objects.get_or_create(
        business_case=case,
        ref="BAU",
        defaults={"name": "Business as usual", "kind": OptionKind.BUSINESS_AS_USUAL, "is_bau": True},
    )
    proposed, _ = CaseOption.objects.get_or_create(
        business_case=case,
        ref="PROPOSED",
        defaults={"name": "Proposed arrangement", "is_preferred": True, "order_index": 1},
    )
    return proposed


def _line(loading: Loading, index: int, entry: Entry) -> BusinessCaseLine:
    return BusinessCaseLine(
        ref=entry.text("id"),
        title=entry.text("title"),
        kind=entry.text("kind"),
        cost_type=entry.text("cost_type"),
        key_text=entry.text("shared_by"),
        order_index=index,
        qualifier=qualifier_of(entry),
        source=loading.source(entry),
    )


def _amounts(loading: Loading, entry: Entry) -> list[BusinessCaseAmount]:
    return [
        BusinessCaseAmount(
            council=loading.councils[amount.text("council")],
            fy=needed(amount.fy("fy")),
            amount_pence=needed(amount.pence("amount_gbp")),
        )
        for amount in entry.entries("amounts")
    ]


def _plain_line(line: BusinessCaseLine, amounts: list[BusinessCaseAmount]) -> list[Any]:
    return [
        line.ref,
        line.title,
        line.kind,
        line.cost_type,
        line.key_text,
        str(line.qualifier),
        str(line.source or ""),
        sorted(
            [amount.council.key if amount.council else "", amount.fy, amount.amount_pence]
            for amount in amounts
        ),
    ]


def _name(key: CaseKey) -> str:
    return f"{key[0]} version {key[1]}"
