"""What may be recorded of a milestone (INV-29; section 8, rows 9, 11, 13, 53 and 85)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from core.errors import Refusal, Refusals
from core.rules.calendar import fy_end, fy_start
from core.rules.dates import ImpreciseDate, check_not_future
from core.rules.text import TEXT_LIMIT, check_text
from programme.enums import MilestoneState
from programme.rules.planning.terms import date_refusals

EVIDENCE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class MilestoneRecord:
    """What people record of a milestone: what is expected, what happened, what shows it, and why."""

    forecast: ImpreciseDate | None
    actual: ImpreciseDate | None
    evidence: str
    note: str


def same_date(one: ImpreciseDate | None, other: ImpreciseDate | None) -> bool:
    """Whether two dates mean the same days, in whatever words."""
    if one is None or other is None:
        return one is other
    return (one.first_on, one.last_on) == (other.first_on, other.last_on)


def programme_period(
    base_fy: int | None, horizon_years: int, first_start: date | None
) -> tuple[date, date] | None:
    """First day and last day of a programme, or None where its base year is not stated.

    It starts with its first phase, which may come before the base year, and ends with the horizon.
    """
    if base_fy is None:
        return None
    starts = [fy_start(base_fy), *([first_start] if first_start else [])]
    return min(starts), fy_end(base_fy + horizon_years)


def clean_record(record: MilestoneRecord) -> MilestoneRecord:
    """The record with its texts checked and without spaces around them; refuses as row 85."""
    said: list[Refusal] = []
    texts: dict[str, str] = {}
    for field, label, limit in (("evidence", "Evidence", EVIDENCE_LIMIT), ("note", "Note", TEXT_LIMIT)):
        try:
            texts[field] = check_text(getattr(record, field), label, limit, field)
        except Refusal as refusal:
            said.append(refusal)
    if said:
        raise Refusals(said)
    return replace(record, evidence=texts["evidence"], note=texts["note"])


def check_record(
    before: MilestoneRecord,
    after: MilestoneRecord,
    *,
    needs_evidence: bool,
    as_of: date,
    period: tuple[date, date] | None = None,
) -> None:
    """Refuse, all at once, what may not be recorded on `as_of`.

    Only what changes is checked, so that a record that came from elsewhere can still be amended.
    `needs_evidence` is for a key milestone; `period` is the first and last day of the programme.
    """
    said = [
        *_forecast_refusals(before, after, period),
        *_actual_refusals(before, after, as_of, period),
        *_evidence_refusals(before, after, needs_evidence),
    ]
    if said:
        raise Refusals(said)


def state_after(stated_state: str, before: MilestoneRecord, after: MilestoneRecord) -> str:
    """The state to record: achieved with an actual date, planned again when one is taken back."""
    if same_date(before.actual, after.actual):
        return stated_state
    return MilestoneState.PLANNED.value if after.actual is None else MilestoneState.DONE.value


def _forecast_refusals(
    before: MilestoneRecord, after: MilestoneRecord, period: tuple[date, date] | None
) -> Iterator[Refusal]:
    if same_date(before.forecast, after.forecast):
        return
    if after.forecast is None:
        if after.actual is None:
            yield Refusal("Enter a real date, for example 30 4 2027", "forecast_on", "9")
        return
    yield from date_refusals(after.forecast, period, "forecast_on")


def _actual_refusals(
    before: MilestoneRecord, after: MilestoneRecord, as_of: date, period: tuple[date, date] | None
) -> Iterator[Refusal]:
    if after.actual is None or same_date(before.actual, after.actual):
        return
    try:
        check_not_future(after.actual.last_on, as_of)
    except Refusal as refusal:
        yield Refusal(refusal.message, "achieved_on", refusal.code)
        return
    yield from date_refusals(after.actual, period, "achieved_on")


def _evidence_refusals(
    before: MilestoneRecord, after: MilestoneRecord, needs_evidence: bool
) -> Iterator[Refusal]:
    is_touched = not same_date(before.actual, after.actual) or before.evidence != after.evidence
    if needs_evidence and is_touched and after.actual is not None and not after.evidence:
        yield Refusal("Add evidence that the milestone was achieved", "evidence", "53")
