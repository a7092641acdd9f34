"""A document as a tagged PDF, its charts as vector pictures with words for who cannot see them."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass

from core.exports.pdf import pdf_bytes
from core.publishing.content import Block, Content, Figures, Picture
from core.publishing.keeping import cover, name_of
from core.publishing.pictures import chart_svg
from core.publishing.shown import is_right, is_wide, is_worded, lying_sections, shown

TEMPLATE = "publishing/document.html"
_SHORT, _SHORT_NAME, _LONG_TEXT = 8, 14, 60


@dataclass(frozen=True, slots=True)
class PaperCell:
    """The words of a cell, whether they stand on the right as numbers do, and the title of its column."""

    text: str
    is_number: bool
    url: str = ""
    label: str = ""

    @property
    def is_short(self) -> bool:
        """Whether it stays on one line, as a financial year does."""
        return len(self.text) <= _SHORT_NAME

    @property
    def is_long(self) -> bool:
        """Whether it would stand as a tall thin column where there is little room."""
        return len(self.text) > _LONG_TEXT


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A block as its template takes it: `of` is the block; tables come in cells, charts as an address."""

    of: Block
    template: str
    heads: tuple[PaperCell, ...] = ()
    rows: tuple[tuple[PaperCell, ...], ...] = ()
    total: tuple[PaperCell, ...] = ()
    address: str = ""

    @property
    def is_wide(self) -> bool:
        """Whether a table has more columns than an upright page holds."""
        return isinstance(self.of, Figures) and is_wide(self.of)

    @property
    def is_worded(self) -> bool:
        """Whether a phone shows each row of a table as a block."""
        return isinstance(self.of, Figures) and is_worded(self.of)

    @property
    def is_short(self) -> bool:
        """Whether a table is to stay on one page."""
        return len(self.rows) <= _SHORT


@dataclass(frozen=True, slots=True)
class PaperSection:
    """A section as its template takes it."""

    number: str
    title: str
    blocks: tuple[PaperBlock, ...]
    is_lying: bool


def document_pdf(content: Content, *, is_brief: bool = False) -> bytes:
    """The document as PDF/UA; raises PdfUnavailableError.

    A brief one begins under its title, without a page of contents.
    """
    context = {
        "content": content,
        "cover": cover(content),
        "running": [content.title, *(f"{label}: {text}" for label, text in content.header[1:])],
        "sections": paper_sections(content),
        "is_brief": is_brief,
    }
    return pdf_bytes(TEMPLATE, context)


def paper_sections(content: Content) -> list[PaperSection]:
    """The sections as the templates take them."""
    lying = lying_sections(content)
    return [
        PaperSection(
            section.number,
            section.title,
            tuple(paper_block(block) for block in section.blocks),
            section.number in lying,
        )
        for section in content.sections
    ]


def paper_block(block: Block, *, is_traced: bool = False) -> PaperBlock:
    """One block as its template takes it; `is_traced` where its numbers lead to what is behind them."""
    template = f"publishing/{name_of(block)}.html"
    if isinstance(block, Figures):
        return PaperBlock(
            block,
            template,
            heads=tuple(PaperCell(head.title, is_right(head)) for head in block.heads),
            rows=tuple(_cells(block, place, is_traced) for place in range(len(block.rows))),
            total=() if block.total is None else _cells(block, len(block.rows), is_traced),
        )
    if isinstance(block, Picture):
        picture = b64encode(chart_svg(block.spec)).decode()
        return PaperBlock(block, template, address=f"data:image/svg+xml;base64,{picture}")
    return PaperBlock(block, template)


def _cells(figures: Figures, place: int, is_traced: bool) -> tuple[PaperCell, ...]:
    texts = shown(figures, figures.all_rows[place])
    return tuple(
        PaperCell(text, is_right(head), figures.trace_of(place, index) if is_traced else "", head.title)
        for index, (text, head) in enumerate(zip(texts, figures.heads, strict=True))
    )
