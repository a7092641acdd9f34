"""What a milestone may be: its words, its gate, its dates (INV-29; section 8 rows 9, 13, 33, 53 and 85)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from core.errors import Refusal
from core.rules.calendar import format_date
from core.rules.dates import ImpreciseDate, check_within
from core.rules.text import check_text
from programme.enums import MilestoneKind

LAST_GATE = 5
TITLE_LIMIT = 200
Period = tuple[date, date]


def sealed(approved_on: date) -> Refusal:
    """What whoever would change an approved plan is told (row 33, INV-02)."""
    approved = format_date(approved_on)
    return Refusal(
        f"This plan was approved on {approved} and cannot be changed. Start a re-baseline", code="33"
    )


def check_title(text: str, field: str = "title", limit: int = TITLE_LIMIT, label: str = "Title") -> str:
    """The text without spaces around it; refuses none, and as row 85."""
    title = check_text(text, label, limit, field)
    if not title:
        raise Refusal(f"Enter the {label[:1].lower()}{label[1:]}", field)
    return title


def gate_refusals(kind: str, gate_number: int | None) -> Iterator[Refusal]:
    """Whether the number of a gate fits the kind of the milestone."""
    if gate_number is None:
        return
    if kind != MilestoneKind.GATE:
        yield Refusal("Only a gate has a gate number. Choose the kind Gate or no number", "gate_number")
    elif not 0 <= gate_number <= LAST_GATE:
        yield Refusal(f"Choose a gate from 0 to {LAST_GATE}", "gate_number")


def plan_refusals(
    before: ImpreciseDate | None, after: ImpreciseDate | None, approved_on: date | None
) -> Iterator[Refusal]:
    """Whether a plan date may be typed: only while no plan has been approved (row 33)."""
    if approved_on is not None and before != after:
        said = sealed(approved_on)
        yield Refusal(said.message, "plan_on", said.code)


def date_refusals(day: ImpreciseDate | None, period: Period | None, field: str) -> Iterator[Refusal]:
    """Whether a date lies within the programme (row 13), where that states its base year."""
    if day is None or period is None:
        return
    try:
        check_within(day.first_on, *period)
        check_within(day.last_on, *period)
    except Refusal as refusal:
        yield Refusal(refusal.message, field, refusal.code)


def phase_refusals(
    start: ImpreciseDate | None,
    due: ImpreciseDate | None,
    end: ImpreciseDate | None,
    period: Period | None,
    as_of: date,
) -> Iterator[Refusal]:
    """Whether the dates of a phase follow each other (row 12), lie in the programme (13), have been (11)."""
    if end is not None and end.last_on > as_of:
        yield Refusal("Actual date must be today or in the past", "end", "11")
    for field, day in (("start", start), ("due", due), ("end", end)):
        if field != "start" and start and day and day.last_on < start.first_on:
            yield Refusal(f"End date must be after {format_date(start.first_on)}", field, "12")
        else:
            yield from date_refusals(day, period, field)
