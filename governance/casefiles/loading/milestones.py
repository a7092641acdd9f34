"""Phases and milestones. A plan date that an approved plan holds is never changed here (INV-03)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate
from governance.casefiles.entries import CaseFile, Entry
from governance.casefiles.loading.context import Loading
from governance.casefiles.loading.rows import Wanted, report_kept, save_row
from programme.enums import MilestoneKind, MilestoneState
from programme.models import Milestone, MilestoneDependency, Phase, PlanDate, PlanVersion, Programme, Tranche


def load_phases(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, Phase]:
    """Phases in order, by id."""
    existing = {phase.ref: phase for phase in programme.phases.select_related("source")}
    found = {}
    for index, entry in enumerate(file.entries("phases")):
        ref = entry.text("id")
        values = {
            "label": entry.text("label"),
            "order_index": index,
            "start": entry.date("start"),
            "due": entry.date("due"),
            "end": entry.date("actual_end"),
            "stated_state": entry.text("state"),
            "note": entry.text("note"),
            "source": loading.source(entry),
        }
        phase = existing.get(ref) or Phase(programme=programme, ref=ref)
        found[ref] = save_row(loading, phase, Wanted("phase", f"Phase {ref}", file.key, values))
    report_kept(loading, "phase", existing, found)
    return found


def load_tranches(loading: Loading, file: CaseFile, programme: Programme) -> dict[str, Tranche]:
    """Tranches in order, by id."""
    existing = {row.ref: row for row in programme.tranches.select_related("source")}
    found = {}
    for index, entry in enumerate(file.entries("tranches")):
        ref = entry.text("id")
        values = {
            "label": entry.text("label"),
            "order_index": index,
            "is_indicative": entry.yes("indicative"),
            "note": entry.text("note"),
            "source": loading.source(entry),
        }
        row = existing.get(ref) or Tranche(programme=programme, ref=ref)
        found[ref] = save_row(loading, row, Wanted("tranche", f"Tranche {ref}", file.key, values))
    report_kept(loading, "tranche", existing, found)
    return found


def load_milestones(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    phases: Mapping[str, Phase],
    tranches: Mapping[str, Tranche],
) -> dict[str, Milestone]:
    """Milestones in order, by id."""
    rows = programme.milestones.select_related("phase", "tranche", "owner", "source")
    rows = rows.prefetch_related("councils")
    existing = {milestone.ref: milestone for milestone in rows}
    planned = _planned_in(file, loading.as_of)
    approved = _approved(programme, loading.as_of)
    found = {}
    for index, entry in enumerate(file.entries("milestones")):
        ref = entry.text("id")
        milestone = existing.get(ref) or Milestone(programme=programme, ref=ref)
        values = _values(loading, entry, phases, tranches) | {"order_index": index}
        if ref in approved and milestone.pk:
            _report_planned(loading, milestone, entry, approved[ref])
        else:
            values["plan"] = entry.date("due") or planned.get(ref)
        councils = loading.councils_of(entry.strings("councils"))
        wanted = Wanted("milestone", f"Milestone {ref}", file.key, values, councils)
        found[ref] = save_row(loading, milestone, wanted)
    report_kept(loading, "milestone", existing, found)
    return found


def load_dependencies(
    loading: Loading, file: CaseFile, programme: Programme, milestones: Mapping[str, Milestone]
) -> None:
    """What waits for what; a dependency that the file does not name stays."""
    rows = MilestoneDependency.objects.filter(successor__programme=programme)
    existing = {
        (row.successor.ref, row.predecessor.ref): row
        for row in rows.select_related("successor", "predecessor")
    }
    named = set()
    for entry in file.entries("milestone_dependencies"):
        refs = (entry.text("milestone"), entry.text("waits_for"))
        named.add(refs)
        successor, predecessor = (milestones[ref] for ref in refs)
        row = existing.get(refs) or MilestoneDependency(successor=successor, predecessor=predecessor)
        label = f"{refs[0]} waits for {refs[1]}"
        values = {"lag_days": int(entry.number("lag_days") or 0)}
        save_row(loading, row, Wanted("milestone dependency", label, file.key, values))
    kept = [f"{one} waits for {other}" for one, other in existing.keys() - named]
    report_kept(loading, "milestone dependency", sorted(kept), ())


def _values(
    loading: Loading, entry: Entry, phases: Mapping[str, Phase], tranches: Mapping[str, Tranche]
) -> dict[str, Any]:
    actual = entry.date("actual")
    state = MilestoneState.PLANNED if actual is None else MilestoneState.DONE
    phase, tranche = entry.text("phase"), entry.text("tranche")
    return {
        "title": entry.text("label"),
        "phase": phases[phase] if phase else None,
        "tranche": tranches[tranche] if tranche else None,
        "kind": entry.text("kind") or MilestoneKind.NOT_STATED.value,
        "gate_number": entry.integer("gate"),
        "owner": loading.user(entry, "owner"),
        "is_critical": entry.yes("critical"),
        "forecast": entry.date("forecast"),
        "forecast_updated_at": entry.moment("forecast_updated_at"),
        "actual": actual,
        "stated_state": entry.text("state") or state.value,
        "evidence": entry.text("evidence"),
        "note": entry.text("update_note"),
        "case_note": entry.text("note"),
        "source": loading.source(entry),
    }


def _planned_in(file: CaseFile, as_of: date) -> dict[str, ImpreciseDate]:
    """Each milestone's date in the latest of the file's plan versions in effect that names it."""
    found: dict[str, ImpreciseDate] = {}
    for version in file.entries("plan_versions"):
        effective_on = version.day("effective_on")
        if effective_on and effective_on <= as_of:
            for planned in version.entries("dates"):
                day = planned.date("date")
                if day:
                    found[planned.text("milestone")] = day
    return found


def _approved(programme: Programme, as_of: date) -> dict[str, PlanVersion]:
    """The plan version in effect that dates each milestone already."""
    rows = PlanDate.objects.filter(
        plan_version__programme=programme, plan_version__effective_on__lte=as_of
    ).select_related("plan_version", "milestone")
    return {row.milestone.ref: row.plan_version for row in rows.order_by("plan_version__number")}


def _report_planned(loading: Loading, milestone: Milestone, entry: Entry, version: PlanVersion) -> None:
    due = entry.date("due")
    if due and due != milestone.get_date("plan"):
        approved = format_date(version.approved_on)
        loading.report.refused.append(
            f"Milestone {milestone.ref}: due. Plan version {version.number} was approved on {approved} "
            "and cannot be changed. Start a re-baseline"
        )
