"""A work list as a file, and how far off what is open lies, as a table and a chart."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from core.bars import Bar, bars_figure
from core.charts import Chart
from core.exports.tables import Column, Table
from core.rules.calendar import format_date
from core.tables import Cell, NumberTable, Row, headings
from programme.overview.all_milestones_exports import ALL_COLUMNS
from programme.queries.milestones import MilestoneRow
from programme.queries.work import WorkList
from programme.rules.worklist import Ahead, Section, ahead_sentence, soon_until


def ahead_chart(work: WorkList, *, csv_url: str) -> Chart | None:
    """How much of what is open is late, due this week, in 30 days and later; None where nothing is open."""
    ahead = work.ahead
    if not any(ahead.values()):
        return None
    bars = [Bar(label, count, str(count)) for label, count in _labelled(ahead, work.as_of)]
    said = "; ".join(f"{bar.label} {bar.text}" for bar in bars)
    return Chart(
        id="chart-ahead",
        headline=ahead_sentence(ahead, work.as_of),
        subtitle=_subtitle(work),
        label=f"Bar chart. {said}. The table holds the same numbers.",
        size="small",
        spec=bars_figure(bars),
        csv_url=csv_url,
    )


def ahead_table(work: WorkList) -> NumberTable:
    """The same counts."""
    ahead = work.ahead
    return NumberTable(
        id="ahead",
        caption="Open milestones by when they are due",
        unit=_subtitle(work),
        columns=headings("Due", "Milestones"),
        rows=tuple(Row(label, (Cell(str(count)),)) for label, count in _labelled(ahead, work.as_of)),
        foot=(Row("All", (Cell(str(sum(ahead.values()))),)),),
    )


def _labelled(counts: Mapping[Ahead, int], as_of: date) -> list[tuple[str, int]]:
    labels = {
        Ahead.LATE: "Late",
        Ahead.THIS_WEEK: "This week",
        Ahead.SOON: f"By {format_date(soon_until(as_of))}",
        Ahead.LATER: "Later or undated",
    }
    return [(labels[ahead], count) for ahead, count in counts.items()]


def _subtitle(work: WorkList) -> str:
    return f"Number of milestones at {format_date(work.as_of)}"


def work_table(work: WorkList, section: Section | None, labels: Mapping[Section, str]) -> Table[MilestoneRow]:
    """The milestones that the page shows, a row each, with the part of the list that each belongs to."""
    needs = {row.pk: labels[part] for part, rows in work.sections.items() for row in rows}
    columns = [Column[MilestoneRow]("Part of the list", lambda row: needs[row.pk]), *ALL_COLUMNS]
    return Table("work", f"Work as at {work.as_of.isoformat()}", columns, work.shown(section))
