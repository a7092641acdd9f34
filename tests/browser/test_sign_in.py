"""Getting in and out."""

from __future__ import annotations

from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from governance.demonstration.people import PASSWORD, demonstration_sign_ins
from tests.browser.accessibility import violations


@pytest.mark.usefixtures("restored")
def test_person_signs_in_and_out(page: Page) -> None:
    _role, name, email, password = demonstration_sign_ins()[0]
    page.goto("/")
    assert urlsplit(page.url).path == "/sign-in/"
    page.get_by_label("E-mail address").fill(email.upper())
    page.get_by_label("Password").fill(password)
    page.keyboard.press("Enter")
    expect(page.get_by_role("navigation", name="Menu").get_by_role("link", name=name)).to_be_visible()
    assert urlsplit(page.url).path == "/"
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/sign-in/")
    page.go_back()
    assert urlsplit(page.url).path == "/sign-in/"


@pytest.mark.usefixtures("restored")
def test_wrong_password_is_refused_and_the_address_kept(page: Page) -> None:
    email = demonstration_sign_ins()[0][2]
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(email)
    page.get_by_label("Password").fill(f"{PASSWORD}!")
    page.keyboard.press("Enter")
    summary = page.locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Check your e-mail address and password")
    expect(page.get_by_label("E-mail address")).to_have_value(email)
    expect(page.get_by_label("Password")).to_have_value("")
    assert page.title().startswith("Error: ")
    assert violations(page) == []


def test_form_is_sent_once_however_often_its_button_is_pressed(page: Page) -> None:
    page.goto("/sign-in/")
    stopped = page.evaluate(
        """() => {
            const stopped = [];
            document.addEventListener('submit', (event) => {
                stopped.push(event.defaultPrevented);
                event.preventDefault();
            });
            const form = document.querySelector('main form');
            form.requestSubmit();
            form.requestSubmit();
            return stopped;
        }"""
    )
    assert stopped == [False, True]
