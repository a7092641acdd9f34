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
from core.publishing.keeping import cover
from core.publishing.pictures import chart_png
from core.publishing.shown import is_right, is_wide, lying_sections, shown, shown_heads, writable

_FONT = "Arial"
_LONG, _SHORT, _MARGIN = 29.7, 21.0, 1.8
_EMU_A_TWIP = 635
_EDGES = 3  # letters that the two edges of a cell take
_SMALL, _PLAIN = 54_000, 64_000  # EMU that a letter takes, in wide tables and in others
_MOST_LETTERS = 38  # beyond which a text wraps rather than takes room from other columns


def word_bytes(content: Content, as_of: date) -> bytes:
    """The document as a DOCX file dated `as_of`."""
    from docx import Document

    book = Document()
    _set_properties(book, content, as_of)
    _set_styles(book)
    _lay(book.sections[0], is_wide=False)
    _say_on_every_page(book, content)
    book.add_heading(writable(content.title), level=0)
    for label, text in cover(content):
        _label(book.add_paragraph(), label, text)
    lying = lying_sections(content)
    for section in content.sections:
        _turn(book, is_wide=section.number in lying)
        _add_section(book, section)
    _turn(book, is_wide=False)
    if content.notes:
        book.add_heading("Notes", level=1)
        _add_points(book, content.notes)
    output = io.BytesIO()
    book.save(output)
    return undated(output.getvalue())


def _set_properties(book: Any, content: Content, as_of: date) -> None:
    properties = book.core_properties
    moment = datetime.combine(as_of, time())
    properties.title, properties.subject = writable(content.title), writable(content.about)
    properties.author = properties.last_modified_by = "Concordat"
    properties.language = "en-GB"
    properties.comments = ""
    properties.created = properties.modified = moment


def _set_styles(book: Any) -> None:
    """One font, black headings, British English."""
    from docx.oxml.ns import qn
    from docx.shared import Pt, RGBColor

    for style in book.styles:
        fonts = style.element.find(f".//{qn('w:rFonts')}")
        if fonts is not None:
            fonts.attrib.clear()
            for kind in ("ascii", "hAnsi", "cs", "eastAsia"):
                fonts.set(qn(f"w:{kind}"), _FONT)
        language = style.element.find(f".//{qn('w:lang')}")
        if language is not None:
            language.set(qn("w:val"), "en-GB")
        if style.name.startswith(("Heading", "Title", "Caption")):
            style.font.color.rgb = RGBColor(0x0B, 0x0C, 0x0C)
    book.styles["Normal"].font.name = _FONT
    book.styles["Normal"].font.size = Pt(10.5)
    book.styles["Caption"].font.size = Pt(10.5)
    defaults = book.styles.element.find(f".//{qn('w:rPrDefault')}//{qn('w:lang')}")
    if defaults is not None:
        defaults.set(qn("w:val"), "en-GB")


def _lay(section: Any, *, is_wide: bool) -> None:
    """An A4 page, upright or on its side."""
    from docx.enum.section import WD_ORIENT
    from docx.shared import Cm

    section.orientation = WD_ORIENT.LANDSCAPE if is_wide else WD_ORIENT.PORTRAIT
    width, height = (_LONG, _SHORT) if is_wide else (_SHORT, _LONG)
    section.page_width, section.page_height = Cm(width), Cm(height)
    section.left_margin = section.right_margin = section.top_margin = section.bottom_margin = Cm(_MARGIN)


def _turn(book: Any, *, is_wide: bool) -> None:
    """Go on a page that lies as the section needs it."""
    from docx.enum.section import WD_SECTION

    is_now = book.sections[-1].page_width > book.sections[-1].page_height
    if is_now != is_wide:
        _lay(book.add_section(WD_SECTION.NEW_PAGE), is_wide=is_wide)


def _say_on_every_page(book: Any, content: Content) -> None:
    from docx.shared import Pt

    line = book.sections[0].header.paragraphs[0]
    line.text = writable(
        " · ".join([content.title, *(f"{label}: {text}" for label, text in content.header[1:])])
    )
    line.runs[0].font.size = Pt(8)
    line.paragraph_format.space_after = Pt(8)


def _label(paragraph: Any, label: str, text: str) -> None:
    paragraph.paragraph_format.space_after = 0
    paragraph.add_run(f"{writable(label)}: ").bold = True
    paragraph.add_run(writable(text))


def _add_section(book: Any, section: Section) -> None:
    book.add_heading(writable(f"{section.number}. {section.title}"), level=1)
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
        book.add_paragraph(writable(block.text), style="Quote")
        book.add_paragraph(writable(block.by))
    elif isinstance(block, Notice):
        book.add_paragraph().add_run(writable(block.text)).bold = True
    else:
        book.add_paragraph(writable(block.text))


def _add_points(book: Any, items: Sequence[str]) -> None:
    for item in items:
        book.add_paragraph(writable(item), style="List Bullet")


