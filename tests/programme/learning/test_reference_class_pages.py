"""The reference class on its page, in its files, and beside the forms that set a date or a target."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from accounts.enums import RoleName
from programme.enums import PartnershipModel
from tests import factories

pytestmark = pytest.mark.django_db
URL = "/partnerships-to-compare-with"
FOLDED = "What partnerships before yours took and saved"


@pytest.fixture
def manager(client: Client) -> tuple[Client, str]:
    programme = factories.ProgrammeFactory(partnership__model=PartnershipModel.SHARED_MANAGEMENT)
    user = factories.UserFactory()
    factories.role(user, RoleName.PROGRAMME_MANAGER, partnership=programme.partnership)
    return factories.sign_in(client, user), programme.key


def test_page_and_files_hold_the_same_figures(manager: tuple[Client, str]) -> None:
    browser, key = manager
    page = browser.get(f"{URL}/?kind=shared_management").content.decode()
    told = "3 partnerships reported about £175,000 to £1.15 million a year for each partner council."
    assert (told in page, "East Kent Services" in page) == (True, False)
    lines = b"".join(browser.get(f"{URL}.csv?kind=host_authority")).decode().splitlines()
    assert len(lines) == 5
    assert lines[1].startswith("Time to go-live,Months from the first step on record to go-live,")
    assert ",29.0,31.0,as printed,no," in lines[1]
    first, *_ = browser.get("/api/v1/partnerships-to-compare-with/?kind=host_authority").json()
    figure = first["figures"][0]
    assert (first["low"], figure["low"], figure["high"], figure["counts"]) == (None, "29.0", "31.0", False)
    whole = browser.get("/api/v1/partnerships-to-compare-with/").json()
    assert [(one["measure"], one["low"], one["high"]) for one in whole] == [
        ("time_to_live", "21.0", "32.0"),
        ("realised", None, None),
        ("payback", None, None),
        ("yearly_saving", "71000.00", "1150000.00"),
    ]
    assert browser.get("/api/v1/partnerships-to-compare-with/?kind=x").status_code == 400
    sheet = load_workbook(BytesIO(browser.get(f"{URL}.xlsx").content))["partnership-history"]
    named = {row[2].value for row in sheet.iter_rows(min_row=5) if row[7].value == "yes"}
    assert len(named) == 7
    forms = (
        ("programme:milestone_create", "3 partnerships took 21 to 32 months to go-live"),
        ("programme:programme_template", "3 partnerships took 21 to 32 months to go-live"),
        ("benefits:benefit_create", told),
    )
    pages = {name: browser.get(reverse(name, args=[key])).content.decode() for name, _ in forms}
    assert [name for name, said in forms if FOLDED not in pages[name] or said not in pages[name]] == []


def test_page_reads_the_signed_in_person_and_which_cases_are_loaded(
    manager: tuple[Client, str], django_assert_num_queries: pytest.FixtureRequest
) -> None:
    browser, _ = manager
    browser.get(f"{URL}/")
    with django_assert_num_queries(3):  # type: ignore[operator]
        browser.get(f"{URL}/")
