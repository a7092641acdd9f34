"""Benefit profiles and money lines."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benefits.enums import BenefitClass, BenefitKind, BenefitState, Direction
from benefits.models import Benefit, Line
from benefits.rules.budgets import WHOLE
from governance.casefiles.checking.benefits import CaseKey, case_key
from governance.casefiles.checking.figures import councils_of
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.benefit_profiles import (
    Register,
    load_history,
    profile_parts,
    profile_values,
    read_register,
)
from governance.casefiles.loading.context import Loading, qualifier_of
from governance.casefiles.loading.rows import Wanted, report_kept, save_row
from programme.models import Programme
from services.models import BusinessCase, BusinessCaseLine, Service

Benefits = dict[str, Benefit]
_FIXED_BY_A_PLAN = frozenset({"kind", "starts_on", "ends_on"})
_WHY_FIXED = "An approved plan holds amounts of this line. Start a new line"


def load_benefits(
    loading: Loading, file: CaseFile, programme: Programme, services: dict[str, Service]
) -> Benefits:
    """Benefit profiles, and the measures other than money that a source prints, by id."""
    rows = programme.benefits.select_related("owner", "sro", "service", "counted_in", "lesson", "source")
    existing = {benefit.ref: benefit for benefit in rows.prefetch_related("councils")}
    register = read_register(programme)
    found: Benefits = {}
    for index, entry in _parents_first(file):
        ref = entry.text("id")
        is_measure = entry.path[0] == "non_financial"
        values = _measure(entry) if is_measure else _profile(loading, entry, services, found, register)
        values |= {
            "order_index": index,
            "note": entry.text("note"),
            "qualifier": qualifier_of(entry),
            "source": loading.source(entry),
        }
        councils = loading.councils_of(councils_of(entry) if is_measure else entry.strings("councils"))
        benefit = existing.get(ref) or Benefit(programme=programme, ref=ref)
        parts = [] if is_measure else profile_parts(loading, benefit, entry, register)
        wanted = Wanted("benefit", f"Benefit {ref}", file.key, values, councils, parts)
        found[ref] = save_row(loading, benefit, wanted)
        if not is_measure:
            load_history(loading, programme, found[ref], entry)
    report_kept(loading, "benefit", existing, found)
    return found


def load_lines(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    services: dict[str, Service],
    benefits: Benefits,
    cases: dict[CaseKey, BusinessCase],
) -> dict[str, Line]:
    """Money lines in order, by id. Kind and dates of a line with planned amounts are fixed."""
    rows = programme.lines.select_related("benefit", "service", "source", "business_case_line__business_case")
    existing = {line.ref: line for line in rows}
    planned = set(
        Line.objects.filter(programme=programme, planamounts__isnull=False).values_list("ref", flat=True)
    )
    case_lines = _case_lines(cases)
    found = {}
    for index, entry in enumerate(file.entries("lines")):
        ref = entry.text("id")
        reference = entry.entry("business_case_line")
        values = {
            "title": entry.text("title"),
            "order_index": index,
            "kind": entry.text("kind"),
            "cost_type": entry.text("cost_type"),
            "benefit": benefits.get(entry.text("benefit")),
            "service": services.get(entry.text("service")),
            "business_case_line": case_lines.get((case_key(reference, "case"), reference.text("line"))),
            "is_budgeted": entry.yes("budgeted"),
            "starts_on": entry.day("starts_on"),
            "ends_on": entry.day("ends_on"),
            "qualifier": qualifier_of(entry),
            "source": loading.source(entry),
        }
        locked = _FIXED_BY_A_PLAN if ref in planned else frozenset()
        line = existing.get(ref) or Line(programme=programme, ref=ref)
        wanted = Wanted("line", f"Line {ref}", file.key, values, locked=locked, why_locked=_WHY_FIXED)
        found[ref] = save_row(loading, line, wanted)
    report_kept(loading, "line", existing, found)
    return found


def _profile(
    loading: Loading, entry: Entry, services: dict[str, Service], found: Benefits, register: Register
) -> dict[str, Any]:
    return profile_values(loading, entry, register) | {
        "title": entry.text("title"),
        "description": entry.text("description"),
        "benefit_class": entry.text("class"),
        "kind": entry.text("kind") or BenefitKind.NOT_STATED.value,
        "is_disbenefit": entry.yes("disbenefit"),
        "state": entry.text("state") or BenefitState.IDENTIFIED.value,
        "confidence": entry.text("confidence"),
        "owner": loading.user(entry, "owner"),
        "service": services.get(entry.text("service")),
        "counted_in": found.get(entry.text("counted_in")),
        "attribution_percent": _percent(entry),
        "attribution_reason": entry.text("attribution_reason"),
        "title_reason": entry.text("title_reason"),
        "starts_on": entry.day("starts_on"),
        "review_on": entry.day("review_on"),
        "measure_name": entry.text("measure"),
        "measure_unit": entry.text("unit"),
        "direction": entry.text("direction") or Direction.NOT_STATED.value,
        "starting_value": entry.number("starting_value"),
        "target_value": entry.number("target_value"),
        "target_text": entry.text("target_text"),
        "actual_value": entry.number("actual_value"),
        "measured_text": entry.text("measured"),
    }


def _percent(entry: Entry) -> int:
    percent = entry.integer("attribution_percent")
    return WHOLE if percent is None else percent


def _measure(entry: Entry) -> dict[str, Any]:
    """A measure as printed is a benefit that has not been profiled: its class follows from its numbers."""
    numbers = [entry.number(name) for name in ("baseline", "target", "actual")]
    counted = bool(entry.text("unit")) or any(number is not None for number in numbers)
    benefit_class = BenefitClass.QUANTIFIABLE if counted else BenefitClass.QUALITATIVE
    return {
        "title": f"{entry.text('measure')[:1].upper()}{entry.text('measure')[1:]}",
        "benefit_class": benefit_class.value,
        "measure_name": entry.text("measure"),
        "measure_unit": entry.text("unit"),
        "starting_value": numbers[0],
        "target_value": numbers[1],
        "target_text": entry.text("target"),
        "actual_value": numbers[2],
        "measured_text": entry.text("as_at"),
    }


def _parents_first(file: CaseFile) -> Iterator[tuple[int, Entry]]:
    """Benefits with their places in the file, each after the one it is counted in."""
    waiting = list(enumerate([*file.entries("benefits"), *file.entries("non_financial")]))
    done = {""}
    while waiting:
        ready = [item for item in waiting if item[1].text("counted_in") in done]
        done |= {entry.text("id") for _, entry in ready}
        waiting = [item for item in waiting if item not in ready]
        yield from ready


def _case_lines(cases: dict[CaseKey, BusinessCase]) -> dict[tuple[CaseKey, str], BusinessCaseLine]:
    rows = BusinessCaseLine.objects.filter(business_case__in=cases.values()).select_related("business_case")
    return {((row.business_case.ref, row.business_case.number), row.ref): row for row in rows}
