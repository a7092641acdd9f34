"""Pages that say that something is not there, not allowed or broken: plain words, and no barrier either."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client, override_settings
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from governance.demonstration.people import PRIYA_RAMAN
from programme.models import Milestone, Risk
from tests.browser.accessibility import DESK, PHONE, TABLET, faults
from tests.browser.guard import Guard
from tests.browser.story import SignIn

SEND_FIELDS = """count => {
    const form = document.querySelector('form');
    for (let index = 0; index < count; index += 1) {
        const field = document.createElement('input');
        field.type = 'hidden';
        field.name = `field-${index}`;
        form.append(field);
    }
    form.submit();
}"""


def test_page_that_is_not_there(page: Page, sign_in: SignIn, guard: Guard) -> None:
    guard.expect(404)
    sign_in(page, RoleName.MEMBER)
    page.goto("/nothing-here/")
    check(page, "Page not found")


def test_page_that_is_not_there_for_nobody_in_particular(page: Page, guard: Guard) -> None:
    guard.expect(404)
    page.goto("/nothing-here/")
    check(page, "Page not found")


def test_change_that_a_reader_may_not_make(page: Page, sign_in: SignIn, guard: Guard) -> None:
    guard.expect(403)
    sign_in(page, RoleName.MEMBER)
    milestone = Milestone.objects.get(programme__key=KEY, ref="M-13")
    page.goto(f"/milestones/{milestone.pk}/update/")
    check(page, "You cannot do this")


def test_form_whose_token_is_gone(page: Page, guard: Guard) -> None:
    guard.expect(403)
    page.goto("/sign-in/")
    page.context.clear_cookies(name=settings.CSRF_COOKIE_NAME)
    page.get_by_role("button", name="Sign in").click()
    check(page, "This form was too old to send")


@override_settings(DATA_UPLOAD_MAX_NUMBER_FIELDS=20)
def test_form_that_the_server_cannot_read(page: Page, guard: Guard) -> None:
    guard.expect(400)
    page.goto("/sign-in/")
    page.evaluate(SEND_FIELDS, 21)
    check(page, "The server could not read that")


@pytest.mark.usefixtures("restored")
def test_page_that_fails(page: Page, sign_in: SignIn, guard: Guard) -> None:
    guard.expect(500)
    sign_in(page, RoleName.MEMBER)
    table = connection.ops.quote_name(Risk._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO out_of_reach")
    page.goto(f"/programmes/{KEY}/risks/")
    check(page, "Something went wrong")


@pytest.mark.usefixtures("restored")
def test_person_who_is_locked_out(page: Page, guard: Guard) -> None:
    guard.expect(429, 403)
    wrong = {"username": PRIYA_RAMAN.email, "password": "not-the-password"}
    for _ in range(settings.AXES_FAILURE_LIMIT - 1):
        Client().post("/sign-in/", wrong)
    page.goto("/sign-in/")
    page.get_by_label("E-mail address").fill(wrong["username"])
    page.get_by_label("Password").fill(wrong["password"])
    page.get_by_role("button", name="Sign in").click()
    check(page, "Sign-in is closed for a while")


def check(page: Page, title: str) -> None:
    """See that the page has its title, and nothing wrong at any width."""
    expect(page.get_by_role("heading", level=1)).to_have_text(title)
    assert faults(page, DESK, TABLET, PHONE) == ""
