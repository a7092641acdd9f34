"""Small staff figures withheld so that nobody can work them out (INV-38)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from core.rules.suppression import (
    SUPPRESSED,
    Cell,
    SuppressedTable,
    is_small,
    suppress,
)
from tests.thoroughness import examples

C = SUPPRESSED
shapes = st.tuples(st.integers(1, 5), st.integers(1, 5))


def grids(elements: st.SearchStrategy[int | None]) -> st.SearchStrategy[list[list[int | None]]]:
    return shapes.flatmap(
        lambda shape: st.lists(
            st.lists(elements, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0]
        )
    )


def whole(table: SuppressedTable) -> list[list[Cell]]:
    """The table with its totals as one grid."""
    rows = [[*row, total] for row, total in zip(table.cells, table.row_totals, strict=True)]
    return [*rows, [*table.column_totals, table.grand_total]]


def recoverable(grid: Sequence[Sequence[Cell]]) -> list[tuple[int, int]]:
    """Withheld cells that the sums of rows and columns give away, by linear algebra.

    A cell is open exactly if some change of withheld cells that moves no sum moves it: if it is not 0 in the
    null space of the equations.
    """
    height, width = len(grid), len(grid[0])
    unknown = [(row, column) for row in range(height) for column in range(width) if grid[row][column] == C]
    if not unknown:
        return []
    place = {cell: index for index, cell in enumerate(unknown)}
    rows = [
        [(row, column, -1 if column == width - 1 else 1) for column in range(width)] for row in range(height)
    ]
    columns = [
        [(row, column, -1 if row == height - 1 else 1) for row in range(height)] for column in range(width)
    ]
    equations = rows + columns
    matrix = np.zeros((len(equations), len(unknown)))
    for number, equation in enumerate(equations):
        for row, column, sign in equation:
            if (row, column) in place:
                matrix[number, place[(row, column)]] = sign
    _, sizes, directions = np.linalg.svd(matrix)
    rank = int((sizes > 1e-9).sum())
    free = directions[rank:]
    return [cell for cell in unknown if free.size == 0 or np.abs(free[:, place[cell]]).max() < 1e-9]


def test_suppressed_prints_as_a_c_in_brackets():
    assert (str(SUPPRESSED), f"{SUPPRESSED}") == ("[c]", "[c]")


@pytest.mark.parametrize(("count", "small"), [(None, False), (0, False), (1, True), (4, True), (5, False)])
def test_small_is_from_one_to_four(count: int | None, small: bool):
    assert is_small(count) is small


def test_table_without_small_counts_is_shown_whole():
    table = suppress([[5, 0], [10, 20]])
    assert table == SuppressedTable(((5, 0), (10, 20)), (5, 30), (15, 20), 35)
    assert not table.is_suppressed


def test_total_of_three_people_takes_a_second_cell_with_it():
    table = suppress([[3, 10, 20], [12, 8, 9], [30, 7, 0]])
    assert table == SuppressedTable(((C, C, 20), (C, C, 9), (30, 7, 0)), (33, 29, 37), (45, 25, 29), 99)
    assert table.is_suppressed


def test_money_of_the_same_cells_is_withheld():
    counts = [[3, 10, 20], [12, 8, 9], [30, 7, 0]]
    money = [[300, 1000, 2000], [1200, 800, 900], [3000, 700, 0]]
    assert suppress(counts, money) == SuppressedTable(
        ((C, C, 2000), (C, C, 900), (3000, 700, 0)), (3300, 2900, 3700), (4500, 2500, 2900), 9900
    )


def test_one_row_of_councils_hides_behind_its_smallest_neighbour():
    table = suppress([[3, 6, 9]])
    assert (table.cells, table.row_totals) == (((C, C, 9),), (18,))


def test_small_total_is_withheld_with_its_cell():
    table = suppress([[3, 0, 0]])
    assert (table.row_totals, table.grand_total, table.cells[0][0]) == ((C,), C, C)


def test_two_small_cells_whose_sum_is_small_take_a_third():
    table = suppress([[1, 1, 20, 30]])
    assert table.cells == ((C, C, C, 30),)


def test_single_figure_is_withheld_whole():
    assert suppress([[2]]) == SuppressedTable(((C,),), (C,), (C,), C)


def test_money_that_is_not_about_staff_hides_a_small_cell():
    table = suppress([[3, None], [None, None]], [[100, 200], [300, 400]])
    assert table == SuppressedTable(((C, C), (C, C)), (300, 700), (400, 600), 1000)


def test_empty_table_has_nothing_to_withhold():
    assert suppress([]) == SuppressedTable((), (), (), 0)


@settings(max_examples=examples(300))
@given(grids(st.integers(0, 12)))
@example([[3]])
@example([[0, 3], [0, 0]])
def test_no_sum_of_a_row_or_column_gives_a_withheld_count_away(counts: list[list[int | None]]):
    table = suppress(counts)
    assert recoverable(whole(table)) == []
    for row, shown in zip(counts, table.cells, strict=True):
        for number, cell in zip(row, shown, strict=True):
            assert cell == C or (cell == number and not is_small(number))
    for total in (*table.row_totals, *table.column_totals, table.grand_total):
        assert total == C or not is_small(int(str(total)))
    assert suppress(counts) == table


@given(grids(st.one_of(st.none(), st.integers(0, 8))), st.integers(1, 10**6))
def test_money_is_safe_as_well(counts: list[list[int | None]], price: int):
    money = [[price * (7 if number is None else number) for number in row] for row in counts]
    table = suppress(counts, money)
    assert recoverable(whole(table)) == []
    for row, shown in zip(counts, table.cells, strict=True):
        assert all(cell == C for number, cell in zip(row, shown, strict=True) if is_small(number))


@given(grids(st.integers(0, 12)))
def test_withheld_cells_of_a_row_are_never_of_few_people_together(counts: list[list[int | None]]):
    table = suppress(counts)
    for row, shown, total in zip(counts, table.cells, table.row_totals, strict=True):
        hidden = sum(number or 0 for number, cell in zip(row, shown, strict=True) if cell == C)
        assert total == C or not is_small(hidden) or all(cell == C for cell in shown)
