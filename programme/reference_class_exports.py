"""The reference class as files, as on its page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from core.exports.tables import Column, Document, Table, Value
from core.rules.assessment import NotAssessable
from programme.enums import PartnershipModel
from programme.rules.reference_class import TABLE, WORDS, CaseFigure, ReferenceClass, as_number

NOT_STATED = NotAssessable("The reports do not state it")
NOTES = (
    "A range is given from three cases on. Plans stand beside it and are not counted in it.",
    "Months, per cent and pounds are worked out from the records named beside each figure.",
    "A published case of other councils that was loaded here is not checked, and shown to who may read it.",
)


def _value(figure: CaseFigure, value: Fraction | None) -> Value:
    return NOT_STATED if value is None else str(as_number(figure.measure, value))


COLUMNS: list[Column[CaseFigure]] = [
    Column("Measure", lambda one: WORDS[one.measure].title, width=22),
    Column("Unit", lambda one: WORDS[one.measure].unit, width=50),
    Column("Case", lambda one: one.title, width=40),
    Column("Kind of partnership", lambda one: PartnershipModel(one.kind).label, width=30),
    Column("Lowest", lambda one: _value(one, one.low), width=14),
    Column("Highest", lambda one: _value(one, one.high), width=14),
    Column("Bound", lambda one: one.bound or "as printed", width=12),
    Column("Counted in the range", lambda one: "yes" if one.counts and one.words else "no", width=12),
    Column("Worked out from", lambda one: one.worked or NOT_STATED, width=60),
    Column("Records", lambda one: " ".join(one.records) or NOT_STATED, width=30),
    Column("Source", lambda one: one.found_in or NOT_STATED, width=60),
    Column("Standing", lambda one: one.standing, width=26),
    Column("Caveat", lambda one: one.caveat, width=60),
]


def reference_class_table(classes: Sequence[ReferenceClass]) -> Table[CaseFigure]:
    """Every figure of the classes, in order."""
    rows = [one for found in classes for one in found.figures]
    return Table(TABLE.value.replace("_", "-"), "Partnerships to compare with", COLUMNS, rows)


def reference_class_document(classes: Sequence[ReferenceClass], *, as_of: date) -> Document:
    """The same as a workbook, with each sentence on its cover."""
    return Document(
        title="Partnerships to compare with",
        as_of=as_of,
        cover=[(one.words.title, f"{one.sentence}.") for one in classes],
        notes=NOTES,
        tables=[reference_class_table(classes)],
    )
