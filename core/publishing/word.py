"""Word documents for committee templates: real headings, tables whose heads repeat, pictures with words."""

from __future__ import annotations

import io
from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from core.exports.archive import undated
from core.publishing.content import (
    Block,
    Content,
    Figures,
    Notice,
    Picture,
    Points,
    Section,
    Statement,
)
from core.publishing.pictures import chart_png
from core.publishing.shown import shown, shown_heads


def word_bytes(content: Content, as_of: date) -> bytes:
    """The document as a DOCX file dated `as_of`."""
    from docx import Document

    book = Document()
    _set_properties(book, content, as_of)
    book.add_heading(content.title, level=0)
    for label, text in content.header:
        book.add_paragraph(f"{label}: {text}")
    for section in content.sections:
        _add_section(book, section)
    if content.notes:
        book.add_heading("Notes", level=1)
        _add_points(book, content.notes)
    output = io.BytesIO()
    book.save(output)
    return undated(output.getvalue())


def _set_properties(book: Any, content: Content, as_of: date) -> None:
    properties = book.core_properties
    moment = datetime.combine(as_of, time())
    properties.title, properties.subject = content.title, content.about
    properties.author = properties.last_modified_by = "Concordat"
    properties.language = "en-GB"
    properties.comments = ""
    properties.created = properties.modified = moment


def _add_section(book: Any, section: Section) -> None:
    book.add_heading(f"{section.number}. {section.title}", level=1)
    for block in section.blocks:
        _add_block(book, block)


def _add_block(book: Any, block: Block) -> None:
    if isinstance(block, Figures):
        _add_figures(book, block)
    elif isinstance(block, Picture):
        _add_picture(book, block)
    elif isinstance(block, Points):
        _add_points(book, block.items)
    elif isinstance(block, Statement):
        book.add_paragraph(block.text, style="Quote")
        book.add_paragraph(block.by)
    elif isinstance(block, Notice):
        book.add_paragraph().add_run(block.text).bold = True
    else:
        book.add_paragraph(block.text)


def _add_points(book: Any, items: Sequence[str]) -> None:
    for item in items:
        book.add_paragraph(item, style="List Bullet")


def _add_figures(book: Any, figures: Figures) -> None:
    book.add_paragraph(figures.caption, style="Caption")
    if figures.unit:
        book.add_paragraph(figures.unit)
    table = book.add_table(rows=0, cols=len(figures.heads), style="Table Grid")
    _add_cells(table, shown_heads(figures))
    _repeat_head(table.rows[0])
    for row in figures.all_rows:
        _add_cells(table, shown(figures, row))
    for note in figures.notes:
        book.add_paragraph(note)


def _add_cells(table: Any, texts: Sequence[str]) -> None:
    for cell, text in zip(table.add_row().cells, texts, strict=True):
        cell.text = text


def _repeat_head(row: Any) -> None:
    """The row of column heads, said to be one: it repeats on every page and is read out with its cells."""
    from docx.oxml import OxmlElement

    # The library offers no other way.
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))  # noqa: SLF001


def _add_picture(book: Any, picture: Picture) -> None:
    from docx.shared import Cm

    book.add_heading(picture.headline, level=2)
    book.add_paragraph(picture.subtitle)
    shape = book.add_picture(io.BytesIO(chart_png(picture.spec)), width=Cm(16))
    properties = shape._inline.docPr  # noqa: SLF001
    properties.set("descr", picture.label)
    properties.set("title", picture.headline)
    if picture.source:
        book.add_paragraph(f"Source: {picture.source}")
