"""Plan versions and forecasts: entered once, never changed. A file that says otherwise is told so."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import date
from typing import Any

from benefits.actions.plan import copy_plan_dates
from benefits.models import ForecastAmount, ForecastSnapshot, Line, PlanAmount
from benefits.rules.plan_hash import PlanAmountRow, PlanDateRow, plan_hash
from core.rules.calendar import format_date
from governance.casefiles.entries import CaseFile, Entry, needed
from governance.casefiles.loading.context import Loading, noon, qualifier_of
from governance.casefiles.loading.rows import audit_entry
from governance.casefiles.plain import plain
from programme.models import Milestone, PlanDate, PlanVersion, Programme

Slot = tuple[Any, ...]


def load_plan_versions(
    loading: Loading,
    file: CaseFile,
    programme: Programme,
    milestones: dict[str, Milestone],
    lines: dict[str, Line],
) -> dict[int, PlanVersion]:
    """Record the versions that are new; report those that differ from what was approved (row 33)."""
    found = {version.number: version for version in programme.plan_versions.select_related("entered_by")}
    recorded = False
    for entry in file.entries("plan_versions"):
        number = needed(entry.integer("number"))
        if number not in found:
            found[number] = _record_plan_version(loading, programme, entry, milestones, lines)
            recorded = True
        elif not _is_same_plan(loading, found[number], entry):
            approved = format_date(found[number].approved_on)
            loading.report.refused.append(
                f"Plan version {number} was approved on {approved} and cannot be changed. Start a re-baseline"
            )
    if recorded:
        copy_plan_dates(programme, by=loading.by, as_of=loading.as_of)
    return found


def _record_plan_version(
    loading: Loading,
    programme: Programme,
    entry: Entry,
    milestones: dict[str, Milestone],
    lines: dict[str, Line],
) -> PlanVersion:
    """One approved plan with all its dates and amounts, by and as of whom and when the file says."""
    dates, amounts = entry.entries("dates"), entry.entries("amounts")
    approved_on = needed(entry.day("approved_on"))
    version = PlanVersion.objects.create(
        programme=programme,
        number=needed(entry.integer("number")),
        approved_on=approved_on,
        effective_on=needed(entry.day("effective_on")),
        reason=entry.text("reason"),
        narrative=entry.text("narrative"),
        date_count=len(dates),
        amount_count=len(amounts),
        content_hash=plan_hash(map(_date_row, dates), map(_amount_row, amounts)),
        entered_by=loading.author(entry),
        entered_at=entry.moment("entered_at") or noon(approved_on),
    )
    PlanDate.objects.bulk_create(_plan_date(loading, version, milestones, given) for given in dates)
    PlanAmount.objects.bulk_create(
        PlanAmount(plan_version=version, **_amount_values(loading, lines, given)) for given in amounts
    )
    after = {
        "number": version.number,
        "approved_on": plain(version.approved_on),
        "effective_on": plain(version.effective_on),
        "dates": version.date_count,
        "amounts": version.amount_count,
        "content_hash": version.content_hash,
    }
    audit_entry(loading, version, noun="plan version", scope=programme.key, after=after, why=version.reason)
    return version


def load_forecasts(loading: Loading, file: CaseFile, programme: Programme, lines: dict[str, Line]) -> None:
    """Record the forecasts that are new; report those that differ from what was recorded of their day."""
    recorded = _recorded_forecasts(programme)
    given: dict[date, list[Entry]] = defaultdict(list)
    for entry in file.entries("forecasts"):
        given[needed(entry.day("as_at"))].append(entry)
    for day, entries in given.items():
        open_entries, open_rows = _unmatched(loading, entries, recorded.get(day, []))
        for _ in open_entries[: len(open_rows)]:
            loading.report.refused.append(
                f"The forecast of {format_date(day)} is already recorded "
                "and cannot be changed. Enter a new forecast"
            )
        for entry in open_entries[len(open_rows) :]:
            _record_forecast(loading, programme, entry, lines)


def _record_forecast(
    loading: Loading, programme: Programme, entry: Entry, lines: dict[str, Line]
) -> ForecastSnapshot:
    """What was expected on one day."""
    day = needed(entry.day("as_at"))
    snapshot = ForecastSnapshot.objects.create(
        programme=programme,
        as_at_on=day,
        commentary=entry.text("commentary"),
        entered_by=loading.author(entry),
        entered_at=entry.moment("entered_at") or noon(day),
    )
    amounts = entry.entries("amounts")
    ForecastAmount.objects.bulk_create(
        ForecastAmount(
            snapshot=snapshot,
            explanation=given.text("explanation"),
            **_amount_values(loading, lines, given),
        )
        for given in amounts
    )
    after = {"as_at_on": plain(day), "amounts": len(amounts)}
    audit_entry(loading, snapshot, noun="forecast", scope=programme.key, after=after)
    return snapshot


def _amount_values(loading: Loading, lines: dict[str, Line], entry: Entry) -> dict[str, Any]:
    return {
        "line": lines[entry.text("line")],
        "council": loading.councils[entry.text("council")],
        "fy": entry.fy("fy"),
        "period": entry.integer("period"),
        "amount_pence": entry.pence("amount_gbp"),
        "qualifier": qualifier_of(entry),
        "source": loading.source(entry),
    }


def _plan_date(
    loading: Loading, version: PlanVersion, milestones: dict[str, Milestone], entry: Entry
) -> PlanDate:
    row = PlanDate(
        plan_version=version,
        milestone=milestones[entry.text("milestone")],
        qualifier=qualifier_of(entry),
        source=loading.source(entry),
    )
    row.set_date("date", entry.date("date"))
    return row


def _date_row(entry: Entry) -> PlanDateRow:
    day = needed(entry.date("date"))
    return entry.text("milestone"), day.first_on, day.last_on, day.precision


def _amount_row(entry: Entry) -> PlanAmountRow:
    return (
        entry.text("line"),
        entry.text("council"),
        needed(entry.fy("fy")),
        entry.integer("period"),
        needed(entry.pence("amount_gbp")),
    )


def _is_same_plan(loading: Loading, version: PlanVersion, entry: Entry) -> bool:
    """Whether the file says what was approved, to the last source and qualifier. Two queries."""
    said = (
        entry.day("approved_on"),
        entry.day("effective_on"),
        entry.text("reason"),
        entry.text("narrative"),
    )
    if said != (version.approved_on, version.effective_on, version.reason, version.narrative):
        return False
    if not _is_same_entry(loading, version, entry):
        return False
    dates = Counter(
        (row.milestone.ref, str(plain(row.get_date("date"))), str(row.qualifier), str(row.source or ""))
        for row in version.dates.select_related("milestone", "source")
    )
    given_dates = Counter(
        (
            given.text("milestone"),
            str(plain(given.date("date"))),
            qualifier_of(given),
            str(loading.source(given) or ""),
        )
        for given in entry.entries("dates")
    )
    amounts = Counter(map(_row_slot, version.amounts.select_related("line", "council", "source")))
    given_amounts = Counter(_entry_slot(loading, given) for given in entry.entries("amounts"))
    return (dates, amounts) == (given_dates, given_amounts)


def _recorded_forecasts(programme: Programme) -> dict[Any, list[tuple[ForecastSnapshot, Counter[Slot]]]]:
    snapshots = programme.forecasts.select_related("entered_by")
    amounts: dict[int, Counter[Slot]] = defaultdict(Counter)
    rows = ForecastAmount.objects.filter(snapshot__programme=programme)
    for row in rows.select_related("line", "council", "source"):
        amounts[row.snapshot_id][(*_row_slot(row), row.explanation)] += 1
    found: dict[Any, list[tuple[ForecastSnapshot, Counter[Slot]]]] = defaultdict(list)
    for snapshot in snapshots:
        found[snapshot.as_at_on].append((snapshot, amounts[snapshot.pk]))
    return found


def _unmatched(
    loading: Loading, entries: list[Entry], rows: list[tuple[ForecastSnapshot, Counter[Slot]]]
) -> tuple[list[Entry], list[tuple[ForecastSnapshot, Counter[Slot]]]]:
    """Entries and rows of one day that have no equal among the others."""
    left, open_entries = list(rows), []
    for entry in entries:
        amounts = Counter(
            (*_entry_slot(loading, given), given.text("explanation")) for given in entry.entries("amounts")
        )
        same = [
            row
            for row in left
            if row[1] == amounts
            and row[0].commentary == entry.text("commentary")
            and _is_same_entry(loading, row[0], entry)
        ]
        if same:
            left.remove(same[0])
        else:
            open_entries.append(entry)
    return open_entries, left


def _is_same_entry(loading: Loading, row: PlanVersion | ForecastSnapshot, entry: Entry) -> bool:
    """Whether who and when agree, as far as the file gives them."""
    by, at = loading.user(entry, "by"), entry.moment("entered_at")
    return (by is None or by == row.entered_by) and (at is None or at == row.entered_at)


def _row_slot(row: PlanAmount | ForecastAmount) -> Slot:
    return (
        row.line.ref,
        row.council.key,
        row.fy,
        row.period,
        row.amount_pence,
        str(row.qualifier),
        str(row.source or ""),
    )


def _entry_slot(loading: Loading, entry: Entry) -> Slot:
    return (*_amount_row(entry), qualifier_of(entry), str(loading.source(entry) or ""))
