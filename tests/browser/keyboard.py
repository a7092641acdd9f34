"""The way of the Tab key through a page."""

from __future__ import annotations

from playwright.sync_api import Page, expect

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


# What the focused element is called: a box by its label, anything else by its own words.
NAME = """() => {
    const focused = document.activeElement;
    const named = focused.labels && focused.labels.length ? focused.labels[0] : focused;
    return named.textContent.trim().replace(/\\s+/g, ' ');
}"""
MOST_STOPS = 200


def walk(page: Page) -> dict[str, list[str]]:
    """Press Tab through the whole page; what it did not reach, and where it could not be seen."""
    count = watch(page)
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    found: dict[str, list[str]] = page.evaluate(FOUND)
    return found


def watch(page: Page) -> int:
    """Note every stop from now on; how many there are to be on the page."""
    count: int = page.evaluate(WATCH)
    assert count > 0
    return count


def tab_to(page: Page, name: str) -> None:
    """Press Tab until the focus is on what is called so, and see that it is in view."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(NAME) == name:
            expect(page.locator(":focus")).to_be_in_viewport()
            return
    raise AssertionError(f"The Tab key does not lead to {name}")


def unseen(page: Page) -> list[str]:
    """The stops so far at which nothing showed where the focus is."""
    found: dict[str, list[str]] = page.evaluate(FOUND)
    return found["unseen"]
