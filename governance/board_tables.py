"""What each council has answered to the decisions of a board, counted: as a table and as a file."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports.tables import Column, Format, Table
from core.rules.calendar import format_date
from core.tables import Cell, NumberTable, Row, headings
from governance.queries.decisions import Board, Tally
from governance.rules.tally import Answered


def tally_table(board: Board) -> NumberTable:
    """A row a council, a column for each answer that any council has given, and the total."""
    tallies = board.tallies
    kinds = kinds_found(tallies)
    return NumberTable(
        id="tally",
        caption="Answers by council",
        unit=f"{board.what}, {format_date(board.as_of)}",
        columns=headings("Council", *kinds, "Total"),
        rows=tuple(
            Row(
                str(tally.council),
                tuple(Cell(str(count)) for count in (*(tally.counts[kind] for kind in kinds), tally.total)),
            )
            for tally in tallies
        ),
    )


def kinds_found(tallies: Sequence[Tally]) -> list[Answered]:
    """The answers that any council has given, in their order."""
    return [kind for kind in Answered if any(tally.counts[kind] for tally in tallies)]


def tally_file(board: Board) -> Table[Tally]:
    """The same counts for a file, which always has a column for each answer."""
    columns = [
        Column[Tally]("Council", lambda tally: str(tally.council)),
        *(_column(kind) for kind in Answered),
        Column[Tally]("Total", lambda tally: tally.total, Format.NUMBER),
    ]
    return Table("answers", "What each council has answered, a row a council", columns, board.tallies)


def _column(kind: Answered) -> Column[Tally]:
    return Column(kind.value, lambda tally: tally.counts[kind], Format.NUMBER)
