"""The keyboard alone leads everywhere."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from tests.browser.keyboard import walk
from tests.browser.story import SignIn


def test_skip_link_leads_past_the_menu(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to main content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_walk_notices_what_is_out_of_reach_and_where_nothing_shows(page: Page) -> None:
    page.goto("/sign-in/")
    page.get_by_role("contentinfo").get_by_role("link", name="Help").evaluate(
        "link => { link.tabIndex = -1; }"
    )
    page.get_by_role("contentinfo").get_by_role("link", name="Privacy").evaluate(
        "link => ['outline', 'box-shadow', 'background', 'color', 'border'].forEach("
        "name => link.style.setProperty(name, name === 'color' ? 'black' : 'none', 'important'))"
    )
    found = walk(page)
    assert [name.rpartition(" ")[2] for name in found["unreached"]] == ["Help"]
    assert [name.rpartition(" ")[2] for name in found["unseen"]] == ["Privacy"]
