"""The page of all programmes, its file and its answer in the API say the same."""

from __future__ import annotations

import pytest
from django.test import Client

from accounts.enums import RoleName
from benefits.actions.roll_ups import store_marked
from tests import factories
from tests.api.test_reads import client_of
from tests.benefits.proof.readings import csv_of
from tests.benefits.story import Story
from tests.html_tables import table_of
from tests.pages import text_of

pytestmark = pytest.mark.django_db
NAME = "Ashmere, Brockvale and Carrick shared services"


@pytest.fixture
def reader(story: Story) -> Client:
    person = factories.UserFactory()
    factories.role(person, RoleName.MEMBER, partnership=story.programme.partnership)
    store_marked(at_most=10)
    return factories.sign_in(Client(), person)


def smaller(story: Story) -> None:
    """A second programme of the partnership, planned and never forecast."""
    programme = factories.ProgrammeFactory(partnership=story.programme.partnership, name="Payroll")
    benefit = factories.BenefitFactory(programme=programme)
    line = factories.LineFactory(programme=programme, benefit=benefit)
    council = factories.councils_of(programme)[0]
    factories.plan_version(programme, 1, amounts=[(line, council, 2026, None, 120_00)])


def test_row_shows_the_year_and_all_years_to_date_and_leads_to_the_programme(reader, story):
    page = reader.get("/savings/")
    key = story.programme.key
    rows = table_of(page, "table-all-savings")
    assert rows[f"{NAME} {story.programme.partnership.name}"] == [
        "0.00", "36,000.00", "35,400.00", "1,127.55", "14,272.45", "0.00",
        "16,000.00", "14,272.45", "89.2%", "Amber£927.55 below the Green threshold",
    ]  # fmt: skip
    html = page.content.decode()
    assert f'href="/programmes/{key}/savings/?year=2026-27"' in html
    assert f'href="/programmes/{key}/savings/">16,000.00' in html
    assert (
        "1 programme plans £36,000 of cashable saving in 2026 to 2027; "
        "£14,272.45 of the £16,000 planned to date is verified, 89.2%." in text_of(page)
    )


def test_page_file_and_api_agree_and_a_missing_forecast_leaves_the_total_missing(reader, story):
    smaller(story)
    store_marked(at_most=10)
    page = reader.get("/savings/?year=2026-27&sort=current")
    rows = table_of(page, "table-all-savings")
    assert rows["Total"][:5] == ["120.00", "36,120.00", "[x]", "[x]", "[x]"]
    assert rows["Total of the 1 programme with both plans and a forecast"][:3] == [
        "0.00", "36,000.00", "35,400.00",
    ]  # fmt: skip
    file = csv_of(reader.get("/savings.csv?year=2026-27&sort=current"))
    assert [(row["Programme"], row["Current plan"], row["Forecast"]) for row in file] == [
        (NAME, "36000.00", "35400.00"),
        ("Payroll", "120.00", "[x]"),
    ]
    person = factories.UserFactory()
    factories.role(person, RoleName.MEMBER, partnership=story.programme.partnership)
    answer = client_of(person).get("/api/v1/savings/?year=2026-27&sort=current").json()
    assert [(row["year"]["current"], row["year"]["forecast"]) for row in answer["programmes"]] == [
        ("36000.00", "35400.00"),
        ("120.00", None),
    ]
    assert answer["programmes"][1]["year"]["missing"]["forecast"] == "A line that is planned has no forecast"
    assert (answer["year"]["current"], answer["year"]["forecast"]) == ("36120.00", None)


def test_page_is_narrowed_to_a_partnership_a_council_a_kind_and_a_year(reader, story):
    council = story.councils[0]
    asked = f"/savings/?partnership={story.programme.partnership.key}&council={council.key}"
    page = reader.get(f"{asked}&kind=one_off_cost&year=")
    assert f"/savings/?council={council.key}&amp;kind=one_off_cost" in page.content.decode()
    assert "One-off cost of all programmes, all years" in text_of(page)
    assert "Select a partnership from the list" in text_of(reader.get("/savings/?partnership=nowhere"))


def test_page_takes_six_queries_with_one_programme_and_with_more(reader, story, django_assert_num_queries):
    with django_assert_num_queries(6):
        reader.get("/savings/")
    for _ in range(3):
        smaller(story)
    store_marked(at_most=10)
    with django_assert_num_queries(6):
        assert "4 programmes" in text_of(reader.get("/savings/"))


def test_person_without_a_programme_is_told_so():
    stranger = factories.sign_in(Client(), factories.UserFactory())
    assert "No programme has figures for this choice" in text_of(stranger.get("/savings/"))