def _add_figures(book: Any, figures: Figures) -> None:
    caption = book.add_paragraph(writable(figures.caption), style="Caption")
    caption.paragraph_format.keep_with_next = True
    if figures.unit:
        _stay(book.add_paragraph(writable(figures.unit)))
    table = book.add_table(rows=0, cols=len(figures.heads), style="Table Grid")
    own = table._tbl  # noqa: SLF001 - the library adds a row by reading all rows again
    _describe(own, figures.caption)
    _set_widths(book, own, figures)
    sides = [is_right(head) for head in figures.heads]
    small = is_wide(figures)
    own.append(_row(shown_heads(figures), sides, is_head=True, is_bold=True, is_small=small))
    for row in figures.rows:
        own.append(_row(shown(figures, row), sides, is_small=small))
    if figures.total is not None:
        own.append(_row(shown(figures, figures.total), sides, is_bold=True, is_small=small))
    for note in figures.notes:
        book.add_paragraph(writable(note))
    book.add_paragraph()


def _stay(paragraph: Any) -> None:
    """Keep a line with what it is about."""
    from docx.shared import Pt

    paragraph.paragraph_format.keep_with_next = True
    paragraph.paragraph_format.space_after = Pt(4)


def _set_widths(book: Any, table: Any, figures: Figures) -> None:
    """Give each column room by what stands in it: its longest word at least, and of long texts a part."""
    from docx.oxml.ns import qn

    section = book.sections[-1]
    room = section.page_width - section.left_margin - section.right_margin
    rows = [shown_heads(figures), *(shown(figures, row) for row in figures.all_rows)]
    columns = list(zip(*rows, strict=True))
    least, most = [_longest_word(texts) for texts in columns], [_longest(texts) for texts in columns]
    spare = max(room / (_SMALL if is_wide(figures) else _PLAIN) - sum(least), 0)
    more = sum(most) - sum(least) or 1
    wanted = [low + spare * (high - low) / more for low, high in zip(least, most, strict=True)]
    for column, letters in zip(table.tblGrid.findall(qn("w:gridCol")), wanted, strict=True):
        column.set(qn("w:w"), str(int(room / _EMU_A_TWIP * letters / sum(wanted))))


def _longest_word(texts: Sequence[str]) -> int:
    """Letters that a column needs so that no word is broken, with its edges."""
    return max((len(one) for text in texts for one in text.split()), default=1) + _EDGES


def _longest(texts: Sequence[str]) -> int:
    """Letters that a column would like; its title, the first, may wrap between words."""
    return max(_longest_word(texts), min(max(map(len, texts[1:]), default=1), _MOST_LETTERS) + _EDGES)


def _describe(table: Any, caption: str) -> None:
    """Name the table for who hears it."""
    from docx.oxml.ns import qn

    table.tblPr.append(_element("w:tblCaption", {qn("w:val"): writable(caption)}))


def _row(
    texts: Sequence[str],
    sides: Sequence[bool],
    *,
    is_head: bool = False,
    is_bold: bool = False,
    is_small: bool = False,
) -> Any:
    """A row that stays on one page; that of the heads repeats on each and is read out with its cells."""
    row, about = _element("w:tr"), _element("w:trPr")
    about.append(_element("w:cantSplit"))
    if is_head:
        about.append(_element("w:tblHeader"))
    row.append(about)
    for text, is_number in zip(texts, sides, strict=True):
        row.append(_cell(writable(text), is_number=is_number, is_bold=is_bold, is_small=is_small))
    return row


def _cell(text: str, *, is_number: bool, is_bold: bool, is_small: bool) -> Any:
    from docx.oxml.ns import qn

    cell, paragraph, run, look = (_element(name) for name in ("w:tc", "w:p", "w:r", "w:rPr"))
    frame = _element("w:pPr")
    frame.append(_element("w:spacing", {qn("w:after"): "0"}))
    if is_number:
        frame.append(_element("w:jc", {qn("w:val"): "right"}))
    if is_bold:
        look.append(_element("w:b"))
    look.append(_element("w:sz", {qn("w:val"): "15" if is_small else "18"}))
    words = _element("w:t", {"{http://www.w3.org/XML/1998/namespace}space": "preserve"})
    words.text = text
    run.extend([look, words])
    paragraph.extend([frame, run])
    cell.append(paragraph)
    return cell


def _element(name: str, attributes: dict[str, str] | None = None) -> Any:
    from docx.oxml import OxmlElement

    return OxmlElement(name, attributes)


def _add_picture(book: Any, picture: Picture) -> None:
    from docx.shared import Cm

    book.add_heading(writable(picture.headline), level=2)
    _stay(book.add_paragraph(writable(picture.subtitle)))
    shape = book.add_picture(io.BytesIO(chart_png(picture.spec)), width=Cm(16))
    properties = shape._inline.docPr  # noqa: SLF001 - the library offers no other way
    properties.set("descr", writable(picture.label))
    properties.set("title", writable(picture.headline))
    book.paragraphs[-1].paragraph_format.keep_with_next = bool(picture.source)
    if picture.source:
        book.add_paragraph(f"Source: {writable(picture.source)}")
