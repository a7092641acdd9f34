"""What differs between two documents: texts, rows and figures, in the order in which they are read."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum
from itertools import takewhile

from core.exports.tables import Format
from core.publishing.apart import Cell, days_apart, days_in_words, money_apart, pence_in_words
from core.publishing.content import Block, Content, Figures, Plain, Points, Section, Statement, texts_of
from core.publishing.shown import shown_heads
from core.rules.words import count_of, listed

Row = tuple[Plain, ...]
Name = tuple[str, ...]
Cells = dict[str, Cell]
_WORDS = frozenset({Format.TEXT, Format.DATE})


class Kind(StrEnum):
    """What happened to it."""

    ADDED = "Added"
    TAKEN_AWAY = "Taken away"
    CHANGED = "Changed"


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `table`, `row` and `column` say where; all three are empty for words.

    What was added has nothing in `before`, what was taken away nothing in `after`. Where both cells hold
    money it is in `before_pence` and `after_pence`; where both hold a date, `days` says how much later the
    second is.
    """

    kind: Kind
    section: str
    before: str = ""
    after: str = ""
    table: str = ""
    row: str = ""
    column: str = ""
    before_pence: int | None = None
    after_pence: int | None = None
    days: int | None = None

    @property
    def pence(self) -> int | None:
        """How much more money the later cell holds; None where one of them holds none."""
        return money_apart(self.before_pence, self.after_pence)

    @property
    def difference(self) -> str:
        """£12,000 more, or 31 days later; empty where no difference can be reckoned."""
        if self.pence:
            return pence_in_words(self.pence)
        return days_in_words(self.days) if self.days else ""

    @property
    def is_figure(self) -> bool:
        """Whether one cell of a table differs."""
        return bool(self.column)


def compare(before: Content, after: Content) -> list[Change]:
    """Every difference from `before` to `after`; none where they say the same."""
    found = list(_header(before, after))
    old = {section.number: section for section in before.sections}
    new = {section.number: section for section in after.sections}
    for number in dict.fromkeys([*old, *new]):
        found += _section(old.get(number), new.get(number))
    return [*found, *_words("Notes", before.notes, after.notes)]


def change_sentence(changes: Sequence[Change]) -> str:
    """How much differs, in a sentence."""
    figures = sum(one.is_figure for one in changes)
    rows = sum(bool(one.table) and not one.is_figure for one in changes)
    texts = len(changes) - figures - rows
    parts = [
        count_of(number, noun)
        for number, noun in ((figures, "figure"), (rows, "row"), (texts, "text"))
        if number
    ]
    return f"{listed(parts)} differ{'s' if len(changes) == 1 else ''}." if parts else "Nothing differs."


def _header(before: Content, after: Content) -> Iterator[Change]:
    old, new = ({"Title": one.title, **dict(one.header)} for one in (before, after))
    for label in dict.fromkeys([*old, *new]):
        first, second = old.get(label, ""), new.get(label, "")
        if first != second:
            yield Change(_kind(first, second), "", first, second, row=label)


def _section(old: Section | None, new: Section | None) -> Iterator[Change]:
    one = new or old
    title = f"{one.number}. {one.title}" if one else ""
    first, second = (list(section.blocks) if section else [] for section in (old, new))
    yield from _words(title, list(_texts(first)), list(_texts(second)))
    tables, later = _tables(first), _tables(second)
    for key in dict.fromkeys([*tables, *later]):
        yield from _figures(title, tables.get(key), later.get(key))


def _texts(blocks: Sequence[Block]) -> Iterator[str]:
    """Words of a section; those of tables only where they stand under them, as notes."""
    for block in blocks:
        if isinstance(block, Figures):
            yield from block.notes
        elif isinstance(block, Statement):
            yield f"{block.by}: {block.text}"
        elif isinstance(block, Points):
            yield from block.items
        else:
            yield from (text for text in texts_of(block) if text)


