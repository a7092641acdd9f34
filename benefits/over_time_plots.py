"""The figure of savings over time: plans and forecast as lines, what is returned as bars."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from benefits.enums import Basis
from benefits.plots import COLOURS, LINES, end_label, height_of, spread_apart, tick_step
from benefits.queries.over_time import OverTime, PeriodFigures
from core.charts import BLACK, WHITE, Spec, drawn_pounds, hatched
from core.rules.calendar import fy_start, month_name
from core.rules.money import format_prose

_TALL_PX = 420
_PLANNED = (Basis.FORECAST, Basis.CURRENT, Basis.ORIGINAL)
_DAY_MS = 24 * 60 * 60 * 1000
_LABEL_PX = 176


def over_time_figure(found: OverTime) -> Spec:
    """Plans and forecast as lines, verified as bars with what is claimed on top of them."""
    planned = [basis for basis in _PLANNED if _is_whole(found, basis)]
    top, low = _extent(found, planned)
    return {
        "data": [*_return_bars(found), *(_line(found, basis) for basis in planned)],
        "layout": {
            "barmode": "overlay",
            "margin": {"l": 82, "r": _LABEL_PX},
            "xaxis": {
                "type": "date",
                "range": [found.periods[0].first_on.isoformat(), _after(found.periods[-1]).isoformat()],
                **_ticks(found.periods, most=5),
            },
            "yaxis": _pounds_axis(low, top),
            "annotations": [*_end_labels(found, planned, top), *_return_labels(found, top)],
        },
        "narrow": {"margin": {"l": 70, "r": 96}, "xaxis": _ticks(found.periods, most=2)},
        "print": {"width": 420, "height": _TALL_PX * 2 // 3, "margin": {}},
    }


def _is_whole(found: OverTime, basis: Basis) -> bool:
    return all(isinstance(period.at(basis), int) for period in found.periods)


def _pence(period: PeriodFigures, basis: Basis) -> int:
    figure = period.at(basis)
    return figure if isinstance(figure, int) else 0


def _extent(found: OverTime, planned: Sequence[Basis]) -> tuple[int, int]:
    """The highest and the lowest value drawn, in pence; £0 is among them."""
    values = [_pence(period, basis) for period in found.periods for basis in (*planned, Basis.VERIFIED)]
    stacked = [_pence(one, Basis.VERIFIED) + _pence(one, Basis.CLAIMED) for one in found.periods]
    return max([100, *values, *stacked]), min([0, *values, *stacked])


def _return_bars(found: OverTime) -> list[Spec]:
    verified = [one for one in found.periods if _pence(one, Basis.VERIFIED)]
    claimed = [one for one in found.periods if _pence(one, Basis.CLAIMED)]
    bars = []
    if verified:
        bars.append(_bars(Basis.VERIFIED, verified, {"color": COLOURS[Basis.VERIFIED]}))
    if claimed:
        base = [drawn_pounds(_pence(one, Basis.VERIFIED)) for one in claimed]
        bars.append({**_bars(Basis.CLAIMED, claimed, hatched(COLOURS[Basis.CLAIMED])), "base": base})
    return bars


def _bars(basis: Basis, periods: Sequence[PeriodFigures], marker: Spec) -> Spec:
    days = [(period.last_on - period.first_on).days + 1 for period in periods]
    middles = [
        period.first_on + timedelta(days=length // 2) for period, length in zip(periods, days, strict=True)
    ]
    return {
        "type": "bar",
        "name": basis.label,
        "x": [middle.isoformat() for middle in middles],
        "y": [drawn_pounds(_pence(period, basis)) for period in periods],
        "width": [length * _DAY_MS * 3 // 4 for length in days],
        "marker": marker,
        "customdata": [period.words for period in periods],
        "hovertemplate": "%{customdata}<br>%{fullData.name} £%{y:,.2f}<extra></extra>",
    }


def _line(found: OverTime, basis: Basis) -> Spec:
    """Running sums from £0 through the end of each period; else a level step for each period."""
    x, y, words = [], [], []
    if found.is_cumulative:
        x, y, words = [found.periods[0].first_on], [0], [""]
    for period in found.periods:
        days = (
            [period.last_on] if found.is_cumulative else [period.first_on, period.last_on + timedelta(days=1)]
        )
        x += days
        y += [_pence(period, basis)] * len(days)
        words += [period.words] * len(days)
    return {
        "type": "scatter",
        "mode": "lines",
        "name": basis.label,
        "x": [day.isoformat() for day in x],
        "y": [drawn_pounds(pence) for pence in y],
        "line": {"color": COLOURS[basis], **LINES[basis]},
        "customdata": words,
        "hovertemplate": "%{customdata}<br>%{fullData.name} £%{y:,.2f}<extra></extra>",
    }


def _end_labels(found: OverTime, planned: Sequence[Basis], top: int) -> list[Spec]:
    last = found.periods[-1]
    ended = sorted(planned, key=lambda basis: -_pence(last, basis))
    shifts = spread_apart([height_of(_pence(last, basis), top, _TALL_PX) for basis in ended])
    return [
        {
            "x": last.last_on.isoformat(),
            "y": drawn_pounds(_pence(last, basis)),
            "text": end_label(basis, _pence(last, basis)),
            "short": basis.label,
            "xanchor": "left",
            "xshift": 7,
            "yshift": shift,
            "showarrow": False,
            "align": "left",
        }
        for basis, shift in zip(ended, shifts, strict=True)
    ]


def _return_labels(found: OverTime, top: int) -> list[Spec]:
    """What is verified and claimed: with a leader over a low bar, beside a high one where there is room."""
    last = next((one for one in reversed(found.periods) if _pence(one, Basis.VERIFIED)), None)
    if last is None:
        return []
    verified, claimed = _pence(last, Basis.VERIFIED), _pence(last, Basis.CLAIMED)
    parts = [f"Verified {format_prose(verified)}", *([f"Claimed {format_prose(claimed)}"] if claimed else [])]
    middle = last.first_on + (last.last_on - last.first_on) / 2
    if (verified + claimed) * 2 < top:
        # Near the axis the words go to the right: to the left they would stand over its labels.
        is_early = found.periods.index(last) * 4 < len(found.periods)
        side, aside = ("left", 8) if is_early else ("right", -8)
        over = {
            "x": middle.isoformat(),
            "y": drawn_pounds(max(0, verified + claimed)),
            "ax": aside,
            "ay": -60,
        }
        words = {"text": "<br>".join(reversed(parts)), "xanchor": side, "align": side, "bgcolor": WHITE}
        return [over | words | {"showarrow": True}]
    if found.periods.index(last) * 4 > len(found.periods) * 3:
        return []
    heights = (verified // 2, verified + claimed // 2)
    beside = {"x": last.last_on.isoformat(), "xanchor": "left", "xshift": 6, "showarrow": False}
    return [
        beside | {"y": drawn_pounds(height), "text": text}
        for height, text in zip(heights, parts, strict=False)
    ]


def _ticks(periods: Sequence[PeriodFigures], *, most: int) -> Spec:
    """The starts of financial years, at most so many, and the end."""
    fys = list(dict.fromkeys(period.fy for period in periods))
    shown = [fy_start(fy) for fy in fys[:: -(-len(fys) // most)]]
    end = periods[-1].last_on
    days = [*shown, end]
    return {"tickvals": [day.isoformat() for day in days], "ticktext": [_month(day) for day in days]}


def _after(last: PeriodFigures) -> date:
    return last.last_on + timedelta(days=4)


def _pounds_axis(low: int, top: int) -> Spec:
    step = tick_step(top - low)
    return {
        "range": [drawn_pounds(low * 17 // 16), drawn_pounds(max(top * 17 // 16, step))],
        "dtick": drawn_pounds(step),
        "tickprefix": "£",
        "tickformat": ",.0f" if step >= 100 else ",.2f",
        "zeroline": True,
        "zerolinecolor": BLACK,
        "zerolinewidth": 1,
    }


def _month(day: date) -> str:
    return f"{month_name(day)} {day.year}"
