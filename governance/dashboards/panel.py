"""What a panel is made of: a sentence, at most one chart, its tables with their files, its sources."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse

from core.charts import Chart
from core.tables import Cell, NumberTable


@dataclass(frozen=True, slots=True)
class Shown:
    """A table of the page, and the name and the address of the file that holds it.

    `has_words` where its cells are words, so that a row stands as a block on a phone.
    """

    table: NumberTable
    file: str
    csv_url: str
    has_words: bool = False


@dataclass(frozen=True, slots=True)
class Source:
    """Where the figures of a panel come from."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Panel:
    """One panel. `charts` are one chart, or the same one for each council on one scale."""

    key: str
    title: str
    sentence: str
    sources: tuple[Source, ...]
    charts: tuple[Chart, ...] = ()
    tables: tuple[Shown, ...] = ()


@dataclass(frozen=True, slots=True)
class Files:
    """Where the files of one dashboard are."""

    address: str
    key: str

    def url(self, name: str) -> str:
        """Of the table of this name."""
        return f"{reverse(self.address, args=[self.key])}?table={name}"

    def shown(self, table: NumberTable | None, name: str, *, has_words: bool = False) -> tuple[Shown, ...]:
        """A table with its file; none where it has no rows."""
        if table is None or not table.rows:
            return ()
        return (Shown(table, name, self.url(name), has_words),)


def only(chart: Chart | None) -> tuple[Chart, ...]:
    """The chart of a panel that may have none."""
    return (chart,) if chart else ()


def words(text: str, *, url: str = "", says: str = "", tag: str = "", sub: str = "") -> Cell:
    """A cell of words."""
    return Cell(text, url, says, tag, sub, is_number=False)
