"""The bulletins that were sent as a file."""

from __future__ import annotations

from collections.abc import Iterable

from core.clock import london_date
from core.exports.tables import Column, Format, Table
from governance.models import SentBulletin
from governance.rules.bulletins import month_words

COLUMNS: list[Column[SentBulletin]] = [
    Column("Partnership", lambda row: str(row.programme.partnership)),
    Column("Programme", lambda row: row.programme.name),
    Column("Bulletin", lambda row: row.number, Format.NUMBER),
    Column("Month", lambda row: month_words(row.month_on)),
    Column("Sent", lambda row: london_date(row.sent_at), Format.DATE),
    Column("Sent by", lambda row: str(row.sent_by)),
    Column("Corrects", lambda row: row.corrects.number if row.corrects else None, Format.NUMBER),
    Column("What changed", lambda row: row.what_changed or None),
]


def bulletin_table(sent: Iterable[SentBulletin]) -> Table[SentBulletin]:
    """The bulletins of a page as a file, in its order."""
    return Table("bulletins", "Monthly bulletins", COLUMNS, sent)
