"""How far milestones slipped since the last edition, read from two editions."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.exports.tables import Format
from core.publishing.content import Content, Figures, Head, Plain, Section
from governance.reporting.slippage import slip_sentence, with_slips

HEADS = (
    Head("Reference"),
    Head("Milestone"),
    *(Head(title, Format.DATE) for title in ("Current plan", "Forecast", "Achieved on")),
)


def table(*rows: tuple[Plain, ...]) -> Figures:
    return Figures("milestones", "Milestones", "", HEADS, rows)


def edition(*rows: tuple[Plain, ...]) -> Content:
    return Content("Report", "", (), (Section("9", "Milestones", (table(*rows),)),))


NOW = table(
    ("M-1", "Go-live", "2027-10-01", "2027-10-19", "[z]"),
    ("M-2", "Consultation", "2026-11-30", "[z]", "2026-11-28"),
    ("M-3", "Contract", "2026-06-01", "[z]", "[z]"),
    ("M-4", "Vision", "October 2010", "[z]", "[z]"),
    ("M-5", "New since then", "2028-01-01", "[z]", "[z]"),
)
BEFORE = edition(
    ("M-1", "Go-live", "2027-10-01", "2027-10-01", "[z]"),
    ("M-2", "Consultation", "2026-11-30", "[z]", "[z]"),
    ("M-3", "Contract", "2026-06-01", "[z]", "[z]"),
    ("M-4", "Vision", "October 2010", "[z]", "[z]"),
)


def test_each_milestone_moves_from_the_day_that_counted_then_to_the_one_that_counts_now() -> None:
    assert [row[-1] for row in with_slips(NOW, BEFORE).rows] == [18, -2, 0, "[x]", "[z]"]


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (
            NOW.rows,
            "1 milestone has slipped since the last edition, the furthest being Go-live, by 18 days.",
        ),
        (NOW.rows[1:], "None has slipped since the last edition."),
    ],
)
def test_the_sentence_names_what_slipped_furthest(rows: tuple[tuple[Plain, ...], ...], words: str) -> None:
    assert slip_sentence(with_slips(replace(NOW, rows=rows), BEFORE), BEFORE) == words


def test_a_first_edition_has_nothing_to_compare_with() -> None:
    assert with_slips(NOW, None) == NOW
    assert slip_sentence(NOW, None).startswith("This is the first edition")
