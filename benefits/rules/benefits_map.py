"""What may lead to what on a benefits map, and what its links say (INV-31, INV-32, row 52)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from core.errors import Refusal
from core.rules.words import count_of
from programme.rules.cycles import check_no_loop


class NodeKind(StrEnum):
    """What stands on the map, in the order in which one leads to the next."""

    MILESTONE = "milestone"
    CHANGE = "change"
    OUTCOME = "outcome"
    BENEFIT = "benefit"
    OBJECTIVE = "objective"


@dataclass(frozen=True, slots=True, order=True)
class Node:
    """One thing on the map; `key` tells it from others of its kind. Nodes sort as the page shows them."""

    order: tuple[int, int]
    kind: NodeKind
    key: int
    title: str
    is_disbenefit: bool = False

    @property
    def id(self) -> tuple[NodeKind, int]:
        """What tells it from every other."""
        return self.kind, self.key


Link = tuple[Node, Node]

_LEADS_TO: Mapping[NodeKind, frozenset[NodeKind]] = {
    NodeKind.MILESTONE: frozenset({NodeKind.CHANGE, NodeKind.OUTCOME, NodeKind.BENEFIT}),
    NodeKind.CHANGE: frozenset({NodeKind.CHANGE, NodeKind.OUTCOME, NodeKind.BENEFIT}),
    NodeKind.OUTCOME: frozenset({NodeKind.OUTCOME, NodeKind.BENEFIT}),
    NodeKind.BENEFIT: frozenset({NodeKind.OUTCOME, NodeKind.BENEFIT, NodeKind.OBJECTIVE}),
    NodeKind.OBJECTIVE: frozenset(),
}
_WORDS = {
    NodeKind.MILESTONE: "a milestone",
    NodeKind.CHANGE: "a business change",
    NodeKind.OUTCOME: "an outcome",
    NodeKind.BENEFIT: "a benefit",
    NodeKind.OBJECTIVE: "an objective",
}


def may_lead(start: NodeKind, end: NodeKind) -> bool:
    """Whether a thing of one kind may lead to one of another."""
    return end in _LEADS_TO[start]


def check_link(start: Node, end: Node, links: Collection[Link]) -> None:
    """Refuse a link between things that do not lead to each other, one that is there, or a loop (row 52)."""
    if not may_lead(start.kind, end.kind):
        first = _WORDS[start.kind].capitalize()
        raise Refusal(f"{first} does not lead to {_WORDS[end.kind]}", "end", "INV-31")
    if any(one.id == start.id and other.id == end.id for one, other in links):
        raise Refusal(f"{start.title} already leads to {end.title}", "end", "INV-31")
    waits: dict[tuple[NodeKind, int], list[tuple[NodeKind, int]]] = {end.id: [start.id]}
    for one, other in links:
        waits.setdefault(other.id, []).append(one.id)
    titles = {node.id: node.title for link in (*links, (start, end)) for node in link}
    try:
        check_no_loop(waits, titles)
    except Refusal as refusal:
        raise Refusal(refusal.message, "end", refusal.code) from refusal


def ends(nodes: Iterable[Node], links: Collection[Link]) -> list[Node]:
    """End benefits: those that lead to no other benefit and no outcome."""
    onward = {one.id for one, other in links if other.kind != NodeKind.OBJECTIVE}
    return [node for node in nodes if node.kind == NodeKind.BENEFIT and node.id not in onward]


def without_objective(nodes: Sequence[Node], links: Collection[Link]) -> list[Node]:
    """End benefits that reach no objective (INV-31); a dis-benefit need not lead to one."""
    serving = {one.id for one, other in links if other.kind == NodeKind.OBJECTIVE}
    return [node for node in ends(nodes, links) if node.id not in serving and not node.is_disbenefit]


def reaches_objective(node: Node, links: Collection[Link]) -> bool:
    """Whether one can follow links from a thing to an objective."""
    return any(found.kind == NodeKind.OBJECTIVE for found in _followed(node, _onward(links)))


def objectives(node: Node, links: Collection[Link]) -> list[Node]:
    """Objectives to which one can follow links from a thing, in their order."""
    return sorted(found for found in _followed(node, _onward(links)) if found.kind == NodeKind.OBJECTIVE)


def check_still_reached(
    nodes: Sequence[Node], links: Collection[Link], left: Collection[Link], approved: Collection[int]
) -> None:
    """Refuse to take a link away without which an approved benefit leads to no objective (INV-31)."""
    for node in nodes:
        if node.kind != NodeKind.BENEFIT or node.key not in approved or node.is_disbenefit:
            continue
        if reaches_objective(node, links) and not reaches_objective(node, left):
            message = f"{node.title} is approved and would lead to no objective. Link it to another first"
            raise Refusal(message, code="INV-31")


def map_sentence(nodes: Sequence[Node], links: Collection[Link]) -> str:
    """What the map shows, in a sentence: 5 of 6 benefits lead to 3 objectives and wait for 5 milestones."""
    linked = {node.id for link in links for node in link}
    shown = [node for node in nodes if node.id in linked]
    of_kind = {kind: [node for node in shown if node.kind == kind] for kind in NodeKind}
    benefits = [node for node in nodes if node.kind == NodeKind.BENEFIT]
    leading = [node for node in benefits if reaches_objective(node, links)]
    objectives = count_of(len(of_kind[NodeKind.OBJECTIVE]), "objective")
    milestones = count_of(len(of_kind[NodeKind.MILESTONE]), "milestone")
    changes = count_of(len(of_kind[NodeKind.CHANGE]), "business change")
    verb = "leads" if len(benefits) == 1 else "lead"
    return (
        f"{len(leading)} of {count_of(len(benefits), 'benefit')} {verb} to {objectives}; "
        f"{milestones} and {changes} come before them."
    )


def enablers(node: Node, links: Collection[Link]) -> list[Node]:
    """Milestones from which one can follow links to a thing, in their order (INV-32)."""
    back = _onward([(end, start) for start, end in links])
    return sorted(found for found in _followed(node, back) if found.kind == NodeKind.MILESTONE)


def _onward(links: Iterable[Link]) -> Mapping[tuple[NodeKind, int], list[Node]]:
    found: dict[tuple[NodeKind, int], list[Node]] = defaultdict(list)
    for start, end in links:
        found[start.id].append(end)
    return found


def _followed(node: Node, onward: Mapping[tuple[NodeKind, int], list[Node]]) -> list[Node]:
    """All that can be reached from a thing, without itself."""
    seen, waiting, found = {node.id}, [node], []
    while waiting:
        for other in onward.get(waiting.pop().id, ()):
            if other.id not in seen:
                seen.add(other.id)
                waiting.append(other)
                found.append(other)
    return found
