"""What a table of figures is made of; `components/number-table.html` prints it."""

from __future__ import annotations

from dataclasses import dataclass

_COLUMNS_UNDER_CHARTS = 5
_SHORTHANDS = {
    "[x]": "[x] not available: not stated, or it cannot be worked out.",
    "[z]": "[z] not applicable: the time is not over, or the figure would mean nothing.",
    "[c]": "[c] withheld: it tells of few people, or is not open yet.",
}


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: a number or words, a link to what is behind it, a rating word, a second line."""

    text: str
    url: str = ""
    says: str = ""
    tag: str = ""
    sub: str = ""
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its header, perhaps a link, and its cells."""

    header: str
    cells: tuple[Cell, ...]
    url: str = ""
    sub: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """The head of one column."""

    text: str
    is_number: bool = True


@dataclass(frozen=True, slots=True)
class NumberTable:
    """A table with a caption that says what, and a unit line that says unit and period."""

    id: str
    caption: str
    unit: str
    columns: tuple[Heading, ...]
    rows: tuple[Row, ...]
    foot: tuple[Row, ...] = ()
    note: str = ""
    has_council_columns: bool = False

    @property
    def stands_under_charts(self) -> bool:
        """Whether its columns are those of three councils and their total, which three charts stand over."""
        return self.has_council_columns and len(self.columns) == _COLUMNS_UNDER_CHARTS

    @property
    def notes(self) -> str:
        """Its note, and what the shorthands in its cells mean that the note does not tell."""
        found = {cell.text for row in (*self.rows, *self.foot) for cell in row.cells}
        told = [words for short, words in _SHORTHANDS.items() if short in found and short not in self.note]
        return " ".join([self.note, *told]).strip()


def headings(*texts: str, last_is_word: bool = False) -> tuple[Heading, ...]:
    """Column heads of numbers; the last may be of words. The first column is the row header all the same."""
    last = len(texts) - 1
    return tuple(
        Heading(text, is_number=not (last_is_word and index == last)) for index, text in enumerate(texts)
    )
