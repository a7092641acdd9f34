"""The timeline, slippage and burn-up of a programme as files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import NotApplicable
from core.rules.dates import ImpreciseDate
from programme.queries.milestones import MilestoneRow
from programme.queries.overview.slippage import Slippage, SlipRow
from programme.queries.overview.timeline import Timeline
from programme.rules.burn_up import BurnUpMonth

_NO_DAYS = NotApplicable("there are no two dates to compare")
_TO_COME = NotApplicable("the month is to come")


def _date(value: ImpreciseDate | None) -> Value:
    if value is None:
        return None
    return value.first_on.isoformat() if value.is_exact else str(value)


def _number(value: int | None) -> Value:
    return _NO_DAYS if value is None else value


def timeline_table(timeline: Timeline) -> Table[tuple[str, MilestoneRow]]:
    """What the timeline draws; one line a milestone, phase by phase."""
    columns: list[Column[tuple[str, MilestoneRow]]] = [
        Column("Phase", lambda pair: pair[0]),
        Column("Reference", lambda pair: pair[1].milestone.ref),
        Column("Milestone", lambda pair: pair[1].milestone.title),
        Column("Original plan", lambda pair: _date(pair[1].original or pair[1].plan)),
        Column("Current plan", lambda pair: _date(pair[1].plan)),
        Column("Forecast", lambda pair: _date(pair[1].forecast)),
        Column("Achieved on", lambda pair: _date(pair[1].actual)),
        Column("State", lambda pair: pair[1].word),
        Column("Critical path", lambda pair: "yes" if pair[1].pk in timeline.critical else "no"),
        Column("Waits for", lambda pair: "; ".join(timeline.waits_for.get(pair[1].pk, []))),
    ]
    rows = [(band.name, row) for band in timeline.bands for row in band.rows]
    return Table("timeline", f"Timeline as at {timeline.as_of.isoformat()}", columns, rows)


def slippage_table(found: Slippage) -> Table[SlipRow]:
    """How each milestone moved since the day, and stands against both plans."""
    columns: list[Column[SlipRow]] = [
        Column("Reference", lambda slip: slip.row.milestone.ref),
        Column("Milestone", lambda slip: slip.row.milestone.title),
        Column("Original plan", lambda slip: _date(slip.row.original or slip.row.plan)),
        Column("Current plan", lambda slip: _date(slip.row.plan)),
        Column(f"Forecast on {found.since.isoformat()}", lambda slip: _date(slip.then)),
        Column("Forecast now", lambda slip: _date(slip.row.forecast)),
        Column("Achieved on", lambda slip: _date(slip.row.actual)),
        Column("Days slipped since", lambda slip: _number(slip.slippage_days), Format.NUMBER),
        Column("Days from original plan", lambda slip: _number(slip.original_days), Format.NUMBER),
        Column("Days from current plan", lambda slip: _number(slip.current_days), Format.NUMBER),
        Column("Forecasts made", _made),
    ]
    title = f"Slippage from {found.since.isoformat()} to {found.as_of.isoformat()}"
    return Table("slippage", title, columns, found.rows)


def _made(slip: SlipRow) -> str:
    return "; ".join(f"{made_on.isoformat()}: {day.isoformat()}" for made_on, day in slip.points)


def burn_up_table(months: Sequence[BurnUpMonth], *, as_of: date) -> Table[BurnUpMonth]:
    """Milestones counted up by month."""
    columns: list[Column[BurnUpMonth]] = [
        Column("Month ended", lambda month: month.month_end, Format.DATE),
        Column("Original plan", lambda month: month.original, Format.NUMBER),
        Column("Current plan", lambda month: month.current, Format.NUMBER),
        Column("Forecast or achieved", lambda month: month.expected, Format.NUMBER),
        Column(
            "Achieved",
            lambda month: _TO_COME if month.achieved is None else month.achieved,
            Format.NUMBER,
        ),
    ]
    return Table("burn-up", f"Milestones counted up, as at {as_of.isoformat()}", columns, months)
