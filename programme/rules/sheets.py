"""Where a long drawing of rows under headings is parted so that it stands on sheets of paper."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

FEWEST_UNDER_HEAD = 2


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows `first` to `last`; one that `is_continued` repeats the heading of its first row above it."""

    first: int
    last: int
    is_continued: bool = False

    @property
    def top(self) -> int:
        """The first row that it takes up, that of a repeated heading if it has one."""
        return self.first - 1 if self.is_continued else self.first


def sheets_of(heads: Sequence[int], total: int, *, first_holds: int, others_hold: int) -> list[Sheet]:
    """Rows 0 to `total` - 1 on sheets that hold so many; `heads` are the rows that are headings, in order.

    A sheet ends before a heading where it is then at least half full, else between two rows; a heading never
    stands last on a sheet, nor with a single row of several.
    """
    found: list[Sheet] = []
    start = 0
    while start < total:
        is_continued = start not in heads
        holds = (others_hold if found else first_holds) - is_continued
        end = min(start + holds, total)
        if end < total:
            end = _parted(heads, start, end, holds)
        found.append(Sheet(start, end - 1, is_continued))
        start = end
    return found


def _parted(heads: Sequence[int], start: int, end: int, holds: int) -> int:
    """The row that the next sheet starts with, at most `end`."""
    last = max((head for head in heads if start < head <= end), default=None)
    if last is None:
        return end
    is_half_full = (last - start) * 2 >= holds
    return last if is_half_full or end - last <= FEWEST_UNDER_HEAD else end
