"""Charts of scored options: what each criterion adds, and how the ranking moves with one weight (F-28)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from core.charts import BLACK, DASHES, ON_PALETTE, PALETTE, WHITE, Chart, Spec, row_axis
from core.rules.rounding import format_number
from core.rules.words import count_of, listed
from services.queries.scores import ScorePage, ScoreRow, Sensitivity
from services.rules.mca import McaResult

_MOST_SERIES = len(PALETTE)
_REST = "Other criteria"
_SOURCE = "scores given by officers of the partner councils, the mean of all who scored."
_NARROW_BAR = 7


def contribution_chart(page: ScorePage, *, csv_url: str) -> Chart | None:
    """Each option's weighted score as a bar of what each criterion adds; None until all is scored.

    At most four parts: where there are more criteria, the three that weigh most and the others together.
    """
    if not isinstance(page.result, McaResult):
        return None
    series = _series(page)
    return Chart(
        id="chart-contributions",
        headline=ranking_headline(page),
        subtitle=(
            "Weighted score of each option out of 100, by what each criterion adds, from the left: "
            f"{listed([name for name, _ in series])}"
        ),
        label=_contribution_label(page, series),
        size="row" if len(page.rows) <= _MOST_SERIES else "tall",
        spec=_contribution_figure(page.rows, series),
        source=_SOURCE,
        csv_url=csv_url,
    )


def sensitivity_chart(page: ScorePage, shown: Sensitivity | None, *, csv_url: str) -> Chart | None:
    """Scores of the best four options as lines over the weight of one criterion; None without lines."""
    if shown is None:
        return None
    return Chart(
        id="chart-weight",
        headline=sensitivity_headline(page, shown),
        subtitle=(
            f"Weighted score out of 100 as the weight of {shown.name} goes from 0 to 100, "
            "the other weights in proportion"
        ),
        label=_sensitivity_label(shown),
        size="tall",
        spec=_sensitivity_figure(shown),
        source=_SOURCE,
        csv_url=csv_url,
    )


def ranking_headline(page: ScorePage) -> str:
    """Who comes first, with how much."""
    first = [row for row in page.rows if row.rank == 1]
    score = first[0].score if first else None
    verb = "comes" if len(first) == 1 else "share"
    place = "first" if len(first) == 1 else "first place"
    return f"{listed([row.name for row in first])} {verb} {place} with {score} out of 100"


def sensitivity_headline(page: ScorePage, shown: Sensitivity) -> str:
    """Whether the weight of the criterion decides the first place."""
    if not shown.changes:
        return f"The weight of {shown.name} does not change the first place"
    weights = listed([format_number(weight, 2) for weight in shown.changes])
    return f"The first place changes where {shown.name} weighs {weights}"


def _series(page: ScorePage) -> list[tuple[str, list[Decimal]]]:
    """Names of the parts of a bar, heaviest criteria first, with what each adds to each row."""
    order = sorted(range(len(page.criteria)), key=lambda place: -page.criteria[place].weight_percent)
    apart = order if len(order) <= _MOST_SERIES else order[: _MOST_SERIES - 1]
    series = [(page.names[place], [_adds(row, place) for row in page.rows]) for place in apart]
    rest = order[len(apart) :]
    if rest:
        series.append((_REST, [sum((_adds(row, place) for place in rest), Decimal(0)) for row in page.rows]))
    return series


def _adds(row: ScoreRow, place: int) -> Decimal:
    return row.cells[place].contribution or Decimal(0)


def _contribution_figure(rows: Sequence[ScoreRow], series: Sequence[tuple[str, list[Decimal]]]) -> Spec:
    places = list(reversed(range(len(rows))))
    bars = [
        {
            "type": "bar",
            "orientation": "h",
            "name": name,
            "x": [float(value) for value in values],
            "y": places,
            "marker": {"color": PALETTE[index], "line": {"color": WHITE, "width": 2}},
            "text": [f"{name} {value}" if value >= _NARROW_BAR * 2 else _short(value) for value in values],
            "textposition": "inside",
            "insidetextanchor": "middle",
            "textangle": 0,
            "constraintext": "inside",
            "textfont": {"color": ON_PALETTE[index]},
            "hovertemplate": f"{name} %{{x:.2f}}<extra></extra>",
        }
        for index, (name, values) in enumerate(series)
    ]
    return {
        "data": bars,
        "layout": {
            "barmode": "stack",
            "bargap": 0.35,
            "uniformtext": {"minsize": 12, "mode": "hide"},
            "margin": {"l": 150, "r": 60, "t": 8, "b": 34},
            "xaxis": {"range": [0, 100], "dtick": 20, "grid": True},
            "yaxis": row_axis([_wrapped(row.name) for row in rows], places),
            "annotations": [
                {
                    "x": float(row.score or 0),
                    "y": place,
                    "text": str(row.score),
                    "showarrow": False,
                    "xanchor": "left",
                    "xshift": 6,
                }
                for row, place in zip(rows, places, strict=True)
            ],
        },
        "narrow": {"margin": {"l": 96, "r": 52}},
        "print": {"width": 335, "height": 60 + 34 * len(rows), "margin": {"l": 90, "b": 22, "t": 8}},
    }


def _short(value: Decimal) -> str:
    return str(value) if value >= _NARROW_BAR else ""


def _wrapped(name: str) -> str:
    """A name in lines of about 18 letters, for the axis."""
    lines = [""]
    for word in name.split():
        if len(lines[-1]) + len(word) > 18 and lines[-1]:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return "<br>".join(lines)


def _sensitivity_figure(shown: Sensitivity) -> Spec:
    best = shown.lines[:_MOST_SERIES]
    data = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": line.option,
            "x": [0, 100],
            "y": [float(line.at_none), float(line.at_all)],
            "line": {"color": PALETTE[index], "width": 2.5, "dash": DASHES[index]},
            "hovertemplate": f"{line.option} %{{y:.2f}}<extra></extra>",
        }
        for index, line in enumerate(best)
    ]
    present = shown.criterion.weight_percent
    return {
        "data": data,
        "layout": {
            "margin": {"l": 52, "r": 176, "t": 26, "b": 50},
            "xaxis": {
                "range": [0, 100],
                "dtick": 20,
                "title": {"text": f"Weight of {shown.name}", "standoff": 8},
            },
            "yaxis": {"range": [0, 105], "dtick": 20},
            "shapes": [
                _upright(present, BLACK, "solid"),
                *(_upright(float(change), "#6f777b", "dot") for change in shown.changes),
            ],
            "annotations": [
                *_end_labels(shown),
                _note(present, f"Now {present}"),
                *(_note(float(change), format_number(change, 2)) for change in shown.changes),
            ],
        },
        "narrow": {"margin": {"r": 92, "l": 40}},
        "print": {"width": 320, "height": 240, "margin": {"l": 40, "r": 96}},
    }


def _upright(weight: float, colour: str, dash: str) -> Spec:
    return {
        "type": "line",
        "x0": weight,
        "x1": weight,
        "y0": 0,
        "y1": 100,
        "line": {"color": colour, "width": 1, "dash": dash},
    }


def _note(weight: float, text: str) -> Spec:
    return {"x": weight, "y": 100, "text": text, "showarrow": False, "yanchor": "bottom", "yshift": 1}


def _end_labels(shown: Sensitivity) -> list[Spec]:
    """Names at the right end of the lines, moved apart so that none lies on another."""
    best = sorted(shown.lines[:_MOST_SERIES], key=lambda line: line.at_all)
    heights: list[float] = []
    labels = []
    for line in best:
        wanted = float(line.at_all)
        height = max(wanted, heights[-1] + 7) if heights else wanted
        heights.append(height)
        labels.append(
            {
                "x": 100,
                "y": height,
                "text": _wrapped(f"{line.option} {format_number(line.at_all, 2)}"),
                "short": format_number(line.at_all, 2),
                "showarrow": False,
                "xanchor": "left",
                "align": "left",
                "xshift": 7,
            }
        )
    return labels


def _contribution_label(page: ScorePage, series: Sequence[tuple[str, list[Decimal]]]) -> str:
    parts = []
    for index, row in enumerate(page.rows):
        adds = listed([f"{name} {values[index]}" for name, values in series])
        parts.append(f"{row.name} scores {row.score}: {adds}")
    return f"Bar chart of {count_of(len(page.rows), 'option')}. {'. '.join(parts)}."


def _sensitivity_label(shown: Sensitivity) -> str:
    ends = [
        f"{line.option} goes from {format_number(line.at_none, 2)} to {format_number(line.at_all, 2)}"
        for line in shown.lines[:_MOST_SERIES]
    ]
    return f"Line chart. As the weight of {shown.name} goes from 0 to 100, {listed(ends)}."
