"""The councillor, on a tablet ten minutes before the meeting: are we saving what we said, and who says so?"""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, expect

from accounts.enums import RoleName
from core.rules.dates import parse_date
from core.rules.money import parse_pounds
from governance.demonstration.golden import KEY
from tests.browser.accessibility import TABLET
from tests.browser.charts import as_asked, drawn, figure_of, wait_for_charts
from tests.browser.story import SignIn
from tests.browser.tables import rows_of, words_of

ADDRESS = f"/programmes/{KEY}/savings/"
SERIES = ["Original plan", "Current plan", "Forecast", "Verified"]
CHARTS = ["chart-programme", "chart-ashmere", "chart-brockvale", "chart-carrick", "chart-equity"]


@pytest.fixture
def councillor(page: Page, sign_in: SignIn) -> Page:
    """A councillor with a tablet on the savings page."""
    sign_in(page, RoleName.MEMBER)
    page.set_viewport_size({"width": TABLET, "height": 1024})
    page.goto(ADDRESS)
    return page


@pytest.mark.browser_context_args(java_script_enabled=False)
def test_tables_answer_without_javascript(councillor: Page) -> None:
    expect(councillor.locator(".app-answers")).to_contain_text(
        "£14,272.45 is verified of the £16,000 planned"
    )
    assert rows_of(councillor.locator("#table-progress")) == [
        ["Measure", "Original plan", "Current plan", "Now", "Of plan", "Rating"],
        ["Verified to 31 October 2026", "0.00", "16,000.00", "14,272.45", "89.2%", ""],
        ["Forecast to 31 March 2027", "0.00", "36,000.00", "35,400.00", "98.3%", ""],
        ["Forecast to 31 March 2028", "180,000.00", "240,000.00", "224,055.74", "93.4%", ""],
        ["Forecast to 31 March 2032", "2,040,000.00", "2,040,000.00", "2,024,055.74", "99.2%", ""],
    ]
    councillor.get_by_text("Figures by month").click()
    expect(councillor.locator("#table-months")).to_be_visible()
    charts = councillor.locator("[data-chart]")
    expect(charts).to_have_count(len(CHARTS))
    for chart in charts.all():
        expect(chart).to_be_hidden()


def test_charts_are_drawn_in_their_own_kind(councillor: Page) -> None:
    assert wait_for_charts(councillor) == CHARTS
    charts = councillor.locator("[data-chart]")
    expect(charts).to_have_count(len(CHARTS))
    for chart in charts.all():
        assert drawn(chart) == as_asked(figure_of(chart))


def test_table_beside_chart_holds_the_same_numbers(councillor: Page) -> None:
    councillor.get_by_text("Figures by month").click()
    expect(councillor.locator("#table-months")).to_be_visible()
    head, *rows = rows_of(councillor.locator("#table-months"))
    assert head == ["To the end of", *SERIES]
    figure = councillor.evaluate("JSON.parse(document.querySelector('[data-for=chart-programme]').text)")
    by_name = {trace["name"]: trace for trace in figure["data"]}
    for name in ("Original plan", "Current plan", "Forecast"):
        points = dict(zip(by_name[name]["x"], by_name[name]["y"], strict=True))
        column = {parse_date(row[0]).isoformat(): pounds(row[head.index(name)]) for row in rows}
        assert column == {day: value for day, value in points.items() if day != "2026-04-01"}
    verified = [pounds(row[4]) for row in rows if row[4] not in ("[z]", "0.00")]
    assert verified == by_name["Verified"]["y"] == [3400.0, 7400.0, 11400.0, 14272.45]


def test_number_leads_to_its_entry_and_to_who_verified_it(councillor: Page) -> None:
    row = councillor.locator("#table-progress tr").filter(has_text="Verified to")
    row.get_by_role("link", name="14,272.45").click()
    expect(councillor.get_by_role("heading", level=1)).to_contain_text("£14,272.45")
    head, *entries = rows_of(councillor.locator("main table"))
    assert head == ["Month or year", "Line", "Council", "Adds", "State", "Entered by", "Answered by"]
    assert sum(parse_pounds(cells[3]) for cells in entries) == 14272_45
    councillor.get_by_role("link", name="1,381.07 Ashmere, October 2026").click()
    expect(councillor.get_by_role("heading", level=1)).to_contain_text("£1,381.07")
    facts = facts_of(councillor)
    assert facts["Council"] == "Ashmere"
    assert facts["Time"] == "October 2026"
    assert facts["Where it stands"] == "Verified"
    assert facts["Entered by"].startswith("A Chen, ")
    assert facts["Answered by"].startswith("L Novak, ")
    councillor.locator("main").get_by_role("link", name="Business case").first.click()
    expect(councillor.get_by_role("heading", level=1)).to_contain_text("BC-1")


def test_claimed_number_says_that_nobody_verified_it_yet(councillor: Page) -> None:
    row = councillor.locator("#table-councils tr").filter(has_text="Claimed, not yet verified")
    row.get_by_role("link", name="1,127.55").first.click()
    councillor.get_by_role("link", name="1,127.55 Carrick, October 2026").click()
    facts = facts_of(councillor)
    assert facts["Where it stands"] == "Claimed"
    assert facts["Answered by"] == "Nobody yet: Carrick’s section 151 officer"


def test_planned_number_leads_to_the_decision_that_approved_it(councillor: Page) -> None:
    row = councillor.locator("#table-progress tr").filter(has_text="Verified to")
    row.get_by_role("link", name="16,000.00").click()
    councillor.get_by_role("link", name="1,381.07 Ashmere, October 2026").click()
    councillor.wait_for_url("**/entries/plan/*/")
    facts = facts_of(councillor)
    assert facts["Plan"].startswith("Version 2, ")
    councillor.get_by_role("link", name="D-06").click()
    expect(councillor.get_by_role("heading", level=1)).to_contain_text("D-06")


def test_filter_stays_in_the_address_and_in_the_file(councillor: Page) -> None:
    councillor.get_by_label("Council", exact=True).select_option("Carrick")
    councillor.get_by_label("Year", exact=False).first.select_option("2026 to 2027")
    councillor.get_by_role("button", name="Show").click()
    chosen = {"council": ["carrick"], "year": ["2026-27"]}
    councillor.wait_for_url("**council=carrick**")
    assert parse_qs(urlsplit(councillor.url).query) == chosen
    assert rows_of(councillor.locator("#table-progress"))[1][2:5] == ["4,510.20", "3,213.52", "71.3%"]
    link = councillor.get_by_role("link", name="All figures (CSV)").get_attribute("href")
    asked = parse_qs(urlsplit(str(link)).query)
    assert {name: asked[name] for name in chosen} == chosen
    councillor.reload()
    expect(councillor.get_by_label("Council", exact=True)).to_have_value("carrick")


def facts_of(page: Page) -> dict[str, str]:
    """What the page states of an entry, by term."""
    texts = words_of(page.locator("main .app-facts").locator("dt, dd"))
    return dict(zip(texts[::2], texts[1::2], strict=True))


def pounds(text: str) -> float:
    """A cell of a table as the chart's data write it."""
    return parse_pounds(text) / 100
