import csv
from io import BytesIO, StringIO

import openpyxl
import pytest

from accounts.enums import RoleName
from benefits.enums import Measure
from benefits.queries.savings import savings_against_plan
from benefits.views.savings import CSV_TABLES
from core.rules.money import format_amount, pounds_plain
from tests.benefits.story import AS_OF
from tests.factories import (
    LineFactory,
    ProgrammeFactory,
    StatedFigureFactory,
    UserFactory,
    councils_of,
    plan_version,
    role,
    sign_in,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/abc-shared-services/savings/"
CSV = "/programmes/abc-shared-services/savings.csv"


@pytest.fixture
def reader(client, story):
    user = UserFactory()
    role(user, RoleName.MEMBER, council=story.councils[0])
    return sign_in(client, user)


def read_csv(response):
    text = b"".join(response).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def test_page_opens_with_answers_worked_out_from_the_figures(reader, story):
    page = text_of(reader.get(PAGE))
    assert (
        "Nearly: £14,272.45 is verified of the £16,000 planned by 31 October 2026. By 31 March 2028 we "
        "expect £224,055.74, which is £15,944.26 less than the current plan." in page
    )
    assert "Not by population: Carrick gets 2.2% of the net saving and has 28.2% of the population." in page
    assert "£312,480 of one-off cost is verified, of the £350,000.07 planned by 31 October 2026." in page
    assert "After 4 years 2 months from 1 April 2026, all costs included, by the forecast." in page
    assert "Carrick claimed savings for October that are not verified (£1,127.55 in all)." in page


def test_page_shows_each_number_of_the_query_beside_the_chart(reader, story):
    page = text_of(reader.get(PAGE))
    result = savings_against_plan(story.programme, as_of=AS_OF)
    for year in result.of(Measure.GROSS).years:
        for figure in (year.year.original, year.year.current, year.year.forecast):
            assert format_amount(figure) in page
    for council in result.councils:
        figures = result.of(Measure.GROSS, council).years[0].year
        for figure in (figures.current_to_date, figures.verified, figures.forecast):
            assert format_amount(figure) in page
    assert "Verified to 31\xa0October 2026 0.00 16,000.00" in page.replace("31 October", "31\xa0October")
    assert "89.2% Amber" in page
    assert "93.4% Amber" in page


def test_number_on_the_page_leads_to_entries_that_add_up_to_it(reader, story):
    html = reader.get(PAGE).content.decode()
    address = f"{PAGE}entries/?basis=verified&measure=gross_cashable&year=2026-27"
    assert address.replace("&", "&amp;") in html
    page = text_of(reader.get(address))
    assert "11 entries add up to £14,272.45" in page
    entry = story.ict.actualamounts.first()
    assert f"/entries/actual/{entry.pk}/" in reader.get(address).content.decode()


def test_page_narrowed_keeps_its_choice_in_every_link(reader, story):
    html = reader.get(f"{PAGE}?council=carrick&year=2026-27&service=S-2").content.decode()
    assert "council=carrick&amp;service=S-2&amp;year=2026-27" in html
    assert "Carrick: October to verify" in html
    assert "Ashmere: all verified" not in html


def test_choice_that_is_not_in_the_list_is_said_and_left_out(reader, story):
    page = text_of(reader.get(f"{PAGE}?council=nowhere&year=2026"))
    assert "There is a problem" in page
    assert "Select a council from the list" in page
    assert "Select a year from the list" in page
    assert "£14,272.45 is verified" in page


def test_choice_without_pounds_is_not_rated(reader, story):
    page = text_of(reader.get(f"{PAGE}?service=S-3&year=2026-27"))
    assert (
        "Are we saving what we said? Not applicable £0 is verified by 31 October 2026. By 31 March 2027 we "
        "expect £0, which is the current plan." in page
    )


def test_page_is_not_there_for_a_stranger_and_asks_a_visitor_to_sign_in(client, story):
    assert client.get(PAGE).headers["Location"] == f"/sign-in/?next={PAGE}"
    stranger = UserFactory()
    role(stranger, RoleName.S151, council=councils_of(ProgrammeFactory())[0])
    for address in (PAGE, CSV):
        assert sign_in(client, stranger).get(address).status_code == 404


def test_page_takes_one_number_of_queries_whatever_its_size(reader, story, django_assert_num_queries):
    """One query more once there are plan versions between the original and the current plan."""
    for index, number in enumerate((19, 20, 20)):
        with django_assert_num_queries(number):
            reader.get(PAGE)
        line = LineFactory(programme=story.programme)
        plan_version(story.programme, 3 + index, amounts=[(line, story.councils[0], 2026, None, 1)])


def test_case_of_the_past_shows_what_its_source_states(client, django_assert_num_queries):
    programme = ProgrammeFactory(base_fy=None, key="old")
    council = councils_of(programme)[0]
    StatedFigureFactory(
        programme=programme,
        label="Waste contract",
        stated_kind="planned",
        recurrence="per_year",
        amount_pence=14_526_000,
    ).councils.set(councils_of(programme))
    StatedFigureFactory(programme=programme, label="Not known", amount_pence=None, qualifier="not_stated")
    user = UserFactory()
    role(user, RoleName.AUDITOR, council=council)
    sign_in(client, user)
    with django_assert_num_queries(14):
        page = text_of(client.get("/programmes/old/savings/"))
    assert "Savings against plan: not assessable" in page
    assert "Waste contract 145,260.00" in page
    assert "Not known [x]" in page


def test_case_without_any_figures_says_where_to_look(client):
    programme = ProgrammeFactory(base_fy=None, key="old")
    user = UserFactory()
    role(user, RoleName.AUDITOR, council=councils_of(programme)[0])
    page = text_of(sign_in(client, user).get("/programmes/old/savings/"))
    assert "No savings or costs are stated either" in page


def test_csv_holds_the_figures_of_the_query(reader, story):
    rows = read_csv(reader.get(f"{CSV}?table=figures"))
    found = {(row["Measure"], row["Council"], row["Financial year"], row["Span"]): row for row in rows}
    row = found["Gross cashable saving, before costs", "All councils", "2026-27", "In the year"]
    assert (row["Current plan"], row["Verified"], row["Realised, % of plan to date"]) == (
        "36000.00",
        "14272.45",
        "89.2",
    )
    later = found["Gross cashable saving, before costs", "All councils", "2027-28", "In the year"]
    assert (later["Forecast less current plan"], later["Verified"]) == ("-15344.26", "[z]")
    carrick = found["Net saving, after costs", "Carrick", "All years", "Whole period"]
    result = savings_against_plan(story.programme, as_of=AS_OF)
    assert carrick["Original plan"] == pounds_plain(result.total_of(Measure.NET, result.councils[2]).original)


def test_csv_of_months_holds_the_points_of_every_chart(reader, story):
    rows = read_csv(reader.get(f"{CSV}?table=months"))
    assert len(rows) == 24 + 3 * 12
    assert rows[6] == {
        "Council": "All councils",
        "To the end of": "2026-10-31",
        "Original plan": "0.00",
        "Current plan": "16000.00",
        "Forecast": "15400.00",
        "Claimed, not verified": "1127.55",
        "Verified": "14272.45",
        "Banked": "0.00",
    }


def test_csv_with_a_choice_holds_that_choice(reader, story):
    rows = read_csv(reader.get(f"{CSV}?table=lines&council=carrick&year=2026-27"))
    assert {row["Line"]: row["Verified"] for row in rows}["Lower cost of ICT"] == "3213.52"


@pytest.mark.parametrize("table", CSV_TABLES)
def test_every_table_has_a_csv(reader, story, table):
    response = reader.get(f"{CSV}?table={table}")
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="abc-shared-services-{table}-2026-11-24.csv"'
    )
    assert b"".join(response)


