"""A long drawing on sheets of paper."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from programme.rules.sheets import Sheet, sheets_of


def test_sheet_ends_before_a_heading_or_repeats_it() -> None:
    assert sheets_of([0, 7], 12, first_holds=10, others_hold=10) == [Sheet(0, 6), Sheet(7, 11)]
    assert sheets_of([0, 2], 16, first_holds=8, others_hold=8) == [
        Sheet(0, 7),
        Sheet(8, 14, is_continued=True),
        Sheet(15, 15, is_continued=True),
    ]
    assert sheets_of([0, 6], 10, first_holds=8, others_hold=8) == [Sheet(0, 5), Sheet(6, 9)]
    assert sheets_of([0], 5, first_holds=5, others_hold=5) == [Sheet(0, 4)]


@given(heads=st.sets(st.integers(1, 99)), total=st.integers(1, 100), first=st.integers(4, 20))
def test_every_row_stands_once_on_a_sheet_that_holds_it(heads: set[int], total: int, first: int) -> None:
    found = sheets_of(sorted({0, *heads}), total, first_holds=first, others_hold=first + 5)
    assert [row for one in found for row in range(one.first, one.last + 1)] == list(range(total))
    assert all(one.last - one.top < first + 5 * bool(index) for index, one in enumerate(found))
    assert all(one.is_continued == (one.first not in {0, *heads}) for one in found)
