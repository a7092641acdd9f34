"""A chart of whole numbers: a bar for each thing counted, with words at its end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile

from core.charts import BLUE, Spec, rows_of_bars


@dataclass(frozen=True, slots=True)
class Bar:
    """One row: how much, and the words at its end."""

    label: str
    value: int
    text: str


def bars_figure(bars: Sequence[Bar], highest: int = 0) -> Spec:
    """A row for each bar, the first on top, on an axis of whole numbers up to `highest` or the longest."""
    places = list(reversed(range(len(bars))))
    low = min(0, *(bar.value for bar in bars))
    high = max(highest, 1, *(bar.value for bar in bars))
    ticks = _ticks(low, high)
    room = (high - low) * 0.35
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "x": [bar.value for bar in bars],
                "y": places,
                "width": [0.6 if len(bars) > 1 else 0.3] * len(bars),
                "marker": {"color": BLUE},
                "customdata": [bar.text for bar in bars],
                "hovertemplate": "%{customdata}<extra></extra>",
            }
        ],
        **rows_of_bars(
            [_on_two_lines(bar.label) for bar in bars],
            places,
            [(max(0, bar.value), bar.text) for bar in bars],
            wide={"range": [low * 1.05, high + room], **_axis_ticks(ticks)},
            narrow={"range": [low * 1.05, high + room * 3], **_axis_ticks([ticks[0], ticks[-1]])},
        ),
    }


def _on_two_lines(label: str) -> str:
    """As much of a label as two lines hold; the table has all of it."""
    first, _, rest = wrapped(label, 21).partition("<br>")
    second, _, more = rest.partition("<br>")
    return f"{first}<br>{second}{' …' if more else ''}" if second else first


def _axis_ticks(ticks: Sequence[int]) -> Spec:
    return {"tickvals": list(ticks), "ticktext": [str(tick) for tick in ticks]}


def _ticks(low: int, high: int) -> list[int]:
    """Some seven whole numbers, evenly apart, zero among them."""
    steps = (size * 10**power for power in range(5) for size in (1, 2, 5))
    step = next(size for size in steps if (high - low) // size <= 6)
    below = takewhile(lambda tick: tick >= low, range(0, low - 1, -step))
    return sorted({*below, *range(0, high + 1, step)})


def wrapped(label: str, most: int) -> str:
    """A long label on lines of at most so many letters, parted between words."""
    lines: list[str] = []
    for word in label.split():
        if lines and len(lines[-1]) + len(word) < most:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return "<br>".join(lines)
