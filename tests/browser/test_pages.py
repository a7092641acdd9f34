"""Every page of the product passes axe, fits its screen and asks nothing of another host."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from accounts.enums import RoleName
from tests.browser.accessibility import TABLET, faults
from tests.browser.pages import EDITING_PAGES, NOT_PAGES, OPEN_PAGES, SIGNED_IN_PAGES, PageCase, page_names
from tests.browser.story import SignIn


def test_list_of_pages_is_complete() -> None:
    listed = {case.name for case in (*OPEN_PAGES, *SIGNED_IN_PAGES, *EDITING_PAGES)}
    assert listed == page_names() - NOT_PAGES


@pytest.mark.parametrize("case", OPEN_PAGES, ids=str)
def test_open_page_is_accessible(page: Page, case: PageCase) -> None:
    case.open(page)
    assert faults(page) == ""


@pytest.mark.parametrize("case", [*SIGNED_IN_PAGES, *EDITING_PAGES], ids=str)
def test_page_is_accessible_to_manager(page: Page, sign_in: SignIn, case: PageCase) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    case.open(page)
    assert faults(page) == ""


LIVING_PAGES = [case for case in SIGNED_IN_PAGES if case.variant != "historic"]


@pytest.mark.parametrize("case", LIVING_PAGES, ids=str)
def test_page_is_accessible_to_member_on_tablet(page: Page, sign_in: SignIn, case: PageCase) -> None:
    sign_in(page, RoleName.MEMBER)
    case.open(page)
    assert faults(page, [TABLET]) == ""
