"""When the first chart of the steering group's page stands, beside the load event of the same page."""

from statistics import median

from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Page, sync_playwright

from benchmarks.scale import KEY
from tests.browser.chromium import CHROMIUM_FLAGS, chromium

ROUNDS = 5
MOST_MS = 300
_MARK = """new MutationObserver((_, seen) => {
    if (!document.querySelector('[data-chart] .main-svg')) { return; }
    performance.mark('first-chart');
    seen.disconnect();
}).observe(document, {childList: true, subtree: true});"""
_STANDS = "() => performance.getEntriesByName('first-chart').length"
_TIMES = """() => [performance.getEntriesByName('first-chart')[0].startTime,
    performance.getEntriesByType('navigation')[0].loadEventEnd]"""


def print_first_chart(port: int, session_key: str) -> None:
    """Open the page a few times in headless Chromium; its chart and its load event are timed in one go."""
    path = chromium()
    if path is None:
        print("\nfirst chart: not measured, no Chromium found; install chromium or set CHROMIUM to its path")
        return
    address = f"http://127.0.0.1:{port}"
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": session_key, "url": address}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=CHROMIUM_FLAGS)
        page = browser.new_page()
        page.context.add_cookies([cookie])
        page.add_init_script(_MARK)
        times = [
            _opened(page, address + reverse("governance:steering_page", args=[KEY])) for _ in range(ROUNDS)
        ]
        browser.close()
    after = median(chart - loaded for chart, loaded in times)
    ratio = median(chart / loaded for chart, loaded in times)
    print(
        f"\nfirst chart: {after:.0f} ms after the load event of its page (wanted: {MOST_MS} at most), "
        f"{ratio:.2f} x that event"
    )


def _opened(page: Page, address: str) -> tuple[float, float]:
    """The milliseconds until the first chart stood and until the page had loaded."""
    page.goto(address)
    page.wait_for_function(_STANDS)
    chart, loaded = page.evaluate(_TIMES)
    return chart, loaded
