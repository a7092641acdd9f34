"""One decision with the reasons for its date, and what hangs on it up and down the golden thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from benefits.models import Line
from governance.models import CouncilDecision, Decision
from governance.policies import Powers
from governance.queries.calculator_links import days_of_answer
from governance.queries.decision_history import History, decision_history
from governance.queries.decisions import DecisionRow, decision_rows
from governance.queries.next_steps import StepLink, steps_of_council, steps_of_decision
from governance.rules.board import Group
from governance.rules.explain import Explanation, explain
from governance.rules.position import Position
from governance.rules.timeline import Event, fingerprint, timeline
from programme.models import Council, PlanVersion
from programme.queries.partners import partner_councils


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan that a decision approves, with its amount over all years and councils."""

    line: Line
    planned_pence: int


@dataclass(frozen=True, slots=True)
class CouncilPart:
    """One council's part of a decision, and what the reader may do about it now.

    `days_url` leads to its last lawful days; empty where it has no more to decide.
    """

    asked: CouncilDecision
    position: Position
    steps: tuple[StepLink, ...]
    days_url: str


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """All that a decision's own page shows."""

    row: DecisionRow
    explanation: Explanation
    events: tuple[Event, ...]
    partners: tuple[Council, ...]
    plan_lines: tuple[PlanLine, ...]
    history: History
    steps: tuple[StepLink, ...]
    parts: tuple[CouncilPart, ...]

    @property
    def has_steps(self) -> bool:
        """Whether the reader may do anything about the decision now."""
        return bool(self.steps) or any(part.steps for part in self.parts)

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.row.decision

    @property
    def fingerprint(self) -> str:
        """The first eight letters of the text's hash; empty where no text is recorded, or it is withheld."""
        return fingerprint(self.row.told.text_hash)


def decision_page(decision: Decision, *, powers: Powers, as_of: date) -> DecisionPage:
    """The page of one decision on `as_of`, with the steps that the reader may take. Fixed queries."""
    decisions = Decision.objects.select_related(
        "source", "plan_version", "plan_proposal", "business_case", "programme__partnership"
    ).prefetch_related("programme__partnership__memberships")
    row = decision_rows(decisions.filter(pk=decision.pk), as_of=as_of)[0]
    plan_version = row.decision.plan_version
    return DecisionPage(
        row=row,
        explanation=explain(row.start, row.proposal, row.day),
        events=tuple(timeline(row.told, row.start, row.day)),
        partners=tuple(partner_councils(row.decision.programme.partnership_id)),
        plan_lines=_plan_lines(plan_version) if plan_version else (),
        history=decision_history(row.decision, powers),
        steps=() if row.is_reported else tuple(steps_of_decision(row.decision, powers)),
        parts=_parts(row, powers),
    )


def _parts(row: DecisionRow, powers: Powers) -> tuple[CouncilPart, ...]:
    found = []
    for (asked, position), answer in zip(row.answers, row.proposal.answers, strict=True):
        steps = [] if row.is_reported else steps_of_council(asked, position, powers)
        is_to_decide = position.is_waiting and not position.agrees and row.group != Group.ENDED
        days_url = days_of_answer(asked, answer, row.proposal) if is_to_decide else ""
        found.append(CouncilPart(asked, position, tuple(steps), days_url))
    return tuple(found)


def _plan_lines(version: PlanVersion) -> tuple[PlanLine, ...]:
    lines: QuerySet[Line] = Line.objects.filter(planamounts__plan_version=version)
    planned = lines.annotate(planned_pence=Sum("planamounts__amount_pence"))
    related = planned.select_related("business_case_line__business_case").order_by("order_index", "pk")
    return tuple(PlanLine(line, line.planned_pence) for line in related)
