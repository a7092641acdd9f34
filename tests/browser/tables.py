"""Tables and lists as a reader sees them, once all of the page has come."""

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


def words_of(found: Locator) -> list[str]:
    """What stands in each part that is found, in their order."""
    found.page.wait_for_load_state("domcontentloaded")
    return [text.replace(NO_BREAK, " ").strip() for text in found.all_inner_texts()]


def rows_of(table: Locator) -> list[list[str]]:
    """Every row of a table, head and foot too: the text of each cell without its second line."""
    table.page.wait_for_load_state("domcontentloaded")
    rows: list[list[str]] = table.evaluate(_ROWS)
    return [[text.replace(NO_BREAK, " ") for text in row] for row in rows]
