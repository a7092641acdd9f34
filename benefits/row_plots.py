"""Figures of panels with a bar a row: the way from one amount to another, and the parts of a whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from benefits.plots import tick_step
from core.bars import wrapped
from core.charts import BLUE, GREEN, PURPLE, Spec, drawn_pounds, hatched, rows_of_bars
from core.rules.money import format_prose

_ROOM_PERCENT = 30  # of the width, right of the longest bar, for the words at its end
DELIVERED: Spec = {"color": BLUE}
ON_TRACK: Spec = {"color": GREEN}
AT_RISK: Spec = hatched(PURPLE)
_KINDS: dict[str, Spec] = {"In all": {"color": BLUE}, "More": {"color": GREEN}, "Less": hatched(PURPLE)}


@dataclass(frozen=True, slots=True)
class Step:
    """One row of a waterfall, or one bar: from one amount in pence to another."""

    label: str
    start_pence: int
    end_pence: int
    is_total: bool = False

    @property
    def change_pence(self) -> int:
        """How long the bar is; less than nothing to the left."""
        return self.end_pence - self.start_pence

    @property
    def kind(self) -> str:
        """A total, or what adds or takes off."""
        return "In all" if self.is_total else "More" if self.change_pence >= 0 else "Less"

    @property
    def text(self) -> str:
        """£240,000; +£1,000 or −£1,000 for what changes."""
        if self.is_total:
            return format_prose(self.end_pence)
        sign = "+" if self.change_pence > 0 else ""
        return f"{sign}{format_prose(self.change_pence)}"


def read_out(steps: Iterable[Step]) -> str:
    """Each step with its pounds, for people who do not see the chart."""
    return "; ".join(f"{step.label} {step.text}" for step in steps)


def waterfall_figure(steps: Sequence[Step]) -> Spec:
    """A row for each step, the first on top; totals start at £0, changes where the one before ended."""
    places = list(reversed(range(len(steps))))
    ends = [pence for step in steps for pence in (step.start_pence, step.end_pence)]
    placed = list(zip(steps, places, strict=True))
    return {
        "data": [
            _step_bars(name, [(step, place) for step, place in placed if step.kind == name], marker)
            for name, marker in _KINDS.items()
            if any(step.kind == name for step in steps)
        ],
        **_rows_layout(steps, places, ends),
    }


def share_figure(steps: Sequence[tuple[Step, Spec]]) -> Spec:
    """A bar for each part of a whole, from £0, each with its own marker."""
    only = [step for step, _ in steps]
    places = list(reversed(range(len(steps))))
    return {
        "data": [
            _step_bars(step.label, [(step, place)], marker)
            for (step, marker), place in zip(steps, places, strict=True)
        ],
        **_rows_layout(only, places, [step.end_pence for step in only]),
    }


def _step_bars(name: str, steps: Sequence[tuple[Step, int]], marker: Spec) -> Spec:
    return {
        "type": "bar",
        "orientation": "h",
        "name": name,
        "base": [drawn_pounds(0 if step.is_total else step.start_pence) for step, _ in steps],
        "x": [drawn_pounds(step.end_pence if step.is_total else step.change_pence) for step, _ in steps],
        "y": [place for _, place in steps],
        "width": [0.6] * len(steps),
        "marker": marker,
        "customdata": [step.text for step, _ in steps],
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _rows_layout(steps: Sequence[Step], places: Sequence[int], ends: Sequence[int]) -> Spec:
    low, high = min([0, *ends]), max([100, *ends])
    room = (high - low) * _ROOM_PERCENT // 100
    left = drawn_pounds(low * 21 // 20)  # the longest bar to the left ends clear of the edge
    step = tick_step(high - low)
    ticks = range(-(-low // step) * step, high + 1, step)
    some = list(ticks)[:: 1 if len(ticks) <= 4 else 2]
    few = [some[0], some[-1]]
    return {
        **rows_of_bars(
            [wrapped(step.label, 21) for step in steps],
            places,
            [(drawn_pounds(max(one.start_pence, one.end_pence)), one.text) for one in steps],
            wide={"range": [left, drawn_pounds(high + room)], **_ticks(some)},
            narrow={"range": [left, drawn_pounds(high + room * 3)], **_ticks(few)},
        ),
        "print": {"width": 460, "height": 40 + 28 * len(steps), "margin": {"l": 130}},
    }


def _ticks(pence: Sequence[int]) -> Spec:
    return {
        "tickvals": [drawn_pounds(tick) for tick in pence],
        "ticktext": [format_prose(tick) for tick in pence],
    }
