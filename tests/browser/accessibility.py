"""What every page must pass, whoever looks and at whatever width."""

from __future__ import annotations

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NotInTime

TALL = 1000
DESK = 1280
TABLET = 768
PHONE = 375
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
REDRAWN_MS = 2_000
# What axe can find at one width and not at another, where the page itself is the same.
OF_WIDTH = ["target-size", "scrollable-region-focusable"]
VIOLATIONS = """async (rules) => {
    const found = await axe.run(document, {resultTypes: ['violations'], ...(rules && {runOnly: rules})});
    return found.violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`
    ));
}"""


def violations(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds on the page as it stands, by all rules or these, a line each: rule, element, cure."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(VIOLATIONS, rules)
    return found


def too_wide(page: Page) -> list[str]:
    """The elements that make the page itself scroll sideways, once its charts had time to be drawn again."""
    try:
        page.wait_for_function(FITS, timeout=REDRAWN_MS)
    except NotInTime:
        return _beyond_edge(page)
    return []


def _beyond_edge(page: Page) -> list[str]:
    found: list[str] = page.evaluate(
        """() => {
            const room = document.documentElement.clientWidth;
            return [...document.querySelectorAll('body *')]
                .filter((element) => element.getBoundingClientRect().right > room + 0.5)
                .map((element) => `${element.tagName} ${element.getAttribute('class')} is too wide`);
        }"""
    )
    return found


def faults(page: Page, *widths: int) -> str:
    """What axe finds at these widths, and whatever makes the page scroll sideways there, a line each.

    The first width is looked at with every rule, the others with those that the width decides.
    """
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": TALL})
        found += [f"{width} wide: {line}" for line in too_wide(page)]
        if width != PHONE:
            found += [
                f"{width} wide: {line}" for line in violations(page, None if width == widths[0] else OF_WIDTH)
            ]
    return "\n".join(found)
