"""How the cells of a document's tables read on a page, on paper and in a word processor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from core.exports.tables import Format
from core.publishing.content import SHORTHAND, Content, Figures, Head, Plain
from core.rules.calendar import format_date
from core.rules.money import format_amount
from core.rules.rounding import format_number, format_percent

# More columns than this do not fit on an upright page.
_MOST_UPRIGHT = 6
# So many columns fit on a phone whatever they hold.
_FEW = 2
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def is_right(head: Head) -> bool:
    """Whether the cells of a column stand on the right, as numbers do."""
    return head.format not in {Format.TEXT, Format.DATE}


def is_wide(figures: Figures) -> bool:
    """Whether a table has more columns than an upright page holds."""
    return len(figures.heads) > _MOST_UPRIGHT


def is_worded(figures: Figures) -> bool:
    """Whether most columns hold words, so that a phone shows each row as a block rather than part of it."""
    numbers = sum(is_right(head) for head in figures.heads)
    return len(figures.heads) > _FEW and numbers * 2 < len(figures.heads) - 1


def lying_sections(content: Content) -> frozenset[str]:
    """The numbers of the sections whose pages lie on their side: those with a wide table.

    A section between two such ones lies too, so that pages are not turned back and forth.
    """
    wide = [
        any(isinstance(one, Figures) and is_wide(one) for one in part.blocks) for part in content.sections
    ]
    between = [
        lies or (0 < place < len(wide) - 1 and wide[place - 1] and wide[place + 1])
        for place, lies in enumerate(wide)
    ]
    return frozenset(part.number for part, lies in zip(content.sections, between, strict=True) if lies)


def writable(text: str) -> str:
    """The text without what no XML file can hold."""
    return _UNWRITABLE.sub("", text)


def as_day(value: Plain) -> date | None:
    """The day of a cell; None where its source names no single day."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None


def shown_heads(figures: Figures) -> list[str]:
    """The titles of the columns."""
    return [head.title for head in figures.heads]


def shown(figures: Figures, row: Sequence[Plain]) -> list[str]:
    """The words of each cell of a row."""
    return [shown_cell(value, head.format) for value, head in zip(row, figures.heads, strict=True)]


def shown_cell(value: Plain, form: Format) -> str:
    """The words of one cell."""
    if form == Format.TEXT or value in SHORTHAND:
        return str(value)
    if form == Format.MONEY:
        return format_amount(int(value))
    if form == Format.DATE:
        day = as_day(value)
        return format_date(day) if day else str(value)
    if form == Format.PERCENT:
        return format_percent(Decimal(value), _places(str(value)))
    return (
        format_number(value, 0) if isinstance(value, int) else format_number(Decimal(value), _places(value))
    )


def _places(value: str) -> int:
    return len(value.partition(".")[2])
