"""Every page by keyboard alone: everything can be reached, and it is always plain where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from tests.browser.pages import EDITING_PAGES, OPEN_PAGES, SIGNED_IN_PAGES, PageCase
from tests.browser.story import SignIn

# The API's documentation page is drawn by a library of its own.
DRAWN_BY_OTHERS = {"api:docs"}
OPEN = [case for case in OPEN_PAGES if case.variant != "historic"]
SIGNED_IN = [
    case
    for case in (*SIGNED_IN_PAGES, *EDITING_PAGES)
    if case.variant != "historic" and case.name not in DRAWN_BY_OTHERS
]

# Notes every stop of the keyboard, and whether the element then looks other than it did before.
WATCH = """() => {
    const looks = element => {
        const style = getComputedStyle(element);
        return [style.outlineStyle, style.outlineWidth, style.outlineColor, style.boxShadow,
                style.backgroundColor, style.borderColor, style.color].join();
    };
    const wanted = [...document.querySelectorAll(
        'a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]'
    )].filter(element => element.checkVisibility() && !element.disabled);
    const says = element => (element.getAttribute('aria-label') || element.textContent).trim().slice(0, 40);
    const names = wanted.map((element, index) => `${index} ${element.tagName} ${says(element)}`);
    const before = wanted.map(looks);
    const stops = {reached: new Set(), unseen: []};
    window.keyboardStops = stops;
    document.addEventListener('focusin', event => {
        const index = wanted.indexOf(event.target);
        if (index < 0) { return; }
        stops.reached.add(index);
        if (looks(event.target) === before[index]) { stops.unseen.push(names[index]); }
    });
    stops.names = names;
    // The arrows lead from one radio button of a group to the next; Tab stops at one of them.
    stops.skipped = new Set(wanted.flatMap((element, index) =>
        element.type === 'radio' && !element.checked ? [index] : []));
    return wanted.length;
}"""
FOUND = """() => ({
    unreached: keyboardStops.names.filter((_name, index) =>
        !keyboardStops.reached.has(index) && !keyboardStops.skipped.has(index)),
    unseen: keyboardStops.unseen,
})"""
NOTHING_WRONG: dict[str, list[str]] = {"unreached": [], "unseen": []}


@pytest.mark.parametrize("case", OPEN, ids=str)
def test_open_page_by_keyboard(page: Page, case: PageCase) -> None:
    case.open(page)
    assert walk(page) == NOTHING_WRONG


@pytest.mark.parametrize("case", SIGNED_IN, ids=str)
def test_page_by_keyboard(page: Page, sign_in: SignIn, case: PageCase) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    case.open(page)
    assert walk(page) == NOTHING_WRONG


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
    page.get_by_role("link", name="Help").evaluate("link => { link.tabIndex = -1; }")
    page.get_by_role("link", name="Privacy").evaluate(
        "link => ['outline', 'box-shadow', 'background-color', 'color', 'border-color'].forEach("
        "name => link.style.setProperty(name, 'transparent', 'important'))"
    )
    found = walk(page)
    assert [name.rpartition(" ")[2] for name in found["unreached"]] == ["Help"]
    assert [name.rpartition(" ")[2] for name in found["unseen"]] == ["Privacy"]


def walk(page: Page) -> dict[str, list[str]]:
    """Press Tab through the whole page; what it did not reach, and where it could not be seen."""
    count = page.evaluate(WATCH)
    assert count > 0
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    found: dict[str, list[str]] = page.evaluate(FOUND)
    return found
