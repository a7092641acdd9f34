"""CSV: UTF-8, one line a row, written as the rows come."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator

from core.exports.cells import guard, plain_text, usual
from core.exports.tables import Row, Table

_ROWS_AT_ONCE = 500


def csv_lines(table: Table[Row]) -> Iterator[str]:
    """The CSV text of a table, in pieces: the titles, then some hundred rows at a time."""
    piece = _Piece()
    writer = csv.writer(piece, lineterminator="\r\n")
    writer.writerow([guard(title) for title in table.titles])
    yield piece.take()
    columns = [(column.value, column.format, *usual(column.format)) for column in table.columns]
    for number, row in enumerate(_streamed(table.rows), 1):
        writer.writerow(
            [
                text(found) if type(found := value(row)) is kind else plain_text(found, form)
                for value, form, kind, text in columns
            ]
        )
        if number % _ROWS_AT_ONCE == 0:
            yield piece.take()
    yield piece.take()


def csv_text(table: Table[Row]) -> str:
    """The whole CSV text of a table."""
    return "".join(csv_lines(table))


class _Piece:
    """Gathers what the writer writes until it is taken."""

    def __init__(self) -> None:
        self._parts: list[str] = []

    def write(self, text: str) -> None:
        self._parts.append(text)

    def take(self) -> str:
        text = "".join(self._parts)
        self._parts.clear()
        return text


def _streamed(rows: Iterable[Row]) -> Iterable[Row]:
    """Rows of a query set in chunks, so that a long one is never whole in memory."""
    iterator = getattr(rows, "iterator", None)
    return rows if iterator is None else iterator(chunk_size=2_000)
