"""One decision with the reasons for its date, and what hangs on it up and down the golden thread."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet, Sum

from benefits.models import Line
from governance.models import Decision
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.explain import Explanation, explain
from governance.rules.timeline import Event, fingerprint, timeline
from programme.models import Council, PlanVersion
from programme.queries.partners import partner_councils


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of the plan that a decision approves, with its amount over all years and councils."""

    line: Line
    planned_pence: int


@dataclass(frozen=True, slots=True)
class DecisionPage:
    """All that a decision's own page shows."""

    row: DecisionRow
    explanation: Explanation
    events: tuple[Event, ...]
    partners: tuple[Council, ...]
    plan_lines: tuple[PlanLine, ...]

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.row.decision

    @property
    def fingerprint(self) -> str:
        """The first eight letters of the text's hash; empty where no text is recorded."""
        return fingerprint(self.decision.text_hash)


def decision_page(decision: Decision, *, as_of: date) -> DecisionPage:
    """The page of one decision on `as_of`. Eight queries, seven where it approves no plan."""
    decisions = Decision.objects.select_related("source", "plan_version", "business_case")
    row = decision_rows(decisions.filter(pk=decision.pk), as_of=as_of)[0]
    plan_version = row.decision.plan_version
    return DecisionPage(
        row=row,
        explanation=explain(row.start, row.proposal, row.day),
        events=tuple(timeline(row.proposal, row.start, row.day)),
        partners=tuple(partner_councils(row.decision.programme.partnership_id)),
        plan_lines=_plan_lines(plan_version) if plan_version else (),
    )


def _plan_lines(version: PlanVersion) -> tuple[PlanLine, ...]:
    lines: QuerySet[Line] = Line.objects.filter(planamounts__plan_version=version)
    planned = lines.annotate(planned_pence=Sum("planamounts__amount_pence"))
    related = planned.select_related("business_case_line__business_case").order_by("order_index", "pk")
    return tuple(PlanLine(line, line.planned_pence) for line in related)
