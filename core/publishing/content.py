"""What a document says, apart from any format: headings, words, tables and charts, frozen and hashed.

A document is plain values all the way down, so that it can be kept as JSON and read back unchanged. Every
format is made from it and from nothing else, which is why their figures agree.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any

from core.exports.cells import NOT_APPLICABLE, NOT_AVAILABLE, WITHHELD
from core.exports.tables import Format

# Text, ISO dates and exact decimals are strings; money is pence and a count is a whole number. Where a number
# is missing, one of SHORTHAND stands in its place.
Plain = int | str
SHORTHAND = (NOT_AVAILABLE, NOT_APPLICABLE, WITHHELD)
_NUMBERS = (Format.MONEY, Format.NUMBER)


class InconsistentTableError(ValueError):
    """A total or a difference does not follow from the rows it is said to come from."""


@dataclass(frozen=True, slots=True)
class Head:
    """The head of one column; `less` names the two columns whose difference it is, first minus second.

    The total of such a column is the difference of their totals; of one that `is_summed` it is the sum.
    `trace` is what the column adds to the address of a row, which then leads to what is behind its cell.
    """

    title: str
    format: Format = Format.TEXT
    less: tuple[str, str] | None = None
    is_summed: bool = False
    trace: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """A table: its first column is the header of each row; `total` is the row under them.

    Refuses a total that is not the sum of its rows and a difference that is not one (INV-01), so that a
    spreadsheet may work both out again and come to the same pence. `traces` are addresses within the product,
    one a row, then that of the total: what is behind the numbers of the row (INV-46).
    """

    key: str
    caption: str
    unit: str
    heads: tuple[Head, ...]
    rows: tuple[tuple[Plain, ...], ...]
    total: tuple[Plain, ...] | None = None
    notes: tuple[str, ...] = ()
    traces: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.traces and len(self.traces) != len(self.all_rows):
            raise InconsistentTableError(f"{self.caption}: {len(self.traces)} rows are traced, not all")
        for row in self.all_rows:
            if len(row) != len(self.heads):
                raise InconsistentTableError(
                    f"{self.caption}: a row has {len(row)} cells, not {len(self.heads)}"
                )
            self._check_differences(row)
        if self.total is not None:
            self._check_total(self.total)

    @property
    def all_rows(self) -> tuple[tuple[Plain, ...], ...]:
        """The rows, then the total."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def place(self, title: str) -> int:
        """Where the column of this title stands."""
        return next(index for index, head in enumerate(self.heads) if head.title == title)

    def trace_of(self, place: int, index: int) -> str:
        """The address of what is behind a cell of row `place`: that of the row in its first column.

        In another column only where that has an address of its own, and where a figure stands.
        """
        row = self.traces[place] if self.traces else ""
        if index == 0 or not row:
            return row
        own = self.heads[index].trace
        if not own or self.all_rows[place][index] in SHORTHAND:
            return ""
        return f"{row}{'&' if '?' in row else '?'}{own}"

    def sums_up(self, index: int) -> bool:
        """Whether the total of a column is the sum of the figures above it, none of which is missing.

        What does not apply to a row adds nothing to the total.
        """
        head = self.heads[index]
        if self.total is None or not head.is_summed or head.less or not isinstance(self.total[index], int):
            return False
        return all(isinstance(row[index], int) or row[index] == NOT_APPLICABLE for row in self.rows)

    def subtracts(self, row: Sequence[Plain], index: int) -> tuple[int, int] | None:
        """The places of the two figures whose difference stands in a cell, where both are known."""
        pair = self.heads[index].less
        if pair is None:
            return None
        first, second = (self.place(title) for title in pair)
        known = all(isinstance(row[place], int) for place in (first, second, index))
        return (first, second) if known else None

    def _column(self, index: int) -> Iterator[int]:
        """The figures of a column, without what is missing."""
        for row in self.rows:
            value = row[index]
            if isinstance(value, int):
                yield value

    def _check_differences(self, row: Sequence[Plain]) -> None:
        for index, head in enumerate(self.heads):
            pair = self.subtracts(row, index)
            if pair and row[index] != int(row[pair[0]]) - int(row[pair[1]]):
                raise InconsistentTableError(f"{self.caption}, {row[0]}: {head.title} is not the difference")

    def _check_total(self, total: Sequence[Plain]) -> None:
        for index, head in enumerate(self.heads):
            if self.sums_up(index) and total[index] != sum(self._column(index)):
                raise InconsistentTableError(f"{self.caption}: the total of {head.title} is not the sum")


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph."""

    text: str


@dataclass(frozen=True, slots=True)
class Points:
    """A list of short texts."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """Words of a person or council as they were given, with whose they are."""

    text: str
    by: str


@dataclass(frozen=True, slots=True)
class Notice:
    """Words that must not be missed: what is withheld and why, or what is not verified."""

    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart: its message, what it measures, the same in words for who cannot see it, and its figure.

    `of` is the key of the table that holds its numbers.
    """

    headline: str
    subtitle: str
    label: str
    of: str
    spec: dict[str, Any] = field(hash=False)
    source: str = ""


Block = Words | Points | Statement | Notice | Figures | Picture


@dataclass(frozen=True, slots=True)
class Section:
    """One numbered part: 1 to 16, then A and B."""

    number: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Content:
    """A whole document. `header` stands on every page; `about` says what it is, for readers of its file.

    `case` is what it says as a case file, which is kept with it and stands on no page; most have none.
    """

    title: str
    about: str
    header: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    notes: tuple[str, ...] = ()
    case: str = ""

    @property
    def tables(self) -> Iterator[Figures]:
        """Every table, in order."""
        return (block for section in self.sections for block in section.blocks if isinstance(block, Figures))

    @property
    def texts(self) -> Iterator[str]:
        """Every word of it, for a search; not the cells of tables."""
        for section in self.sections:
            yield section.title
            for block in section.blocks:
                yield from texts_of(block)


def content_hash(kept: bytes) -> str:
    """SHA-256 of a document as it is kept."""
    return sha256(kept).hexdigest()


def is_number(head: Head) -> bool:
    """Whether a column holds money or counts."""
    return head.format in _NUMBERS


def texts_of(block: Block) -> Iterator[str]:
    """The words of one block; not the cells of a table."""
    if isinstance(block, Points):
        yield from block.items
    elif isinstance(block, Picture):
        yield from (block.headline, block.subtitle, block.label, block.source)
    elif isinstance(block, Figures):
        yield from (block.caption, block.unit, *block.notes)
    elif isinstance(block, Statement):
        yield from (block.text, block.by)
    else:
        yield block.text
