"""A business case in the browser: pasted in, imported, stated, issued and read on a tablet."""

from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from accounts.models import User
from benefits.enums import Outcome
from benefits.models import ActualAmount, Verification
from governance.demonstration.golden import KEY
from governance.demonstration.people import FINANCE_OFFICERS, PRIYA_RAMAN, S151_OFFICERS, SAM_OKAFOR
from programme.models import Council
from services.actions.case_statement import make_statement
from services.actions.case_steps import take_step
from services.enums import CaseState, CaseStep, Position, ReviewState
from services.models import BusinessCase, BusinessCaseAmount, ServiceReview
from tests.browser.accessibility import TABLET, violations
from tests.browser.charts import as_asked, drawn, figure_of, wait_for_charts
from tests.browser.drafts import next_version
from tests.browser.story import SignIn
from tests.browser.tables import rows_of

pytestmark = pytest.mark.usefixtures("restored")

# As a spreadsheet puts two rows on the clipboard: a tab between cells, a line break after each row.
COPIED = "70,000.00\t120,000\r\n20000\t35,000.00\r\n"
DRAWN_ON = {
    "appraisal": ["chart-cash-flow", "chart-councils"],
    "sensitivity": ["chart-tornado", "chart-distribution"],
    "councils": ["chart-councils"],
    "scores": ["chart-contributions", "chart-weight"],
}


