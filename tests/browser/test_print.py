"""What a councillor takes to the meeting on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, PdfMargins, expect

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from tests.browser.pdf import printed_pages
from tests.browser.story import SignIn

PAPER = 703  # pixels between the margins of A4
NAMELESS = """() => [...document.querySelectorAll('main table')]
    .filter(table => table.checkVisibility() && !table.caption.checkVisibility())
    .map(table => table.id)"""
CUT_OFF = """() => [...document.querySelectorAll('main td')]
    .filter(cell => cell.checkVisibility() && cell.scrollWidth > cell.clientWidth + 1)
    .map(cell => cell.textContent.trim())"""
MARGIN: PdfMargins = {"top": "12mm", "right": "12mm", "bottom": "12mm", "left": "12mm"}


@pytest.mark.parametrize(
    ("address", "most"),
    [
        (f"/programmes/{KEY}/savings/", 3),
        (f"/programmes/{KEY}/", 2),
        (f"/programmes/{KEY}/decisions/", 2),
    ],
)
def test_page_prints_on_few_sheets_and_none_is_blank(
    page: Page, sign_in: SignIn, address: str, most: int
) -> None:
    sign_in(page, RoleName.MEMBER)
    page.goto(address)
    sheets = printed_pages(page.pdf(format="A4", margin=MARGIN))
    assert 1 <= len(sheets) <= most
    assert [sheet for sheet in sheets if sheet.texts < 5] == []


def test_no_table_loses_its_name_or_a_figure_on_paper(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.MEMBER)
    page.set_viewport_size({"width": PAPER, "height": 1000})
    page.goto(f"/programmes/{KEY}/savings/")
    page.emulate_media(media="print")
    assert page.evaluate(NAMELESS) == []
    assert page.evaluate(CUT_OFF) == []


def test_menu_and_forms_stay_off_paper(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.MEMBER)
    page.goto(f"/programmes/{KEY}/savings/")
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.locator("#table-progress")).to_be_visible()
    for part in (
        page.get_by_role("navigation", name="Menu"),
        page.locator("main form"),
        page.locator("footer a"),
    ):
        assert [one for one in part.all() if one.is_visible()] == []
