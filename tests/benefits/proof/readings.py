"""What a reader sees, as data: tables and charts of a page, CSV files, workbooks, and answers of the API."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from html.parser import HTMLParser
from io import BytesIO, StringIO
from typing import Any

import openpyxl

from tests.benefits.proof.words import plain

ADDED = "Added up"
_QUIET = ("govuk-visually-hidden", "app-sub", "app-ref", "tag")
_NO_TABLES = {"Cover", "Contents", "Notes", ADDED}
_VOID = ("br", "img", "input", "hr", "wbr", "meta", "link")
Cells = dict[str, str]


@dataclass
class PageTable:
    """A table of a page: the heads of its columns, and for each row its header and the words of its cells."""

    heads: list[str] = field(default_factory=list)
    rows: list[tuple[str, list[str]]] = field(default_factory=list)
    links: list[tuple[str, str]] = field(default_factory=list)

    def by_row(self) -> dict[str, Cells]:
        """The cells of each row by the heads of their columns."""
        return {header: dict(zip(self.heads[1:], cells, strict=True)) for header, cells in self.rows}

    def cells(self) -> dict[tuple[str, str], str]:
        """Every cell by its row and column."""
        return {(row, head): text for row, cells in self.by_row().items() for head, text in cells.items()}


class _Page(HTMLParser):
    """Reads the heading, every table and the JSON of every chart in one pass."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: dict[str, PageTable] = {}
        self.charts: dict[str, Any] = {}
        self._table: PageTable | None = None
        self._row: list[str] | None = None
        self._chart, self._open, self._json = "", [], ""
        self._url, self._is_head, self._is_cell = "", False, False
        self.title, self._is_title = "", False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        if tag == "table":
            name = known.get("id", f"#{len(self.tables)}").removeprefix("table-")
            self._table = self.tables[name] = PageTable()
        elif tag == "h1":
            self._is_title = True
        elif tag == "script" and "data-for" in known:
            self._chart, self._json = known["data-for"], ""
        elif self._table is not None:
            self._start_in_table(tag, known)

    def _start_in_table(self, tag: str, known: Mapping[str, str]) -> None:
        if tag == "thead":
            self._is_head = True
        elif tag == "tr":
            self._row = []
        elif tag in ("td", "th") and self._row is not None:
            self._row.append("")
            self._open, self._url, self._is_cell = [], "", True
        elif tag not in _VOID:
            self._open.append(known.get("class", ""))
            self._url = known.get("href", self._url)

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._chart:
            self.charts[self._chart] = json.loads(self._json)
            self._chart = ""
        elif tag == "h1":
            self._is_title = False
        elif tag == "table":
            self._table = None
        elif self._table is not None:
            self._end_in_table(self._table, tag)

    def _end_in_table(self, table: PageTable, tag: str) -> None:
        if tag == "thead":
            self._is_head = False
        elif tag in ("td", "th") and self._row:
            self._is_cell = False
            self._row[-1] = re.sub(r"\s+", " ", self._row[-1]).strip()
            if tag == "td" and self._url:
                table.links.append((self._row[-1], self._url))
        elif tag == "tr" and self._row:
            if self._is_head:
                table.heads = self._row
            else:
                table.rows.append((self._row[0], self._row[1:]))
            self._row = None
        elif self._open and tag not in _VOID:
            self._open.pop()

    def handle_data(self, data: str) -> None:
        if self._chart:
            self._json += data
        elif self._is_title:
            self.title += data
        elif self._is_cell and self._row and not any(name in one for one in self._open for name in _QUIET):
            self._row[-1] += data


@dataclass(frozen=True)
class Page:
    """The words of its heading, and the tables and charts of a page by their ids."""

    title: str
    tables: Mapping[str, PageTable]
    charts: Mapping[str, Any]

    def table_with(self, head: str) -> PageTable:
        """The first table that has a column of this name."""
        return next(table for table in self.tables.values() if head in table.heads)


def page_of(response: Any) -> Page:
    """What an answer with status 200 shows."""
    assert response.status_code == 200, response.status_code
    reader = _Page()
    reader.feed(response.content.decode())
    return Page(reader.title, reader.tables, reader.charts)


def csv_of(response: Any) -> list[Cells]:
    """The rows of a CSV file by the titles of their columns."""
    assert response.status_code == 200, response.status_code
    text = b"".join(response).decode("utf-8-sig")
    return list(csv.DictReader(StringIO(text, newline="")))


def sheets_of(content: bytes) -> dict[str, list[dict[str, Any]]]:
    """The rows of each table of a workbook by the titles of their columns, which stand in row 4."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    found = {}
    for sheet in book.worksheets:
        rows = list(sheet.iter_rows(values_only=True))
        if sheet.title not in _NO_TABLES:
            titles = rows[3]
            found[sheet.title] = [
                {title: _cell_text(title, value) for title, value in zip(titles, row, strict=True)}
                for row in rows[4:]
            ]
    return found


def _cell_text(title: str, value: Any) -> str:
    """A cell as the same cell stands in a CSV file."""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        return f"{value:.1f}" if "%" in title or "points" in title else plain(drawn_pence(value))
    return str(value)


def pence(text: str) -> int | str:
    """Pence of pounds as a page or a file writes them; what stands for a missing figure stays."""
    if text.startswith("["):
        return text
    plain = text.replace(",", "").replace("−", "-").replace("£", "").removeprefix("+")
    return int(Decimal(plain).scaleb(2))


def drawn_pence(value: float) -> int:
    """Pence of a point of a chart, which must stand on a whole penny."""
    whole = round(value * 100)
    assert whole / 100 == value, value
    return whole


def api_rows(client: Any, path: str, **asked: str) -> list[dict[str, Any]]:
    """Every row of a list of the API, page after page."""
    rows: list[dict[str, Any]] = []
    page = 1
    while True:
        answer = client.get(f"/api/v1/{path}/", {**asked, "page_size": "100", "page": str(page)}).json()
        rows += answer["results"]
        if not answer["next"]:
            return rows
        page += 1


def differences(wanted: Mapping[Any, Any], found: Mapping[Any, Any]) -> list[tuple[Any, Any, Any]]:
    """What is not the same: the place, what should stand there, what does."""
    places = [*wanted, *(place for place in found if place not in wanted)]
    pairs = ((place, wanted.get(place, "nothing"), found.get(place, "nothing")) for place in places)
    return [(place, one, other) for place, one, other in pairs if one != other]


def sums(rows: Sequence[Mapping[str, Any]], column: str, *by: str) -> dict[tuple[Any, ...], int]:
    """Pence of a column of pounds as text, added up by other columns."""
    found: dict[tuple[Any, ...], int] = {}
    for row in rows:
        place = tuple(row[name] for name in by)
        found[place] = found.get(place, 0) + int(Decimal(row[column]).scaleb(2))
    return found
