"""The pages of the panels, their files, and every number's way to its entries."""

from __future__ import annotations

import csv
import re
from datetime import UTC, datetime
from html import unescape
from io import StringIO

import pytest
from django.http import QueryDict

from accounts.enums import RoleName
from benefits.enums import Basis, Combining, Measure
from benefits.filters import EntriesFilter
from benefits.models import MeasureReading
from benefits.queries.entries import Question, entries_behind
from benefits.queries.ledgers import read_ledgers
from core.rules.money import format_amount
from tests.api.test_reads import client_of
from tests.benefits.story import AS_OF
from tests.factories import (
    BenefitFactory,
    LineFactory,
    ProgrammeFactory,
    UserFactory,
    plan_version,
    reduction,
    role,
    sign_in,
)
from tests.pages import text_of

pytestmark = pytest.mark.django_db
SAVINGS = "/programmes/abc-shared-services/savings/"
PAGES = {
    "": "Savings against plan",
    "over-time/": "Savings over time",
    "causes/": "Why the forecast differs",
    "confidence/": "How sure the savings are",
    "realisation/": "How much is realised",
    "measures/": "Measures over time",
}
FILES = {
    "over-time": 24,
    "causes": 6,
    "cause-lines": 3,
    "confidence": 4,
    "confidence-benefits": 3,
    "confidence-weighed": 1,
    "realisation": 10,
    "households": 4,
    "measures": 1,
    "measure-values": 3,
}
DEAD = re.compile(r'<td[^>]* class="app-n">([^<]+)')
NUMBER = re.compile(r'<a class="govuk-link" href="([^"]*/savings/entries/\?[^"]*)">([−0-9,.]+)<span')


@pytest.fixture
def reader(client, story):
    user = UserFactory()
    role(user, RoleName.MEMBER, council=story.councils[0])
    benefit = BenefitFactory(
        programme=story.programme,
        ref="B-days",
        measure_name="Time to decide a claim",
        measure_unit="days",
        combining=Combining.AVERAGE,
        starting_value=26,
        target_value=13,
    )
    for number, value in ((5, 24), (6, 23), (7, 22)):
        MeasureReading.objects.create(
            benefit=benefit, fy=2026, period=number, value=value, entered_by=story.officer
        )
    client.person = user
    return sign_in(client, user)


def rows_of(response):
    return list(csv.DictReader(StringIO(b"".join(response).decode(), newline="")))


def behind(story, ledgers, address):
    """What the entries at an address of the list of entries add up to."""
    asked = QueryDict(unescape(address).partition("?")[2])
    form = EntriesFilter(asked, programme=story.programme, ledgers=ledgers)
    assert form.is_valid(), form.errors
    data = form.cleaned_data
    question = Question(
        Basis(data["basis"]),
        Measure(data["measure"]),
        form.choice(),
        data["to"],
        since=data["since"],
        benefit=data["benefit"],
    )
    return entries_behind(story.programme, question, as_of=AS_OF).total_pence


def test_every_number_leads_to_entries_that_add_up_to_it(reader, story):
    """Each link of each page, whole and narrowed, with something banked."""
    reduction(story.ict, story.councils[0], 2026, pence=200_000, entered_at=datetime(2026, 11, 2, tzinfo=UTC))
    ledgers = read_ledgers(story.programme, as_of=AS_OF)
    shown: set[tuple[str, str]] = set()
    for page in (
        "",
        "over-time/?every=quarter&year=2026-27",
        "over-time/?every=quarter&sums=in-period&council=ashmere&year=2026-27",
        "causes/?year=2027-28",
        "confidence/",
        "realisation/",
    ):
        shown |= set(NUMBER.findall(reader.get(SAVINGS + page).content.decode()))
    assert len(shown) > 120
    assert {(address, format_amount(behind(story, ledgers, address))) for address, _ in shown} == shown


def test_no_number_of_a_panel_leads_nowhere(reader, story):
    """To its entries, its line, its benefit, or the part of the page that it is made of."""
    dead, read = {}, {}
    for page in (page for page in PAGES if page):
        html = reader.get(SAVINGS + page).content.decode()
        plain = DEAD.findall(html)
        inside = set(re.findall(r'<td[^>]*><a class="govuk-link" href="#([^"]+)"', html))
        dead[page] = [cell for cell in plain if re.search("[1-9]", cell)]
        dead[page] += [name for name in inside if f'id="{name}"' not in html]
        read[page] = (len(plain), len(inside))
    assert dead == {page: [] for page in read}
    assert read == {
        "over-time/": (91, 0),
        "causes/": (10, 1),
        "confidence/": (11, 0),
        "realisation/": (47, 0),
        "measures/": (4, 0),
    }


