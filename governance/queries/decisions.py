"""Decisions as the board, their own pages, files and the council's page show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import QuerySet

from core.publication import left_out
from core.rules.calendar import bank_holidays
from governance.models import CouncilDecision, Decision
from governance.policies import Powers
from governance.queries.facts import answered, proposal_of
from governance.queries.next_steps import StepLink, due_step_of_council
from governance.rules.board import Group, counts_sentence, group_of, heading
from governance.rules.facts import Day, Proposal
from governance.rules.lines import start_line, sub_line
from governance.rules.position import Position
from governance.rules.start import Start, can_start
from governance.rules.tally import Answered, Counts, answered_of
from programme.models import Council, Programme
from programme.queries.partners import partner_councils


@dataclass(frozen=True, slots=True)
class Part:
    """One answer of a council: of the whole decision, or of the element that it names.

    `step` is what the reader is to do about it now, where it is theirs.
    """

    element: str
    position: Position
    step: StepLink | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """One council's place in a row of the board; without a part it was not asked."""

    council: Council
    parts: tuple[Part, ...]

    @property
    def answered(self) -> Answered | None:
        """What the council has answered, all its parts taken together; None where it was not asked."""
        return answered_of([part.position for part in self.parts])


@dataclass(frozen=True, slots=True)
class DecisionRow:
    """A decision with where it stands on a day; `answers` has a place for every council decision recorded."""

    decision: Decision
    day: Day
    proposal: Proposal
    start: Start
    answers: tuple[tuple[CouncilDecision, Position], ...]
    cells: tuple[Cell, ...] = ()

    @property
    def group(self) -> Group:
        """Its section of the board."""
        return group_of(self.start.standing)

    @property
    def is_reported(self) -> bool:
        """Whether only the outcome is known, from a report about the past."""
        return self.group == Group.REPORTED

    @property
    def told(self) -> Proposal:
        """Its facts as anyone may be told them: of a withheld text no hash, by which a guess would show."""
        return replace(self.proposal, text_hash="") if self.decision.is_withheld else self.proposal

    @property
    def sub_line(self) -> str:
        """What stands under its title."""
        return sub_line(self.start, self.proposal, self.day.as_of)

    @property
    def start_line(self) -> str:
        """What stands under the answer to "Can we start?"."""
        return start_line(self.start, self.proposal)

    def position_of(self, council: Council) -> Position | None:
        """Where one council stands; None where it was not asked."""
        found = (position for answer, position in self.answers if answer.council_id == council.pk)
        return next(found, None)

    def parts_of(self, council: Council, powers: Powers | None = None) -> tuple[Part, ...]:
        """Every answer of one council, a part for each element that goes its own way."""
        return tuple(
            Part(asked.element.title if asked.element else "", position, self._step(asked, powers))
            for asked, position in self.answers
            if asked.council_id == council.pk
        )

    def _step(self, asked: CouncilDecision, powers: Powers | None) -> StepLink | None:
        return None if powers is None or self.is_reported else due_step_of_council(asked, powers)

    def waits_for(self, council: Council) -> bool:
        """Whether the decision waits for this council."""
        return any(part.position.council in self.start.waiting_for for part in self.parts_of(council))


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of the board under one heading."""

    group: Group
    heading: str
    rows: tuple[DecisionRow, ...]

    @property
    def is_reported(self) -> bool:
        """Whether only the outcomes of its rows are known."""
        return self.group == Group.REPORTED


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many decisions wait for one council."""

    council: Council
    count: int


@dataclass(frozen=True, slots=True)
class Tally:
    """How many decisions one council has answered in which way."""

    council: Council
    counts: Counts

    @property
    def total(self) -> int:
        """How many decisions are counted."""
        return sum(self.counts.values())


@dataclass(frozen=True, slots=True)
class Board:
    """The decision board of a programme; `sections` hold what is chosen, the counts hold all.

    `what` says which decisions the sections hold.
    """

    as_of: date
    councils: tuple[Council, ...]
    partners: tuple[Council, ...]
    sections: tuple[Section, ...]
    waiting: tuple[Waiting, ...]
    sentence: str
    total: int
    what: str = "Decisions"

    @property
    def is_history(self) -> bool:
        """Whether only outcomes are known of every row shown."""
        return all(section.is_reported for section in self.sections)

    @property
    def rows(self) -> list[DecisionRow]:
        """Every row shown, in the order of the page."""
        return [row for section in self.sections for row in section.rows]

    @property
    def tallies(self) -> tuple[Tally, ...]:
        """What each council has answered to the rows shown, but for those that lapsed or were taken back."""
        rows = [row for row in self.rows if row.group != Group.ENDED]
        answers = {
            council: [row.cells[place].answered for row in rows]
            for place, council in enumerate(self.councils)
        }
        return tuple(
            Tally(council, {kind: found.count(kind) for kind in Answered})
            for council, found in answers.items()
        )

    @property
    def left_out(self) -> str:
        """What its file says of the decisions shown whose words are withheld (row 71)."""
        return left_out(row.decision for row in self.rows)


