"""Figures of the appraisal charts: the data and layout that the drawing script takes."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from core.charts import BLACK, BLUE, GREY, ORANGE, WHITE, Spec, drawn_pounds, hatched, row_axis
from core.rules.calendar import format_fy
from core.rules.money import format_prose
from services.enums import PaybackOrigin
from services.queries.appraisal import CaseAppraisal, Change
from services.queries.appraisal_sensitivity import ScenarioRow
from services.rules.monte_carlo import NpvRange
from services.rules.option_result import Measures
from services.rules.payback import Payback

_MOST_YEAR_LABELS = 7
_ROOM = Fraction(22, 100)
_ROOM_OF_WORDS = Fraction(24, 100)  # at the left end of a bar, on a chart as narrow as a tablet shows


def cash_flow_figure(case: CaseAppraisal, measures: Measures) -> Spec:
    """Net of each year as bars, and its running sum as a line with payback marked.

    Bars stand in the middle of their year, the line's points at its end, as payback is counted.
    """
    years = len(case.fys)
    cumulative = [0, *measures.cumulative_by_year]
    low, high = _span([*measures.net_by_year, *cumulative])
    last = format_prose(measures.cumulative_by_year[-1])
    annotations = [
        {
            "x": years,
            "y": drawn_pounds(cumulative[-1]),
            "text": f"Cumulative<br>{last}",
            "showarrow": False,
            "xanchor": "left",
            "xshift": 7,
            "align": "left",
        }
    ]
    if isinstance(measures.payback, Payback):
        at = _payback_at(case, measures.payback)
        annotations.append(
            {
                "x": float(at),
                "y": 0,
                "text": f"Paid back after<br>{measures.payback}",
                "short": "Paid back",
                "showarrow": True,
                "ax": 30,
                "ay": 48,
                "xanchor": "left",
                "align": "left",
            }
        )
    return {
        "data": [
            {
                "type": "bar",
                "name": "Net of the year",
                "x": [index + 0.5 for index in range(years)],
                "y": [drawn_pounds(pence) for pence in measures.net_by_year],
                "width": [0.6] * years,
                "marker": {"color": BLUE},
                "customdata": [format_fy(fy) for fy in case.fys],
                "hovertemplate": "%{customdata}<br>Net £%{y:,.2f}<extra></extra>",
            },
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": "Cumulative",
                "x": list(range(years + 1)),
                "y": [drawn_pounds(pence) for pence in cumulative],
                "line": {"color": ORANGE, "width": 3},
                "marker": {"color": ORANGE, "size": 7},
                "hovertemplate": "Cumulative £%{y:,.2f}<extra></extra>",
            },
        ],
        "layout": {
            "margin": {"l": 92, "r": 112, "b": 48},
            "xaxis": {"range": [-0.1, years + 0.1], **_year_ticks(case.fys, _MOST_YEAR_LABELS)},
            "yaxis": _money_axis(low, high),
            "annotations": annotations,
        },
        "narrow": {"xaxis": _year_ticks(case.fys, 3), "margin": {"l": 80, "r": 92}},
        "print": {"width": 420, "height": 260, "margin": {"l": 70, "r": 90, "b": 40}},
    }


def _payback_at(case: CaseAppraisal, found: Payback) -> Fraction:
    """Where payback stands on an axis that starts with the base year."""
    return found.years + (1 if case.case.payback_origin == PaybackOrigin.GO_LIVE else 0)


def council_figure(shown: Sequence[tuple[str, Change]]) -> Spec:
    """Two bars a council, first council on top: cash, and net present value hatched."""
    cash = [change.net_pence for _, change in shown]
    present = [change.npv_pence for _, change in shown]
    low, high = _span([*cash, *present])
    places = list(reversed(range(len(shown))))
    return {
        "data": [
            _bars("Cash", places, cash, offset=0.04, marker={"color": BLUE}),
            _bars("Net present value", places, present, offset=-0.36, marker=_HATCHED),
        ],
        "layout": {
            "barmode": "overlay",
            "margin": {"l": 110, "r": 16, "t": 26, "b": 34},
            "xaxis": {**_money_axis(low, high), "grid": True},
            "yaxis": {**row_axis([name for name, _ in shown], places, below_next=0.3), "size": 16},
            "annotations": [
                *(_value(pence, place + 0.2, "Cash ") for pence, place in zip(cash, places, strict=True)),
                *(
                    _value(pence, place - 0.2, "Present value ")
                    for pence, place in zip(present, places, strict=True)
                ),
            ],
        },
        "print": {"width": 420, "height": 60 + 60 * len(shown), "margin": {"l": 80}},
    }


def tornado_figure(rows: Sequence[ScenarioRow], central: int) -> Spec:
    """A bar a scenario from the central net present value (pence) to its own, widest on top."""
    places = list(reversed(range(len(rows))))
    values = [pence_of(row.joint) for row in rows]
    low, high = _span([*values, central])
    low = min(low, min(values) - int((high - low) * _ROOM_OF_WORDS))
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "Net present value",
                "base": [drawn_pounds(central)] * len(rows),
                "x": [drawn_pounds(value - central) for value in values],
                "y": places,
                "width": [0.55] * len(rows),
                "marker": {"color": BLUE},
                "customdata": [drawn_pounds(value) for value in values],
                "hovertemplate": "Net present value £%{customdata:,.2f}<extra></extra>",
            }
        ],
        "layout": {
            "margin": {"l": 218, "r": 48, "t": 30, "b": 34},
            "xaxis": {**_money_axis(low, high), "grid": True, "zeroline": False},
            "yaxis": row_axis([_wrapped(row.label) for row in rows], places, below_next=0.3),
            "shapes": [_rule(drawn_pounds(central))],
            "annotations": [
                {
                    "x": drawn_pounds(central),
                    "y": len(rows) - 0.4,
                    "text": f"Central case {format_prose(central)}",
                    "showarrow": False,
                    "yanchor": "bottom",
                    "xanchor": "right" if central * 2 > low + high else "left",
                },
                *(
                    _value(value, place, is_left=value < central)
                    for value, place in zip(values, places, strict=True)
                ),
            ],
        },
        "print": {"width": 460, "height": 60 + 30 * len(rows), "margin": {"l": 150}},
    }


def distribution_figure(one: NpvRange) -> Spec:
    """How many runs came out where, with P10, P50 and P90 marked."""
    top = max(each.runs for each in one.bins)
    marks = (("P10", one.p10_pence), ("P50", one.p50_pence), ("P90", one.p90_pence))
    lifts = (1.04, 1.16, 1.04)
    return {
        "data": [
            {
                "type": "bar",
                "name": "Runs",
                "x": [drawn_pounds((each.from_pence + each.to_pence) // 2) for each in one.bins],
                "y": [each.runs for each in one.bins],
                "width": [drawn_pounds(each.to_pence - each.from_pence) * 0.92 for each in one.bins],
                "marker": {"color": BLUE},
                "hovertemplate": "%{y:,} runs around £%{x:,.0f}<extra></extra>",
            }
        ],
        "layout": {
            "margin": {"l": 62, "r": 16, "t": 12, "b": 34},
            "xaxis": _money_axis(one.bins[0].from_pence, one.bins[-1].to_pence),
            "yaxis": {"range": [0, top * 1.3], "tickformat": ",d"},
            "shapes": [_rule(drawn_pounds(pence)) for _, pence in marks],
            "annotations": [
                {
                    "x": drawn_pounds(pence),
                    "y": top * lift,
                    "text": f"{name} {format_prose(pence)}",
                    "short": name,
                    "showarrow": False,
                    "yanchor": "bottom",
                    "bgcolor": WHITE,
                }
                for (name, pence), lift in zip(marks, lifts, strict=True)
            ],
        },
        "print": {"width": 420, "height": 240, "margin": {}},
    }


_HATCHED = hatched(ORANGE, size=6, solidity=0.3)


def _bars(name: str, places: Sequence[int], pence: Sequence[int], *, offset: float, marker: Spec) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "x": [drawn_pounds(value) for value in pence],
        "y": list(places),
        "width": [0.32] * len(places),
        "offset": offset,
        "marker": marker,
        "hovertemplate": f"{name} £%{{x:,.2f}}<extra></extra>",
    }


def _value(pence: int, place: float, name: str = "", *, is_left: bool | None = None) -> Spec:
    """The amount in words at the end of its bar, on the outer side."""
    left = pence < 0 if is_left is None else is_left
    return {
        "x": drawn_pounds(pence),
        "y": place,
        "text": f"{name}{format_prose(pence)}",
        "short": format_prose(pence),
        "showarrow": False,
        "xanchor": "right" if left else "left",
        "xshift": -6 if left else 6,
    }


def _rule(x: float) -> Spec:
    return {
        "type": "line",
        "xref": "x",
        "yref": "paper",
        "x0": x,
        "x1": x,
        "y0": 0,
        "y1": 1,
        "line": {"color": GREY, "width": 1.5, "dash": "4px,3px"},
    }


def _money_axis(low: int, high: int) -> Spec:
    """An axis from `low` to `high` pence with round amounts in words and a line at £0."""
    step = _step(high - low)
    ticks = [step * number for number in range(-(-low // step), high // step + 1)]
    return {
        "range": [drawn_pounds(low), drawn_pounds(high)],
        "tickvals": [drawn_pounds(tick) for tick in ticks],
        "ticktext": [format_prose(tick) for tick in ticks],
        "zeroline": True,
        "zerolinecolor": BLACK,
        "zerolinewidth": 1,
    }


def _step(span: int) -> int:
    """A round distance between grid lines, in pence, that gives three to six of them."""
    rough = max(span, 100) // 5
    power = 10 ** (len(str(rough)) - 1)
    return next(step * power for step in (1, 2, 5, 10) if step * power >= rough)


def _span(pence: Sequence[int]) -> tuple[int, int]:
    """Where an axis starts and ends, with room for the words at the ends of bars; it holds £0."""
    low, high = min([0, *pence]), max([0, *pence])
    room = max(100, int((high - low) * _ROOM))
    return (low - room * 3 // 2 if low < 0 else low), high + room


def _year_ticks(fys: Sequence[int], most: int) -> Spec:
    step = -(-len(fys) // most)
    shown = list(enumerate(fys))[::step]
    return {
        "tickvals": [index + 0.5 for index, _ in shown],
        "ticktext": [format_fy(fy).replace(" to ", " to<br>") for _, fy in shown],
    }


def _wrapped(label: str) -> str:
    """A long label on two lines, parted near its middle."""
    if len(label) <= 26:
        return label
    words = label.split()
    half = min(
        range(1, len(words)),
        key=lambda cut: abs(len(" ".join(words[:cut])) - len(" ".join(words[cut:]))),
    )
    return f"{' '.join(words[:half])}<br>{' '.join(words[half:])}"


def pence_of(value: object) -> int:
    """A figure that is known to be there, in pence."""
    return value if isinstance(value, int) else 0
