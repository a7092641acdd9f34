"""What councils are to decide in the next twelve months, with the last lawful days and the notices given."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from governance.enums import DecisionState
from governance.models import CouncilDecision, Decision
from governance.queries.decisions import DecisionRow, decision_rows
from governance.rules.facts import Answer
from governance.rules.machine import IS_TERMINAL
from governance.rules.position import Position
from governance.rules.routes import is_key_for, needs_notice
from governance.rules.steps import agenda_due_on, lawful_from, notice_due_on
from programme.models import Programme

DAYS_AHEAD = 365
_OVER = (*IS_TERMINAL, DecisionState.EFFECTIVE, DecisionState.IN_DISPUTE)


@dataclass(frozen=True, slots=True)
class PlanEntry:
    """One decision of one council that is to come."""

    row: DecisionRow
    asked: CouncilDecision
    answer: Answer
    position: Position
    on: date

    @property
    def decision(self) -> Decision:
        """What is to be decided."""
        return self.row.decision

    @property
    def who(self) -> str:
        """Who decides for the council."""
        return str(self.asked.get_approval_body_display())

    @property
    def is_key(self) -> bool:
        """Whether it is a key decision for this council."""
        return is_key_for(self.answer, self.row.proposal)

    @property
    def needs_notice(self) -> bool:
        """Whether 28 clear days' notice must be given."""
        return needs_notice(self.answer, self.row.proposal)

    @property
    def notice_on(self) -> date | None:
        """When the notice was published."""
        return self.asked.notice_published_on

    @property
    def notice_by(self) -> date | None:
        """Last day to publish the notice."""
        return notice_due_on(self.answer, self.row.proposal, self.row.day)

    @property
    def agenda_by(self) -> date | None:
        """Last day to publish the agenda."""
        return agenda_due_on(self.answer, self.row.day)

    @property
    def lawful_from(self) -> date | None:
        """First lawful day of a key decision by the notice given."""
        return lawful_from(self.answer, self.row.proposal, self.row.day)


@dataclass(frozen=True, slots=True)
class ForwardPlan:
    """The entries that are chosen, in order of day."""

    as_of: date
    until_on: date
    entries: tuple[PlanEntry, ...]


def forward_plan(
    programme: Programme, *, as_of: date, council: str = "", only_key: bool = False
) -> ForwardPlan:
    """What is to be decided from `as_of` for twelve months. A fixed number of queries."""
    until_on = as_of + timedelta(days=DAYS_AHEAD)
    decisions = programme.decisions.exclude(state__in=_OVER)
    entries = [
        entry
        for row in decision_rows(decisions, as_of=as_of)
        for entry in _entries(row)
        if as_of <= entry.on <= until_on
    ]
    chosen = [
        entry
        for entry in entries
        if (not council or (entry.asked.council and entry.asked.council.key == council))
        and (entry.is_key or not only_key)
    ]
    return ForwardPlan(as_of, until_on, _in_order(chosen))


def plan_entry(asked: CouncilDecision, *, as_of: date) -> PlanEntry | None:
    """The entry of one council's decision; None where no day is set for it."""
    rows = decision_rows(Decision.objects.filter(pk=asked.decision_id), as_of=as_of)
    return next((entry for row in rows for entry in _entries(row) if entry.asked.pk == asked.pk), None)


def _entries(row: DecisionRow) -> Iterator[PlanEntry]:
    for (asked, position), answer in zip(row.answers, row.proposal.answers, strict=True):
        if answer.next_meeting_on and position.is_waiting and not position.agrees:
            yield PlanEntry(row, asked, answer, position, answer.next_meeting_on)


def _in_order(entries: Sequence[PlanEntry]) -> tuple[PlanEntry, ...]:
    return tuple(sorted(entries, key=lambda entry: (entry.on, entry.asked.order_index, entry.decision.pk)))
