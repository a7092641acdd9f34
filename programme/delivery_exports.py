"""The record of mails as a file, as on its page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from core.clock import LONDON
from core.exports.tables import Column, Format, Table
from programme.queries.deliveries import DeliveryRow


def _moment(at: datetime | None) -> str | None:
    """A moment in London, which the day alone would not tell."""
    return at.astimezone(LONDON).strftime("%Y-%m-%d %H:%M:%S") if at else None


DELIVERY_COLUMNS: list[Column[DeliveryRow]] = [
    Column("Mail of", lambda row: row.day_on, Format.DATE),
    Column("To", lambda row: row.recipient),
    Column("Address", lambda row: row.address),
    Column("How far it has come", lambda row: str(row.stage.label)),
    Column("Reminders", lambda row: row.count, Format.NUMBER),
    Column("Tries", lambda row: row.tries, Format.NUMBER),
    Column("Carried by", lambda row: row.channel),
    Column("Number with the carrier", lambda row: row.provider_id),
    Column("Queued (London)", lambda row: _moment(row.queued_at)),
    Column("Last tried (London)", lambda row: _moment(row.tried_at)),
    Column("Sent (London)", lambda row: _moment(row.sent_at)),
    Column("Delivered or failed (London)", lambda row: _moment(row.settled_at)),
    Column("Reason", lambda row: row.error),
]


def delivery_table(rows: Iterable[DeliveryRow]) -> Table[DeliveryRow]:
    """One line a mail."""
    return Table("mails", "Reminder mails", DELIVERY_COLUMNS, rows)
