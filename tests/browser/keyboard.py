"""The way of the Tab key through a page."""

from __future__ import annotations

from playwright.sync_api import Page

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


def walk(page: Page) -> dict[str, list[str]]:
    """Press Tab through the whole page; what it did not reach, and where it could not be seen."""
    count = page.evaluate(WATCH)
    assert count > 0
    for _ in range(count + 1):
        page.keyboard.press("Tab")
    found: dict[str, list[str]] = page.evaluate(FOUND)
    return found
