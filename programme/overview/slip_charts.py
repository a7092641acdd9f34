"""Figures of slippage: forecasts by the day they were made, and milestones counted up by month."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.charts import BLACK, BLUE, DASHES, GREEN, ORANGE, PALETTE, PURPLE, Chart, Spec
from core.rules.calendar import format_date, month_name
from core.rules.words import count_of
from programme.queries.overview.slippage import Slippage, SlipRow
from programme.rules.burn_up import BurnUpMonth

MOST_LINES = 4
_SYMBOLS = ("circle", "square", "diamond", "triangle-up")


def slippage_sentence(found: Slippage) -> str:
    """What moved since the day, the most first."""
    if not any(row.was_recorded for row in found.rows):
        begins = f": the record begins on {format_date(found.begins_on)}" if found.begins_on else ""
        return f"No forecast was recorded by {format_date(found.since)}{begins}."
    since = f"since {format_date(found.since)}"
    rest = f"{_earlier(found)}{_unknown(found)}"
    if not found.later:
        return f"No milestone with a forecast of that day moved later {since}.{rest}"
    worst = found.later[0]
    others = len(found.later) - 1
    more = f" {count_of(others, 'other')} moved later too." if others else ""
    days = count_of(worst.slippage_days or 0, "day")
    return f"{worst.row.milestone.title} moved {days} later {since}.{more}{rest}"


def _unknown(found: Slippage) -> str:
    missing = sum(not row.was_recorded for row in found.rows)
    return f" Of {count_of(missing, 'milestone')} no forecast was recorded by then." if missing else ""


def _earlier(found: Slippage) -> str:
    return f" {count_of(len(found.earlier), 'milestone')} moved earlier." if found.earlier else ""


def drawn_rows(found: Slippage) -> list[SlipRow]:
    """The milestones drawn: those whose forecast moved most, either way."""
    moved = [row for row in found.rows if row.moved_days]
    return sorted(moved, key=lambda row: -abs(row.moved_days))[:MOST_LINES]


def slip_chart(found: Slippage) -> Chart | None:
    """A line a milestone: what was forecast on each day; None where no forecast ever moved."""
    rows = drawn_rows(found)
    if not rows:
        return None
    names = ", ".join(f"{row.row.milestone.title} by {abs(row.moved_days)} days" for row in rows)
    return Chart(
        id="slip",
        headline=slippage_sentence(found),
        subtitle="Date forecast, by the day the forecast was made; a level line has not slipped",
        label=f"Forecasts that moved most since they were first made: {names}. The table has every one.",
        size="tall",
        spec=_slip_spec(found, rows),
    )


def _slip_spec(found: Slippage, rows: Sequence[SlipRow]) -> Spec:
    days = [day for row in rows for _, day in row.points]
    ends = [_with_today(row, found.as_of) for row in rows]
    return {
        "data": [_slip_line(points, index) for index, points in enumerate(ends)],
        "layout": {
            "margin": {"l": 110, "r": 150},
            "xaxis": {
                "type": "date",
                "range": _range([day for points in ends for day, _ in points]),
                "tickformat": "%-d %b %Y",
                "nticks": 6,
            },
            "yaxis": {"type": "date", "range": _range(days), "tickformat": "%-d %b %Y"},
            "annotations": [
                {
                    "x": points[-1][0].isoformat(),
                    "y": points[-1][1].isoformat(),
                    "text": f"{row.row.milestone.ref}, {format_date(points[-1][1])}",
                    "short": row.row.milestone.ref,
                    "showarrow": False,
                    "xanchor": "left",
                    "xshift": 8,
                }
                for row, points in zip(rows, ends, strict=True)
            ],
        },
        "narrow": {"margin": {"l": 88, "r": 54}},
        "print": {"width": 690, "height": 300, "margin": {"l": 90, "r": 130}},
    }


def _with_today(row: SlipRow, as_of: date) -> list[tuple[date, date]]:
    """The points of a line, drawn on to today, for the last forecast still stands."""
    points = row.points
    return points if points[-1][0] >= as_of else [*points, (as_of, points[-1][1])]


def _slip_line(points: Sequence[tuple[date, date]], index: int) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "x": [day.isoformat() for day, _ in points],
        "y": [day.isoformat() for _, day in points],
        "line": {"color": PALETTE[index], "width": 2.5, "dash": DASHES[index], "shape": "hv"},
        "marker": {"size": 9, "symbol": _SYMBOLS[index], "color": PALETTE[index]},
        "hoverinfo": "text",
        "text": [f"Forecast of {format_date(made)}: {format_date(day)}" for made, day in points],
    }


def _range(days: Sequence[date]) -> list[str]:
    room = max(5, (max(days) - min(days)).days // 12)
    return [
        date.fromordinal(min(days).toordinal() - room).isoformat(),
        date.fromordinal(max(days).toordinal() + room).isoformat(),
    ]


def burn_up_sentence(months: Sequence[BurnUpMonth], as_of: date) -> str:
    """How many are achieved of those planned by now."""
    past = [month for month in months if month.achieved is not None]
    if not past:
        return f"No milestone was to be achieved by {format_date(as_of)}."
    now = past[-1]
    by_now = [month for month in months if month.month_end <= as_of]
    planned = by_now[-1].current if by_now else 0
    whole = months[-1].current
    if not by_now:
        return f"{now.achieved} of {count_of(whole, 'planned milestone')} achieved by {format_date(as_of)}."
    done, ended = count_of(by_now[-1].achieved or 0, "milestone"), format_date(by_now[-1].month_end)
    return f"{done} achieved by {ended}, of {planned} planned by then and {whole} in all."


def burn_up_chart(months: Sequence[BurnUpMonth], as_of: date) -> Chart | None:
    """Milestones counted up by month: both plans, the forecast, and what is achieved."""
    if not months:
        return None
    sentence = burn_up_sentence(months, as_of)
    return Chart(
        id="burn-up",
        headline=sentence,
        subtitle="Milestones counted up to the end of each month: planned, forecast and achieved",
        label=f"{sentence} The table has every month.",
        size="tall",
        spec=_burn_up_spec(months),
    )


def _burn_up_spec(months: Sequence[BurnUpMonth]) -> Spec:
    ends = [month.month_end for month in months]
    achieved = [(month.month_end, month.achieved) for month in months if month.achieved is not None]
    lines = (
        ("Original plan", ORANGE, DASHES[2], 2.5, [(month.month_end, month.original) for month in months]),
        ("Current plan", PURPLE, DASHES[1], 2, [(month.month_end, month.current) for month in months]),
        ("Forecast", GREEN, "solid", 3.5, [(month.month_end, month.expected) for month in months]),
    )
    return {
        "data": [
            {
                "type": "bar",
                "name": "Achieved",
                "x": [day.isoformat() for day, _ in achieved],
                "y": [count for _, count in achieved],
                "marker": {"color": BLUE},
                "hovertemplate": "%{y} achieved by %{x}<extra></extra>",
            },
            *(_line(name, colour, dash, width, points) for name, colour, dash, width, points in lines),
        ],
        "layout": {
            "margin": {"l": 50, "r": 130},
            "xaxis": {
                "type": "date",
                "tickvals": [day.isoformat() for day in _some(ends)],
                "ticktext": [f"{month_name(day)[:3]} {day.year}" for day in _some(ends)],
            },
            "yaxis": {"rangemode": "tozero"},
            "annotations": _ends(lines, achieved),
        },
        "narrow": {"margin": {"l": 40, "r": 90}},
        "print": {"width": 690, "height": 300, "margin": {"l": 40, "r": 120}},
    }


Points = Sequence[tuple[date, int]]


def _line(name: str, colour: str, dash: str, width: float, points: Points) -> Spec:
    return {
        "type": "scatter",
        "mode": "lines",
        "name": name,
        "x": [day.isoformat() for day, _ in points],
        "y": [count for _, count in points],
        "line": {"color": colour, "width": width, "dash": dash, "shape": "hv"},
        "hovertemplate": f"{name}: %{{y}} by %{{x}}<extra></extra>",
    }


def _ends(lines: Sequence[tuple[str, str, str, float, Points]], achieved: Points) -> list[Spec]:
    """Each line named at its end, one under another; what is achieved over its last bar."""
    named = [
        {
            "x": points[-1][0].isoformat(),
            "y": points[-1][1],
            "text": name,
            "showarrow": False,
            "xanchor": "left",
            "xshift": 6,
            "yshift": -17 * index,
            "font": {"color": BLACK, "size": 14},
        }
        for index, (name, _, _, _, points) in enumerate(lines)
    ]
    if achieved:
        over = {"text": f"{achieved[-1][1]} achieved", "showarrow": False, "yanchor": "bottom"}
        named.append({"x": achieved[-1][0].isoformat(), "y": achieved[-1][1], **over})
    return named


def _some(days: Sequence[date]) -> list[date]:
    """At most eight of the days, evenly spread."""
    step = max(1, -(-len(days) // 8))
    return list(days[::step])
