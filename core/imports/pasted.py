"""Rows that were pasted or checked before, as a file that is read like any other."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence

from core.imports.tables import ImportedTable


class PastedText:
    """Rows that were pasted, as a file."""

    def __init__(self, content: bytes, name: str | None = "pasted.csv") -> None:
        self.content = content
        self.name = name
        self.size = len(content)

    def read(self) -> bytes:
        """All its bytes."""
        return self.content


def pasted_rows(text: str) -> list[list[str]]:
    """The rows of a text copied from a spreadsheet (cells apart by tabs) or out of a CSV file."""
    body = text.strip("\r\n")
    if not body.strip():
        return []
    delimiter = "\t" if "\t" in body else ","
    return list(csv.reader(io.StringIO(body, newline=""), delimiter=delimiter))


def as_file(rows: Sequence[Sequence[str]]) -> PastedText:
    """Rows as a CSV file, each filled up to the width of the widest."""
    width = max(map(len, rows), default=0)
    return PastedText(csv_bytes([[*row, *[""] * (width - len(row))] for row in rows]))


def canonical_csv(table: ImportedTable) -> str:
    """The same rows as CSV text, so that what was checked can be sent again to be stored."""
    given = [
        column for column in table.columns if any(row.texts.get(column.name) for row in table.rows)
    ] or list(table.columns[:1])
    kept = [column for column in table.columns if column in given or column.name in table.rows[0].given]
    rows = [[column.title for column in kept]]
    rows += [[row.texts.get(column.name, "") for column in kept] for row in table.rows]
    return csv_bytes(rows).decode()


def csv_bytes(rows: Sequence[Sequence[str]]) -> bytes:
    """Rows as the bytes of a CSV file."""
    output = io.StringIO()
    csv.writer(output, lineterminator="\r\n").writerows(rows)
    return output.getvalue().encode()
