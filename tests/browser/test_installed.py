"""The product as people start it: real server, hashed static files, security headers, today's date."""

from __future__ import annotations

import signal

import pytest
from playwright.sync_api import Browser, expect

from governance.demonstration.golden import KEY
from governance.demonstration.people import demonstration_sign_ins
from tests.browser.guard import Guard
from tests.installation import PATIENCE, Installation, wait_until


@pytest.mark.processes
def test_installed_product_opens_its_pages_and_draws_its_charts(
    installation: Installation, browser: Browser
) -> None:
    launcher = installation.in_demonstration().start("manage.py", "run")
    wait_until(
        lambda: "Press Ctrl-C" in installation.output() or launcher.poll() is not None, "it has started"
    )
    origin = f"http://127.0.0.1:{installation.port}"
    guard = Guard(origin)
    with browser.new_context(base_url=origin) as context:
        guard.watch(context)
        page = context.new_page()
        _role, _name, email, password = demonstration_sign_ins()[0]
        page.goto("/")
        page.get_by_label("E-mail address").fill(email)
        page.get_by_label("Password").fill(password)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("link", name="All of my work")).to_be_visible()
        page.goto(f"/programmes/{KEY}/savings/")
        expect(page.locator("#chart-programme .barlayer .point").first).to_be_attached()
        page.goto("/my-work/")
        page.get_by_role("link", name="Update").first.click()
        expect(page.get_by_label("Forecast date")).to_be_focused()
    launcher.send_signal(signal.SIGINT)
    assert launcher.wait(PATIENCE) == 0
    assert guard.complaints == []