def _tables(blocks: Sequence[Block]) -> dict[str, Figures]:
    return {block.key: block for block in blocks if isinstance(block, Figures)}


def _words(section: str, before: Sequence[str], after: Sequence[str]) -> Iterator[Change]:
    """Texts that differ; as many in the place of as many are changed, in pairs."""
    for tag, start, end, first, last in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        old, new = before[start:end], after[first:last]
        if tag == "replace" and len(old) == len(new):
            yield from (
                Change(Kind.CHANGED, section, one, other) for one, other in zip(old, new, strict=True)
            )
        elif tag != "equal":
            yield from (Change(Kind.TAKEN_AWAY, section, before=one) for one in old)
            yield from (Change(Kind.ADDED, section, after=one) for one in new)


def _figures(section: str, old: Figures | None, new: Figures | None) -> Iterator[Change]:
    """Rows and cells of a table that differ; columns that only one has are told cell by cell."""
    one = new or old
    table = one.caption if one else ""
    first, second = _named_rows(old, new)
    for name in _in_order(list(first), list(second)):
        label = ", ".join(name)
        if name not in second:
            yield Change(Kind.TAKEN_AWAY, section, _whole(first[name]), table=table, row=label)
        elif name not in first:
            yield Change(Kind.ADDED, section, after=_whole(second[name]), table=table, row=label)
        else:
            yield from _cells(section, table, label, first[name], second[name])


def _cells(section: str, table: str, row: str, old: Cells, new: Cells) -> Iterator[Change]:
    for column in dict.fromkeys([*old, *new]):
        first, second = old.get(column, Cell()), new.get(column, Cell())
        if first.text != second.text:
            is_money = money_apart(first.pence, second.pence) is not None
            yield Change(
                _kind(first.text, second.text),
                section,
                first.text,
                second.text,
                table,
                row,
                column,
                first.pence if is_money else None,
                second.pence if is_money else None,
                days_apart(first.day, second.day),
            )


def _named_rows(old: Figures | None, new: Figures | None) -> tuple[dict[Name, Cells], ...]:
    """The rows of both under names that are the same in both."""
    tables = [figures for figures in (old, new) if figures]
    widths = range(1, min(map(_leading_words, tables)) + 1)
    width = next((wide for wide in widths if all(_tells_apart(one, wide) for one in tables)), 1)
    return tuple(_rows(figures, width) if figures else {} for figures in (old, new))


def _leading_words(figures: Figures) -> int:
    """How many columns stand before the first figure."""
    return sum(1 for _ in takewhile(lambda head: head.format in _WORDS, figures.heads))


def _tells_apart(figures: Figures, width: int) -> bool:
    """Whether no two rows have the same first cells."""
    return len({row[:width] for row in figures.rows}) == len(figures.rows)


def _rows(figures: Figures, width: int) -> dict[Name, Cells]:
    """Cells by column and row; further rows of one name are numbered."""
    found: dict[Name, Cells] = {}
    seen: Counter[Row] = Counter()
    for row in figures.all_rows:
        values = (Cell.of(value, head) for value, head in zip(row, figures.heads, strict=True))
        cells = dict(zip(shown_heads(figures), values, strict=True))
        name = row[:width]
        seen[name] += 1
        again = (str(seen[name]),) if seen[name] > 1 else ()
        found[(*(cell.text for cell in list(cells.values())[:width]), *again)] = cells
    return found


def _in_order(old: Sequence[Name], new: Sequence[Name]) -> list[Name]:
    """The names of both: those of the later table in its order, those that went where they stood before."""
    found: list[Name] = []
    for _, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        found += [name for name in old[start:end] if name not in new]
        found += new[first:last]
    return list(dict.fromkeys(found))


def _whole(cells: Cells) -> str:
    return "; ".join(f"{column}: {cell.text}" for column, cell in cells.items())


def _kind(before: str, after: str) -> Kind:
    return Kind.CHANGED if before and after else Kind.ADDED if after else Kind.TAKEN_AWAY
