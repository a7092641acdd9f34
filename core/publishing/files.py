"""The tables of a document as files hold them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count

from core.exports.cells import NOT_APPLICABLE, NOT_AVAILABLE, WITHHELD
from core.exports.tables import Column, Document, Format, Table, Value
from core.publishing.content import SHORTHAND, Content, Figures, Head, Plain
from core.publishing.keeping import cover
from core.publishing.shown import as_day, shown_cell
from core.rules.assessment import NotApplicable, NotAssessable, Withheld

Row = tuple[Plain, ...]
TRACED = "Traced to"
TRACED_NOTE = (
    f"{TRACED}: where, within Concordat, those who may read them find the entries or the record behind a row."
)
_LONGEST_SHEET_NAME = 31
_NARROWEST, _WIDEST = 10, 40  # letters across a column

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
        cover=cover(content),
        notes=notes_of(content),
        tables=[
            as_table(figures, name)
            for figures, name in zip(content.tables, sheet_names(content), strict=True)
        ],
    )


def notes_of(content: Content) -> list[str]:
    """Notes of the document and of its tables, each once."""
    traced = [TRACED_NOTE] if any(one.traces for one in content.tables) else []
    notes = [*content.notes, *traced, *(note for one in content.tables for note in one.notes)]
    return list(dict.fromkeys(notes))


def sheet_names(content: Content) -> list[str]:
    """A name for the sheet of each table, as short as spreadsheets want it and each once."""
    names: list[str] = []
    for figures in content.tables:
        name = figures.key[:_LONGEST_SHEET_NAME]
        for number in count(2):
            if name.lower() not in {"cover", "contents", "notes", *(one.lower() for one in names)}:
                break
            end = f"-{number}"
            name = f"{figures.key[: _LONGEST_SHEET_NAME - len(end)]}{end}"
        names.append(name)
    return names


def with_traces(figures: Figures) -> Figures:
    """The table with a last column that says what is behind each row (INV-46); as it is where none is."""
    if not figures.traces:
        return figures
    pairs = zip(figures.all_rows, figures.traces, strict=True)
    *rows, last = [(*row, trace or NOT_APPLICABLE) for row, trace in pairs]
    has_total = figures.total is not None
    return replace(
        figures,
        heads=(*figures.heads, Head(TRACED)),
        rows=tuple(rows if has_total else [*rows, last]),
        total=last if has_total else None,
        traces=(),
    )


def as_table(figures: Figures, name: str = "") -> Table[Row]:
    """One table; its rows and total are those of the document, with what is behind each of them."""
    figures = with_traces(figures)
    columns = [
        _column(head, index, width)
        for index, (head, width) in enumerate(zip(figures.heads, widths_of(figures), strict=True))
    ]
    return Table(name or figures.key, figures.caption, columns, figures.rows, figures.unit, figures.total)


def widths_of(figures: Figures) -> list[int]:
    """Room for each column in letters: its longest value, and half of its title, which wraps."""
    rows = [
        [shown_cell(value, head.format) for value, head in zip(row, figures.heads, strict=True)]
        for row in figures.all_rows
    ]
    columns = zip(*rows, strict=True) if rows else [() for _ in figures.heads]
    longest = [
        max([len(head.title) // 2, *map(len, head.title.split()), *map(len, texts)])
        for head, texts in zip(figures.heads, columns, strict=True)
    ]
    return [min(max(letters + 3, _NARROWEST), _WIDEST) for letters in longest]


def _column(head: Head, index: int, width: int) -> Column[Row]:
    is_summed = head.is_summed and head.less is None
    return Column(
        head.title, _reader(head, index), head.format, less=head.less, is_summed=is_summed, width=width
    )


def _reader(head: Head, index: int) -> Callable[[Row], Value]:
    return lambda row: typed(row[index], head.format)


def typed(value: Plain, form: Format) -> Value:
    """A plain value as what it is: a day, an exact number, or the reason why there is none."""
    if form == Format.TEXT:
        return str(value)
    if value in SHORTHAND:
        return _MISSING[value]
    if form == Format.DATE:
        return as_day(value) or str(value)
    return value if isinstance(value, int) else Decimal(value)
