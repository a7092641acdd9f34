"""The decision board as a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from core.exports.tables import Column, Format, Table, Value
from core.publication import withheld_sentence
from core.rules.assessment import NotApplicable
from governance.queries.decisions import Board, DecisionRow
from governance.queries.forward_plan import ForwardPlan, PlanEntry
from governance.rules.position import Position
from programme.models import Council

_NOT_ASKED = NotApplicable("This council was not asked")


def decision_table(board: Board, council: str = "") -> Table[DecisionRow]:
    """The board as a file; with the key of a council, what that one is asked and its own columns."""
    own = [one for one in board.councils if council in ("", one.key)]
    asked = [row for row in board.rows if not council or any(row.position_of(one) for one in own)]
    return decisions_of(asked, own)


def decisions_of(rows: Sequence[DecisionRow], councils: Sequence[Council]) -> Table[DecisionRow]:
    """A row a decision; for each council its answer, when, and what is next."""
    columns = [
        Column[DecisionRow]("Reference", lambda row: row.decision.ref),
        Column[DecisionRow]("Decision", lambda row: row.decision.title),
        Column[DecisionRow]("Where it stands", lambda row: row.sub_line),
        *(column for council in councils for column in _columns_of(council)),
        Column[DecisionRow]("Can we start?", lambda row: row.start.word.value),
        Column[DecisionRow]("In effect from, or the earliest date", lambda row: row.start.on, Format.DATE),
        Column[DecisionRow]("Why", lambda row: row.start_line),
        Column[DecisionRow]("Waiting for", lambda row: ", ".join(row.start.waiting_for)),
        Column[DecisionRow]("Not approved by", lambda row: ", ".join(row.start.not_ratified)),
        Column[DecisionRow]("Lapses on", lambda row: row.start.lapses_on, Format.DATE),
        Column[DecisionRow]("Withheld", lambda row: withheld_sentence(row.decision)),
    ]
    return Table("decisions", "Decisions, a row a decision", columns, list(rows))


def _columns_of(council: Council) -> list[Column[DecisionRow]]:
    return [
        Column(f"{council}: state", _cell(council, lambda position: position.word.value)),
        Column(f"{council}: decision", _cell(council, lambda position: position.when)),
        Column(f"{council}: next step", _cell(council, lambda position: position.next_step)),
        Column(
            f"{council}: own effective date",
            lambda row: _value(row, council, lambda position: position.effective_on),
            Format.DATE,
        ),
    ]


def _cell(council: Council, value: Callable[[Position], str]) -> Callable[[DecisionRow], Value]:
    return lambda row: _value(row, council, value)


def _value(row: DecisionRow, council: Council, value: Callable[[Position], Value]) -> Value:
    position = row.position_of(council)
    return _NOT_ASKED if position is None else value(position)


def forward_plan_table(plan: ForwardPlan) -> Table[PlanEntry]:
    """A row for each decision of each council that is to come, in order of day."""
    columns = [
        Column[PlanEntry]("Decides on", lambda entry: entry.on, Format.DATE),
        Column[PlanEntry]("Council", lambda entry: entry.answer.name),
        Column[PlanEntry]("Who decides", lambda entry: entry.who),
        Column[PlanEntry]("Reference", lambda entry: entry.decision.ref),
        Column[PlanEntry]("Decision", lambda entry: entry.decision.title),
        Column[PlanEntry]("Key decision", lambda entry: "Yes" if entry.is_key else "No"),
        Column[PlanEntry]("Notice published", lambda entry: entry.notice_on, Format.DATE),
        Column[PlanEntry]("Publish the notice by", lambda entry: entry.notice_by, Format.DATE),
        Column[PlanEntry]("Publish the agenda by", lambda entry: entry.agenda_by, Format.DATE),
        Column[PlanEntry]("Where it stands", lambda entry: entry.position.word.value),
        Column[PlanEntry]("Next step", lambda entry: entry.position.next_step),
    ]
    return Table("forward-plan", "Decisions to come, a row a council", columns, plan.entries)
