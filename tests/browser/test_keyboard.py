"""The keyboard alone leads everywhere."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from tests.browser.keyboard import tab_to, walk
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


def test_benefits_map_is_changed_without_a_mouse(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(f"/programmes/{KEY}/benefits-map/")
    tab_to(page, "Add a link")
    page.keyboard.press("Enter")
    page.wait_for_url("**/links/new/")
    for box, choice in (("This", "Programme team in post"), ("leads to", "Stronger cover in small teams")):
        tab_to(page, box)
        page.keyboard.type(choice)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The link is added", exact=True)).to_be_visible()
    words = "the link from Programme team in post to Stronger cover in small teams"
    tab_to(page, f"Remove {words}")
    page.keyboard.press("Enter")
    page.wait_for_url("**/remove/")
    tab_to(page, "Remove it")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The link is removed", exact=True)).to_be_visible()
    expect(page.get_by_role("link", name=words)).to_have_count(0)
