"""What every page must pass, whoever looks and at whatever width."""

from __future__ import annotations

from collections.abc import Sequence

from axe_playwright_python.base import AXE_SCRIPT  # type: ignore[import-untyped]
from playwright.sync_api import Page
from playwright.sync_api import TimeoutError as NotInTime

TALL = 1000
DESK = 1280
TABLET = 768
PHONE = 375
FITS = "() => document.documentElement.scrollWidth <= document.documentElement.clientWidth"
REDRAWN_MS = 2_000
# What takes axe the longest: the colours are those of one style sheet.
COLOURS = "color-contrast"
# What axe can find at one width and not at another, where the page itself is the same.
OF_WIDTH = ["target-size", "scrollable-region-focusable"]
VIOLATIONS = """async ({only, but}) => {
    const rules = Object.fromEntries(but.map(rule => [rule, {enabled: false}]));
    const asked = only ? {runOnly: only} : {rules};
    const found = await axe.run(document, {resultTypes: ['violations'], ...asked});
    return found.violations.flatMap(rule => rule.nodes.map(
        node => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`
    ));
}"""


def violations(page: Page, only: Sequence[str] = (), but: Sequence[str] = ()) -> list[str]:
    """What axe finds on the page as it stands, a line each: rule, element, cure.

    By `only` these rules where any are named, else by all rules `but` these.
    """
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    found: list[str] = page.evaluate(VIOLATIONS, {"only": list(only) or None, "but": list(but)})
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


def sideways(page: Page, width: int) -> list[str]:
    """Whatever makes the page scroll sideways at this width, a line each; the page stays at it."""
    page.set_viewport_size({"width": width, "height": TALL})
    return [f"{width} wide: {line}" for line in too_wide(page)]


def faults(page: Page, *widths: int, but: Sequence[str] = ()) -> str:
    """What axe finds at these widths, and whatever makes the page scroll sideways there, a line each.

    The first width is looked at with every rule `but` these, the others with those that the width decides.
    """
    found = []
    for width in widths:
        found += sideways(page, width)
        if width != PHONE:
            broken = violations(page, but=but) if width == widths[0] else violations(page, OF_WIDTH)
            found += [f"{width} wide: {line}" for line in broken]
    return "\n".join(found)
