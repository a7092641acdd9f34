"""Documents: figures that must agree, how they are kept, and what differs between two."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from core.exports.tables import Format
from core.publishing.compare import Change, Kind, change_sentence, compare
from core.publishing.content import (
    Content,
    Figures,
    Head,
    InconsistentTableError,
    Plain,
    Points,
    Section,
    Words,
    content_hash,
)
from core.publishing.keeping import UnknownFormError, from_bytes, to_bytes
from tests.core.publishing.sample import ADDED, SAVINGS, sample

MONEY = (
    Head("Year"),
    Head("Plan", Format.MONEY, is_summed=True),
    Head("Got", Format.MONEY, is_summed=True),
    Head("More", Format.MONEY, less=("Got", "Plan"), is_summed=True),
)


def figures(*rows: tuple[int | str, ...], total: tuple[int | str, ...] | None = None) -> Figures:
    return Figures("t", "Table", "£", MONEY, rows, total)


@pytest.mark.parametrize(
    ("rows", "total", "words"),
    [
        ([("a", 1, 3, 3)], None, "Table, a: More is not the difference"),
        ([("a", 1, 3, 2), ("b", 1, 1, 0)], ("All", 2, 5, 3), "Table: the total of Got is not the sum"),
        ([("a", 1, 3, 2), ("b", 1, 1, 0)], ("All", 2, 4, 1), "Table, All: More is not the difference"),
        ([("a", 1, 3)], None, "Table: a row has 3 cells, not 4"),
    ],
)
def test_figures_that_do_not_agree_are_refused(
    rows: list[tuple[int | str, ...]], total: tuple[int | str, ...] | None, words: str
) -> None:
    with pytest.raises(InconsistentTableError) as refused:
        figures(*rows, total=total)
    assert str(refused.value) == words


def test_what_is_missing_is_not_zero_and_what_does_not_apply_adds_nothing() -> None:
    missing = figures(("a", 1, "[x]", "[x]"), ("b", 2, 5, 3), total=("All", 3, 77, 74))
    assert [missing.sums_up(index) for index in range(4)] == [False, True, False, False]
    inapplicable = figures(("a", 1, "[z]", "[z]"), ("b", 2, 5, 3), total=("All", 3, 5, 2))
    assert inapplicable.sums_up(2)
    assert inapplicable.subtracts(inapplicable.rows[0], 3) is None


def test_a_document_reads_back_from_its_bytes_and_has_one_hash() -> None:
    kept = to_bytes(sample())
    assert from_bytes(kept) == sample()
    assert to_bytes(from_bytes(kept)) == kept
    assert content_hash(kept) != content_hash(to_bytes(sample("Another")))
    later = json.dumps(json.loads(kept) | {"form": 2}).encode()
    with pytest.raises(UnknownFormError):
        from_bytes(later)


def with_sections(*sections: Section) -> Content:
    return replace(sample(), sections=sections)


def test_the_same_documents_do_not_differ() -> None:
    assert compare(sample(), sample()) == []
    assert change_sentence([]) == "Nothing differs."


def test_what_differs_is_told_by_text_row_and_figure() -> None:
    heads = (Head("Decision"), Head("Council"), Head("Outcome"), Head("£", Format.MONEY))
    old = Figures(
        "d", "Decisions", "", heads, (("D-1", "Ashmere", "Approved", 5), ("D-1", "Brockvale", "Awaiting", 6))
    )
    new = Figures(
        "d",
        "Decisions",
        "",
        heads,
        (("D-1", "Ashmere", "Approved", 1_005), ("D-2", "Ashmere", "Approved", 5)),
    )
    before = with_sections(
        Section("1", "Summary", (Words("We save."), Points(("a", "b")))), Section("11", "D", (old,))
    )
    after = replace(
        with_sections(
            Section("1", "Summary", (Words("We save more."), Points(("a",)))), Section("11", "D", (new,))
        ),
        header=(("Programme", "Three councils"), ("Edition", "3"), ("Data cut-off", "31 October 2026")),
        notes=(*sample().notes, "New."),
    )  # fmt: skip
    changes = compare(before, after)
    assert changes == [
        Change(Kind.CHANGED, "", "2", "3", row="Edition"),
        Change(Kind.CHANGED, "1. Summary", "We save.", "We save more."),
        Change(Kind.TAKEN_AWAY, "1. Summary", before="b"),
        Change(Kind.CHANGED, "11. D", "0.05", "10.05", "Decisions", "D-1, Ashmere", "£", 5, 1_005),
        Change(
            Kind.TAKEN_AWAY,
            "11. D",
            "Decision: D-1; Council: Brockvale; Outcome: Awaiting; £: 0.06",
            table="Decisions",
            row="D-1, Brockvale",
        ),
        Change(
            Kind.ADDED,
            "11. D",
            after="Decision: D-2; Council: Ashmere; Outcome: Approved; £: 0.05",
            table="Decisions",
            row="D-2, Ashmere",
        ),
        Change(Kind.ADDED, "Notes", after="New."),
    ]
    assert change_sentence(changes) == "1 figure, 2 rows and 4 texts differ."
    assert change_sentence(changes[:1]) == "1 text differs."


def test_a_table_or_section_that_only_one_has_is_told_by_its_rows() -> None:
    with_one, without = with_sections(Section("3", "Savings", (ADDED,))), with_sections()
    found = [(one.kind, one.section, one.row) for one in compare(with_one, without)]
    assert found == [
        (Kind.TAKEN_AWAY, "3. Savings", row) for row in ("Ashmere", "Brockvale", "=1+1", "All councils")
    ]
    assert {one.kind for one in compare(without, with_one)} == {Kind.ADDED}


def test_rows_of_one_name_are_compared_in_their_order() -> None:
    twins = Figures("t", "Twins", "", (Head("Who"), Head("Sum", Format.MONEY)), (("A", 1), ("A", 2)))
    other = replace(twins, rows=(("A", 1), ("A", 3)))
    changes = compare(with_sections(Section("1", "S", (twins,))), with_sections(Section("1", "S", (other,))))
    assert changes == [Change(Kind.CHANGED, "1. S", "0.02", "0.03", "Twins", "A, 2", "Sum", 2, 3)]


@pytest.mark.parametrize(
    ("form", "before", "after", "said"),
    [
        (Format.MONEY, 100_000, 1_300_000, (1_200_000, None, "£12,000 more")),
        (Format.MONEY, 700_050, -500_000, (-1_200_050, None, "£12,000.50 less")),
        (Format.TEXT, "−£1,000.00", "£0.01", (100_001, None, "£1,000.01 more")),
        (Format.TEXT, "£1,000.00 a year", "£5.00", (None, None, "")),
        (Format.MONEY, "[x]", 5, (None, None, "")),
        (Format.DATE, "2026-10-31", "2026-12-01", (None, 31, "31 days later")),
        (Format.DATE, "2026-10-31", "2026-10-30", (None, -1, "1 day earlier")),
        (Format.DATE, "Spring 2026", "2026-10-30", (None, None, "")),
        (Format.NUMBER, 2, 3, (None, None, "")),
    ],
)
def test_how_far_apart_two_cells_are_is_told_of_money_and_dates(
    form: Format, before: Plain, after: Plain, said: tuple[int | None, int | None, str]
) -> None:
    heads = (Head("A"), Head("B", form))
    tables = [Figures("t", "T", "", heads, (("A", value),)) for value in (before, after)]
    (one,) = compare(*(with_sections(Section("1", "S", (table,))) for table in tables))
    assert (one.pence, one.days, one.difference) == said


def test_a_column_that_is_new_is_told_cell_by_cell() -> None:
    narrow = replace(
        SAVINGS, heads=SAVINGS.heads[:2], rows=tuple(row[:2] for row in SAVINGS.rows), total=None, notes=()
    )
    wide = replace(SAVINGS, total=None, notes=())
    changes = compare(with_sections(Section("3", "S", (narrow,))), with_sections(Section("3", "S", (wide,))))
    assert {(one.kind, one.column) for one in changes} == {
        (Kind.ADDED, head.title) for head in SAVINGS.heads[2:]
    }
