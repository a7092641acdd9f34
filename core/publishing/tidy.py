"""One CSV file a table and a dictionary of their columns, in one archive with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from core.exports.archive import archive_bytes
from core.exports.csv_file import csv_text
from core.exports.tables import Column, Format, Table
from core.publishing.content import Content
from core.publishing.files import TRACED, TRACED_NOTE, as_table, with_traces

DICTIONARY = "dictionary.csv"
_KINDS = {
    Format.TEXT: "words",
    Format.MONEY: "pounds with two decimals",
    Format.NUMBER: "number",
    Format.PERCENT: "percentage, 100 being all",
    Format.DATE: "date, year first",
}


@dataclass(frozen=True, slots=True)
class _Meaning:
    file: str
    column: str
    kind: str
    meaning: str


def tables_archive(content: Content) -> bytes:
    """The archive; the same document gives the same bytes."""
    return archive_bytes((name, text.encode()) for name, text in _files(content))


def _files(content: Content) -> Iterator[tuple[str, str]]:
    for figures in content.tables:
        yield f"{figures.key}.csv", csv_text(as_table(figures))
    yield DICTIONARY, csv_text(_dictionary(content))


def _dictionary(content: Content) -> Table[_Meaning]:
    columns = [
        Column[_Meaning]("File", lambda one: one.file),
        Column[_Meaning]("Column", lambda one: one.column),
        Column[_Meaning]("Kind", lambda one: one.kind),
        Column[_Meaning]("Meaning", lambda one: one.meaning),
    ]
    return Table("dictionary", "What each column holds", columns, list(_meanings(content)))


def _meanings(content: Content) -> Iterator[_Meaning]:
    for figures in content.tables:
        for head in with_traces(figures).heads:
            says = f"{head.less[0]} less {head.less[1]}" if head.less else figures.caption
            says = TRACED_NOTE if head.title == TRACED else says
            yield _Meaning(f"{figures.key}.csv", head.title, _KINDS[head.format], says)
