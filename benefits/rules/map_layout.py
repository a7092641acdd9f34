"""Where the boxes and arrows of a benefits map stand. Lengths are units of the drawing."""

from __future__ import annotations

import textwrap
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from benefits.rules.benefits_map import Link, Node, NodeKind, ends

BOX, COLUMN_GAP, ROW_GAP = 176, 52, 16
LINE, PADDING, HEADER = 18, 9, 44
LANE = 14
EDGE = 4
_LETTERS = 23
_MOST_LINES = 5

NodeId = tuple[NodeKind, int]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the drawing: the words over it, and its left edge."""

    title: str
    x: int


@dataclass(frozen=True, slots=True)
class Line:
    """One line of text in a box."""

    text: str
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Box:
    """A box with its text; `kind` names its look."""

    kind: str
    title: str
    x: int
    y: int
    height: int
    lines: tuple[Line, ...]
    width: int = BOX


@dataclass(frozen=True, slots=True)
class Arrow:
    """An arrow as the path that draws it."""

    path: str


@dataclass(frozen=True, slots=True)
class Drawing:
    """A whole map, ready to be drawn."""

    width: int
    height: int
    columns: tuple[Column, ...]
    boxes: tuple[Box, ...]
    arrows: tuple[Arrow, ...]

    @property
    def svg_width(self) -> int:
        """The width of the picture, its edge included."""
        return self.width + EDGE

    @property
    def svg_height(self) -> int:
        """The height of the picture, its edge included."""
        return self.height + EDGE


@dataclass(frozen=True, slots=True, eq=False)
class _Slot:
    """A place in a column: a node's, or that of an arrow that passes. No two are the same."""

    height: int
    node: Node | None = None


Chain = tuple[_Slot, ...]


def draw(nodes: Sequence[Node], links: Collection[Link]) -> Drawing:
    """The map with a column for each kind of thing, wider where things of a kind lead to each other."""
    linked = {node.id for link in links for node in link}
    shown = sorted(node for node in nodes if node.id in linked)
    places = _places(shown, links)
    slots = {node.id: _Slot(_height(node), node) for node in shown}
    columns, chains = _columns(shown, links, places, slots)
    _straighten(columns, chains)
    tops = _tops(columns)
    height = HEADER + max((_length(column) for column in columns.values()), default=0)
    return Drawing(
        width=max((_x(number) + BOX for number in columns), default=0),
        height=height,
        columns=_titles(shown, links, places),
        boxes=tuple(
            _box(slot.node, number, tops[slot])
            for number, column in sorted(columns.items())
            for slot in column
            if slot.node is not None
        ),
        arrows=tuple(Arrow(_path(chain, columns, tops)) for chain in chains),
    )


def _groups(nodes: Sequence[Node], links: Collection[Link]) -> Mapping[NodeId, int]:
    """Which group of columns each thing stands in; see the titles."""
    last = {node.id for node in ends(nodes, links)}
    numbers = {
        NodeKind.MILESTONE: 0,
        NodeKind.CHANGE: 1,
        NodeKind.OUTCOME: 2,
        NodeKind.BENEFIT: 2,
        NodeKind.OBJECTIVE: 4,
    }
    return {node.id: 3 if node.id in last else numbers[node.kind] for node in nodes}


_TITLES = ("Enablers", "Business changes", "Outcomes on the way", "End benefits", "Objectives")


def _places(nodes: Sequence[Node], links: Collection[Link]) -> Mapping[NodeId, int]:
    """The column of each thing: its group, and within it after all of the group that leads to it."""
    groups = _groups(nodes, links)
    within: dict[NodeId, list[NodeId]] = defaultdict(list)
    for start, end in links:
        if groups[start.id] == groups[end.id]:
            within[end.id].append(start.id)
    depths: dict[NodeId, int] = {}

    def depth(node: NodeId) -> int:
        if node not in depths:
            depths[node] = max((depth(before) + 1 for before in within[node]), default=0)
        return depths[node]

    widths: dict[int, int] = defaultdict(int)
    for node in nodes:
        widths[groups[node.id]] = max(widths[groups[node.id]], depth(node.id) + 1)
    starts, total = {}, 0
    for group in sorted(widths):
        starts[group] = total
        total += widths[group]
    return {node.id: starts[groups[node.id]] + depth(node.id) for node in nodes}


