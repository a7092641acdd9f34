"""The benefits map of a programme as its rules read it: things and links between them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import QuerySet

from benefits.enums import BenefitState, MapStepKind
from benefits.models import Benefit, BenefitLink, MapStep
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
    """All that can stand on the map, in the order of the page, and the links between them."""

    nodes: tuple[Node, ...]
    rows: tuple[LinkRow, ...]

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
    nodes = {node.id: node for node in map(node_of, things)}
    rows = [_row(link, nodes) for link in links_of(programme)]
    return BenefitsMap(
        tuple(sorted(nodes.values())),
        tuple(sorted((row for row in rows if row), key=lambda row: (row.start, row.end))),
    )


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
    """The milestones that a benefit waits for, by whatever way on the map. Six queries, or one."""
    if not benefit.follows_from.exists():
        return ()
    return enablers_in(read_map(benefit.programme), node_of(benefit))


def enablers_in(contents: BenefitsMap, node: Node) -> Sequence[Enabler]:
    """The milestones that a thing waits for. One query."""
    keys = [found.key for found in enablers(node, contents.links)]
    milestones = Milestone.objects.filter(pk__in=keys).order_by("order_index", "pk")
    return [enabler_of(milestone) for milestone in milestones]


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
