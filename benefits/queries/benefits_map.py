"""The benefits map of a programme as its rules read it: things and links between them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet

from benefits.enums import BenefitState, MapStepKind
from benefits.models import Benefit, BenefitLink, MapStep
from benefits.models.benefits_map import ENDS
from benefits.rules.benefits_map import Link, Node, NodeKind, enablers, without_objective
from benefits.rules.gates import Enabler
from programme.enums import MilestoneState
from programme.models import Milestone, Objective, Programme

_RANK = {kind: number for number, kind in enumerate(NodeKind)}
_STEP_KINDS = {MapStepKind.CHANGE: NodeKind.CHANGE, MapStepKind.OUTCOME: NodeKind.OUTCOME}
Thing = Milestone | MapStep | Benefit | Objective


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One link with the row that it is stored in."""

    pk: int
    start: Node
    end: Node
    url: str = ""


@dataclass(frozen=True, slots=True)
class BenefitsMap:
    """What stands on the map, in the order of the page, the links between it, and its milestones by key."""

    nodes: tuple[Node, ...]
    rows: tuple[LinkRow, ...]
    milestones: Mapping[int, Milestone] = field(default_factory=dict)

    @property
    def links(self) -> list[Link]:
        """The links alone."""
        return [(row.start, row.end) for row in self.rows]

    @property
    def without_objective(self) -> list[Node]:
        """End benefits that reach no objective (INV-31)."""
        return without_objective(self.nodes, self.links)

    def of_kind(self, *kinds: NodeKind) -> list[Node]:
        """Things of some kinds."""
        return [node for node in self.nodes if node.kind in kinds]


def node_of(thing: Thing) -> Node:
    """A row as a thing on the map."""
    kind = _kind_of(thing)
    is_disbenefit = isinstance(thing, Benefit) and thing.is_disbenefit
    return Node((_RANK[kind], thing.order_index), kind, thing.pk, thing.title, is_disbenefit)


def read_map(programme: Programme) -> BenefitsMap:
    """The map of a programme; withdrawn benefits are not on it. Five queries."""
    things: list[Thing] = [
        *programme.milestones.exclude(stated_state=MilestoneState.CANCELLED),
        *programme.map_steps.all(),
        *programme.benefits.exclude(state=BenefitState.WITHDRAWN),
        *programme.objectives.all(),
    ]
    return _map_of(things, links_of(programme))


def linked_map(programme: Programme) -> BenefitsMap:
    """The same of those things alone that are linked. One query."""
    links = list(links_of(programme).select_related(*ENDS))
    things = [thing for link in links for thing in (getattr(link, end) for end in ENDS) if thing is not None]
    return _map_of([thing for thing in things if not _is_off(thing)], links)


def _map_of(things: Iterable[Thing], links: Iterable[BenefitLink]) -> BenefitsMap:
    kept = list(things)
    nodes = {node.id: node for node in map(node_of, kept)}
    rows = [_row(link, nodes) for link in links]
    return BenefitsMap(
        tuple(sorted(nodes.values())),
        tuple(sorted((row for row in rows if row), key=lambda row: (row.start, row.end))),
        {thing.pk: thing for thing in kept if isinstance(thing, Milestone)},
    )


def _is_off(thing: Thing) -> bool:
    """Whether it stands on the map no more."""
    if isinstance(thing, Milestone):
        return thing.stated_state == MilestoneState.CANCELLED
    return isinstance(thing, Benefit) and thing.state == BenefitState.WITHDRAWN


def links_of(programme: Programme) -> QuerySet[BenefitLink]:
    """The links of a programme as they are stored."""
    return BenefitLink.objects.filter(programme=programme)


def end_ids(link: BenefitLink) -> tuple[tuple[NodeKind, int], tuple[NodeKind, int]]:
    """Both ends of a link, for a step only that it is one: its kind is found by its key."""
    starts = (
        (NodeKind.MILESTONE, link.from_milestone_id),
        (NodeKind.CHANGE, link.from_step_id),
        (NodeKind.BENEFIT, link.from_benefit_id),
    )
    ends = (
        (NodeKind.CHANGE, link.to_step_id),
        (NodeKind.BENEFIT, link.to_benefit_id),
        (NodeKind.OBJECTIVE, link.to_objective_id),
    )
    (start,), (end,) = ([(kind, key) for kind, key in side if key is not None] for side in (starts, ends))
    return start, end


def enablers_of(benefit: Benefit) -> Sequence[Enabler]:
    """The milestones that a benefit waits for, by whatever way on the map. One query."""
    return enablers_in(linked_map(benefit.programme), node_of(benefit))


def enablers_in(contents: BenefitsMap, node: Node) -> Sequence[Enabler]:
    """The milestones that a thing waits for, in their order."""
    milestones = [contents.milestones[found.key] for found in enablers(node, contents.links)]
    return [enabler_of(one) for one in sorted(milestones, key=lambda one: (one.order_index, one.pk))]


def enabler_of(milestone: Milestone) -> Enabler:
    """A milestone as something that a benefit waits for."""
    planned_on, expected_on = milestone.plan_last_on, milestone.forecast_last_on
    return Enabler(
        milestone.title,
        planned_on or expected_on,
        expected_on or planned_on,
        milestone.actual_last_on is not None or milestone.stated_state == MilestoneState.DONE_UNDATED,
    )


def _row(link: BenefitLink, nodes: dict[tuple[NodeKind, int], Node]) -> LinkRow | None:
    """A link between things that are on the map; None where one of them is not any more."""
    start, end = (
        nodes.get((kind, key)) or (nodes.get((NodeKind.OUTCOME, key)) if kind == NodeKind.CHANGE else None)
        for kind, key in end_ids(link)
    )
    return LinkRow(link.pk, start, end) if start and end else None


def _kind_of(thing: Thing) -> NodeKind:
    if isinstance(thing, MapStep):
        return _STEP_KINDS[MapStepKind(thing.kind)]
    if isinstance(thing, Milestone):
        return NodeKind.MILESTONE
    return NodeKind.BENEFIT if isinstance(thing, Benefit) else NodeKind.OBJECTIVE
