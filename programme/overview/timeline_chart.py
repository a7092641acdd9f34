"""The timeline of a programme as a figure: a row for each milestone, phase by phase."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from textwrap import shorten
from typing import Any

from core.charts import BLACK, BLUE, GREEN, GREY, PURPLE, WHITE, Chart, Spec
from core.rules.calendar import format_date, month_name
from core.rules.dates import ImpreciseDate
from programme.queries.milestones import MilestoneRow
from programme.queries.overview.timeline import Timeline
from programme.rules.sheets import Sheet, sheets_of

ROW_PX, EDGES_PX = 24, 70
PRINTED_ROW_PX = 15
# Rows that a sheet of A4 holds, the first below the title of the page; and a drawing on one sheet alone.
FIRST_SHEET, OTHER_SHEETS = 46, 60
LONGEST_NAME = 38
_BAND = "#EAF1F7"
_GAP = [None]


@dataclass(frozen=True, slots=True)
class _Placed:
    """A milestone with the row that it is drawn on."""

    row: MilestoneRow
    place: int
    is_critical: bool

    @property
    def label(self) -> str:
        """Its name beside its row; behind a diamond where it is on the critical path."""
        title = self.row.milestone.title
        short = title if len(title) <= LONGEST_NAME else f"{title[: LONGEST_NAME - 1]}…"
        return f"◆ {_safe(short)}" if self.is_critical else _safe(short)

    @property
    def says(self) -> str:
        """What is shown of it on hovering."""
        return f"{_safe(str(self.row.milestone))}<br>{_safe(str(self.row.expected))}. {self.row.change}"


def timeline_chart(timeline: Timeline) -> Chart | None:
    """The chart; None where no milestone has a date."""
    if not timeline.dated:
        return None
    return Chart(
        id="timeline",
        headline=timeline.sentence,
        subtitle="Planned (hollow), forecast and achieved (filled) dates by phase; lines join what waits",
        label=f"Timeline of {timeline.programme}. {timeline.sentence} The table below has every date.",
        size="tall",
        spec=_spec(timeline),
    )


def timeline_sheets(timeline: Timeline) -> tuple[Chart, ...]:
    """The same drawing for paper, a sheet after the other; none where all of it stands on the first."""
    _, heads, total = _places(timeline)
    if total <= FIRST_SHEET:
        return ()
    sheets = sheets_of(
        [head.place for head in heads], total, first_holds=FIRST_SHEET, others_hold=OTHER_SHEETS
    )
    return tuple(
        Chart(
            id=f"timeline-{number}",
            headline=f"Timeline, part {number} of {len(sheets)}",
            subtitle="",
            label=f"Part {number} of {len(sheets)} of the timeline",
            size="tall",
            spec=_spec(timeline, sheet),
        )
        for number, sheet in enumerate(sheets, start=1)
    )


def _spec(timeline: Timeline, sheet: Sheet | None = None) -> Spec:
    """The figure; of the rows of one sheet, on the same days as all of it."""
    every, phases, total = _places(timeline)
    sheet = sheet or Sheet(0, total - 1)
    placed = [one for one in every if sheet.first <= one.place <= sheet.last]
    heads = [_on_sheet(head, sheet) for head in phases if head.reaches(sheet)]
    rows = sheet.last - sheet.top + 1
    first, last = _span(timeline)
    ticks = _ticks(first, last)
    names = [(one.place, one.label, _safe(one.row.milestone.ref)) for one in placed]
    return {
        "height": rows * ROW_PX + EDGES_PX,
        "data": [
            *_links(timeline, {one.row.pk: one for one in every}, sheet),
            *_slips(placed),
            _planned([one for one in placed if one.row.plan]),
            *_expected(placed),
        ],
        "layout": {
            "margin": {"l": 290, "r": 20, "t": 44, "b": 10},
            "xaxis": {
                "type": "date",
                "side": "top",
                "range": [first.isoformat(), last.isoformat()],
                "tickvals": [day.isoformat() for day, _ in ticks],
                "ticktext": [text for _, text in ticks],
                "grid": True,
            },
            "yaxis": {
                "range": [sheet.last + 1.2, sheet.top - 0.9],
                "tickvals": [place for place, _, _ in names],
                "ticktext": [text for _, text, _ in names],
                "grid": False,
                "size": 13,
            },
            "shapes": [*_bands(heads, last), _today(timeline.as_of)],
            "annotations": [_today_label(timeline.as_of), *(_head(head) for head in heads)],
        },
        "narrow": {
            "margin": {"l": 92, "r": 8},
            "xaxis": {
                "tickvals": [day.isoformat() for day, _ in ticks[::3]],
                "ticktext": [str(day.year) for day, _ in ticks[::3]],
            },
            "yaxis": {"ticktext": [short for _, _, short in names]},
        },
        "print": {
            "width": 690,
            "height": rows * PRINTED_ROW_PX + EDGES_PX,
            "margin": {"l": 235, "r": 10, "t": 36, "b": 6},
        },
    }


@dataclass(frozen=True, slots=True)
class _Head:
    """A phase with its row, and how many milestones stand under it."""

    name: str
    place: int
    count: int
    start_on: date | None
    end_on: date | None

    def reaches(self, sheet: Sheet) -> bool:
        """Whether any of its rows stands on the sheet."""
        return self.place <= sheet.last and self.place + self.count >= sheet.first


def _on_sheet(head: _Head, sheet: Sheet) -> _Head:
    """As much of a phase as stands on the sheet; its name again where it began on one before."""
    is_continued = head.place < sheet.first
    place = sheet.top if is_continued else head.place
    end = min(head.place + head.count, sheet.last)
    name = f"{head.name} (continued)" if is_continued else head.name
    return replace(head, name=name, place=place, count=end - place)


def _places(timeline: Timeline) -> tuple[list[_Placed], list[_Head], int]:
    """Each phase on a row of its own, its dated milestones on the rows under it."""
    placed: list[_Placed] = []
    heads: list[_Head] = []
    place = 0
    for band in timeline.bands:
        dated = [row for row in band.rows if row.expected]
        heads.append(_Head(band.name, place, len(dated), band.start_on, band.end_on))
        placed += [
            _Placed(row, place + 1 + index, row.pk in timeline.critical) for index, row in enumerate(dated)
        ]
        place += 1 + len(dated)
    return placed, heads, place


def _span(timeline: Timeline) -> tuple[date, date]:
    days = [timeline.as_of]
    for band in timeline.bands:
        days += [day for day in (band.start_on, band.end_on) if day]
        days += [day.last_on for row in band.rows for day in (row.plan, row.expected) if day]
    room = timedelta(days=max(20, (max(days) - min(days)).days // 25))
    return min(days) - room, max(days) + room


def _ticks(first: date, last: date) -> list[tuple[date, str]]:
    """The first day of each quarter, or of each year where the span is long."""
    by_year = (last - first).days > 1_100
    months = (1,) if by_year else (1, 4, 7, 10)
    days = [date(year, month, 1) for year in range(first.year, last.year + 1) for month in months]
    return [
        (day, str(day.year) if by_year else f"{month_name(day)[:3]} {day.year}")
        for day in days
        if first <= day <= last
    ]


def _bands(heads: Sequence[_Head], last: date) -> Iterator[Spec]:
    """Each phase as a band from its first day to its last, behind its milestones."""
    for head in heads:
        if head.start_on is None:
            continue
        yield {
            "type": "rect",
            "layer": "below",
            "x0": head.start_on.isoformat(),
            "x1": (head.end_on or last).isoformat(),
            "y0": head.place - 0.45,
            "y1": head.place + head.count + 0.45,
            "fillcolor": _BAND,
            "line": {"color": GREY, "width": 1, "dash": "solid" if head.end_on else "dot"},
        }


def _today(day: date) -> Spec:
    line: Spec = {"color": BLACK, "width": 2, "dash": "dash"}
    ends: Spec = {"x0": day.isoformat(), "x1": day.isoformat(), "y0": 0, "y1": 1}
    return {"type": "line", "xref": "x", "yref": "paper", "line": line, **ends}


def _today_label(day: date) -> Spec:
    return {
        "x": day.isoformat(),
        "y": 0,
        "yref": "paper",
        "yanchor": "bottom",
        "text": format_date(day),
        "showarrow": False,
        "xanchor": "left",
        "xshift": 4,
    }


def _head(head: _Head) -> Spec:
    """The name of a phase, over those of its milestones."""
    return {
        "x": 0,
        "xref": "paper",
        "xanchor": "right",
        "xshift": -8,
        "y": head.place,
        "text": _safe(head.name),
        "short": _safe(shorten(head.name, 11, placeholder="…")),
        "showarrow": False,
        "font": {"size": 14, "color": BLACK, "weight": 700},
    }


def _links(timeline: Timeline, shown: Mapping[int, _Placed], sheet: Sheet) -> Iterator[Spec]:
    """Lines from what comes first to what waits for it; the critical path is thick and black.

    Those that touch the sheet: what leads to a row of another is cut at its edge.
    """
    joined = [
        (shown[link.predecessor], shown[link.successor])
        for link in timeline.links
        if link.predecessor in shown and link.successor in shown
    ]
    joined = [
        (one, other)
        for one, other in joined
        if min(one.place, other.place) <= sheet.last and max(one.place, other.place) >= sheet.first
    ]
    on_path = [(one, other) for one, other in joined if one.is_critical and other.is_critical]
    others = [pair for pair in joined if pair not in on_path]
    for pairs, line in ((others, {"color": GREY, "width": 1.2}), (on_path, {"color": BLACK, "width": 3})):
        if pairs:
            yield _lines([((one.row, one.place), (other.row, other.place)) for one, other in pairs], line)


def _lines(pairs: Sequence[tuple[tuple[MilestoneRow, int], tuple[MilestoneRow, int]]], line: Spec) -> Spec:
    x: list[Any] = []
    y: list[Any] = []
    for (start, from_place), (end, to_place) in pairs:
        x += [_day(start.expected), _day(end.expected), *_GAP]
        y += [from_place, to_place, *_GAP]
    return {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _slips(placed: Sequence[_Placed]) -> Iterator[Spec]:
    """A dashed line from the plan to what is expected now."""
    moved = [one for one in placed if one.row.plan and one.row.change_days]
    if not moved:
        return
    x: list[Any] = []
    y: list[Any] = []
    for one in moved:
        x += [_day(one.row.plan), _day(one.row.expected), *_GAP]
        y += [one.place, one.place, *_GAP]
    line = {"color": PURPLE, "width": 1.5, "dash": "4px,3px"}
    yield {"type": "scatter", "mode": "lines", "x": x, "y": y, "line": line, "hoverinfo": "skip"}


def _planned(placed: Sequence[_Placed]) -> Spec:
    """The plan, hollow, behind what is expected."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Planned",
        "x": [_day(one.row.plan) for one in placed],
        "y": [one.place for one in placed],
        "marker": {"size": 13, "color": WHITE, "symbol": "circle", "line": {"color": PURPLE, "width": 1.5}},
        "hoverinfo": "text",
        "text": [f"Planned for {_safe(str(one.row.plan))}" for one in placed],
    }


def _expected(placed: Sequence[_Placed]) -> Iterator[Spec]:
    """What was achieved is a square, what is forecast a dot; on the critical path a large diamond."""
    done = [one for one in placed if one.row.is_done]
    ahead = [one for one in placed if not one.row.is_done]
    critical = [one for one in ahead if one.is_critical]
    others = [one for one in ahead if not one.is_critical]
    for name, rows, symbol, colour, size in (
        ("Achieved", done, "square", BLUE, 9),
        ("Forecast", others, "circle", GREEN, 9),
        ("Forecast, on the critical path", critical, "diamond", BLACK, 12),
    ):
        if rows:
            yield {
                "type": "scatter",
                "mode": "markers",
                "name": name,
                "x": [_day(one.row.expected) for one in rows],
                "y": [one.place for one in rows],
                "marker": {"size": size, "color": colour, "symbol": symbol},
                "hoverinfo": "text",
                "text": [one.says for one in rows],
            }


def _day(value: ImpreciseDate | None) -> str | None:
    """The last day that it can mean."""
    return value.last_on.isoformat() if value else None


def _safe(text: str) -> str:
    """Text that the drawing shows as it is: it would read some markup."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
