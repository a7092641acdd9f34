"""One CSV file a table and a dictionary of their columns, in one archive with the same bytes each time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from core.exports.archive import archive_bytes
from core.exports.csv_file import csv_text
from core.exports.tables import Column, Format, Table
from core.publishing.content import Content, Figures, Head
from core.publishing.files import TRACED, TRACED_NOTE, as_table, with_traces

DICTIONARY = "dictionary.csv"
# What a column means, by its title and format.
Meanings = Mapping[tuple[str, Format], str]
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


def tables_archive(content: Content, meanings: Meanings | None = None) -> bytes:
    """The archive; the same document gives the same bytes. `meanings` are of columns that have any."""
    return archive_bytes((name, text.encode()) for name, text in _files(content, meanings or {}))


def _files(content: Content, meanings: Meanings) -> Iterator[tuple[str, str]]:
    for figures in content.tables:
        yield f"{figures.key}.csv", csv_text(as_table(figures))
    yield DICTIONARY, csv_text(_dictionary(content, meanings))


def _dictionary(content: Content, meanings: Meanings) -> Table[_Meaning]:
    columns = [
        Column[_Meaning]("File", lambda one: one.file),
        Column[_Meaning]("Column", lambda one: one.column),
        Column[_Meaning]("Kind", lambda one: one.kind),
        Column[_Meaning]("Meaning", lambda one: one.meaning),
    ]
    return Table("dictionary", "What each column holds", columns, list(_meanings(content, meanings)))


def _meanings(content: Content, meanings: Meanings) -> Iterator[_Meaning]:
    for figures in content.tables:
        for head in with_traces(figures).heads:
            says = TRACED_NOTE if head.title == TRACED else _says(figures, head, meanings)
            yield _Meaning(f"{figures.key}.csv", head.title, _KINDS[head.format], says)


def _says(figures: Figures, head: Head, meanings: Meanings) -> str:
    """What a column holds: of which table, and what its title means where that is known."""
    known = meanings.get((head.title, head.format))
    less = f"{head.less[0]} less {head.less[1]}" if head.less else ""
    return ". ".join(part for part in (figures.caption, less, known) if part)
