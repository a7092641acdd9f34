"""A document on a page: every kind of block, its numbers as text, its chart with words and figure."""

from __future__ import annotations

from django.template.loader import render_to_string

from core.exports.tables import Format
from core.publishing.content import (
    Content,
    Figures,
    Head,
    Notice,
    Picture,
    Points,
    Section,
    Statement,
    Words,
)
from core.publishing.screen import has_charts, screen_sections

FIGURES = Figures(
    "savings",
    "Savings",
    "£",
    (Head("Council"), Head("Verified", Format.MONEY, is_summed=True)),
    (("Ashmere", 1_234_50), ("Brockvale", "[x]")),
    total=("Total", "[x]"),
    notes=("Of two councils.",),
)
CHART = Picture("Ashmere saves", "£", "Ashmere saved £1,234.50", "savings", {"data": [], "layout": {}})
CONTENT = Content(
    "Report",
    "About",
    (("Edition", "1"),),
    (
        Section("1", "Summary", (Words("One <b>"), Points(("Two",)), Statement("Three", "Ash"))),
        Section("A", "Data", (Notice("Withheld"), FIGURES, CHART)),
    ),
    ("Rounded.",),
)


def test_every_block_stands_on_the_page_and_its_numbers_lead_to_their_file() -> None:
    sections = screen_sections(CONTENT, lambda key: f"/data/{key}.csv")
    page = render_to_string("publishing/screen/document.html", {"content": CONTENT, "sections": sections})
    said = ("One &lt;b&gt;", "Two", "Three", "Withheld", "Of two councils.", "Rounded.", 'href="#section-A"')
    assert [one for one in said if one not in page] == []
    assert page.count('href="/data/savings.csv"') == 2
    assert 'aria-label="Ashmere saved £1,234.50"' in page
    assert 'data-for="chart-A-2"' in page
    assert [cell for cell in ("1,234.50", "[x]") if f'<td class="app-n">{cell}</td>' not in page] == []
    assert has_charts(CONTENT)


def test_page_without_files_leads_to_none() -> None:
    sections = screen_sections(CONTENT)
    page = render_to_string("publishing/screen/document.html", {"content": CONTENT, "sections": sections})
    assert ".csv" not in page


def test_table_of_words_becomes_blocks_on_a_phone_and_one_of_figures_stays() -> None:
    heads = (Head("Milestone"), Head("State"), Head("Forecast", Format.DATE), Head("Days", Format.NUMBER))
    words = Figures("milestones", "Milestones", "", heads, (("Go-live", "Late", "2026-11-24", 4),))
    content = Content("Report", "About", (), (Section("9", "Milestones", (words, FIGURES)),))
    page = render_to_string(
        "publishing/screen/document.html", {"content": content, "sections": screen_sections(content)}
    )
    assert (page.count("app-table--stack"), page.count('data-label="Days"')) == (1, 1)
