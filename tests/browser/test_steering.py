"""The councillor, ten minutes before the joint steering group: one page, on a tablet, a phone and paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from tests.browser.accessibility import PHONE, TABLET, faults
from tests.browser.pdf import printed_pages
from tests.browser.story import SignIn
from tests.browser.tables import words_of

ADDRESS = f"/programmes/{KEY}/steering/"
PANELS = ["short", "savings", "councils", "fair", "milestones", "decisions", "risks", "people", "data"]


@pytest.fixture
def councillor(page: Page, sign_in: SignIn) -> Page:
    """A councillor with a tablet."""
    sign_in(page, RoleName.MEMBER)
    page.set_viewport_size({"width": TABLET, "height": 1024})
    return page


def test_page_is_reached_in_one_step_and_says_what_changed(councillor: Page) -> None:
    councillor.goto("/")
    councillor.get_by_role("link", name="Steering group’s page of Ashmere").first.click()
    expect(councillor.get_by_role("heading", level=1)).to_contain_text("Joint steering group")
    expect(councillor.locator("#short")).to_contain_text("Since your last meeting, on 22 September 2026")
    pounds, moved, decided, risks, people = words_of(councillor.locator(".app-since__list li"))
    assert pounds == (
        "£6,872.45 more cashable saving is verified than then; the forecast of the whole plan is "
        "£15,344.26 less."
    )
    assert moved.startswith(
        "First test move of records moved 18 days later since 22 September 2026. 2 others"
    )
    assert decided.startswith("No decision took effect.")
    assert risks == (
        "New in the registers: Data is lost on the way. Scored higher: Carrick’s records cannot be moved "
        "cleanly (R-03) from 12 to 16. Closed: All three councils can use one framework to buy."
    )
    assert people == "Ashmere, Brockvale and Carrick stated posts removed anew."


def test_meeting_mode_shows_one_panel_at_a_time(councillor: Page) -> None:
    councillor.goto(ADDRESS)
    place, start = councillor.locator("[data-meeting-place]"), councillor.locator("[data-meeting-start]")
    start.focus()
    councillor.keyboard.press("Enter")
    expect(place).to_have_text(f"Panel 1 of {len(PANELS)}: In short")
    for number, key in enumerate(PANELS):
        for other in PANELS:
            expect(councillor.locator(f"#{other}")).to_be_visible(visible=other == key)
        if number < len(PANELS) - 1:
            councillor.keyboard.press("ArrowRight")
    assert faults(councillor, TABLET) == ""
    expect(councillor.get_by_role("button", name="Next panel")).to_be_disabled()
    councillor.get_by_role("button", name="Previous panel").click()
    expect(councillor.locator("#people")).to_be_visible()
    councillor.keyboard.press("Escape")
    expect(start).to_be_focused()
    for key in PANELS:
        expect(councillor.locator(f"#{key}")).to_be_visible()


def test_phone_has_a_short_form_whose_tables_open(councillor: Page) -> None:
    councillor.set_viewport_size({"width": PHONE, "height": 800})
    councillor.goto(ADDRESS)
    table = councillor.locator("#table-returns")
    expect(table).to_be_hidden()
    councillor.locator("#data summary").last.click()
    expect(table).to_be_visible()
    councillor.set_viewport_size({"width": TABLET, "height": 1024})
    expect(councillor.locator("#table-risks")).to_be_visible()


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_tables_stand_in_full_without_javascript(councillor: Page) -> None:
    councillor.set_viewport_size({"width": PHONE, "height": 800})
    councillor.goto(ADDRESS)
    tables = councillor.locator("main table")
    expect(tables).to_have_count(13)
    for table in tables.all():
        expect(table).to_be_visible()
    expect(councillor.locator("[data-meeting-start]")).to_be_hidden()


def test_page_prints_on_two_sheets(councillor: Page) -> None:
    councillor.goto(ADDRESS)
    sheets = printed_pages(councillor.pdf(prefer_css_page_size=True))
    assert len(sheets) == 2
    assert [sheet for sheet in sheets if sheet.texts < 5] == []
