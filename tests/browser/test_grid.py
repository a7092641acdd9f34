"""Many milestones at once as cells: pasted and taken back, by keyboard alone, and without JavaScript."""

from __future__ import annotations

import re
import sys
import time
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from governance.demonstration.golden import KEY
from programme.models import Milestone
from tests.browser.accessibility import violations
from tests.browser.story import SignIn
from tests.browser.tables import words_of

pytestmark = pytest.mark.usefixtures("restored")

MINUTE = 60


def forecasts(page: Page) -> list[str]:
    """What stands in the boxes of the forecasts."""
    boxes = page.locator("[name$=-forecast_on]")
    return [boxes.nth(index).input_value() for index in range(boxes.count())]


def stored() -> dict[str, str]:
    """The forecast of every milestone of the living programme."""
    rows = Milestone.objects.filter(programme__key=KEY)
    return {row.ref: str(row.get_date("forecast")) for row in rows}


def refs(page: Page) -> list[str]:
    """The milestones of the grid, in its order."""
    return words_of(page.locator("tbody th .app-ref"))


def test_block_is_pasted_taken_back_made_again_and_saved(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/grid/")
    before, shown = forecasts(page), refs(page)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    block = '01/12/2026\t\t\t"Two\nlines"\r\n2026-12-02\t\t\tPlain\r\n3 December 2026\r\n'
    page.evaluate("text => navigator.clipboard.writeText(text)", block)
    first = page.locator("[name$=-forecast_on]").first
    first.focus()
    page.keyboard.press("ControlOrMeta+v")
    expect(page.locator("#status")).to_have_text("9 boxes are filled. Save to keep them.")
    assert forecasts(page)[:4] == ["01/12/2026", "2026-12-02", "3 December 2026", before[3]]
    page.keyboard.press("ControlOrMeta+z")
    expect(page.locator("#status")).to_have_text("9 boxes are taken back.")
    assert forecasts(page) == before
    expect(page.get_by_role("button", name="Save", exact=True)).to_be_visible()
    page.keyboard.press("ControlOrMeta+Shift+z")
    first.fill("4 12 2026")
    page.get_by_role("button", name="Undo").click()
    expect(first).to_have_value("01/12/2026")
    expect(first).to_have_class(re.compile("app-input--changed"))
    assert violations(page) == []
    page.get_by_role("button", name="Save 3 changed rows").click()
    expect(page.get_by_text("3 milestones are saved")).to_be_visible()
    assert [stored()[ref] for ref in shown[:3]] == ["1 December 2026", "2 December 2026", "3 December 2026"]
    assert Milestone.objects.get(programme__key=KEY, ref=shown[0]).note == "Two\nlines"


def test_eleven_milestones_by_keyboard_alone(
    page: Page, sign_in: SignIn, capsys: pytest.CaptureFixture[str]
) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(f"/programmes/{KEY}/milestones/grid/")
    skipped = refs(page).index("M-13")
    shown = refs(page)[skipped : skipped + 11]
    pressed, began = skipped + 1, time.monotonic()
    while page.evaluate("document.activeElement.name || ''").partition("-forecast_on")[1] == "":
        page.keyboard.press("Tab")
        pressed += 1
    for _ in range(skipped):
        page.keyboard.press("ArrowDown")
    for day in range(1, 12):
        page.keyboard.type(f"{day}/3/2027")
        page.keyboard.press("Enter")
        pressed += len(f"{day}/3/2027") + 1
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("11 milestones are saved")).to_be_visible()
    took = time.monotonic() - began
    with capsys.disabled():
        sys.stdout.write(f"\n11 milestones by keyboard: {pressed} keys, {took:.1f} s of the program's time\n")
    assert [stored()[ref] for ref in shown] == [f"{day} March 2027" for day in range(1, 12)]
    # At four keys a second, which is slow typing, it is done in a minute.
    assert pressed / 4 < MINUTE


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_grid_saves_without_javascript(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/grid/?show=due")
    shown = refs(page)
    page.locator("[name$=-forecast_on]").first.fill("8 12 2026")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("1 milestone is saved")).to_be_visible()
    assert urlsplit(page.url).query == "show=due"
    assert stored()[shown[0]] == "8 December 2026"
