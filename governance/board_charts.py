"""The chart of the decision board: what each council has answered, a column for each way to answer."""

from __future__ import annotations

from collections.abc import Sequence

from core.bars import wrapped
from core.charts import BLUE, Chart, Spec, hatched, row_axis
from core.rules.calendar import format_date
from core.rules.words import listed
from governance.board_tables import kinds_found
from governance.queries.decisions import Board, Tally
from governance.rules.tally import Answered, tally_headline

_ROOM = 1.5  # a column is this much wider than its longest bar, for the number at the end of that
_FEW = 5
_ROW_PX, _ELSE_PX = 28, 60
_NAME_LETTERS, _HEAD_LETTERS = 14, 9


def tally_chart(board: Board, *, csv_url: str) -> Chart | None:
    """How many decisions each council has answered in which way; None where no council is asked."""
    tallies = board.tallies
    kinds = kinds_found(tallies)
    if not kinds:
        return None
    said = "; ".join(f"{tally.council} {_in_words(tally, kinds)}" for tally in tallies)
    return Chart(
        id="chart-tally",
        headline=tally_headline([(str(tally.council), tally.counts) for tally in tallies]),
        subtitle=f"{board.what} by each council’s answer to the text that is put, {format_date(board.as_of)}",
        label=f"Bar chart. {said}. The table holds the same numbers.",
        size="small" if len(tallies) <= _FEW else "row",
        spec=_figure(tallies, kinds),
        csv_url=csv_url,
    )


def _in_words(tally: Tally, kinds: Sequence[Answered]) -> str:
    return listed([f"{tally.counts[kind]} {kind.lower()}" for kind in kinds])


def _figure(tallies: Sequence[Tally], kinds: Sequence[Answered]) -> Spec:
    """A row for each council, the first on top; side by side a column of bars for each way to answer."""
    places = list(reversed(range(len(tallies))))
    width = _ROOM * max(count for tally in tallies for count in tally.counts.values())
    starts = [index * width for index in range(len(kinds))]
    names = [wrapped(str(tally.council), _NAME_LETTERS) for tally in tallies]
    height = _ELSE_PX + _ROW_PX * len(tallies)
    return {
        "data": [_bars(tallies, kind, start, places) for kind, start in zip(kinds, starts, strict=True)],
        "layout": {
            "barmode": "overlay",
            "margin": {"l": 110, "r": 4, "t": 40, "b": 6},
            "xaxis": {
                "range": [0, width * len(kinds)],
                "tickvals": starts,
                "ticktext": [""] * len(kinds),
                "grid": True,
            },
            "yaxis": row_axis(names, places, below_next=0.4),
            "annotations": [
                *(_head(kind, start) for kind, start in zip(kinds, starts, strict=True)),
                *(
                    _number(start + tally.counts[kind], place, tally.counts[kind])
                    for kind, start in zip(kinds, starts, strict=True)
                    for tally, place in zip(tallies, places, strict=True)
                ),
            ],
        },
        "narrow": {"margin": {"l": 84}},
        "print": {"width": 400, "height": height, "margin": {"l": 80, "t": 30}},
        **({"height": height} if len(tallies) > _FEW else {}),
    }


def _bars(tallies: Sequence[Tally], kind: Answered, start: float, places: Sequence[int]) -> Spec:
    """The bars of one column; a council without any has none. What is not settled yet is hatched."""
    found = [(tally, place) for tally, place in zip(tallies, places, strict=True) if tally.counts[kind]]
    is_settled = kind in (Answered.APPROVED, Answered.DIFFERS)
    return {
        "type": "bar",
        "orientation": "h",
        "name": kind.value,
        "base": [start] * len(found),
        "x": [tally.counts[kind] for tally, _ in found],
        "y": [place for _, place in found],
        "width": [0.55] * len(found),
        "marker": {"color": BLUE} if is_settled else hatched(BLUE),
        "customdata": [f"{tally.council}: {tally.counts[kind]} {kind.lower()}" for tally, _ in found],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _head(kind: Answered, start: float) -> Spec:
    return {
        "x": start,
        "y": 1,
        "yref": "paper",
        "text": kind.value,
        "short": wrapped(kind.value, _HEAD_LETTERS),
        "align": "left",
        "showarrow": False,
        "xanchor": "left",
        "yanchor": "bottom",
    }


def _number(x: float, y: int, count: int) -> Spec:
    return {"x": x, "y": y, "text": str(count), "showarrow": False, "xanchor": "left", "xshift": 5}
