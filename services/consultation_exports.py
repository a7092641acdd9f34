"""The consultations of a programme as a file, as on their page."""

from __future__ import annotations

from collections.abc import Sequence

from core.exports.tables import Column, Format, Table, Value
from core.rules.assessment import Withheld
from services.queries.consultations import ConsultationLine


def _unless_withheld(line: ConsultationLine, value: Value) -> Value:
    return Withheld(line.row.withheld) if line.row.withheld else value


CONSULTATION_COLUMNS: list[Column[ConsultationLine]] = [
    Column("Service", lambda line: str(line.consultation.review.service)),
    Column("Review", lambda line: line.consultation.review.ref),
    Column("Council", lambda line: str(line.consultation.council)),
    Column("Kind", lambda line: str(line.consultation.get_kind_display())),
    Column("Establishment", lambda line: line.row.place.text or None),
    Column("People affected", lambda line: _unless_withheld(line, line.row.people)),
    Column("State", lambda line: line.word),
    Column("Started on", lambda line: line.consultation.started_on, Format.DATE),
    Column("Ended on", lambda line: line.consultation.ended_on, Format.DATE),
    Column("First dismissal", lambda line: _unless_withheld(line, line.row.first_dismissal_on), Format.DATE),
    Column("Transfer", lambda line: _unless_withheld(line, line.row.transfer_on), Format.DATE),
    Column("Minimum time", lambda line: _unless_withheld(line, line.row.minimum_words or None)),
    Column("Counted with", lambda line: line.row.counted_words or None),
    Column("Must start by", lambda line: _unless_withheld(line, line.start_by), Format.DATE),
]


def consultation_table(lines: Sequence[ConsultationLine]) -> Table[ConsultationLine]:
    """The consultations of a page as a file, in its order; few people only as "fewer than 5"."""
    return Table("consultations", "Consultations", CONSULTATION_COLUMNS, lines)
