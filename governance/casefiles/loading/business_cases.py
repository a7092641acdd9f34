"""Business cases. What is issued is frozen: a change is a new version (domain.md 2.6)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.checking.programme import DEFAULT_HORIZON
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading, noon
from governance.casefiles.loading.rows import Part, Wanted, report_kept, save_row
from governance.casefiles.loading.services_lines import lines_part, options_part
from governance.casefiles.loading.services_voices import voices_parts
from governance.casefiles.plain import plain
from programme.enums import PriceBasis
from programme.models import Programme
from services.actions.case_seal import seal_case
from services.enums import CaseState, PaybackOrigin
from services.models import BusinessCase, CostPool, Service

_OPEN = frozenset({CaseState.DRAFT, CaseState.INTERNAL_REVIEW, CaseState.S151_REVIEW})
# What an issue does not freeze: where the version stands, and what is agreed about it later.
_FREE = frozenset({"state", "compensations", "quality_judgements"})
_DEFAULT_SEED = 1


def load_business_cases(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    services: Mapping[str, Service],
    pools: Mapping[str, CostPool],
) -> dict[CaseKey, BusinessCase]:
    """Each version of each business case, by id and version; not yet sealed where it is new."""
    rows = programme.business_cases.select_related("service", "created_by")
    existing = {(case.ref, case.number): case for case in rows}
    found = {}
    for entry in file.entries("business_cases"):
        ref, number = case_key(entry)
        case = existing.get((ref, number)) or BusinessCase(programme=programme, ref=ref, number=number)
        values = _values(entry, services)
        parts = [
            _author_part(loading, case, entry),
            options_part(loading, case, entry),
            lines_part(loading, case, entry, pools),
            *voices_parts(loading, case, entry),
        ]
        names = {*values, *(part.name for part in parts)} - _FREE
        frozen = bool(case.pk) and (case.issued_at is not None or case.state not in _OPEN)
        wanted = Wanted(
            "business case",
            f"Business case {ref} version {number}",
            file.key,
            values,
            parts=parts,
            locked=frozenset(names) if frozen else frozenset(),
            why_locked=f"This version is {case.get_state_display().lower()}. Add a new version",
        )
        found[ref, number] = save_row(loading, case, wanted)
    report_kept(loading, "business case", map(_name, existing), map(_name, found))
    return found


def seal_business_cases(loading: Loading, file: CaseFile, cases: Mapping[CaseKey, BusinessCase]) -> None:
    """Freeze the versions that the file says were issued; the shares of their joint amounts are there."""
    for entry in file.entries("business_cases"):
        issued = entry.entry("issued")
        seal_case(
            cases[case_key(entry)],
            by=loading.author(issued),
            at=issued.moment("at") or noon(loading.as_of),
            salt=issued.text("salt"),
            is_stated="issued" in entry,
            loaded_by=loading.by,
        )


def _values(entry: Entry, services: Mapping[str, Service]) -> dict[str, Any]:
    service = entry.text("service")
    seed = entry.integer("simulation_seed")
    return {
        "service": services[service] if service else None,
        "title": entry.text("title"),
        "summary": entry.text("summary"),
        "stage": entry.text("stage"),
        "state": entry.text("state") or CaseState.DRAFT.value,
        "base_fy": entry.fy("base_fy"),
        "horizon_years": entry.integer("horizon_years") or DEFAULT_HORIZON,
        "price_basis": entry.text("price_basis") or PriceBasis.REAL.value,
        "payback_origin": entry.text("payback_origin") or PaybackOrigin.PROFILE_START.value,
        "discount_version": entry.text("discount_rates"),
        "deflator_version": entry.text("deflators"),
        "bias_version": entry.text("bias_table"),
        "simulation_seed": _DEFAULT_SEED if seed is None else seed,
    }


def _author_part(loading: Loading, case: BusinessCase, entry: Entry) -> Part:
    """Who drafted the version: as the file says, else whoever entered it."""
    now = case.created_by if case.pk else None
    author = loading.user(entry, "author") or now or loading.by

    def write() -> None:
        BusinessCase.objects.filter(pk=case.pk).update(created_by=author)
        case.created_by = author

    return Part("author", plain(now), author, write)


def _name(key: CaseKey) -> str:
    return f"{key[0]} version {key[1]}"
