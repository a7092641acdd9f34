"""Tables of a page, as rows of the words in their cells."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

HIDDEN = "govuk-visually-hidden"
VOID = ("br", "img", "input", "hr", "wbr")


class _Table(HTMLParser):
    """Reads the one table with this id; words for screen readers alone are left out."""

    def __init__(self, table_id: str) -> None:
        super().__init__()
        self.table_id = table_id
        self.rows: list[list[str]] = []
        self.open_tags: list[str] = []
        self.is_inside = self.is_cell = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        if tag == "table" and known.get("id") == self.table_id:
            self.is_inside = True
        if not self.is_inside or tag in VOID:
            return
        if tag == "tr":
            self.rows.append([])
        elif tag in ("td", "th"):
            self.rows[-1].append("")
            self.is_cell = True
        elif self.is_cell:
            self.open_tags.append(HIDDEN if HIDDEN in (known.get("class") or "") else tag)

    def handle_endtag(self, tag: str) -> None:
        if tag == "table":
            self.is_inside = False
        elif tag in ("td", "th"):
            self.is_cell, self.open_tags = False, []
        elif self.open_tags and tag not in VOID:
            self.open_tags.pop()

    def handle_data(self, data: str) -> None:
        if self.is_inside and self.is_cell and HIDDEN not in self.open_tags:
            self.rows[-1][-1] += data


def table_of(response: Any, table_id: str) -> dict[str, list[str]]:
    """The cells of each row of a table beside its first cell, by the words of that."""
    assert response.status_code == 200
    reader = _Table(table_id)
    reader.feed(response.content.decode())
    assert reader.rows, f"no table {table_id}"
    words = [[re.sub(r"\s+", " ", cell).strip() for cell in row] for row in reader.rows]
    return {row[0]: row[1:] for row in words}
