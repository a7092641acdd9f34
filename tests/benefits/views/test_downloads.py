import csv
from io import StringIO

import pytest

from accounts.enums import RoleName
from benefits.views.downloads import DOWNLOADS
from tests.factories import UserFactory, role, sign_in
from tests.pages import text_of

pytestmark = pytest.mark.django_db
PAGE = "/programmes/abc-shared-services/downloads/"


@pytest.fixture
def reader(client, story):
    user = UserFactory()
    role(user, RoleName.FINANCE_OFFICER, council=story.councils[0])
    return sign_in(client, user)


def test_page_names_every_file(reader, story):
    response = reader.get(PAGE)
    assert "as recorded on 24\xa0November 2026, with actual amounts to 31\xa0October 2026" in text_of(
        response
    ).replace("24 Nov", "24\xa0Nov").replace("31 Oct", "31\xa0Oct")
    for download in DOWNLOADS:
        assert f'href="{PAGE}{download.name}"' in response.content.decode()


@pytest.mark.parametrize("download", DOWNLOADS, ids=lambda download: download.name)
def test_every_file_comes_under_its_name(reader, story, download):
    response = reader.get(PAGE + download.name)
    stem, _, ending = download.name.rpartition(".")
    assert response.headers["Content-Disposition"] == (
        f'attachment; filename="abc-shared-services-{stem}-2026-11-24.{ending}"'
    )
    assert len(b"".join(response)) > 100


def test_file_of_entries_holds_every_entry_with_its_answer(reader, story):
    response = reader.get(f"{PAGE}entries.csv")
    rows = list(csv.DictReader(StringIO(b"".join(response).decode(), newline="")))
    october = [
        row
        for row in rows
        if row["Ledger"] == "Actual" and row["Line reference"] == "L-2" and row["Month, 1 is April"] == "7"
    ]
    assert [(row["Council"], row["Amount"], row["Of"], row["Answered by"]) for row in october] == [
        ("Ashmere", "1381.07", "Verified", "S Treasurer"),
        ("Brockvale", "1491.38", "Verified", "S Treasurer"),
        ("Carrick", "1127.55", "Claimed", "[x]"),
    ]


def test_unknown_file_is_not_there(reader, story):
    assert reader.get(f"{PAGE}passwords.csv").status_code == 404


def test_files_are_not_there_for_a_stranger(client, story):
    sign_in(client, UserFactory())
    for address in (PAGE, f"{PAGE}savings.xlsx", f"{PAGE}entries.csv"):
        assert client.get(address).status_code == 404


def test_page_takes_one_number_of_queries(reader, story, django_assert_num_queries):
    with django_assert_num_queries(11):
        reader.get(PAGE)
