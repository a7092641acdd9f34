"""The portfolio as files, as on its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from core.exports.tables import Column, Document, Format, Table, Value
from core.rules.assessment import NotApplicable
from programme.queries.overview.portfolio import PortfolioRow

_NOT_JUDGED = NotApplicable("nothing else is judged")
_NOTHING_NEXT = NotApplicable("no milestone with a date is to come")


def _judged(row: PortfolioRow, name: str) -> Value:
    return getattr(row.rating.judged, name) if row.rating.judged else _NOT_JUDGED


def _part(index: int, name: str, of: str) -> Column[PortfolioRow]:
    return Column(name, lambda row: str(getattr(row.parts[index], of)))


def _confidence(row: PortfolioRow) -> Value:
    return row.rating.confidence.point if row.rating.confidence else None


def _next_on(row: PortfolioRow) -> Value:
    coming = row.rating.standing.next
    return coming.due.last_on if coming else _NOTHING_NEXT


def _next(row: PortfolioRow) -> Value:
    coming = row.rating.standing.next
    return f"{coming.title} ({coming.ref})" if coming else _NOTHING_NEXT


PORTFOLIO_COLUMNS: list[Column[PortfolioRow]] = [
    Column("Partnership", lambda row: row.programme.partnership.name),
    Column("Programme", lambda row: row.programme.name),
    Column("State", lambda row: str(row.programme.get_state_display())),
    Column("Seen on", lambda row: row.rating.standing.seen_on, Format.DATE),
    Column("Rating worked out", lambda row: row.rating.computed.word.value),
    Column("Reason worked out", lambda row: row.rating.computed.reason),
    Column("Rating judged", lambda row: _judged(row, "point")),
    Column("Reason judged", lambda row: _judged(row, "reason")),
    Column("Judged until", lambda row: _judged(row, "until_on"), Format.DATE),
    Column("Delivery confidence", _confidence),
    _part(0, "Savings", "word"),
    _part(0, "Reason of savings", "reason"),
    _part(1, "Milestones", "word"),
    _part(1, "Reason of milestones", "reason"),
    _part(2, "Cost", "word"),
    _part(2, "Reason of cost", "reason"),
    Column("Milestones achieved", lambda row: row.rating.standing.achieved, Format.NUMBER),
    Column("Milestones in all", lambda row: row.rating.standing.total, Format.NUMBER),
    Column("Late milestones", lambda row: row.rating.standing.late, Format.NUMBER),
    Column("Next milestone", _next),
    Column("Next milestone by", _next_on, Format.DATE),
    Column("Decisions that wait for a council", lambda row: row.awaited, Format.NUMBER),
]
_NOTES = (
    "A programme’s rating is the worst of its savings, milestones and cost. Colours are never averaged.",
    "What the senior responsible owner judges stands beside what is worked out, each with its own reason.",
)


def portfolio_table(rows: Sequence[PortfolioRow], *, as_of: date) -> Table[PortfolioRow]:
    """The programmes of the page as a file, in its order; one line a programme."""
    return Table("portfolio", f"Programmes as at {as_of.isoformat()}", PORTFOLIO_COLUMNS, rows)


def portfolio_document(rows: Sequence[PortfolioRow], *, as_of: date) -> Document:
    """The same as a workbook."""
    return Document(
        title="Portfolio of programmes",
        as_of=as_of,
        cover=[("Programmes", str(len(rows)))],
        notes=_NOTES,
        tables=[portfolio_table(rows, as_of=as_of)],
    )