def _columns(
    nodes: Sequence[Node],
    links: Collection[Link],
    places: Mapping[NodeId, int],
    slots: Mapping[NodeId, _Slot],
) -> tuple[dict[int, list[_Slot]], list[Chain]]:
    """The slots of each column, and each arrow as the slots that it goes through."""
    columns: dict[int, list[_Slot]] = defaultdict(list)
    for node in nodes:
        columns[places[node.id]].append(slots[node.id])
    chains = []
    for start, end in sorted(links):
        chain = [slots[start.id]]
        for number in range(places[start.id] + 1, places[end.id]):
            chain.append(_Slot(LANE))
            columns[number].append(chain[-1])
        chains.append((*chain, slots[end.id]))
    return dict(columns), chains


def _straighten(columns: dict[int, list[_Slot]], chains: Sequence[Chain]) -> None:
    """Order each column by the middle of what leads to it, so that fewer arrows cross."""
    before: dict[_Slot, list[_Slot]] = defaultdict(list)
    for chain in chains:
        for one, other in pairwise(chain):
            before[other].append(one)
    for number in sorted(columns):
        tops = _tops(columns)
        columns[number].sort(key=lambda slot: _middle(before[slot] or [slot], tops))


def _middle(led: Sequence[_Slot], tops: Mapping[_Slot, int]) -> Fraction:
    """The middle of what leads to a place."""
    return Fraction(sum(2 * tops[one] + one.height for one in led), 2 * len(led))


def _tops(columns: Mapping[int, Sequence[_Slot]]) -> dict[_Slot, int]:
    """The top of each slot; shorter columns stand in the middle."""
    tallest = max((_length(column) for column in columns.values()), default=0)
    tops = {}
    for column in columns.values():
        y = HEADER + (tallest - _length(column)) // 2
        for slot in column:
            tops[slot] = y
            y += slot.height + ROW_GAP
    return tops


def _length(column: Iterable[_Slot]) -> int:
    heights = [slot.height for slot in column]
    return sum(heights) + ROW_GAP * max(len(heights) - 1, 0)


def _path(chain: Chain, columns: Mapping[int, Sequence[_Slot]], tops: Mapping[_Slot, int]) -> str:
    """A curve from the right edge of the first box through lanes to the left edge of the last."""
    number_of = {slot: number for number, column in columns.items() for slot in column}
    commands: list[str] = []
    for one, other in pairwise(chain):
        x1 = _x(number_of[one]) + BOX
        x2 = _x(number_of[other])
        y1, y2 = (tops[slot] + slot.height // 2 for slot in (one, other))
        middle = (x1 + x2) // 2
        if not commands:
            commands.append(f"M{x1} {y1}")
        commands.append(f"C{middle} {y1} {middle} {y2} {x2} {y2}")
        if other is not chain[-1]:
            commands.append(f"H{x2 + BOX}")
    return " ".join(commands)


def _x(number: int) -> int:
    return number * (BOX + COLUMN_GAP)


def _titles(
    nodes: Sequence[Node], links: Collection[Link], places: Mapping[NodeId, int]
) -> tuple[Column, ...]:
    groups = _groups(nodes, links)
    first: dict[int, int] = {}
    for node in nodes:
        group = groups[node.id]
        first[group] = min(first.get(group, places[node.id]), places[node.id])
    return tuple(Column(_TITLES[group], _x(number)) for group, number in sorted(first.items()))


def _wrapped(node: Node) -> list[str]:
    title = f"Dis-benefit: {node.title}" if node.is_disbenefit else node.title
    return textwrap.wrap(title, _LETTERS, max_lines=_MOST_LINES, placeholder="…")


def _height(node: Node) -> int:
    return len(_wrapped(node)) * LINE + 2 * PADDING


def _box(node: Node, number: int, top: int) -> Box:
    x = _x(number)
    lines = tuple(
        Line(text, x + PADDING, top + PADDING + LINE * index + LINE - 5)
        for index, text in enumerate(_wrapped(node))
    )
    kind = "disbenefit" if node.is_disbenefit else node.kind.value
    return Box(kind, node.title, x, top, _height(node), lines)
