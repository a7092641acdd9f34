"""The decision board as a file."""

from __future__ import annotations

from collections.abc import Callable

from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import NotApplicable
from governance.queries.decisions import Board, DecisionRow
from governance.rules.position import Position
from programme.models import Council

_NOT_ASKED = NotApplicable("This council was not asked")


def decision_table(board: Board) -> Table[DecisionRow]:
    """A row a decision; for each council its answer, when, and what is next."""
    columns = [
        Column[DecisionRow]("Reference", lambda row: row.decision.ref),
        Column[DecisionRow]("Decision", lambda row: row.decision.title),
        Column[DecisionRow]("Where it stands", lambda row: row.sub_line),
        *(column for council in board.councils for column in _columns_of(council)),
        Column[DecisionRow]("Can we start?", lambda row: row.start.word.value),
        Column[DecisionRow]("In effect from, or the earliest date", lambda row: row.start.on, Format.DATE),
        Column[DecisionRow]("Why", lambda row: row.start_line),
        Column[DecisionRow]("Waiting for", lambda row: ", ".join(row.start.waiting_for)),
        Column[DecisionRow]("Not approved by", lambda row: ", ".join(row.start.not_ratified)),
        Column[DecisionRow]("Lapses on", lambda row: row.start.lapses_on, Format.DATE),
    ]
    return Table("decisions", "Decisions, a row a decision", columns, board.rows)


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
