"""The councillor asks of a decision: who has still to agree, and can we start?"""

from __future__ import annotations

from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from tests.browser.accessibility import violations
from tests.browser.story import SignIn
from tests.browser.tables import words_of

BOARD = f"/programmes/{KEY}/decisions/"


def test_decision_opens_in_place_and_closes_again(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.MEMBER)
    page.goto(BOARD)
    row = page.locator("tbody").filter(has_text="D-08")
    row.get_by_role("link", name="Data-sharing agreement").click()
    expect(row.locator(".app-start__answer")).to_have_text(
        "Not yet. The earliest date is Saturday 12 December 2026."
    )
    assert page.url.endswith(BOARD)
    assert violations(page) == []
    row.get_by_role("button", name="Data-sharing agreement").click()
    expect(row.locator(".app-start__answer")).to_have_count(0)


def test_board_shows_what_waits_for_one_council(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.MEMBER)
    page.goto(BOARD)
    refs = page.locator("main tbody .app-ref")
    everything = words_of(refs)
    page.get_by_role("link", name="Waiting for Carrick").click()
    page.wait_for_url("**waiting=carrick**")
    assert words_of(refs) == ["D-10", "D-11", "D-07", "D-08"]
    assert set(words_of(refs)) < set(everything)