def test_manager_pastes_a_block_and_sees_what_it_is_worth(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(address("BC-2", "lines"))
    box = page.locator("tbody tr").filter(has_text="BC2-1").locator("input.app-cell").nth(1)
    expect(box).to_have_value("62,000.00")
    paste(page, COPIED, box_index=1)
    expect(page.locator("#status")).to_have_text("4 boxes are filled. Save to keep them.")
    expect(box).to_have_value("70,000.00")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The lines are saved")).to_be_visible()
    assert amounts_of("BC-2", "BC2-1") == {
        2028: 70_000_00,
        2029: 120_000_00,
        2030: 118_000_00,
        2031: 118_000_00,
        2032: 118_000_00,
    }
    assert amounts_of("BC-2", "BC2-2") == {
        2028: 20_000_00,
        2029: 35_000_00,
        2030: 36_000_00,
        2031: 36_000_00,
        2032: 36_000_00,
    }
    page.get_by_role("link", name="Appraisal", exact=True).click()
    page.wait_for_url("**/appraisal/")
    total = rows_of(page.locator("main table").first)[-1]
    assert total[:6] == ["Total", "707,000.00", "0.00", "213,500.00", "493,500.00", "493,500.00"]


def test_finance_officer_edits_the_workbook_and_brings_it_back(
    page: Page, sign_in: SignIn, tmp_path: Path
) -> None:
    sign_in(page, RoleName.FINANCE_OFFICER)
    page.goto(address("BC-2", "lines"))
    with page.expect_download() as found:
        page.get_by_role("link", name="Workbook (XLSX)").click()
    path = tmp_path / "lines.xlsx"
    found.value.save_as(path)
    change_cell(path, was=17_200, to=18_500)
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("File", exact=True).set_input_files(path)
    page.get_by_role("button", name="Show what would change").click()
    assert rows_of(page.locator("main table"))[1:] == [
        ["BC2-5", "Carrick, 2028 to 2029", "£17,200.00", "£18,500.00"]
    ]
    assert violations(page) == []
    page.get_by_role("button", name="Import 1 line").click()
    expect(page.get_by_text("1 line is imported")).to_be_visible()
    assert own_amount("BC-2", "BC2-5", "carrick") == 18_500_00
    assert own_amount("BC-2", "BC2-5", "brockvale") == 9_800_00


def test_officer_states_owner_issues_and_the_version_is_frozen(page: Page, sign_in: SignIn) -> None:
    case = ready_for_carrick()
    sign_in(page, RoleName.S151)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Make the statement of Carrick").click()
    page.get_by_label("Supports with conditions").check()
    page.get_by_label("Statement").fill("I support it if Carrick is compensated.")
    page.get_by_role("button", name="Sign for Carrick").click()
    expect(page.get_by_text("The statement of Carrick is saved")).to_be_visible()
    page.context.clear_cookies()
    sign_in(page, RoleName.SRO)
    page.goto(case.get_absolute_url())
    page.get_by_role("link", name="Issue", exact=True).click()
    page.get_by_role("button", name="Issue").click()
    expect(page.get_by_text("Version 2 is issued")).to_be_visible()
    case.refresh_from_db()
    assert (case.state, str(case.issued_by)) == (CaseState.ISSUED, SAM_OKAFOR.name)
    page.get_by_role("link", name="Check it").click()
    expect(page.locator("main")).to_contain_text("Yes. Its content still has the fingerprint")
    page.context.clear_cookies()
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(f"{case.get_absolute_url()}lines/")
    expect(page.locator("input.app-cell")).to_have_count(0)
    expect(page.get_by_role("button", name="Save")).to_have_count(0)


def test_member_reads_on_a_tablet_whether_each_council_is_better_off(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.MEMBER)
    page.set_viewport_size({"width": TABLET, "height": 1024})
    page.goto(f"/programmes/{KEY}/business-cases/")
    page.get_by_role("link", name="Business case for shared services").click()
    page.get_by_role("link", name="Each council").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Is each council better off?")
    wait_for_charts(page)
    table = page.locator("main table").first
    assert [row[:3] for row in rows_of(table)] == [
        ["Council", "Cash: net", "Cash: compensation"],
        ["Ashmere", "385,290.36", "−16,711.32"],
        ["Brockvale", "436,035.51", "−19,087.87"],
        ["Carrick", "18,674.13", "+35,799.19"],
    ]
    chart = figure_of(page.locator("[data-chart]").first)
    assert [[round(value * 100) for value in trace["x"]] for trace in chart["data"]] == [
        [385_290_36, 436_035_51, 18_674_13],
        [318_189_37, 363_439_62, -35_799_19],
    ]


@pytest.mark.parametrize("part", sorted(DRAWN_ON))
def test_each_kind_of_chart_is_drawn_as_asked(page: Page, sign_in: SignIn, part: str) -> None:
    sign_in(page, RoleName.MEMBER)
    page.goto(address("BC-1", part))
    assert wait_for_charts(page) == DRAWN_ON[part]
    for chart in page.locator("[data-chart]").all():
        assert drawn(chart) == as_asked(figure_of(chart))


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_manager_pastes_rows_without_javascript(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(address("BC-2", "lines"))
    page.get_by_role("link", name="paste rows here").click()
    page.get_by_label("Paste rows from a spreadsheet").fill("BC2-3\tJoint\t90,000.00\t30,000.00")
    page.get_by_role("button", name="Show what would change").click()
    page.get_by_role("button", name="Import 1 line").click()
    expect(page.get_by_text("1 line is imported")).to_be_visible()
    assert amounts_of("BC-2", "BC2-3") == {2027: 90_000_00, 2028: 30_000_00}


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_manager_takes_a_review_a_step_on_without_javascript(page: Page, sign_in: SignIn) -> None:
    review = ServiceReview.objects.get(service__programme__key=KEY, ref="SR-2")
    sign_in(page, RoleName.PROGRAMME_MANAGER)
    page.goto(f"/reviews/{review.pk}/")
    page.get_by_role("link", name="Take the next step").click()
    page.get_by_label("Options", exact=True).check()
    page.get_by_role("button", name="Take the step").click()
    expect(page.get_by_text("SR-2 is now: options")).to_be_visible()
    review.refresh_from_db()
    assert review.state == ReviewState.OPTIONS


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_officer_verifies_a_claim_without_javascript(page: Page, sign_in: SignIn) -> None:
    sign_in(page, RoleName.S151)
    claim = ActualAmount.objects.get(line__programme__key=KEY, verification__isnull=True)
    page.goto(f"/programmes/{KEY}/claims/")
    page.get_by_role("link", name="Verify or return").click()
    page.get_by_label("Verify", exact=True).check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Claims to verify")
    expect(page.get_by_text("No claim waits for an answer", exact=True)).to_be_visible()
    answer = Verification.objects.get(actual=claim)
    assert (answer.outcome, answer.verified_by.email) == (Outcome.VERIFIED, S151_OFFICERS[2].email)


def paste(page: Page, text: str, *, box_index: int) -> None:
    """Copy text and paste it by keyboard into a box of the first row."""
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("text => navigator.clipboard.writeText(text)", text)
    page.locator("tbody tr").first.locator("input.app-cell").nth(box_index).focus()
    page.keyboard.press("ControlOrMeta+v")


def change_cell(path: Path, *, was: int, to: int) -> None:
    """Type another amount over the only cell that holds `was`."""
    book = load_workbook(path)
    cells = [cell for row in book["Lines"].iter_rows() for cell in row if cell.value == was]
    (cell,) = cells
    cell.value = to
    book.save(path)


def ready_for_carrick() -> BusinessCase:
    """The next version of the approved case, with all officers but Carrick's."""
    case = next_version(BusinessCase.objects.get(programme__key=KEY, ref="BC-1", number=1))
    steps = (
        (CaseStep.SEND_TO_REVIEW, PRIYA_RAMAN.email),
        (CaseStep.AGREE, FINANCE_OFFICERS[0].email),
        (CaseStep.SEND_TO_S151, PRIYA_RAMAN.email),
    )
    for step, email in steps:
        case = take_step(case, step, by=person(email), seen_version=case.version, comment="")
    for officer in S151_OFFICERS[:2]:
        council = Council.objects.get(key=officer.council)
        make_statement(
            case,
            council,
            by=person(officer.email),
            seen_version=case.version,
            position=Position.SUPPORT,
            text="The figures are sound.",
        )
        case.refresh_from_db()
    return case


def person(email: str) -> User:
    """A person of the demonstration."""
    return User.objects.get(email=email)


def address(ref: str, part: str) -> str:
    """The address of a page of the first version of a case."""
    case = BusinessCase.objects.get(programme__key=KEY, ref=ref, number=1)
    return f"{case.get_absolute_url()}{part}/"


def amounts_of(ref: str, line: str) -> dict[int, int]:
    """The joint amounts of a line by year, in pence."""
    found = BusinessCaseAmount.objects.filter(
        line__business_case__ref=ref, line__ref=line, council__isnull=True
    )
    return dict(found.order_by("fy").values_list("fy", "amount_pence"))


def own_amount(ref: str, line: str, council: str) -> int:
    """The one amount that a council has in a line, in pence."""
    return BusinessCaseAmount.objects.get(
        line__business_case__ref=ref, line__ref=line, council__key=council
    ).amount_pence
