"""What a table of figures says below itself."""

from __future__ import annotations

from core.tables import Cell, NumberTable, Row, headings


def test_shorthands_are_told_below_a_table_that_holds_them_but_for_those_in_its_note() -> None:
    rows = (Row("Ashmere", (Cell("[x]"), Cell("[z]"))),)
    table = NumberTable("t", "Savings", "£", headings("Council", "2026", "2027"), rows, note="[z] not yet.")
    assert table.notes == "[z] not yet. [x] not available: not stated, or it cannot be worked out."
    assert NumberTable("t", "Savings", "£", headings("Council", "2026"), ()).notes == ""
