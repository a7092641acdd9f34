"""The programme manager keeps milestones up to date: by mouse, by keyboard, and without JavaScript."""

from __future__ import annotations

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.core import mail
from playwright.sync_api import Locator, Page, expect

from accounts.enums import RoleName
from core.enums import Channel
from core.models import AuditEvent
from governance.demonstration.golden import KEY
from governance.demonstration.people import D_LEWIS, PASSWORD, PRIYA_RAMAN
from programme.actions.deliveries import deliver_digest
from programme.actions.reminders import send_due_reminders
from programme.models import Digest, Milestone
from tests.browser.accessibility import violations
from tests.browser.guard import Guard
from tests.browser.story import NOW, NewContext, SignIn
from tests.browser.tables import rows_of, words_of

pytestmark = pytest.mark.usefixtures("restored")

NO_SUCH_DAY = "Enter a real date, for example 30 4 2027"
NEEDING = ["M-13", "M-10", "M-19", "M-20", "M-21", "M-12", "M-22", "M-23"]


def test_manager_updates_milestone_with_mouse(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    assert refs(page) == NEEDING
    row(page, "M-13").get_by_role("link", name="Update M-13").click()
    form = row(page, "M-13").locator("form")
    expect(form.get_by_label("Forecast date")).to_be_focused()
    form.get_by_label("Forecast date").fill("14 12 2026")
    form.get_by_label("Note").fill("Carrick decides on 3 December.")
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_have_text("M-13 is saved")
    expect(row(page, "M-13").locator("form")).to_have_count(0)
    expect(row(page, "M-13").locator("[data-label=Forecast]")).to_have_text("14 December 2026")
    expect(row(page, "M-13").get_by_role("link", name="Update M-13")).to_be_focused()
    assert urlsplit(page.url).path == "/my-work/"
    saved = milestone("M-13")
    assert (str(saved.get_date("forecast")), saved.note) == (
        "14 December 2026",
        "Carrick decides on 3 December.",
    )
    event = AuditEvent.objects.latest("pk")
    assert (event.action, event.by.email, event.channel) == (
        "update_milestone",
        PRIYA_RAMAN.email,
        Channel.PAGE,
    )
    assert violations(page) == []


def test_manager_updates_two_milestones_with_keyboard(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    tab_to(page, row(page, "M-10").get_by_role("link", name="Update M-10"))
    page.keyboard.press("Enter")
    form = row(page, "M-10").locator("form")
    expect(form.get_by_label("Forecast date")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.type("20/11/2026")
    page.keyboard.press("Tab")
    page.keyboard.type("ICT-114 signed list")
    tab_to(page, form.get_by_role("button", name="Save and open next"))
    page.keyboard.press("Enter")
    following = row(page, "M-19").locator("form")
    expect(following.get_by_label("Forecast date")).to_be_focused()
    expect(page.locator("#status")).to_have_text("M-10 is saved")
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("27 November 2026")
    page.keyboard.press("Enter")
    expect(row(page, "M-19").locator("[data-label=Forecast]")).to_have_text("27 November 2026")
    done, moved = milestone("M-10"), milestone("M-19")
    assert (str(done.get_date("actual")), done.evidence) == ("20 November 2026", "ICT-114 signed list")
    assert str(moved.get_date("forecast")) == "27 November 2026"


def test_consequence_is_said_before_saving(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    row(page, "M-13").get_by_role("link", name="Update M-13").click()
    row(page, "M-13").get_by_label("Forecast date").fill("14 December 2026")
    page.keyboard.press("Tab")
    consequence = row(page, "M-13").locator(".app-preview")
    expect(consequence).to_contain_text("If you save this: Red")
    assert rows_of(consequence.locator("table")) == [
        ["What changes", "From", "To"],
        ["Expected date", "13 November 2026", "14 December 2026"],
        ["Rating", "Amber", "Red"],
    ]
    expect(page.locator("#status")).to_contain_text("If you save this: Red")
    expect(row(page, "M-13").get_by_label("Achieved on")).to_be_focused()
    assert violations(page) == []
    assert milestone("M-13").version == 1


def test_error_is_explained_and_everything_typed_is_kept(page: Page, sign_in: SignIn, guard: Guard) -> None:
    guard.expect(422)
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    row(page, "M-13").get_by_role("link", name="Update M-13").click()
    form = row(page, "M-13").locator("form")
    form.get_by_label("Forecast date").fill("31 November 2026")
    form.get_by_label("Achieved on").fill("25 November 2026")
    form.get_by_label("Note").fill("Half a sentence")
    form.get_by_role("button", name="Save", exact=True).click()
    summary = row(page, "M-13").locator(".govuk-error-summary")
    expect(summary).to_be_focused()
    box = form.get_by_label("Forecast date")
    expect(box).to_have_value("31 November 2026")
    expect(form.get_by_label("Achieved on")).to_have_value("25 November 2026")
    expect(form.get_by_label("Note")).to_have_value("Half a sentence")
    described_by = str(box.get_attribute("aria-describedby")).split()
    errors = [page.locator(f"#{name}").inner_text() for name in described_by]
    assert errors == ["For example, 14 12 2026", f"Error: \n{NO_SUCH_DAY}"]
    assert violations(page) == []
    summary.get_by_role("link").first.click()
    expect(box).to_be_focused()
    assert milestone("M-13").version == 1


def test_typing_is_kept_when_server_does_not_answer(page: Page, sign_in: SignIn, guard: Guard) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    row(page, "M-13").get_by_role("link", name="Update M-13").click()
    form = row(page, "M-13").locator("form")
    form.get_by_label("Note").fill("Typed in a train")
    page.context.set_offline(True)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#failure")).to_contain_text("Nothing was saved")
    expect(form.get_by_label("Note")).to_have_value("Typed in a train")
    guard.complaints.clear()
    page.context.set_offline(False)
    form.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("#status")).to_have_text("M-13 is saved")
    expect(page.locator("#failure")).to_be_hidden()
    assert milestone("M-13").note == "Typed in a train"


def test_cancel_closes_the_row_and_writes_nothing(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    row(page, "M-13").get_by_role("link", name="Update M-13").click()
    row(page, "M-13").get_by_label("Note").fill("Never mind")
    row(page, "M-13").get_by_role("link", name="Cancel").click()
    expect(row(page, "M-13").locator("form")).to_have_count(0)
    expect(row(page, "M-13").get_by_role("link", name="Update M-13")).to_be_focused()
    assert milestone("M-13").version == 1


def test_milestone_takes_two_interactions_from_reminder(page: Page, sign_in: SignIn) -> None:
    link = reminder_link("M-19")
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(link)
    expect(page.get_by_label("Forecast date")).to_be_focused()
    page.keyboard.type("27 November 2026")  # one
    page.keyboard.press("Enter")  # two
    expect(page.get_by_text("M-19 is saved")).to_be_visible()
    assert urlsplit(page.url).path == "/my-work/"
    assert str(milestone("M-19").get_date("forecast")) == "27 November 2026"


def test_reminder_leads_to_its_milestone_through_sign_in(page: Page) -> None:
    link = reminder_link("M-19")
    page.goto(link)
    page.get_by_label("E-mail address").fill(PRIYA_RAMAN.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith(link))
    expect(page.get_by_label("Forecast date")).to_be_focused()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Equality impact assessment published")


def test_milestone_takes_three_interactions_from_sign_in(page: Page) -> None:
    page.goto("/")
    page.get_by_label("E-mail address").fill(PRIYA_RAMAN.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Update M-13").click()  # one
    page.get_by_label("Forecast date").fill("14 December 2026")  # two
    page.keyboard.press("Enter")  # three
    expect(page.get_by_text("M-13 is saved")).to_have_count(1)
    assert str(milestone("M-13").get_date("forecast")) == "14 December 2026"


@pytest.mark.parametrize("has_javascript", [True, False], ids=["javascript", "no-javascript"])
def test_second_writer_sees_the_first_change_and_loses_nothing(
    new_context: NewContext, sign_in: SignIn, guard: Guard, has_javascript: bool
) -> None:
    guard.expect(409)
    first = new_context(java_script_enabled=has_javascript).new_page()
    second = new_context(java_script_enabled=has_javascript).new_page()
    sign_in(first, RoleName.COUNCIL_LEAD)
    sign_in(second, RoleName.PROGRAMME_MANAGER)
    for page in (first, second):
        page.goto(f"/programmes/{KEY}/milestones/")
        page.get_by_role("link", name="Update M-16").click()
    first.get_by_label("Forecast date").fill("5 February 2027")
    first.get_by_label("Note").fill("The supplier needs a week more.")
    first.get_by_role("button", name="Save", exact=True).click()
    expect(first.get_by_text("M-16 is saved")).to_have_count(1)

    second.get_by_label("Forecast date").fill("12 February 2027")
    second.get_by_label("Evidence").fill("DATA-09")
    second.get_by_role("button", name="Save", exact=True).click()
    notice = second.get_by_role("alert").filter(has_text="D Lewis saved it")
    expect(notice).to_be_visible()
    differs = second.locator("table.app-stale tbody tr")
    expect(differs).to_have_count(2)
    assert [words_of(one.locator("th, td")) for one in differs.all()] == [
        ["Forecast date", "29 January 2027", "5 February 2027", "12 February 2027"],
        [
            "Note",
            "Waits for the agreement; 13 days of slack are used.",
            "The supplier needs a week more.",
            "left as it was",
        ],
    ]
    expect(second.get_by_label("Forecast date")).to_have_value("12 February 2027")
    expect(second.get_by_label("Evidence")).to_have_value("DATA-09")
    expect(second.get_by_label("Note")).to_have_value("The supplier needs a week more.")
    if has_javascript:
        assert violations(second) == []
    assert str(milestone("M-16").get_date("forecast")) == "5 February 2027"

    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.get_by_text("M-16 is saved")).to_have_count(1)
    saved = milestone("M-16")
    assert (str(saved.get_date("forecast")), saved.evidence, saved.note) == (
        "12 February 2027",
        "DATA-09",
        "The supplier needs a week more.",
    )
    changes = AuditEvent.objects.filter(action="update_milestone").order_by("pk")
    assert [event.by.email for event in changes] == [D_LEWIS.email, PRIYA_RAMAN.email]


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_manager_updates_two_milestones_without_javascript(page: Page, sign_in: SignIn, guard: Guard) -> None:
    guard.expect(422)
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto("/my-work/")
    page.get_by_role("link", name="Update M-13").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Data-sharing agreement signed")
    page.get_by_label("Forecast date").fill("31 November 2026")
    page.get_by_label("Note").fill("Carrick decides on 3 December.")
    page.get_by_role("button", name="Save and open next").click()
    expect(page.get_by_text(NO_SUCH_DAY)).to_have_count(2)
    expect(page).to_have_title(re.compile("^Error: "))
    expect(page.get_by_label("Note")).to_have_value("Carrick decides on 3 December.")
    page.get_by_label("Forecast date").fill("14 December 2026")
    page.get_by_role("button", name="Save and open next").click()
    expect(page.get_by_text("M-13 is saved")).to_be_visible()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Carrick server list checked")
    page.get_by_label("Achieved on").fill("23 November 2026")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("M-10 is saved")).to_be_visible()
    assert urlsplit(page.url).path == "/my-work/"
    assert refs(page) == [ref for ref in NEEDING if ref not in ("M-10", "M-13")]
    assert str(milestone("M-13").get_date("forecast")) == "14 December 2026"
    assert milestone("M-10").get_date("actual") is not None


def test_member_reads_milestones_and_is_offered_no_change(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.MEMBER)
    page.goto(f"/programmes/{KEY}/milestones/")
    expect(page.get_by_text("Data-sharing agreement signed")).to_be_visible()
    expect(page.get_by_role("link", name=re.compile("^Update"))).to_have_count(0)


def row(page: Page, ref: str) -> Locator:
    """The part of a list that holds one milestone."""
    return page.locator("tbody").filter(has=page.locator(".app-ref", has_text=ref))


def refs(page: Page) -> list[str]:
    """The milestones on the page, in its order."""
    return words_of(page.locator("tbody th .app-ref"))


def milestone(ref: str) -> Milestone:
    """A milestone of the living programme, as it is recorded now."""
    return Milestone.objects.get(programme__key=KEY, ref=ref)


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until the element has the focus."""
    for _ in range(100):
        if target.evaluate("element => element === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"The keyboard does not reach {target}")


def reminder_link(ref: str) -> str:
    """The link to a milestone in the mail that the manager gets this morning."""
    mail.outbox = []
    send_due_reminders(day=date(NOW.year, NOW.month, NOW.day))
    for digest in Digest.objects.filter(recipient__email=PRIYA_RAMAN.email):
        deliver_digest(digest_id=digest.pk)
    [message] = mail.outbox
    found = re.search(rf"https?://\S+(/milestones/{milestone(ref).pk}/update/\S*)", str(message.body))
    assert found is not None
    return found[1]