def decision_board(
    programme: Programme,
    *,
    as_of: date,
    waiting_for: str = "",
    powers: Powers | None = None,
    is_kept: bool = False,
) -> Board:
    """The board of a programme, or the part that waits for the council of one key. Seven queries.

    With `powers` each cell leads to what that person is to do in it; two queries more. One that `is_kept`
    names days, and never says today.
    """
    partners = partner_councils(programme.partnership_id)
    decisions = programme.decisions.all()
    if powers is not None:
        decisions = decisions.prefetch_related("programme__partnership__memberships")
    rows = decision_rows(decisions, as_of=as_of, is_kept=is_kept)
    councils = _columns(partners, rows)
    placed = [with_cells(row, councils, powers) for row in rows]
    every = _sections(placed, as_of)
    shown = [row for row in placed if any(row.waits_for(one) for one in councils if one.key == waiting_for)]
    return Board(
        as_of=as_of,
        councils=tuple(councils),
        partners=tuple(partners),
        sections=_sections(shown, as_of) if waiting_for else every,
        waiting=tuple(
            Waiting(council, sum(row.waits_for(council) for row in placed)) for council in councils
        ),
        sentence=counts_sentence(
            [(section.group, _meetings(section.rows)) for section in every], as_of, is_kept=is_kept
        ),
        total=len(rows),
        what=next(
            (f"Decisions that wait for {one}" for one in councils if one.key == waiting_for), "Decisions"
        ),
    )


def decision_rows(decisions: QuerySet[Decision], *, as_of: date, is_kept: bool = False) -> list[DecisionRow]:
    """Where decisions stand on `as_of`, in the order of the query. Six queries."""
    day = Day(as_of, bank_holidays(), is_kept)
    return [_row(decision, day) for decision in answered(decisions)]


def not_ratified(programme: Programme, *, as_of: date) -> dict[str, tuple[str, ...]]:
    """Who has not approved the text that is put, under each decision's reference. Six queries."""
    rows = decision_rows(programme.decisions.all(), as_of=as_of)
    return {row.decision.ref: row.start.not_ratified for row in rows}


def _row(decision: Decision, day: Day) -> DecisionRow:
    proposal = proposal_of(decision)
    start = can_start(proposal, day)
    answers = tuple(zip(decision.council_decisions.all(), start.positions, strict=True))
    return DecisionRow(decision, day, proposal, start, answers)


def _columns(partners: Sequence[Council], rows: Iterable[DecisionRow]) -> list[Council]:
    """The partner councils in their order, then any other council that was asked, by name."""
    asked = {answer.council for row in rows for answer, _ in row.answers if answer.council}
    others = sorted(asked - set(partners), key=lambda council: council.short_name)
    return [*partners, *others]


def with_cells(row: DecisionRow, councils: Sequence[Council], powers: Powers | None = None) -> DecisionRow:
    """The row with the place of each council in it; with `powers`, what the person is to do there."""
    cells = tuple(Cell(council, row.parts_of(council, powers)) for council in councils)
    return DecisionRow(row.decision, row.day, row.proposal, row.start, row.answers, cells)


def _sections(rows: Sequence[DecisionRow], as_of: date) -> tuple[Section, ...]:
    """Rows by section: of an agenda new versions come last, of what is in effect the latest comes first."""
    sections = []
    for group in Group:
        own = [row for row in rows if row.group == group]
        if group == Group.EFFECTIVE:
            own.sort(key=lambda row: row.start.on or date.min, reverse=True)
        if group == Group.ON_AGENDA:
            own.sort(key=lambda row: row.start.replaces is not None)
        if own:
            sections.append(Section(group, heading(group, _meetings(own), as_of), tuple(own)))
    return tuple(sections)


def _meetings(rows: Sequence[DecisionRow]) -> list[date | None]:
    return [row.proposal.meeting_on for row in rows]