def test_csv_of_an_unknown_table_is_not_there(reader, story):
    assert reader.get(f"{CSV}?table=secrets").status_code == 404


def test_workbook_holds_the_same_figures_as_the_page(reader, story):
    response = reader.get("/programmes/abc-shared-services/downloads/savings.xlsx")
    book = openpyxl.load_workbook(BytesIO(response.content))
    assert book.sheetnames == [
        "Cover",
        "Contents",
        "Notes",
        "Figures by year",
        "Figures by month",
        "Net cash saving",
        "Payback",
        "Shares",
        "Returns",
        "Lines",
        "Over time",
        "Causes",
        "Causes by line",
        "Confidence",
        "Confidence by benefit",
        "Weighed forecast",
        "Realisation",
        "Per household",
        "Measures",
        "Measured values",
    ]
    sheet = book["Figures by year"]
    titles = [cell.value for cell in sheet[4]]
    rows = [dict(zip(titles, values, strict=True)) for values in sheet.iter_rows(min_row=5, values_only=True)]
    result = savings_against_plan(story.programme, as_of=AS_OF)
    found = {
        (row["Measure"], row["Council"], row["Financial year"]): row
        for row in rows
        if row["Span"] == "In the year"
    }
    for measure in result.measures:
        for year in measure.years:
            name = measure.council.name if measure.council else "All councils"
            key = (measure.measure.label, name, f"{year.fy}-{(year.fy + 1) % 100}")
            assert round(found[key]["Current plan"] * 100) == year.year.current
    assert [row[0].value for row in book["Net cash saving"].iter_rows(min_row=5)] == [
        "Ashmere",
        "Brockvale",
        "Carrick",
        "All councils",
    ]
    assert book["Net cash saving"]["B8"].value == 14272.45


def test_workbook_is_the_same_twice(reader, story):
    address = "/programmes/abc-shared-services/downloads/savings.xlsx"
    assert reader.get(address).content == reader.get(address).content
