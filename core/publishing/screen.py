"""A document on a page: tables that scroll, charts that the browser draws from what the page holds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from core.charts import Chart
from core.publishing.content import Block, Content, Figures, Picture, Section
from core.publishing.keeping import name_of
from core.publishing.paper import PaperBlock, paper_block

CsvUrl = Callable[[str], str]
CHART_SIZE = "tall"


@dataclass(frozen=True, slots=True)
class ScreenBlock:
    """A block as its template takes it: `of` is the block, `table` its cells, `chart` what is drawn.

    `csv_url` leads to the numbers of a table or a chart, where there is such a file.
    """

    of: Block
    template: str
    table: PaperBlock | None = None
    chart: Chart | None = None
    csv_url: str = ""


@dataclass(frozen=True, slots=True)
class ScreenSection:
    """A section as its template takes it."""

    number: str
    title: str
    blocks: tuple[ScreenBlock, ...]


def screen_sections(
    content: Content, csv_url: CsvUrl | None = None, *, is_traced: bool = False
) -> list[ScreenSection]:
    """The sections as the templates take them; `csv_url` gives the address of a table's file by its key.

    `is_traced` on a page for people who may read what is behind the numbers (INV-46).
    """
    return [
        ScreenSection(section.number, section.title, tuple(_blocks(section, csv_url, is_traced)))
        for section in content.sections
    ]


def has_charts(content: Content) -> bool:
    """Whether the page needs the drawing library."""
    return any(isinstance(block, Picture) for section in content.sections for block in section.blocks)


def _blocks(section: Section, csv_url: CsvUrl | None, is_traced: bool) -> Iterator[ScreenBlock]:
    for index, block in enumerate(section.blocks):
        template = f"publishing/screen/{name_of(block)}.html"
        if isinstance(block, Figures):
            url = csv_url(block.key) if csv_url else ""
            yield ScreenBlock(block, template, table=paper_block(block, is_traced=is_traced), csv_url=url)
        elif isinstance(block, Picture):
            url = csv_url(block.of) if csv_url else ""
            yield ScreenBlock(block, template, chart=_chart(block, f"chart-{section.number}-{index}", url))
        else:
            yield ScreenBlock(block, template)


def _chart(block: Picture, name: str, url: str) -> Chart:
    return Chart(
        name, block.headline, block.subtitle, block.label, CHART_SIZE, block.spec, block.source, csv_url=url
    )
