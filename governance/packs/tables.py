"""Tables of a pack: as those of reports, with so few columns that they stand upright and read at a glance."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from core.exports.tables import Column, Table
from core.publishing.content import Figures
from core.rules.dates import ImpreciseDate
from governance.queries.decisions import Board
from governance.reporting.freezing import frozen
from governance.rules.position import Position
from programme.queries.milestones import MilestoneRow

NOT_STATED = "Not stated"
# A decision by reference and title, a council, and where that stands.
Asked = tuple[str, str, Position]


def narrowed(figures: Figures, titles: Sequence[str]) -> Figures:
    """The same table with its first column and these; a difference without its figures stands alone."""
    places = [0, *(figures.place(title) for title in titles)]
    kept = {figures.heads[place].title for place in places}
    heads = (figures.heads[place] for place in places)
    return replace(
        figures,
        heads=tuple(head if set(head.less or ()) <= kept else replace(head, less=None) for head in heads),
        rows=tuple(tuple(row[place] for place in places) for row in figures.rows),
        total=None if figures.total is None else tuple(figures.total[place] for place in places),
    )


def near_milestones(rows: Sequence[MilestoneRow], key: str) -> Figures:
    """Milestones with the day planned, the day expected, and why they are rated as they are."""
    columns: list[Column[MilestoneRow]] = [
        Column("Milestone", lambda row: row.milestone.title),
        Column("Planned for", lambda row: _words(row.plan)),
        Column("Expected", lambda row: _words(row.forecast or row.plan)),
        Column("Rating", lambda row: row.rating.word.value),
        Column("Reason", lambda row: row.rating.reason),
    ]
    return frozen(Table(key, "Milestones that are late or due in the next 90 days", columns, rows), key)


def waiting_table(board: Board, key: str) -> Figures:
    """What each council has still to do about each decision that is not in effect."""
    columns: list[Column[Asked]] = [
        Column("Decision", lambda row: row[0]),
        Column("Council", lambda row: row[1]),
        Column("State", lambda row: row[2].word.value),
        Column("Decides or decided", lambda row: row[2].when or NOT_STATED),
        Column("Next step", lambda row: row[2].next_step or "None"),
    ]
    caption = "What each council has still to do"
    return frozen(Table(key, caption, columns, list(_waiting(board))), key)


def _waiting(board: Board) -> Iterator[Asked]:
    for row in board.rows:
        for council in board.councils if row.start.waiting_for else ():
            for part in row.parts_of(council):
                title = f"{row.decision.ref} {row.decision.title}"
                yield f"{title}: {part.element}" if part.element else title, str(council), part.position


def _words(day: ImpreciseDate | None) -> str:
    return str(day) if day else NOT_STATED
