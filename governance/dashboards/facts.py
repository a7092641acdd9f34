"""What the steering group's dashboard of one programme is made of: each thing read once, when asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from accounts.models import User
from benefits.queries.compensation import compensation_balance
from benefits.queries.no_worse_off import NoWorseOffTests, worse_off_tests
from benefits.queries.savings import SavingsAgainstPlan, summarise
from governance.dashboards.meetings import SteeringMeetings, steering_meetings
from governance.queries.changes import Changes, changes_since
from governance.queries.decisions import Board, DecisionRow, decision_board
from governance.queries.equity import EquityPanel, equity_panel
from governance.reporting.facts import Facts
from governance.rules.board import Group
from programme.queries.milestones import MilestoneRow
from programme.queries.overview.ratings import ProgrammeRating, programme_rating
from programme.queries.overview.slippage import Slippage, slippage_of_rows
from programme.rules.worklist import Section
from services.models import Consultation
from services.queries.review_story import ConsultationRow, consultation_row

AHEAD_DAYS = 90
_TO_COME = (Section.DUE, Section.UNANSWERED, Section.LATER)


@dataclass(frozen=True, kw_only=True)
class SteeringFacts(Facts):
    """The facts of a report, with what only a steering group asks: as `user` may see them."""

    user: User

    @cached_property
    def meetings(self) -> SteeringMeetings:
        """When the steering body met and meets. Two queries."""
        return steering_meetings(self.programme.partnership_id, as_of=self.seen_on)

    @cached_property
    def board(self) -> Board:
        """Decisions, each council's answer to each, as they are read today."""
        return decision_board(self.programme, as_of=self.seen_on)

    @property
    def since(self) -> date | None:
        """The day compared with: of the last meeting."""
        return self.meetings.since

    @cached_property
    def savings(self) -> SavingsAgainstPlan:
        """Savings against plan of all councils, from the scope that the panels share."""
        return summarise(self.programme, self.panels.scope)

    @cached_property
    def rating(self) -> ProgrammeRating:
        """The rating of the programme, worked out and judged."""
        return programme_rating(self.programme, as_of=self.as_of)

    @cached_property
    def equity(self) -> EquityPanel:
        """What each council gets, bears and does, from the ledgers already read."""
        return equity_panel(self.programme, today=self.as_of, ledgers=self.ledgers)

    @cached_property
    def tests(self) -> NoWorseOffTests | None:
        """Whether any council is worse off; None where there is no ledger to test."""
        if self.ledgers.is_empty:
            return None
        return worse_off_tests(
            self.programme, self.panels.scope, compensation_balance(self.programme, self.user)
        )

    @cached_property
    def changes(self) -> Changes | None:
        """What changed since the end of the last meeting's day; None without one."""
        if self.since is None or self.slippage is None:
            return None
        key = self.programme.pk
        found = changes_since(
            [self.programme],
            since=self.since,
            as_of=self.seen_on,
            decisions=self.board.rows,
            slippages={key: self.slippage},
        )
        return found[key]

    @cached_property
    def slippage(self) -> Slippage | None:
        """How milestones moved since the last meeting; None without one. One query beside them."""
        if self.since is None:
            return None
        return slippage_of_rows(self.programme, self.page.rows, since=self.since, as_of=self.seen_on)

    @property
    def ahead_until(self) -> date:
        """The last day of the next 90."""
        return self.seen_on + timedelta(days=AHEAD_DAYS)

    @property
    def ahead(self) -> list[MilestoneRow]:
        """Milestones that are late, and those expected in the next 90 days, by date."""
        return [
            row
            for row in self.page.rows
            if row.section == Section.LATE
            or (row.section in _TO_COME and row.due and row.due.last_on <= self.ahead_until)
        ]

    @property
    def to_decide(self) -> list[DecisionRow]:
        """Decisions on the agenda of a meeting that is still to come, or tonight."""
        return rows_to_decide(self.board.rows, self.seen_on)

    @property
    def to_ratify(self) -> list[DecisionRow]:
        """Decisions that wait for a council, or on which the councils differ."""
        return rows_to_ratify(self.board.rows)

    @cached_property
    def consultations(self) -> Sequence[ConsultationRow]:
        """Consultations with staff, the latest first; their numbers as anyone may see them. One query."""
        held = Consultation.objects.filter(review__service__programme=self.programme)
        rows = held.filter(started_on__lte=self.seen_on).select_related("council", "review__service")
        return [consultation_row(one) for one in rows.order_by("-started_on", "pk")]


def rows_to_decide(rows: Sequence[DecisionRow], as_of: date) -> list[DecisionRow]:
    """Those on the agenda of a meeting on `as_of` or later."""
    return [
        row
        for row in rows
        if row.group == Group.ON_AGENDA
        and row.proposal.meeting_on is not None
        and row.proposal.meeting_on >= as_of
    ]


def rows_to_ratify(rows: Sequence[DecisionRow]) -> list[DecisionRow]:
    """Those that wait for a council, or on which the councils differ."""
    return [row for row in rows if row.group in (Group.WAITING, Group.BLOCKED)]
