"""How long claims wait, as a table."""

from __future__ import annotations

from benefits.queries.ageing import Ageing, CouncilAgeing
from benefits.rules.waiting import BANDS, Apart, band_words
from benefits.tables.shapes import amount_cell
from core.rules.money import format_amount
from core.tables import Cell, NumberTable, Row, headings


def ageing_table(ageing: Ageing) -> NumberTable:
    """A row a council: how many claims wait in each band, and below it what they come to."""
    return NumberTable(
        "ageing",
        ageing.sentence,
        "Claims, and £ below; working days from the day of entry",
        headings(
            "Council",
            *(band_words(*band) for band in BANDS),
            "Cashable savings",
            "Other amounts",
            "Oldest, working days",
        ),
        tuple(_row(row) for row in ageing.rows),
        foot=(_row(ageing.total),),
        note="What is not cashable is never added to it. Costs take off; what is counted elsewhere adds 0.",
    )


def _row(row: CouncilAgeing) -> Row:
    return Row(
        str(row.council) if row.council else "All councils",
        (
            *(_cell(band.claims) for band in row.bands),
            amount_cell(row.claims.cashable.pence),
            amount_cell(row.claims.other.pence),
            Cell(f"{row.claims.oldest_days:,}" if row.claims.amounts else "[z]"),
        ),
    )


def _cell(claims: Apart) -> Cell:
    """3, and below it: 700.00 cashable, −50.00 other."""
    parts = ((claims.cashable, "cashable"), (claims.other, "other"))
    words = [f"{format_amount(one.pence)} {noun}" for one, noun in parts if one.amounts]
    return Cell(f"{claims.amounts:,}", sub=", ".join(words))
