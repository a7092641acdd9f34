"""Every page of the product passes axe, fits its screen, is walked by keyboard, asks no other host."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accounts.enums import RoleName
from tests.browser.accessibility import COLOURS, DESK, PHONE, TABLET, faults, sideways
from tests.browser.guard import Guard
from tests.browser.keyboard import NOTHING_WRONG, walk
from tests.browser.page_case import PageCase
from tests.browser.pages import EDITING_PAGES, NOT_PAGES, OPEN_PAGES, SIGNED_IN_PAGES, page_names
from tests.browser.story import SignIn

# What members read on a tablet, where it is not what the manager sees.
READ_BEFORE_A_MEETING = {
    "programme:programme_detail",
    "programme:my_work",
    "programme:milestone_detail",
    "benefits:savings_detail",
    "governance:council_detail",
    "governance:decision_list",
    "governance:decision_detail",
    "services:business_case_detail",
    "services:case_appraisal",
    "services:case_fairness",
    "services:case_lines",
    "services:review_detail",
}
# A library draws the API's documentation, with hundreds of stops.
TOO_LONG_TO_WALK = {"api:docs"}
LIVING = [case for case in (*SIGNED_IN_PAGES, *EDITING_PAGES) if case.variant != "historic"]
# Forms are one column of the same fields in the same colours: every third one is looked at by axe, every
# sixth one with its colours; so is every second of the other pages. Every fifth is walked with the Tab key.
FORMS = {case.name for case in EDITING_PAGES} - {"programme:milestone_update"}
COLOURED = [*SIGNED_IN_PAGES[::2], *EDITING_PAGES[::6]]
PLAIN_FORMS = [case for place, case in enumerate(EDITING_PAGES) if place % 3 and case.name in FORMS]
WALKED = [case for case in LIVING if case.name not in TOO_LONG_TO_WALK][::5]
HISTORIC = [case for case in SIGNED_IN_PAGES if case.variant == "historic"][::5]
READ_BY_MEMBER = [
    case for case in SIGNED_IN_PAGES if case.name in READ_BEFORE_A_MEETING and case.variant != "historic"
]


@pytest.fixture(scope="module")
def window(browser: Browser, base_url: str) -> Iterator[tuple[Page, Guard]]:
    """A window in which one page after the other is opened, as a person would, and who watches it."""
    context = browser.new_context(base_url=base_url)
    guard = Guard(base_url)
    guard.watch(context)
    yield context.new_page(), guard
    context.close()


@pytest.fixture
def reading(window: tuple[Page, Guard]) -> Iterator[Page]:
    """The window; no page in it may complain."""
    page, guard = window
    guard.complaints.clear()
    yield page
    assert guard.complaints == []


def test_list_of_pages_is_complete() -> None:
    listed = {case.name for case in (*OPEN_PAGES, *SIGNED_IN_PAGES, *EDITING_PAGES)}
    assert listed == page_names() - NOT_PAGES


@pytest.mark.parametrize("case", OPEN_PAGES, ids=str)
def test_open_page_has_no_barrier(page: Page, case: PageCase) -> None:
    case.open(page)
    assert walk(page) == NOTHING_WRONG
    assert faults(page, DESK, TABLET, PHONE) == ""


@pytest.mark.parametrize("case", LIVING, ids=str)
def test_page_has_no_barrier_for_manager(reading: Page, sign_in: SignIn, case: PageCase) -> None:
    sign_in(reading, case.role)
    case.open(reading)
    if case in WALKED:
        assert walk(reading) == NOTHING_WRONG
    if case in PLAIN_FORMS:
        assert [*sideways(reading, DESK), *sideways(reading, PHONE)] == []
        return
    is_form = case.name in FORMS
    but = [] if case in COLOURED else [COLOURS]
    widths = (DESK, PHONE) if is_form else (DESK, TABLET, PHONE)
    assert faults(reading, *widths, but=but) == ""


@pytest.mark.parametrize("case", HISTORIC, ids=str)
def test_page_of_a_past_case_has_no_barrier_for_manager(
    reading: Page, sign_in: SignIn, case: PageCase
) -> None:
    sign_in(reading, RoleName.PROGRAMME_MANAGER)
    case.open(reading)
    assert faults(reading, DESK, PHONE) == ""


@pytest.mark.parametrize("case", READ_BY_MEMBER, ids=str)
def test_page_has_no_barrier_for_member_on_tablet(reading: Page, sign_in: SignIn, case: PageCase) -> None:
    sign_in(reading, RoleName.MEMBER)
    case.open(reading)
    assert faults(reading, TABLET) == ""
