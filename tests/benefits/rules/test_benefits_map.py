"""What may lead to what, what the links say, and where the boxes stand (INV-31, INV-32, row 52)."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benefits.rules.benefits_map import (
    Node,
    NodeKind,
    check_link,
    check_still_reached,
    enablers,
    ends,
    may_lead,
    reaches_objective,
    without_objective,
)
from benefits.rules.map_layout import BOX, COLUMN_GAP, draw
from core.errors import Refusal

STEP = BOX + COLUMN_GAP


def node(kind: NodeKind, key: int, title: str = "", **more: bool) -> Node:
    rank = list(NodeKind).index(kind)
    return Node((rank, key), kind, key, title or f"{kind.value} {key}", **more)


GO_LIVE = node(NodeKind.MILESTONE, 1, "Go-live")
TEAM = node(NodeKind.MILESTONE, 2, "Team in place")
ONE_TEAM = node(NodeKind.CHANGE, 1, "One team")
PEAKS = node(NodeKind.OUTCOME, 2, "Work is shared at peaks")
COST = node(NodeKind.BENEFIT, 1, "Lower cost")
FASTER = node(NodeKind.BENEFIT, 2, "Faster claims")
JOURNEYS = node(NodeKind.BENEFIT, 3, "Longer journeys", is_disbenefit=True)
CHEAP = node(NodeKind.OBJECTIVE, 1, "Services that cost less")
NODES = [GO_LIVE, TEAM, ONE_TEAM, PEAKS, COST, FASTER, JOURNEYS, CHEAP]
LINKS = [
    (GO_LIVE, ONE_TEAM),
    (TEAM, PEAKS),
    (ONE_TEAM, PEAKS),
    (ONE_TEAM, JOURNEYS),
    (PEAKS, FASTER),
    (FASTER, COST),
    (COST, CHEAP),
]


def refusal(start: Node, end: Node) -> tuple[str, str | None, str]:
    with pytest.raises(Refusal) as said:
        check_link(start, end, LINKS)
    return said.value.message, said.value.field, said.value.code


def test_kinds_lead_forward_only() -> None:
    allowed = {(one.value, other.value) for one in NodeKind for other in NodeKind if may_lead(one, other)}
    assert allowed == {
        ("milestone", "change"),
        ("milestone", "outcome"),
        ("milestone", "benefit"),
        ("change", "change"),
        ("change", "outcome"),
        ("change", "benefit"),
        ("outcome", "outcome"),
        ("outcome", "benefit"),
        ("benefit", "outcome"),
        ("benefit", "benefit"),
        ("benefit", "objective"),
    }


def test_link_that_cannot_be_is_refused() -> None:
    assert refusal(COST, PEAKS) == (
        (
            "This link would make a loop: Work is shared at peaks depends on Lower cost, which depends on "
            "Faster claims, which depends on Work is shared at peaks"
        ),
        "end",
        "52",
    )
    assert refusal(COST, COST) == (
        "This link would make a loop: Lower cost depends on Lower cost",
        "end",
        "52",
    )
    assert refusal(GO_LIVE, ONE_TEAM) == ("Go-live already leads to One team", "end", "INV-31")
    assert refusal(ONE_TEAM, CHEAP) == ("A business change does not lead to an objective", "end", "INV-31")
    check_link(JOURNEYS, CHEAP, LINKS)


def test_map_says_what_enables_a_benefit_and_where_it_leads() -> None:
    assert ends(NODES, LINKS) == [COST, JOURNEYS]
    assert without_objective(NODES, LINKS) == []
    assert without_objective(NODES, LINKS[:-1]) == [COST]
    assert enablers(COST, LINKS) == [GO_LIVE, TEAM]
    assert enablers(JOURNEYS, LINKS) == [GO_LIVE]
    assert [reaches_objective(one, LINKS) for one in (GO_LIVE, FASTER, JOURNEYS)] == [True, True, False]


def test_link_without_which_an_approved_benefit_leads_nowhere_stays() -> None:
    check_still_reached(NODES, LINKS, LINKS[1:], {1, 2, 3})
    check_still_reached(NODES, LINKS, LINKS[:-1], set())
    with pytest.raises(Refusal) as said:
        check_still_reached(NODES, LINKS, [link for link in LINKS if link[0] != FASTER], {2})
    assert said.value.message == (
        "Faster claims is approved and would lead to no objective. Link it to another first"
    )


def test_each_kind_has_its_column_and_a_benefit_on_the_way_comes_before_the_last() -> None:
    drawing = draw(NODES, LINKS)
    assert [(column.title, column.x // STEP) for column in drawing.columns] == [
        ("Enablers", 0),
        ("Business changes", 1),
        ("Outcomes on the way", 2),
        ("End benefits", 4),
        ("Objectives", 5),
    ]
    assert {box.title: box.x // STEP for box in drawing.boxes} == {
        "Go-live": 0,
        "Team in place": 0,
        "One team": 1,
        "Work is shared at peaks": 2,
        "Faster claims": 3,
        "Lower cost": 4,
        "Longer journeys": 4,
        "Services that cost less": 5,
    }
    assert len(drawing.arrows) == len(LINKS)
    assert drawing.width == 5 * STEP + BOX
    assert [line.text for box in drawing.boxes if box.title == PEAKS.title for line in box.lines] == [
        "Work is shared at peaks"
    ]


pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=25)


@given(pairs)
def test_boxes_never_overlap_and_arrows_go_from_left_to_right(chosen: list[tuple[int, int]]) -> None:
    kinds = [NodeKind.MILESTONE, *[NodeKind.CHANGE] * 3, *[NodeKind.BENEFIT] * 5, NodeKind.OBJECTIVE]
    nodes = [node(kind, number, f"Thing {number} " * 4) for number, kind in enumerate(kinds)]
    links: list[tuple[Node, Node]] = []
    for one, other in chosen:
        try:
            check_link(nodes[one], nodes[other], links)
        except Refusal:
            continue
        links.append((nodes[one], nodes[other]))
    drawing = draw(nodes, links)
    x_of = {box.title: box.x for box in drawing.boxes}
    assert all(x_of[start.title] < x_of[end.title] for start, end in links)
    boxes = sorted((box.x, box.y, box.y + box.height) for box in drawing.boxes)
    columns = [(one, other) for one, other in itertools.pairwise(boxes) if one[0] == other[0]]
    assert all(one[2] < other[1] for one, other in columns)
    assert all(bottom <= drawing.height for _, _, bottom in boxes)