def test_pages_say_their_sentence_and_lead_to_their_tables_and_files(reader, story):
    found = {}
    for page, title in PAGES.items():
        response = reader.get(SAVINGS + page)
        html = response.content.decode()
        assert f"{title}</h1>" in html
        files = set(re.findall(r"/savings/([a-z-]+)\.csv", html))
        found[page] = (html.count("data-chart role"), html.count("<table"), sorted(files))
    assert found["over-time/"] == (1, 1, ["over-time"])
    assert found["causes/"] == (1, 2, ["cause-lines", "causes"])
    assert found["confidence/"] == (1, 3, ["confidence", "confidence-benefits", "confidence-weighed"])
    assert found["realisation/"] == (0, 5, ["households", "realisation"])
    assert found["measures/"] == (1, 2, ["measure-values", "measures"])
    overview = text_of(reader.get(SAVINGS))
    assert (
        "In short Savings over time By 31 October 2026, £14,272.45 of cashable saving is verified" in overview
    )
    measures = text_of(reader.get(f"{SAVINGS}measures/"))
    assert (
        "Time to decide a claim: 22 days was measured for October 2026, from 26 at the start. The target is "
        "13. That is 30.8% of the way. Not applicable No values are planned over time." in measures
    )


def test_files_hold_what_is_drawn(reader, story):
    files = {name: rows_of(reader.get(f"{SAVINGS}{name}.csv")) for name in FILES}
    assert {name: len(rows) for name, rows in files.items()} == FILES
    assert files["over-time"][6] == {
        "By": "Months",
        "Sums": "Cumulative",
        "Period": "October 2026",
        "First day": "2026-10-01",
        "Last day": "2026-10-31",
        "Original plan": "0.00",
        "Current plan": "16000.00",
        "Forecast": "15400.00",
        "Claimed, not verified": "1127.55",
        "Verified": "14272.45",
        "Banked": "0.00",
    }
    narrowed = rows_of(reader.get(f"{SAVINGS}over-time.csv?every=year&sums=in-period&council=carrick"))
    assert [row["Period"] for row in narrowed] == [f"{fy} to {fy + 1}" for fy in range(2026, 2032)]
    assert narrowed[0]["Verified"] == "3213.52"
    assert files["measures"][0]["Progress, %"] == "30.8"
    assert reader.get(f"{SAVINGS}secrets.csv").status_code == 404
    cost = reader.get(f"{SAVINGS}realisation.csv?kind=one_off_cost")
    assert cost.status_code == 404


def test_choice_that_is_not_in_the_list_is_said_and_left_out(reader, story):
    page = text_of(reader.get(f"{SAVINGS}over-time/?kind=gold&every=day"))
    assert "Select a kind from the list" in page
    assert "£14,272.45 of cashable saving is verified" in page


def test_panels_in_the_api_say_what_the_pages_say(reader, story):
    api = client_of(reader.person)
    address = "/api/v1/programmes/abc-shared-services/savings/"
    found = {page: api.get(address + page).json() for page in PAGES if page}
    for page, answer in found.items():
        assert answer["sentence"] in text_of(reader.get(SAVINGS + page))
    assert found["over-time/"]["periods"][6]["figures"] == {
        "original": "0.00",
        "current": "16000.00",
        "forecast": "15400.00",
        "claimed": "1127.55",
        "verified": "14272.45",
        "banked": "0.00",
    }
    assert found["causes/"]["steps"][3] == {
        "step": "Other amounts than planned",
        "is_total": False,
        "change": "-15944.26",
        "leads_to": "2024055.74",
    }
    assert found["confidence/"]["total"]["expected"] == "2024055.74"
    assert found["realisation/"]["rows"][2]["realised_percent"] == "71.3"
    assert found["realisation/"]["households"]["rows"][2] == {
        "council": "carrick",
        "net_saving": "124030.77",
        "tax_base": None,
        "equivalent": None,
    }
    assert found["measures/"]["measures"][0]["points"][2] == {
        "fy": 2026,
        "period": 7,
        "planned": None,
        "measured": "22",
    }
    assert api.get(f"{address}causes/?year=1999-00").status_code == 400
    assert api.get(f"{address}confidence/?kind=one_off_cost").json()["total"] is None
    assert api.get(f"{address}realisation/?kind=one_off_cost").json()["rows"] == []


def test_programme_without_ledgers_leads_to_what_its_sources_state(reader, story):
    ProgrammeFactory(key="empty", partnership=story.programme.partnership)
    page = text_of(reader.get("/programmes/empty/savings/causes/"))
    assert "No plan, forecast or return is recorded" in page
    page = text_of(reader.get(f"{SAVINGS}realisation/?kind=one_off_cost"))
    assert "There is nothing to show for this choice" in page


def test_pages_take_one_number_of_queries_whatever_their_size(reader, story, django_assert_num_queries):
    """That of the causes reads plan versions between the original and the current one as well."""
    counts = {"over-time/": 10, "causes/": 10, "confidence/": 13, "realisation/": 12, "measures/": 13}
    for extra in range(2):
        counts["causes/"] += extra
        for page, number in counts.items():
            with django_assert_num_queries(number):
                reader.get(SAVINGS + page)
        for _ in range(3):
            line = LineFactory(programme=story.programme)
        plan_version(story.programme, 3 + extra, amounts=[(line, story.councils[0], 2026, None, 1)])
