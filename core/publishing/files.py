"""The tables of a document as files hold them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from core.exports.cells import NOT_APPLICABLE, NOT_AVAILABLE, WITHHELD
from core.exports.tables import Column, Document, Format, Table, Value
from core.publishing.content import SHORTHAND, Content, Figures, Head, Plain
from core.rules.assessment import NotApplicable, NotAssessable, Withheld

Row = tuple[Plain, ...]

_MISSING: dict[Plain, Value] = {
    NOT_AVAILABLE: NotAssessable("not available"),
    NOT_APPLICABLE: NotApplicable("not applicable"),
    WITHHELD: Withheld("withheld"),
}


def as_document(content: Content, as_of: date) -> Document:
    """All tables with a cover and notes, for a spreadsheet."""
    return Document(
        title=content.title,
        as_of=as_of,
        cover=[*content.header, ("About", content.about)],
        notes=[*content.notes, *(note for figures in content.tables for note in figures.notes)],
        tables=[as_table(figures) for figures in content.tables],
    )


def as_table(figures: Figures) -> Table[Row]:
    """One table; its rows and total are those of the document."""
    columns = [_column(head, index) for index, head in enumerate(figures.heads)]
    return Table(figures.key, figures.caption, columns, figures.rows, figures.unit, figures.total)


def _column(head: Head, index: int) -> Column[Row]:
    return Column(head.title, _reader(head, index), head.format, less=head.less, is_summed=head.is_summed)


def _reader(head: Head, index: int) -> Callable[[Row], Value]:
    return lambda row: typed(row[index], head.format)


def typed(value: Plain, form: Format) -> Value:
    """A plain value as what it is: a day, an exact number, or the reason why there is none."""
    if form == Format.TEXT:
        return str(value)
    if value in SHORTHAND:
        return _MISSING[value]
    if form == Format.DATE:
        return date.fromisoformat(str(value))
    return value if isinstance(value, int) else Decimal(value)
