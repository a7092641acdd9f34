"""Tables as a reader sees them."""

from __future__ import annotations

from playwright.sync_api import Locator

NO_BREAK = "\u00a0"

# Also what is folded away: a table in a closed part is on the page all the same. Words for screen readers,
# tags and second lines are not the figure.
_ROWS = """table => [...table.rows].map(row => [...row.cells].map(cell => {
    const copy = cell.cloneNode(true);
    const beside = '.govuk-visually-hidden, .govuk-tag, .app-sub, .app-ref';
    copy.querySelectorAll(beside).forEach(part => part.remove());
    return copy.textContent.trim().replace(/\\s+/g, ' ');
}))"""


def rows_of(table: Locator) -> list[list[str]]:
    """Every row of a table, head and foot too: the text of each cell without its second line."""
    rows: list[list[str]] = table.evaluate(_ROWS)
    return [[text.replace(NO_BREAK, " ") for text in row] for row in rows]
