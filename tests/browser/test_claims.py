"""Fifty claims are verified with care and few keys: by keyboard alone, and without JavaScript."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from accounts.models import User
from benefits.models import ActualAmount, Verification
from governance.demonstration.golden import KEY
from programme.models import Council, Programme
from services.enums import LineKind
from tests import factories
from tests.browser.accessibility import violations
from tests.browser.keyboard import tab_to
from tests.browser.story import SignIn

pytestmark = pytest.mark.usefixtures("restored")

ENTERED = datetime(2026, 11, 10, 9, tzinfo=UTC)
KEYS = 37  # and Enter


@pytest.fixture
def fifty(restored: None) -> list[ActualAmount]:
    """Carrick's claims: that of the demonstration, 47 more with nothing unusual, and two to look at twice."""
    programme = Programme.objects.get(key=KEY)
    carrick = Council.objects.get(key="carrick")
    said = {"entered_by": User.objects.get(email="c.evans@carrick.example"), "entered_at": ENTERED}
    for number in range(49):
        line = factories.LineFactory(
            programme=programme, ref=f"Q-{number}", title=f"Time freed {number}", kind=LineKind.NON_CASHABLE
        )
        odd = {"explanation": "September was counted twice"} if number > 46 else {}
        factories.actual(line, carrick, 2026, 7, -5_00 if odd else 10_00, **said, **odd)
    return list(ActualAmount.objects.waiting().filter(line__programme=programme, council=carrick))


def keys_pressed(page: Page) -> int:
    """How many keys were pressed since the page was opened."""
    count: int = page.evaluate("window.keysPressed")
    return count


def test_fifty_claims_are_verified_with_the_keyboard_alone(
    page: Page, sign_in: SignIn, fifty: list[ActualAmount]
) -> None:
    assert len(fifty) == 50
    sign_in(page, RoleName.S151)
    page.goto(f"/programmes/{KEY}/claims/")
    expect(page.get_by_text("50 claims wait").first).to_be_visible()
    page.evaluate(
        "window.keysPressed = 0; document.addEventListener('keydown', () => { window.keysPressed += 1; })"
    )
    tab_to(
        page, "Select the 48 with nothing unusual: £1,127.55 of cashable savings and £470.00 of other amounts"
    )
    page.keyboard.press("Space")
    boxes = page.locator("[data-selected-by=usual]")
    expect(boxes).to_have_count(48)
    for box in boxes.all():
        expect(box).to_be_checked()
    for number in (47, 48):
        press_until(page, f"Select Time freed {number}, Carrick, October 2026")
        page.keyboard.press("Space")
    assert keys_pressed(page) == KEYS
    assert violations(page) == []
    page.keyboard.press("Enter")
    said = "50 amounts verified: £1,127.55 of cashable savings and £460.00 of other amounts"
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    assert Verification.objects.filter(actual__in=fifty).count() == 50


def press_until(page: Page, label: str) -> None:
    """Press Tab until the focus is on the box with this label."""
    for _ in range(KEYS):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.getAttribute('aria-label')") == label:
            return
    raise AssertionError(f"The Tab key does not lead to {label}")


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_the_same_without_javascript_and_one_returned(
    page: Page, sign_in: SignIn, fifty: list[ActualAmount]
) -> None:
    sign_in(page, RoleName.S151)
    page.goto(f"/programmes/{KEY}/claims/")
    page.get_by_label("Select the 48 with nothing unusual").check()
    page.get_by_role("button", name="Verify the selected amounts").first.click()
    said = "48 amounts verified: £1,127.55 of cashable savings and £470.00 of other amounts"
    expect(page.get_by_text(said, exact=True)).to_be_visible()
    page.get_by_role("link", name="Verify or return Time freed 47").click()
    page.get_by_label("Return to the council’s finance officer").check()
    page.get_by_label("Reason").fill("September was right as it stood")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 claim waits").first).to_be_visible()
    answers = Verification.objects.filter(actual__in=fifty)
    assert (answers.filter(outcome="verified").count(), answers.count()) == (48, 49)
