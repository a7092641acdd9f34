"""How long claims wait, as a table."""

from __future__ import annotations

from benefits.queries.ageing import Ageing, CouncilAgeing
from benefits.rules.ageing import BANDS, Waiting, band_words, summed
from core.rules.money import format_amount
from core.rules.words import count_of
from core.tables import Cell, NumberTable, Row, headings


def ageing_table(ageing: Ageing) -> NumberTable:
    """A row a council: what waits in each band, in pounds and below it in number."""
    return NumberTable(
        "ageing",
        ageing.sentence,
        "£, and how many claims; working days from the day of entry",
        headings("Council", *(band_words(index) for index in range(len(BANDS))), "In all", "Oldest, days"),
        tuple(_row(row) for row in ageing.rows),
        foot=(_row(ageing.total),),
    )


def _row(row: CouncilAgeing) -> Row:
    cells = tuple(_cell(waiting) for waiting in (*row.bands, summed(row.bands)))
    oldest = Cell(f"{row.oldest_days:,}" if summed(row.bands).count else "[z]")
    return Row(str(row.council) if row.council else "All councils", (*cells, oldest))


def _cell(waiting: Waiting) -> Cell:
    return Cell(format_amount(waiting.pence), sub=count_of(waiting.count, "claim"))
